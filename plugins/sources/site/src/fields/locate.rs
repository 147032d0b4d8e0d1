//! Where a picture lies: the file on this machine and its public address, from what a post calls it.
//! A path that leaves the site's folder, by `..` or by a link, is not followed.

use std::path::Path;

use syndicate_api::{Diagnostic, FieldOrigin, Image, nfc, unicode_forms};

use super::missing;
use crate::address::{self, is_remote};
use crate::document::Front;
use crate::generators::Route;
use crate::markdown::Picture;
use crate::paths::{is_file_inside, join, normalize_inside, relative_to};
use crate::post_file::PostFile;
use crate::site::Site;

/// What a post's references are relative to.
pub(super) struct ResolveContext<'a> {
    pub(super) site: &'a Site,
    pub(super) file: &'a PostFile,
    /// The folder of files that belongs to the post alone, relative to the site's root.
    pub(super) asset_folder: Option<&'a str>,
    /// The post's address.
    pub(super) page: Option<&'a str>,
    pub(super) route: Option<&'a Route>,
}

impl ResolveContext<'_> {
    /// The picture, or `None` where the reference names none, such as `data:`.
    pub(super) fn find(&self, picture: &Picture) -> Option<Image> {
        let target = picture.target.trim();
        if target.is_empty() {
            return None;
        }
        let located = self.site.generator.locate_picture(self.file, target);
        let (file, url) = if let Some(name) = picture.vault_name() {
            self.vault(&name)
        } else if picture.asset {
            (self.asset(target), self.asset_address(target))
        } else if let Some(located) = located {
            let base = self.site.base.as_ref();
            let url = located
                .path
                .and_then(|path| Some(base?.join_absolute(&path)));
            (self.there("", &located.file), url)
        } else if is_remote(target) {
            (self.own_file(target), Some(remote(target)?))
        } else if let Some(path) = target.strip_prefix('/') {
            (self.rooted_file(path), self.rooted_address(target))
        } else if has_scheme(target) {
            return None;
        } else {
            self.relative(target)
        };
        let is_missing = file.is_none() && !is_remote(target);
        Some(Image {
            url,
            file: file.map(|path| self.site.beside_pipeline(&path)),
            alt: picture.alt.clone(),
            missing: is_missing.then(|| Box::new(self.missing(&picture.written()))),
        })
    }

    /// A file that is named wherever it is in the site's folder. Without it there is no address.
    fn vault(&self, name: &str) -> (Option<String>, Option<String>) {
        match self.relative(name) {
            (None, _) => {
                let index = self.site.picture_index();
                (index.find(name).map(str::to_owned), None)
            }
            found => found,
        }
    }

    /// What to say of a picture that is not where its post says.
    fn missing(&self, written: &str) -> Diagnostic {
        let asset_folder = self.asset_folder.map(str::to_owned);
        let beside = self.file.folder_on_disk().to_owned();
        let statics = self.site.conventions.statics.iter().cloned();
        let folders: Vec<String> = asset_folder
            .into_iter()
            .chain([beside])
            .chain(statics)
            .collect();
        let post = self.site.beside_pipeline(&self.file.on_disk);
        missing::missing(&self.site.root, &folders, written, &post)
    }

    /// What to say of a picture that only the generator's templates know.
    pub(super) fn unreadable(&self, written: &str) -> Diagnostic {
        missing::unreadable(written, &self.site.beside_pipeline(&self.file.on_disk))
    }

    /// The picture that the front matter names, which some generators look for below the site's root.
    pub(super) fn find_named(&self, picture: &Picture) -> Option<Image> {
        let mut image = self.find(picture)?;
        let target = picture.target.trim();
        let is_path = !picture.asset && !is_remote(target) && !target.starts_with('/');
        if is_path
            && image.file.is_none()
            && image.url.is_some()
            && self.site.conventions.roots_pictures
        {
            let target = target.strip_prefix("./").unwrap_or(target);
            image.url = self.rooted_address(&format!("/{target}"));
        }
        Some(image)
    }

    /// The file that the front matter names, whatever it is, relative to pipeline.yaml.
    pub(super) fn find_file(&self, name: &str) -> Option<String> {
        self.find_named(&Picture::at(name))?.file
    }

    /// The picture that the post has by the generator's own rules.
    pub(super) fn own_picture(&self, front: &Front) -> Option<(String, FieldOrigin)> {
        self.site.generator.own_picture(self.file, front)
    }

    /// A file of the post's own asset folder.
    fn asset(&self, name: &str) -> Option<String> {
        self.there(self.asset_folder?, name)
    }

    fn asset_address(&self, name: &str) -> Option<String> {
        let route = self.route.filter(|route| !is_remote(&route.path))?;
        let folder = route.asset_path();
        let base = self.site.base.as_ref()?;
        Some(base.join(&format!("{folder}{}", escaped(name))))
    }

    /// A file of this site that is named by its whole address.
    fn own_file(&self, target: &str) -> Option<String> {
        let base = self.site.base.as_ref()?;
        let url = url::Url::parse(&remote(target)?).ok()?;
        if !base.is_host_of(&url) {
            return None;
        }
        self.rooted_file(url.path().trim_start_matches('/'))
    }

    /// The file at `path` below the host: in the post's asset folder, if the path is below the
    /// post's own address, else in a folder of files that are copied as they are.
    fn rooted_file(&self, path: &str) -> Option<String> {
        let rooted = format!("/{}", without_query(path));
        let below = match &self.site.base {
            Some(base) => base.below(&rooted),
            None => &rooted,
        };
        let beside_post = self.route.and_then(|route| {
            let folder = route.asset_path();
            let name = address::decode(below.trim_start_matches('/'));
            let name = name
                .strip_prefix(folder.trim_start_matches('/'))?
                .to_owned();
            self.asset(&name)
        });
        let below = below.trim_start_matches('/');
        let statics = &self.site.conventions.statics;
        let copied = || statics.iter().find_map(|folder| self.there(folder, below));
        // Some editors write the folder itself, which is no part of the address.
        let with_folder = || {
            let is_named = |folder: &String| relative_to(below, folder).is_some();
            statics
                .iter()
                .any(is_named)
                .then(|| self.there("", below))?
        };
        beside_post.or_else(copied).or_else(with_folder)
    }

    fn rooted_address(&self, target: &str) -> Option<String> {
        Some(self.site.base.as_ref()?.join_reference(target))
    }

    /// A path relative to the post: in its asset folder, beside the file, or, as some themes want
    /// it, below the site's root.
    fn relative(&self, target: &str) -> (Option<String>, Option<String>) {
        let name = without_query(target);
        let name = name.strip_prefix("./").unwrap_or(name);
        if let Some(file) = self.asset(name) {
            return (Some(file), self.asset_address(&address::decode(name)));
        }
        let url = self
            .page
            .and_then(|page| address::resolve(page, &address::encode_address(target)));
        if let Some(file) = self.there(self.file.folder_on_disk(), name) {
            return (Some(file), url);
        }
        match self.rooted_file(name) {
            Some(file) => (Some(file), self.rooted_address(&format!("/{target}"))),
            None => (None, url),
        }
    }

    /// `name` below `folder`, relative to the site's root, if a file lies there and inside the site;
    /// as it is written or with its percent-codes decoded.
    fn there(&self, folder: &str, name: &str) -> Option<String> {
        let decoded = address::decode(name);
        let names = [name, decoded.as_str()];
        let inside = |path: &String| is_file_inside(&self.site.root, path);
        // The file may have been named on another system than the post was written on.
        let mut forms = names.into_iter().flat_map(unicode_forms);
        let found = forms.find_map(|name| {
            let path = normalize_inside(&format!("{folder}/{name}"))?;
            inside(&path).then_some(path)
        });
        found.or_else(|| {
            let path = normalize_inside(&format!("{folder}/{decoded}"))?;
            in_mixed_forms(&self.site.root, &path).filter(inside)
        })
    }
}

/// The path on disk that equals `path` in form C: its folders may have been named on one system, and
/// the file on another.
fn in_mixed_forms(root: &Path, path: &str) -> Option<String> {
    if path.is_ascii() {
        return None;
    }
    let mut found = String::new();
    for part in path.split('/') {
        let entries = std::fs::read_dir(root.join(&found)).ok()?.flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let wanted = nfc(part);
        let name = names.into_iter().find(|name| nfc(name) == wanted)?;
        found = join(&found, &name);
    }
    Some(found)
}

/// An address with its scheme, where a page may leave it out; `None` if it is no address.
fn remote(target: &str) -> Option<String> {
    let whole = if target.starts_with("//") {
        format!("https:{target}")
    } else {
        target.to_owned()
    };
    let encoded = address::encode_address(&whole);
    url::Url::parse(&encoded).is_ok().then_some(encoded)
}

fn without_query(target: &str) -> &str {
    target.split(['?', '#']).next().unwrap_or(target)
}

/// A file name as a path that names it literally: its `%` is a character.
fn escaped(name: &str) -> String {
    name.replace('%', "%25")
}

/// Whether a reference begins with `data:`, `mailto:` or the like.
fn has_scheme(target: &str) -> bool {
    target.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

//! Where a picture lies: the file on this machine and its public address, from what a post calls it.
//! A path that leaves the site's folder, by `..` or by a link, is not followed.

use syndicate_api::{Image, Origin, unicode_forms};

use crate::address::{self, is_remote};
use crate::document::Front;
use crate::generators::Route;
use crate::markdown::Picture;
use crate::paths::{is_file_inside, normalize_inside};
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
        let located = self.site.generator.locate_picture(self.file, target);
        let (file, url) = if picture.asset {
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
        if file.is_none() && url.is_none() {
            return None;
        }
        Some(Image {
            url,
            file: file.map(|path| self.site.beside_pipeline(&path)),
            alt: picture.alt.clone(),
        })
    }

    /// The picture that the front matter names, which some generators look for below the site's root.
    pub(super) fn find_named(&self, picture: &Picture) -> Option<Image> {
        let mut image = self.find(picture)?;
        let target = picture.target.trim();
        let is_path = !picture.asset && !is_remote(target) && !target.starts_with('/');
        if is_path && image.file.is_none() && self.site.conventions.roots_pictures {
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
    pub(super) fn own_picture(&self, front: &Front) -> Option<(String, Origin)> {
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
        beside_post.or_else(|| {
            let mut folders = self.site.conventions.statics.iter();
            folders.find_map(|folder| self.there(folder, below.trim_start_matches('/')))
        })
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
        // The file may have been named on another system than the post was written on.
        let mut names = names.into_iter().flat_map(unicode_forms);
        names.find_map(|name| {
            let path = normalize_inside(&format!("{folder}/{name}"))?;
            is_file_inside(&self.site.root, &path).then_some(path)
        })
    }
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

//! Resolves a post's reference to a picture to a local file and a public URL. A path that leaves the
//! site's folder, by `..` or by a symbolic link, is not followed.

use std::path::Path;
use std::sync::Arc;

use syndicate_api::{FieldOrigin, Image, nfc, unicode_forms};

use super::missing::{MissingPicture, PictureReference};
use crate::document::FrontMatter;
use crate::generators::Route;
use crate::markdown::Picture;
use crate::paths::{is_certainly_normal, join, normalize_inside, relative_to};
use crate::post_file::PostFile;
use crate::site::Site;
use crate::urls::{self, is_remote};

/// The context in which the references of one post are resolved.
pub(super) struct ResolveContext<'a> {
    pub(super) site: &'a Arc<Site>,
    pub(super) file: &'a PostFile,
    /// The folder with the post's own files, relative to the site's root.
    pub(super) asset_folder: Option<&'a str>,
    /// The post's URL.
    pub(super) page: Option<&'a str>,
    pub(super) route: Option<&'a Route>,
}

/// A picture that a reference leads to.
#[derive(Default)]
pub(super) struct FoundPicture {
    pub(super) image: Image,
    /// The reason why the file is unknown, if it should be known.
    pub(super) missing: Option<MissingPicture>,
}

impl FoundPicture {
    /// Returns `true` if its URL is not a valid `http` or `https` URL.
    pub(super) fn has_unusable_url(&self) -> bool {
        let missing = self.missing.as_ref();
        missing.is_some_and(|missing| missing.reference == PictureReference::OtherUrl)
    }

    /// Returns the picture; `line_of` returns the line of the reference.
    pub(super) fn into_image(self, line_of: impl FnOnce() -> Option<usize>) -> Image {
        Image {
            missing: self.missing.map(|missing| missing.diagnostic(line_of())),
            ..self.image
        }
    }
}

impl ResolveContext<'_> {
    /// Resolves a picture. Returns `None` if the reference is not to a picture, such as `mailto:`.
    pub(super) fn find(&self, picture: &Picture) -> Option<FoundPicture> {
        let target = picture.target.trim();
        if target.is_empty() {
            return None;
        }
        let located = self.site.generator.locate_picture(self.file, target);
        let (file, url) = if let Some(name) = picture.vault_name() {
            self.find_in_vault(&name)
        } else if picture.asset {
            (self.find_asset(target), self.asset_url(target))
        } else if let Some(located) = located {
            let base = self.site.base.as_ref();
            let url = located
                .path
                .and_then(|path| Some(base?.join_absolute(&path)));
            (self.find_in("", &located.file), url)
        } else if is_remote(target) {
            let Some(url) = absolute_url(target) else {
                return Some(self.unusable_url(target));
            };
            (self.find_by_url(target), Some(url))
        } else if let Some(path) = target.strip_prefix('/') {
            (self.find_rooted(path), self.rooted_url(target))
        } else if has_scheme(target) {
            return is_location(target).then(|| self.unusable_url(target));
        } else {
            self.find_relative(target)
        };
        let is_missing = file.is_none() && !is_remote(target);
        Some(FoundPicture {
            image: Image {
                url,
                file: file.map(|path| self.site.relative_to_pipeline(&path)),
                alt: picture.alt.clone(),
                ..Image::default()
            },
            missing: is_missing.then(|| self.missing(&picture.written(), PictureReference::Path)),
        })
    }

    /// Finds a file by its name anywhere in the site's folder, as Obsidian does. Such a file has no URL.
    fn find_in_vault(&self, name: &str) -> (Option<String>, Option<String>) {
        match self.find_relative(name) {
            (None, _) => {
                let index = self.site.picture_index();
                (index.find(name).map(str::to_owned), None)
            }
            found => found,
        }
    }

    /// Returns the reason why the file of a picture is unknown.
    fn missing(&self, written: &str, reference: PictureReference) -> MissingPicture {
        MissingPicture {
            site: Arc::clone(self.site),
            post: Arc::clone(&self.file.on_disk),
            asset_folder: self.asset_folder.map(Into::into),
            written: written.into(),
            reference,
        }
    }

    /// Returns the picture whose path is the template expression `written`.
    pub(super) fn unreadable(&self, written: &str) -> FoundPicture {
        FoundPicture {
            missing: Some(self.missing(written, PictureReference::Template)),
            ..FoundPicture::default()
        }
    }

    /// Returns the picture at `target`, which is not a valid `http` or `https` URL.
    fn unusable_url(&self, target: &str) -> FoundPicture {
        FoundPicture {
            missing: Some(self.missing(target, PictureReference::OtherUrl)),
            ..FoundPicture::default()
        }
    }

    /// Resolves a picture named in the front matter, which some generators look up in the site's root.
    pub(super) fn find_named(&self, picture: &Picture) -> Option<FoundPicture> {
        let mut found = self.find(picture)?;
        let image = &mut found.image;
        let target = picture.target.trim();
        let is_path = !picture.asset && !is_remote(target) && !target.starts_with('/');
        if is_path
            && image.file.is_none()
            && image.url.is_some()
            && self.site.conventions.has_rooted_pictures
        {
            let target = target.strip_prefix("./").unwrap_or(target);
            image.url = self.rooted_url(&format!("/{target}"));
        }
        Some(found)
    }

    /// Returns the file of any type that the front matter names, relative to pipeline.yaml.
    pub(super) fn find_file(&self, name: &str) -> Option<String> {
        self.find_named(&Picture::at(name))?.image.file
    }

    /// Returns the picture that the generator assigns to the post by the name of a file.
    pub(super) fn picture_by_name(&self, front: &FrontMatter) -> Option<(String, FieldOrigin)> {
        self.site.generator.picture_by_name(self.file, front)
    }

    /// Finds a file in the post's asset folder.
    fn find_asset(&self, name: &str) -> Option<String> {
        self.find_in(self.asset_folder?, name)
    }

    fn asset_url(&self, name: &str) -> Option<String> {
        let route = self.route.filter(|route| !is_remote(&route.path))?;
        let folder = route.asset_path();
        let base = self.site.base.as_ref()?;
        Some(base.join(&format!("{folder}{}", escape_percent(name))))
    }

    /// Finds the file of this site that an absolute URL refers to.
    fn find_by_url(&self, target: &str) -> Option<String> {
        let base = self.site.base.as_ref()?;
        let url = url::Url::parse(&absolute_url(target)?).ok()?;
        if !base.has_host_of(&url) {
            return None;
        }
        self.find_rooted(url.path().trim_start_matches('/'))
    }

    /// Finds the file at a path below the host: in the post's asset folder if the path starts with the post's
    /// own URL path, otherwise in a folder whose files are copied unchanged.
    fn find_rooted(&self, path: &str) -> Option<String> {
        let rooted = format!("/{}", without_query(path));
        let below = match &self.site.base {
            Some(base) => base.strip_base_path(&rooted),
            None => &rooted,
        };
        let beside_post = self.route.and_then(|route| {
            let folder = route.asset_path();
            let name = urls::decode(below.trim_start_matches('/'));
            let name = name
                .strip_prefix(folder.trim_start_matches('/'))?
                .to_owned();
            self.find_asset(&name)
        });
        let below = below.trim_start_matches('/');
        let statics = &self.site.conventions.static_folders;
        // Most sites lack some of these folders.
        let is_plain_below = is_plain_path(below);
        let may_contain = |folder: &&String| {
            let is_plain = is_plain_below && is_plain_path(folder);
            !is_plain || self.site.folders.exists(&self.site.root, folder)
        };
        let copied = || {
            let mut folders = statics.iter().filter(may_contain);
            folders.find_map(|folder| self.find_in(folder, below))
        };
        // Some editors insert the folder itself, which is not a part of the URL.
        let with_folder = || {
            let is_named = |folder: &String| relative_to(below, folder).is_some();
            statics
                .iter()
                .any(is_named)
                .then(|| self.find_in("", below))?
        };
        beside_post.or_else(copied).or_else(with_folder)
    }

    fn rooted_url(&self, target: &str) -> Option<String> {
        Some(self.site.base.as_ref()?.join_with_query(target))
    }

    /// Resolves a relative path: in the post's asset folder, beside the file, or, as some themes require,
    /// in the site's root. Returns the file and the URL.
    fn find_relative(&self, target: &str) -> (Option<String>, Option<String>) {
        let name = without_query(target);
        let name = name.strip_prefix("./").unwrap_or(name);
        if let Some(file) = self.find_asset(name) {
            return (Some(file), self.asset_url(&urls::decode(name)));
        }
        let url = self
            .page
            .and_then(|page| urls::resolve(page, &urls::encode_url(target)));
        if let Some(file) = self.find_in(self.file.folder_on_disk(), name) {
            return (Some(file), url);
        }
        match self.find_rooted(name) {
            Some(file) => (Some(file), self.rooted_url(&format!("/{target}"))),
            None => (None, url),
        }
    }

    /// Finds `name` in `folder`, as written or percent-decoded. Both the folder and the result are relative
    /// to the site's root; `None` unless it is a file inside the site.
    fn find_in(&self, folder: &str, name: &str) -> Option<String> {
        let inside = |path: &String| self.site.folders.is_file_inside(&self.site.root, path);
        let folder = if folder == "." { "" } else { folder };
        if is_plain_path(name) && (folder.is_empty() || is_plain_path(folder)) {
            return Some(join(folder, name)).filter(inside);
        }
        let decoded = urls::decode(name);
        let names = [
            Some(name),
            Some(decoded.as_str()).filter(|decoded| *decoded != name),
        ];
        // The file and the reference may have been written on systems with different Unicode forms.
        let mut forms = names.into_iter().flatten().flat_map(unicode_forms);
        let found = forms.find_map(|name| {
            let path = normalize_inside(&format!("{folder}/{name}"))?;
            inside(&path).then_some(path)
        });
        found.or_else(|| {
            let path = normalize_inside(&format!("{folder}/{decoded}"))?;
            find_in_mixed_forms(&self.site.root, &path).filter(inside)
        })
    }
}

/// Returns `true` if `path` has only one spelling: it is in ASCII and has no `%`, and no part is empty or begins with a
/// dot.
fn is_plain_path(path: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii() && byte != b'%';
    !path.is_empty() && is_certainly_normal(path) && path.bytes().all(is_plain)
}

/// Finds the path on disk that equals `path` in Unicode form C. Its folders and the file may be named in
/// different forms, if they were created on different systems.
fn find_in_mixed_forms(root: &Path, path: &str) -> Option<String> {
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

/// Adds the scheme to a scheme-relative URL; `None` if the result is not a URL.
fn absolute_url(target: &str) -> Option<String> {
    let whole = if target.starts_with("//") {
        format!("https:{target}")
    } else {
        target.to_owned()
    };
    let encoded = urls::encode_url(&whole);
    url::Url::parse(&encoded).is_ok().then_some(encoded)
}

fn without_query(target: &str) -> &str {
    target.split(['?', '#']).next().unwrap_or(target)
}

/// Escapes `%`, so that a file name is not percent-decoded.
fn escape_percent(name: &str) -> String {
    name.replace('%', "%25")
}

/// Returns `true` if a reference with a scheme is the URL of a picture, not a value such as `color:red`.
fn is_location(target: &str) -> bool {
    target.split_once(':').is_some_and(|(scheme, rest)| {
        let scheme = scheme.to_ascii_lowercase();
        let locates = ["blob", "data", "file", "http", "https"];
        rest.starts_with("//") || locates.contains(&scheme.as_str())
    })
}

/// Returns `true` if a reference begins with a scheme, such as `data:` or `mailto:`.
fn has_scheme(target: &str) -> bool {
    target.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

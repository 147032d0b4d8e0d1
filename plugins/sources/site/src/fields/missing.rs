//! Diagnostics for pictures that cannot be used: their file does not exist, or is not a file of the site. The
//! file that the author may have meant is suggested.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use syndicate_api::{Code, Diagnostic, FileSpan, LazyDiagnostic, nearest};

use crate::paths::{basename, join, normalize_inside, split_last};
use crate::site::Site;
use crate::urls;

/// The maximum number of file names that are compared with a missing one in each folder. A folder may
/// contain thousands of pictures.
const COMPARED: usize = 128;

/// The maximum number of characters of a URL that a message shows.
const MAX_SHOWN: usize = 60;

/// A picture whose file is unknown.
pub(super) struct MissingPicture {
    pub(super) site: Arc<Site>,
    /// The post's file, as the file system has it, relative to the site's root.
    pub(super) post: Arc<str>,
    /// The folder with the post's own files, relative to the site's root.
    pub(super) asset_folder: Option<Box<str>>,
    /// The reference as the author wrote it.
    pub(super) written: Box<str>,
    /// The form of the reference.
    pub(super) reference: PictureReference,
}

/// The form of a reference to a picture that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PictureReference {
    /// A path.
    Path,
    /// A template expression.
    Template,
    /// A URL that is not a valid `http` or `https` URL.
    OtherUrl,
}

impl MissingPicture {
    /// Returns the diagnostic with the line of the reference. It is made when it is asked for.
    pub(super) fn diagnostic(self, line: Option<usize>) -> LazyDiagnostic {
        LazyDiagnostic::new(move || {
            let diagnostic = match self.reference {
                PictureReference::Path => self.not_found(),
                PictureReference::Template => self.unreadable(),
                PictureReference::OtherUrl => self.other_url(),
            };
            let post = self.site.relative_to_pipeline(&self.post);
            diagnostic.in_file(post).at(line.map(FileSpan::of_line))
        })
    }

    fn unreadable(&self) -> Diagnostic {
        let message = format!("the picture `{}` is a template expression", self.written);
        Diagnostic::new(Code::ImageUnreadable, message)
            .with_hint("write the path itself, or set `output` so that the built page is read")
    }

    fn other_url(&self) -> Diagnostic {
        // An embedded picture has thousands of characters.
        let shown = match self.written.char_indices().nth(MAX_SHOWN) {
            Some((end, _)) => format!("{}…", &self.written[..end]),
            None => self.written.to_string(),
        };
        let message = format!(
            "the picture `{shown}` is neither a file of the site nor an `http` or `https` URL"
        );
        Diagnostic::new(Code::ImageUnreadable, message)
            .with_hint("save the picture in the site and write its path, or use an `https` URL")
    }

    fn not_found(&self) -> Diagnostic {
        let folders = self.folders();
        if let Some(obstacle) = obstacle(&self.site, &folders, &self.written) {
            let message = format!(
                "the picture `{}` is {}",
                self.written,
                obstacle.description()
            );
            return Diagnostic::new(Code::ImageUnreadable, message).with_hint(obstacle.hint());
        }
        let message = format!("the picture `{}` is not a file of the site", self.written);
        let diagnostic = Diagnostic::new(Code::ImageUnreadable, message);
        diagnostic.with_hint(match near(&self.site, &folders, &self.written) {
            Some(name) => format!("did you mean `{name}`?"),
            None => "add the file, or correct the name".to_owned(),
        })
    }

    /// Returns the folders in which the picture was searched, relative to the site's root.
    fn folders(&self) -> Vec<&str> {
        let (beside, _) = split_last(&self.post);
        let statics = self.site.conventions.static_folders.iter();
        let asset_folder = self.asset_folder.as_deref().into_iter();
        asset_folder
            .chain([beside])
            .chain(statics.map(String::as_str))
            .collect()
    }
}

/// The reason why an existing path is not a file of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Obstacle {
    DanglingLink,
    OutsideSite,
    Folder,
    Special,
}

impl Obstacle {
    /// Returns the obstacle at `path`, relative to the site's root, which is not a file of the site; `None` if nothing
    /// exists there.
    fn at(root: &Path, path: &str) -> Option<Self> {
        let full = root.join(path);
        let metadata = full.symlink_metadata().ok()?;
        let Ok(target) = full.canonicalize() else {
            return metadata.is_symlink().then_some(Self::DanglingLink);
        };
        let is_inside = root
            .canonicalize()
            .is_ok_and(|root| target.starts_with(root));
        Some(match (is_inside, target.is_dir()) {
            (false, _) => Self::OutsideSite,
            (true, true) => Self::Folder,
            (true, false) => Self::Special,
        })
    }

    /// Returns the complement of "the picture is".
    fn description(self) -> &'static str {
        match self {
            Self::DanglingLink => "a link to a missing file",
            Self::OutsideSite => "behind a link that leads out of the site",
            Self::Folder => "a folder",
            Self::Special => "not a regular file",
        }
    }

    fn hint(self) -> &'static str {
        match self {
            Self::DanglingLink => "correct the link, or replace it by the file",
            Self::OutsideSite => "copy the file, or set `path` to a folder that contains both",
            Self::Folder => "write the path of a file in it",
            Self::Special => "replace it by a file",
        }
    }
}

/// Returns the first obstacle at the path `written` in one of the folders.
fn obstacle(site: &Site, folders: &[&str], written: &str) -> Option<Obstacle> {
    let path = decoded_path(written);
    let names = path.trim_matches('/');
    if names.is_empty() {
        return None;
    }
    folders.iter().find_map(|folder| {
        let path = normalize_inside(&format!("{folder}/{names}"))?;
        Obstacle::at(&site.root, &path)
    })
}

/// Returns the path of a reference, percent-decoded and without query and fragment.
fn decoded_path(written: &str) -> String {
    urls::decode(written.split(['?', '#']).next().unwrap_or(written))
}

/// Returns the name of a file in one of the folders that is similar to `written`.
fn near(site: &Site, folders: &[&str], written: &str) -> Option<String> {
    let written = decoded_path(written);
    let (inner, name) = split_last(&written);
    let first = |name: &str| name.chars().next().map(|c| c.to_lowercase().to_string());
    let stem = |name: &str| {
        name.rsplit_once('.')
            .map_or(name, |(stem, _)| stem)
            .to_lowercase()
    };
    let mut names = BTreeSet::new();
    for folder in folders {
        let Some(folder) = normalize_inside(&format!("{folder}/{inner}")) else {
            continue;
        };
        if !site.folders.exists(&site.root, &folder) {
            continue;
        }
        let is_file = |name: &String| {
            site.folders
                .is_file_inside(&site.root, &join(&folder, name))
        };
        let entries = std::fs::read_dir(site.root.join(&folder))
            .into_iter()
            .flatten()
            .flatten();
        let files = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let is_like = |other: &String| {
            other != name && (first(other) == first(name) || stem(other) == stem(name))
        };
        names.extend(files.filter(is_like).take(COMPARED).filter(is_file));
    }
    let lower = name.to_lowercase();
    let only_case = names.iter().find(|other| other.to_lowercase() == lower);
    let found = only_case.cloned().or_else(|| {
        let same_stem = names.iter().find(|other| stem(other) == stem(name));
        let names = names.iter().map(String::as_str);
        same_stem
            .cloned()
            .or_else(|| nearest(basename(name), names).map(str::to_owned))
    })?;
    Some(if inner.is_empty() {
        found
    } else {
        format!("{inner}/{found}")
    })
}

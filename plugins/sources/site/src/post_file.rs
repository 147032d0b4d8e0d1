//! The path of a post's file and the parts of its name.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::civil::Date;
use memchr::memrchr;
use syndicate_api::nfc;

use crate::paths::{basename, join, normalize_inside, split_last};

/// The path of a post's file. Values derived from the name (slug, date, key) use Unicode normalization
/// form C, because macOS writes form D and git form C for the same file. Code that opens files uses
/// [`PostFile::on_disk`]. URLs of generators that keep the form of a name use it too, because the built
/// page has the same form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PostFile {
    /// The path relative to the site's root, with `/` between folders, in form C.
    pub(crate) path: Arc<str>,
    /// [`PostFile::path`] as the file system has it.
    pub(crate) on_disk: Arc<str>,
    /// The start of the path relative to the content folder in [`PostFile::path`].
    content_start: usize,
}

impl PostFile {
    /// Returns the file at `path`. `content_path` is the same path relative to the content folder.
    pub(crate) fn new(path: &str, content_path: &str) -> Self {
        let on_disk: Arc<str> = path.into();
        // The end of a path in form C is in form C as well.
        let (path, content_len): (Arc<str>, _) = match nfc(path) {
            Cow::Borrowed(_) => (Arc::clone(&on_disk), content_path.len()),
            Cow::Owned(path) => (path.into(), nfc(content_path).len()),
        };
        let content_start = path.len() - content_len;
        Self {
            path,
            on_disk,
            content_start,
        }
    }

    /// Returns the path relative to the content folder, in form C.
    pub(crate) fn content_path(&self) -> &str {
        &self.path[self.content_start..]
    }

    /// Returns the same file with all names as the file system has them.
    pub(crate) fn as_on_disk(&self) -> Self {
        Self {
            content_start: self.on_disk.len() - self.content_path_on_disk().len(),
            path: Arc::clone(&self.on_disk),
            on_disk: Arc::clone(&self.on_disk),
        }
    }

    /// Returns the path relative to the content folder, as the file system has it.
    pub(crate) fn content_path_on_disk(&self) -> &str {
        if Arc::ptr_eq(&self.path, &self.on_disk) {
            return self.content_path();
        }
        let parts = self.content_path().split('/').count();
        let mut starts = self.on_disk.rmatch_indices('/').map(|(at, _)| at + 1);
        let start = starts.nth(parts - 1).unwrap_or(0);
        &self.on_disk[start..]
    }

    /// Returns the folder that contains the file, as the file system has it; empty for the site's root.
    pub(crate) fn folder_on_disk(&self) -> &str {
        split_last(&self.on_disk).0
    }

    /// Returns the content folder that contains the file, relative to the site's root; empty for the root
    /// itself.
    pub(crate) fn content_folder(&self) -> &str {
        self.path[..self.content_start].trim_end_matches('/')
    }

    /// Resolves `target` against the file's folder and returns the path relative to the site's root; `None`
    /// if it is outside the site.
    pub(crate) fn sibling(&self, target: &str) -> Option<String> {
        normalize_inside(&join(self.folder_on_disk(), target))
    }

    /// Returns `path`, which must end like the file's own, without the file's extension.
    pub(crate) fn without_extension<'a>(&self, path: &'a str) -> &'a str {
        &path[..path.len() - (self.content_path().len() - self.content_stem().len())]
    }

    /// Returns the path relative to the content folder without its extension.
    pub(crate) fn content_stem(&self) -> &str {
        let path = self.content_path();
        let name = basename(path);
        match memrchr(b'.', name.as_bytes()) {
            Some(dot) if dot > 0 => &path[..path.len() - name.len() + dot],
            _ => path,
        }
    }

    /// Returns the name without folders and extension.
    pub(crate) fn file_stem(&self) -> &str {
        basename(self.content_stem())
    }

    /// Returns `true` if one of the folders above the file is called `name`.
    pub(crate) fn is_in_folder(&self, name: &str) -> bool {
        let (folders, _) = split_last(&self.path);
        folders.split('/').any(|folder| folder == name)
    }
}

/// Splits a name into its leading date and the rest; without a date the rest is the whole name.
pub(crate) fn split_date(name: &str) -> (Option<Date>, &str) {
    let date = name.get(..10).and_then(|head| {
        let shaped = head.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        shaped.then(|| head.parse::<Date>().ok())?
    });
    let Some(date) = date else {
        return (None, name);
    };
    match name[10..].strip_prefix(['-', '_', ' ', '.']) {
        Some(rest) if !rest.is_empty() => (Some(date), rest),
        None if name.len() == 10 => (Some(date), name),
        _ => (None, name),
    }
}

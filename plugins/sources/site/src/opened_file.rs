//! Opens the files of the content folders and parses those that are posts.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use syndicate_api::{Diagnostic, Result};

use crate::document::{Document, MAX_BYTES};
use crate::generators::Acceptance;
use crate::post_file::PostFile;
use crate::site::Site;
use crate::value::{cannot_read, unreadable};
use crate::vanished::has_vanished;
use crate::walk::ReadablePath;

/// The size of the buffer that a thread keeps for the next file, in bytes. Most posts are smaller.
pub(crate) const KEPT_BYTES: usize = 64 * 1024;

/// A file of the content folders after opening it.
pub(crate) enum OpenedFile<'t> {
    /// A post.
    Post(Document<'t>),
    /// Not a post, with the reason.
    Other(&'static str),
    /// A file that may be a post but cannot be read or parsed.
    Unreadable(Diagnostic),
}

/// Opens and parses a file. `found` is its path on disk, or the reason why it cannot be read.
pub(crate) fn open_post<'t>(
    site: &Site,
    file: &PostFile,
    found: &ReadablePath,
    bytes: &'t mut Vec<u8>,
) -> OpenedFile<'t> {
    if site.generator.accepts(file) == Acceptance::Never {
        return OpenedFile::Other("the generator builds no post from a file with this name");
    }
    match found
        .as_deref()
        .map_err(|unreadable| Diagnostic::clone(unreadable))
        .and_then(|path| read_bytes(path, bytes))
    {
        Ok(()) => open_bytes(site, file, bytes),
        Err(_) if found.as_deref().is_ok_and(has_vanished) => {
            OpenedFile::Other("it was removed while the folder was read")
        }
        Err(diagnostic) => OpenedFile::Unreadable(diagnostic),
    }
}

/// Parses a file with the given contents.
pub(crate) fn open_bytes<'t>(site: &Site, file: &PostFile, bytes: &'t [u8]) -> OpenedFile<'t> {
    let generator = &site.generator;
    let acceptance = generator.accepts(file);
    let mut document = match Document::parse(bytes, site.conventions.syntax) {
        Ok(document) => document,
        Err(diagnostic) => return OpenedFile::Unreadable(diagnostic),
    };
    if acceptance == Acceptance::WithFrontMatter && !document.front.is_present {
        return OpenedFile::Other("it has no front matter");
    }
    if document.is_empty() {
        return OpenedFile::Other("it is empty");
    }
    document.front.inherited = generator.inherited(file, &document.front);
    if !generator.is_post(file, &document.front) {
        return OpenedFile::Other("the generator builds another kind of page from it");
    }
    OpenedFile::Post(document)
}

/// Reads a file into `bytes`; fails if it is larger than [`MAX_BYTES`].
pub(crate) fn read_bytes(path: &Path, bytes: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let mut file = File::open(path).map_err(cannot_read)?;
    bytes.clear();
    bytes.reserve(KEPT_BYTES);
    let limited = file.by_ref().take(MAX_BYTES + 1).read_to_end(bytes);
    limited.map_err(cannot_read)?;
    if bytes.len() as u64 <= MAX_BYTES {
        return Ok(());
    }
    let size = file.metadata().map_err(cannot_read)?.len();
    Err(unreadable(format!(
        "it has {size} bytes, but a post may have at most {MAX_BYTES}"
    ))
    .with_hint("list it under `exclude`"))
}

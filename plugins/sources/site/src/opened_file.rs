//! Opens the files of the content folders and parses those that are posts.

use std::fs::File;
use std::io::Read as _;
use std::ops::Range;
use std::path::Path;

use syndicate_api::{Diagnostic, Result};

use crate::document::{Document, MAX_BYTES};
use crate::generators::Acceptance;
use crate::post_file::PostFile;
use crate::site::Site;
use crate::value::{cannot_read, unreadable};
use crate::vanished::has_vanished;
use crate::walk::ReadablePath;

/// The size of the buffer for a file, in bytes. Most posts are smaller.
pub(crate) const KEPT_BYTES: usize = 64 * 1024;

/// The reason why a file of the content folders is not a post.
pub(crate) enum Unopened {
    /// It is something else, for this reason.
    Other(&'static str),
    /// It may be a post but cannot be read or parsed.
    Unreadable(Box<Diagnostic>),
}

/// Opens and parses a file. `found` is its path on disk, or the reason why it cannot be read.
pub(crate) fn open_post<'t>(
    site: &Site,
    file: &PostFile,
    found: &ReadablePath,
    bytes: &'t mut Vec<u8>,
) -> Result<Document<'t>, Unopened> {
    let (acceptance, place) = append_post(site, file, found, bytes)?;
    open_bytes(site, (file, acceptance), &bytes[place])
}

/// Reads a file that may be a post to the end of `bytes`, and returns whether it is one and its place there.
pub(crate) fn append_post(
    site: &Site,
    file: &PostFile,
    found: &ReadablePath,
    bytes: &mut Vec<u8>,
) -> Result<(Acceptance, Range<usize>), Unopened> {
    let acceptance = site.generator.accepts(file);
    if acceptance == Acceptance::Never {
        let why = "the generator builds no post from a file with this name";
        return Err(Unopened::Other(why));
    }
    let path = found
        .as_ref()
        .map_err(|unreadable| Unopened::Unreadable(unreadable.clone()))?;
    match append_bytes(path, bytes) {
        Ok(place) => Ok((acceptance, place)),
        Err(_) if has_vanished(path) => {
            let why = "it was removed while the folder was read";
            Err(Unopened::Other(why))
        }
        Err(diagnostic) => Err(Unopened::Unreadable(Box::new(diagnostic))),
    }
}

/// Parses a file with the given contents. It comes with the result of the generator's `accepts`.
pub(crate) fn open_bytes<'t>(
    site: &Site,
    (file, acceptance): (&PostFile, Acceptance),
    bytes: &'t [u8],
) -> Result<Document<'t>, Unopened> {
    let generator = &site.generator;
    let mut document = Document::parse(bytes, site.conventions.syntax)
        .map_err(|diagnostic| Unopened::Unreadable(Box::new(diagnostic)))?;
    if acceptance == Acceptance::WithFrontMatter && !document.front.is_present {
        return Err(Unopened::Other("it has no front matter"));
    }
    if document.is_empty() {
        return Err(Unopened::Other("it is empty"));
    }
    document.front.inherited = generator.inherited(file, &document.front);
    if !generator.is_post(file, &document.front) {
        let why = "the generator builds another kind of page from it";
        return Err(Unopened::Other(why));
    }
    Ok(document)
}

/// Reads a file to the end of `bytes`, and returns its place there; fails if it is larger than [`MAX_BYTES`].
pub(crate) fn append_bytes(path: &Path, bytes: &mut Vec<u8>) -> Result<Range<usize>, Diagnostic> {
    let mut file = File::open(path).map_err(cannot_read)?;
    let start = bytes.len();
    bytes.reserve(KEPT_BYTES);
    let limited = file.by_ref().take(MAX_BYTES + 1).read_to_end(bytes);
    let len = limited.map_err(cannot_read)? as u64;
    if len <= MAX_BYTES {
        return Ok(start..bytes.len());
    }
    bytes.truncate(start);
    let size = file.metadata().map_err(cannot_read)?.len();
    Err(unreadable(format!(
        "it has {size} bytes, but a post may have at most {MAX_BYTES}"
    ))
    .with_hint("list it under `exclude`"))
}

//! Reads the Markdown files of a site.

use std::cell::RefCell;
use std::sync::Arc;

use jiff::Timestamp;
use syndicate_api::{Diagnostic, Item, Result, contain};

use crate::built::{Joined, Joiner};
use crate::conflict_copies::FoundFile;
use crate::document::Document;
use crate::fields::{self, FileItem};
use crate::generators::RouteError;
use crate::identity::ID_KEY;
use crate::opened_file::{KEPT_BYTES, Unopened, append_post, open_bytes};
use crate::post_file::PostFile;
use crate::site::Site;
use crate::walk::ReadablePath;

/// The size in bytes of the files that are read before they are parsed.
const CHUNK_BYTES: usize = 128 * 1024;

/// Reads files of a site; returns those that are posts. The site comes with `true` if its posts are joined with built
/// pages; [`FileOutcome::find_page`] then searches for the page of a post.
///
/// Each step is done for some files at a time, which keeps its code in the processor's cache and saves a fifteenth of the
/// time.
pub(crate) fn read_files(
    of: (&Arc<Site>, bool),
    files: Vec<FoundFile>,
    now: Timestamp,
) -> Vec<FileOutcome> {
    thread_local! {
        static BYTES: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    }
    BYTES.with_borrow_mut(|bytes| {
        let mut outcomes = Vec::with_capacity(files.len());
        let mut files = files.into_iter();
        while files.len() > 0 {
            bytes.clear();
            bytes.reserve(CHUNK_BYTES + KEPT_BYTES);
            read_chunk(of, &mut files, now, bytes, &mut outcomes);
        }
        bytes.clear();
        bytes.shrink_to(CHUNK_BYTES + KEPT_BYTES);
        outcomes
    })
}

/// Reads the first of `files`, as many as [`CHUNK_BYTES`] allows. If reading one panics, that file is at fault.
fn read_chunk(
    of: (&Arc<Site>, bool),
    files: &mut impl Iterator<Item = FoundFile>,
    now: Timestamp,
    bytes: &mut Vec<u8>,
    outcomes: &mut Vec<FileOutcome>,
) {
    let (site, _) = of;
    let mut read = Vec::new();
    while bytes.len() < CHUNK_BYTES
        && let Some((file, found)) = files.next()
    {
        let place = contained(
            || append_post(site, &file, &found, bytes),
            Unopened::Unreadable,
        );
        read.push((file, found, place));
    }
    let opened = read.into_iter().map(|(file, found, place)| {
        let opened = place.and_then(|(acceptance, place)| {
            let parse = || open_bytes(site, (&file, acceptance), &bytes[place]);
            contained(parse, Unopened::Unreadable)
        });
        (file, found, opened)
    });
    let opened: Vec<_> = opened.collect();
    let outcome = |(file, found, opened)| outcome(of, (&file, found), opened, now);
    outcomes.extend(opened.into_iter().filter_map(outcome));
}

fn outcome(
    (site, is_joined): (&Arc<Site>, bool),
    (file, found): (&PostFile, ReadablePath),
    opened: Result<Document<'_>, Unopened>,
    now: Timestamp,
) -> Option<FileOutcome> {
    let mut id_line = None;
    let item = match opened {
        Ok(document) => {
            let read = || {
                let front = &document.front;
                id_line = front.get(ID_KEY).and_then(|_| front.line_of(ID_KEY));
                fields::read_item(site, file, document, now)
            };
            contained(read, |fault| vec![*fault])
        }
        Err(Unopened::Other(_)) => return None,
        Err(Unopened::Unreadable(diagnostic)) => Err(vec![*diagnostic]),
    };
    let result = |read: FileItem| ReadPost {
        note: read.protection_note(),
        joined: match found {
            Ok(markdown) if is_joined => {
                let is_protected = read.is_protected();
                Joined::before_search(read.item, markdown, is_protected)
            }
            _ => Joined::without_page(read.item),
        },
        route_error: read.route_error,
    };
    Some(FileOutcome {
        path: site.relative_to_pipeline(&file.on_disk),
        id_line,
        result: item.map(result),
    })
}

/// Returns the result of `read`. If it panics, its file is at fault.
fn contained<T, E>(
    read: impl FnOnce() -> Result<T, E>,
    error: impl FnOnce(Box<Diagnostic>) -> E,
) -> Result<T, E> {
    contain(read).unwrap_or_else(|panic| Err(error(Box::new(panic.diagnostic("the source")))))
}

/// The result of reading a file.
pub(crate) struct FileOutcome {
    /// The file's path relative to pipeline.yaml.
    pub(crate) path: String,
    /// The line of `syndicate.id`.
    pub(crate) id_line: Option<usize>,
    /// The post, or everything that is wrong with the file.
    pub(crate) result: Result<ReadPost, Vec<Diagnostic>>,
}

impl FileOutcome {
    /// Searches for the page of the post. If that panics, its file is at fault.
    pub(crate) fn find_page(&mut self, joiner: &Joiner<'_>) {
        let Ok(post) = &mut self.result else {
            return;
        };
        let find = || {
            joiner.find_page(&mut post.joined);
            Ok(())
        };
        if let Err(fault) = contained(find, |fault| *fault) {
            self.result = Err(vec![fault]);
        }
    }

    /// Returns the item, if there is nothing to report about it.
    pub(crate) fn into_item(self) -> Option<Arc<Item>> {
        let post = self.result.ok()?;
        let is_reported = post.note.is_some() || post.route_error.is_some();
        (!is_reported).then_some(post.joined.item)
    }
}

/// The item of a file, with a note about it.
pub(crate) struct ReadPost {
    pub(crate) joined: Joined,
    /// The reason why the item has no URL.
    pub(crate) route_error: Option<RouteError>,
    pub(crate) note: Option<String>,
}

#[cfg(test)]
mod tests {
    use syndicate_api::Code;

    use super::*;

    #[test]
    fn panic_is_fault_of_file() {
        let panics = || -> Result<(), Diagnostic> { panic!("at byte 3") };
        let fault = contained(panics, |fault| *fault).unwrap_err();
        assert_eq!(fault.code, Code::PluginPanicked);
        assert_eq!(fault.message, "the source panicked: at byte 3");
        assert_eq!(contained(|| Ok(1), |fault| *fault), Ok(1));
    }
}

//! Reads one Markdown file of a site.

use std::cell::RefCell;
use std::sync::Arc;

use jiff::Timestamp;
use syndicate_api::{Diagnostic, Item, Result, contain};

use crate::built::{Joined, Joiner};
use crate::fields::{self, FileItem};
use crate::generators::RouteError;
use crate::identity::ID_KEY;
use crate::opened_file::{KEPT_BYTES, OpenedFile, open_post};
use crate::post_file::PostFile;
use crate::site::Site;
use crate::walk::ReadablePath;

/// Reads one file of a site; returns `None` if it is not a post. The site comes with `true` if its posts are joined with
/// built pages; [`FileOutcome::find_page`] then searches for the page of the post.
pub(crate) fn read_file(
    of: (&Arc<Site>, bool),
    file: &PostFile,
    found: ReadablePath,
    now: Timestamp,
) -> Option<FileOutcome> {
    thread_local! {
        static BYTES: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    }
    let (site, _) = of;
    let path = || site.relative_to_pipeline(&file.on_disk);
    let read = || {
        BYTES.with_borrow_mut(|bytes| {
            // After a panic it has the bytes of the file before.
            bytes.clear();
            let outcome = read_file_into(of, (file, found), now, bytes);
            bytes.clear();
            bytes.shrink_to(KEPT_BYTES);
            outcome
        })
    };
    contained(path, read)
}

/// Returns the outcome of `read`. If it panics, the file at `path` is at fault and the others are read.
fn contained(
    path: impl FnOnce() -> String,
    read: impl FnOnce() -> Option<FileOutcome>,
) -> Option<FileOutcome> {
    contain(read).unwrap_or_else(|panic| {
        Some(FileOutcome {
            path: path(),
            id_line: None,
            result: Err(vec![panic.diagnostic("the source")]),
        })
    })
}

fn read_file_into(
    (site, is_joined): (&Arc<Site>, bool),
    (file, found): (&PostFile, ReadablePath),
    now: Timestamp,
    bytes: &mut Vec<u8>,
) -> Option<FileOutcome> {
    let mut id_line = None;
    let item = match open_post(site, file, &found, bytes) {
        OpenedFile::Post(document) => {
            let front = &document.front;
            id_line = front.get(ID_KEY).and_then(|_| front.line_of(ID_KEY));
            fields::read_item(site, file, document, now)
        }
        OpenedFile::Other(_) => return None,
        OpenedFile::Unreadable(diagnostic) => Err(vec![diagnostic]),
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
        if let Err(panic) = contain(|| joiner.find_page(&mut post.joined)) {
            self.result = Err(vec![panic.diagnostic("the source")]);
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
        let outcome = contained(|| "a.md".to_owned(), || panic!("at byte 3"));
        let outcome = outcome.unwrap();
        let [fault] = <[_; 1]>::try_from(outcome.result.err().unwrap()).unwrap();
        assert_eq!(
            (outcome.path.as_str(), fault.code),
            ("a.md", Code::PluginPanicked)
        );
        assert_eq!(fault.message, "the source panicked: at byte 3");
        assert!(contained(|| "a.md".to_owned(), || None).is_none());
    }
}

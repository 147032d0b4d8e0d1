//! Hints: what the system told, in a few flags. However many events come, they take no more room, and
//! whoever brings them never waits.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind};
use notify::{ErrorKind, Event, EventKind};
use tokio::sync::Notify;

/// Folders whose changes are nobody's posts.
const NOISE: &[&str] = &[".git", "node_modules"];

/// What this program itself writes beside the posts, in this process or another.
const LEDGER: &str = ".ledger.jsonl";

/// The extension of logs. Each change is logged, so a log beside the posts would be a change without end.
const LOG: &str = "log";

/// What was told since it was last taken.
#[derive(Debug, Default)]
pub(super) struct Hints {
    /// What was told last, as one of the numbers below.
    last: AtomicU8,
    folder: AtomicBool,
    ledger: AtomicBool,
    /// Whether the system refused to watch a new folder.
    full: AtomicBool,
    bell: Notify,
}

const NOTHING: u8 = 0;
const WRITING: u8 = 1;
const FINISHED: u8 = 2;

/// How far a change is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ChangeScope {
    /// Somebody writes, and will most likely say when that is over.
    Writing,
    /// A file was closed, renamed, made or removed.
    Finished,
}

impl Hints {
    /// Takes an event, or that events were lost.
    pub(super) fn hear(&self, event: &notify::Result<Event>) {
        let event = match event {
            Ok(event) => event,
            Err(error) => {
                if matches!(error.kind, ErrorKind::MaxFilesWatch) {
                    self.full.store(true, Ordering::SeqCst);
                }
                return self.overflow();
            }
        };
        if event.need_rescan() {
            return self.overflow();
        }
        if !event.paths.is_empty() && event.paths.iter().all(|path| is_noise(path)) {
            let is_written = told(event.kind).is_some();
            if is_written && event.paths.iter().any(|path| is_ledger(path)) {
                self.ledger.store(true, Ordering::SeqCst);
                self.bell.notify_one();
            }
            return;
        }
        let last = match told(event.kind) {
            None => return,
            Some(ChangeScope::Writing) => WRITING,
            Some(ChangeScope::Finished) => FINISHED,
        };
        // What was renamed may be a folder, with more in it.
        let may_be_folder = matches!(
            event.kind,
            EventKind::Create(CreateKind::Folder | CreateKind::Any)
                | EventKind::Modify(ModifyKind::Name(_))
        );
        if may_be_folder {
            self.folder.store(true, Ordering::SeqCst);
        }
        self.last.store(last, Ordering::SeqCst);
        self.bell.notify_one();
    }

    /// Something changed, and nothing more is known.
    pub(super) fn overflow(&self) {
        self.last.store(WRITING, Ordering::SeqCst);
        self.bell.notify_one();
    }

    /// Waits until something was told.
    pub(super) async fn wait(&self) {
        self.bell.notified().await;
    }

    /// What was told last: a file that is closed was written to before, and of several files each
    /// tells for itself when it is closed.
    pub(super) fn take(&self) -> Option<ChangeScope> {
        match self.last.swap(NOTHING, Ordering::SeqCst) {
            WRITING => Some(ChangeScope::Writing),
            FINISHED => Some(ChangeScope::Finished),
            _ => None,
        }
    }

    /// Whether nothing was told but that somebody wrote into the ledger.
    pub(super) fn ledger_alone(&self) -> bool {
        let ledger = self.ledger.swap(false, Ordering::SeqCst);
        ledger && self.last.load(Ordering::SeqCst) == NOTHING
    }

    /// Whether the system refused to watch a new folder.
    pub(super) fn take_full(&self) -> bool {
        self.full.swap(false, Ordering::SeqCst)
    }

    /// Whether a folder was among it.
    pub(super) fn new_folder(&self) -> bool {
        self.folder.swap(false, Ordering::SeqCst)
    }
}

fn told(kind: EventKind) -> Option<ChangeScope> {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) | EventKind::Remove(_) => {
            Some(ChangeScope::Finished)
        }
        EventKind::Access(_) => None,
        EventKind::Create(CreateKind::Folder) | EventKind::Modify(ModifyKind::Name(_)) => {
            Some(ChangeScope::Finished)
        }
        EventKind::Modify(ModifyKind::Metadata(_)) => Some(ChangeScope::Finished),
        // A new file is written to and closed next.
        EventKind::Create(_) | EventKind::Modify(_) | EventKind::Any | EventKind::Other => {
            Some(ChangeScope::Writing)
        }
    }
}

/// Returns `true` if a change of `path` changes no post: files of git and package managers, the ledger,
/// which this program writes, and logs.
pub(super) fn is_noise(path: &Path) -> bool {
    let hidden = path
        .components()
        .filter_map(|part| part.as_os_str().to_str())
        .any(|part| NOISE.contains(&part));
    hidden || is_ledger(path) || path.extension().is_some_and(|extension| extension == LOG)
}

fn is_ledger(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| name.contains(LEDGER))
}

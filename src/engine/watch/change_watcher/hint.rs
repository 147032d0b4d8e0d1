//! Collects the system's file events in a few flags and a limited number of names, so that any number of events takes
//! constant memory and the event handler never waits for a reader.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Mutex, PoisonError};

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind};
use notify::{ErrorKind, Event, EventKind};
use tokio::sync::Notify;

use super::changed_files::{ChangedFiles, FileNames};
use super::own_output::OwnOutput;

/// Folders that contain no posts and change often.
const NOISE: &[&str] = &[".git", "node_modules"];

/// Part of the ledger's file names. This program writes them next to the posts.
const LEDGER: &str = ".ledger.jsonl";

/// The extension of log files. Every change is logged, so a log next to the posts would cause endless
/// changes.
const LOG: &str = "log";

/// The events since the last call of [`Hints::take`].
#[derive(Debug, Default)]
pub(super) struct Hints {
    /// The last event: `NOTHING`, `WRITING` or `FINISHED`.
    last: AtomicU8,
    folder: AtomicBool,
    ledger: AtomicBool,
    /// `true` if the system refused to watch a new folder.
    full: AtomicBool,
    /// The changed files. A file's name is added before its event is reported, so a reader that takes the names before it
    /// reads the files misses no change.
    names: Mutex<FileNames>,
    bell: Notify,
    own_output: OwnOutput,
}

const NOTHING: u8 = 0;
const WRITING: u8 = 1;
const FINISHED: u8 = 2;

/// The progress of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ChangeScope {
    /// A file is being written; an event for its end usually follows.
    Writing,
    /// A file was closed, renamed, created or removed.
    Finished,
}

impl Hints {
    /// Returns hints that ignore events of `own_output`.
    pub(super) fn ignoring(own_output: OwnOutput) -> Self {
        Self {
            own_output,
            ..Self::default()
        }
    }

    /// Records an event, or an error that means that events were lost.
    pub(super) fn record(&self, event: &notify::Result<Event>) {
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
            let is_written = scope_of(event.kind).is_some();
            if is_written && event.paths.iter().any(|path| is_ledger(path)) {
                self.ledger.store(true, Ordering::SeqCst);
                self.bell.notify_one();
            }
            return;
        }
        if !event.paths.is_empty()
            && event
                .paths
                .iter()
                .all(|path| self.own_output.contains(path))
        {
            return;
        }
        let last = match scope_of(event.kind) {
            None => return,
            Some(ChangeScope::Writing) => WRITING,
            Some(ChangeScope::Finished) => FINISHED,
        };
        let may_be_folder = match event.kind {
            EventKind::Create(CreateKind::Folder | CreateKind::Any) => true,
            // A renamed path may be a folder with files in it.
            EventKind::Modify(ModifyKind::Name(_)) => event.paths.iter().any(|path| path.is_dir()),
            _ => false,
        };
        if may_be_folder {
            self.folder.store(true, Ordering::SeqCst);
        }
        let paths = event.paths.iter().filter(|path| !is_noise(path));
        self.with_names(|names| names.add(event, paths));
        self.last.store(last, Ordering::SeqCst);
        self.bell.notify_one();
    }

    /// Records that an unknown part of the files changed.
    pub(super) fn overflow(&self) {
        self.with_names(FileNames::add_unknown);
        self.last.store(WRITING, Ordering::SeqCst);
        self.bell.notify_one();
    }

    /// Waits for the next event.
    pub(super) async fn wait(&self) {
        self.bell.notified().await;
    }

    /// Returns and clears the last event. The last one is enough: a file is written before it is closed, and
    /// each file has an event of its own when it is closed.
    pub(super) fn take(&self) -> Option<ChangeScope> {
        match self.last.swap(NOTHING, Ordering::SeqCst) {
            WRITING => Some(ChangeScope::Writing),
            FINISHED => Some(ChangeScope::Finished),
            _ => None,
        }
    }

    /// Returns and clears the changed files.
    pub(super) fn take_files(&self) -> ChangedFiles {
        self.with_names(std::mem::take).changed()
    }

    fn with_names<T>(&self, change: impl FnOnce(&mut FileNames) -> T) -> T {
        change(&mut self.names.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns `true` if only the ledger was written.
    pub(super) fn is_ledger_only(&self) -> bool {
        self.ledger.load(Ordering::SeqCst) && self.last.load(Ordering::SeqCst) == NOTHING
    }

    /// Returns `true` if the ledger was written. Clears that flag.
    pub(super) fn take_ledger(&self) -> bool {
        self.ledger.swap(false, Ordering::SeqCst)
    }

    /// Returns `true` if the system refused to watch a new folder. Clears that flag.
    pub(super) fn take_full(&self) -> bool {
        self.full.swap(false, Ordering::SeqCst)
    }

    /// Returns `true` if a folder was created or renamed. Clears that flag.
    pub(super) fn take_new_folder(&self) -> bool {
        self.folder.swap(false, Ordering::SeqCst)
    }
}

fn scope_of(kind: EventKind) -> Option<ChangeScope> {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) | EventKind::Remove(_) => {
            Some(ChangeScope::Finished)
        }
        EventKind::Access(_) => None,
        EventKind::Create(CreateKind::Folder) | EventKind::Modify(ModifyKind::Name(_)) => {
            Some(ChangeScope::Finished)
        }
        EventKind::Modify(ModifyKind::Metadata(_)) => Some(ChangeScope::Finished),
        // A write and a close event follow the creation of a file.
        EventKind::Create(_) | EventKind::Modify(_) | EventKind::Any | EventKind::Other => {
            Some(ChangeScope::Writing)
        }
    }
}

/// Returns `true` if a change of `path` affects no post: files of git and package managers, the ledger,
/// and logs.
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

//! Detects changed files. The system's events are treated as hints, because some are lost when many occur
//! at once: after `mkdir -p` a recursive watch reports fewer than half of the new files. The files that events name are
//! read first, once no more events arrive. A regular walk over the folders finds changes without an event; after it,
//! and after an event that does not name a file, all files are read again.

mod changed_files;
mod fingerprint;
mod hint;
mod own_output;
mod refusal;
mod settle;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use notify::{ErrorKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::time::{Instant, sleep_until, timeout_at};

pub(crate) use self::changed_files::ChangedFiles;
use self::fingerprint::{Fingerprint, fingerprint};
use self::hint::{Hints, is_noise};
use self::own_output::OwnOutput;
use self::refusal::Refusal;
use self::settle::Settling;

/// The interval of walks over watched folders.
const WALK_EVERY: Duration = Duration::from_secs(30);

/// The interval of walks if the system sends no events.
const POLL_EVERY: Duration = Duration::from_secs(2);

/// The delays of additional walks after a folder was created. Files written before the system started to
/// watch the folder have no event.
const AFTER_NEW_FOLDER: [Duration; 3] = [
    Duration::from_millis(100),
    Duration::from_millis(500),
    Duration::from_secs(2),
];

/// A detected change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ChangeEvent {
    /// The watched files that changed, or `None` if only the ledger changed.
    pub(crate) files: Option<ChangedFiles>,
    /// `true` if the ledger changed.
    pub(crate) has_ledger: bool,
}

/// Watches files and folders for changes.
pub(crate) struct ChangeWatcher {
    roots: Vec<PathBuf>,
    hints: Arc<Hints>,
    /// Files whose changes are this process's own messages.
    own_output: OwnOutput,
    /// `None` when polling, or if the system cannot watch files.
    watcher: Option<RecommendedWatcher>,
    /// The watched folders, by path.
    watched: BTreeMap<PathBuf, Watched>,
    /// The reason why some folders are not watched.
    refusal: Option<Refusal>,
    /// The fingerprint of each root at the last walk, or from before the root was first read.
    known: Fingerprints,
    next_walk: Instant,
    /// Additional walks, the latest first.
    extra_walks: Vec<Instant>,
    /// A change in progress.
    settling: Option<Settling>,
}

/// Fingerprints of roots.
type Fingerprints = BTreeMap<PathBuf, Fingerprint>;

/// A folder's identity when its watch started, and the watch's mode.
#[derive(PartialEq, Eq)]
struct Watched {
    folder: Fingerprint,
    mode: RecursiveMode,
}

impl ChangeWatcher {
    /// Watches `roots`, which are files and folders with all their content. They need not exist yet. Polls
    /// them if `polling` is set or the system cannot watch files. Files must be read after this call to be
    /// current; see [`load_watched`].
    #[must_use]
    pub(crate) fn of(roots: Vec<PathBuf>, polling: bool) -> Self {
        let own_output = OwnOutput::of_process();
        let hints = Arc::new(Hints::ignoring(own_output.clone()));
        let recorder = Arc::clone(&hints);
        let watcher =
            (!polling).then(|| notify::recommended_watcher(move |event| recorder.record(&event)));
        let (watcher, refusal) = match watcher {
            None => (None, None),
            Some(Ok(watcher)) => (Some(watcher), None),
            Some(Err(error)) => (None, Some(Refusal::of(&error, Instant::now()))),
        };
        let mut notices = Self {
            roots: Vec::new(),
            hints,
            own_output,
            watcher,
            watched: BTreeMap::new(),
            refusal,
            known: Fingerprints::new(),
            next_walk: Instant::now(),
            extra_walks: Vec::new(),
            settling: None,
        };
        notices.set_roots(roots);
        notices.next_walk = Instant::now() + notices.pause();
        notices
    }

    /// Replaces the watched roots. Returns `true` if a root or watch is new: changes before this call may
    /// have been missed, so read the files again.
    pub(crate) fn set_roots(&mut self, roots: Vec<PathBuf>) -> bool {
        let roots = outermost(roots);
        self.known.retain(|root, _| roots.contains(root));
        let is_new = |root: &PathBuf| !self.roots.contains(root);
        let has_new = roots.iter().any(is_new);
        self.roots = roots;
        // Watch before walking: a change during the walk is in the fingerprint or in an event.
        let has_new_watch = self.update_watches();
        for root in &self.roots {
            self.known
                .entry(root.clone())
                .or_insert_with(|| fingerprint(root, &self.own_output));
        }
        has_new || has_new_watch
    }

    /// Returns the reason why the system does not watch all files, if it refused to.
    pub(crate) fn refusal(&self) -> Option<&str> {
        self.refusal.as_ref().map(Refusal::reason)
    }

    /// Waits until something has changed and no more events arrive. Two changes may be reported as one. A
    /// change between two calls is reported by the second. The method is cancel safe: a change in progress
    /// is kept.
    pub(crate) async fn next(&mut self) -> ChangeEvent {
        loop {
            if self.settling.is_some() {
                self.settle().await;
                self.settling = None;
                let has_ledger = self.hints.take_ledger();
                if self.hints.take_new_folder() {
                    let now = Instant::now();
                    let pauses = AFTER_NEW_FOLDER.iter().rev();
                    self.extra_walks = pauses.map(|pause| now + *pause).collect();
                }
                let has_new_watches = self.update_watches();
                let files = match self.hints.take_files() {
                    // Files may have changed before they were watched.
                    _ if has_new_watches => ChangedFiles::Unknown,
                    files => files,
                };
                return ChangeEvent {
                    files: Some(files),
                    has_ledger,
                };
            }
            let extra = self.extra_walks.last().copied();
            let due = extra.map_or(self.next_walk, |extra| self.next_walk.min(extra));
            if timeout_at(due, self.hints.wait()).await.is_ok() {
                if self.hints.is_ledger_only() && self.hints.take_ledger() {
                    return ChangeEvent {
                        files: None,
                        has_ledger: true,
                    };
                }
                self.settling = Some(Settling::new(Instant::now()));
                continue;
            }
            self.extra_walks.retain(|extra| *extra > Instant::now());
            self.update_watches();
            let found = self.walk().await;
            self.next_walk = Instant::now() + self.pause();
            if found != self.known {
                self.known = found;
                // A walk cannot detect the end of a write.
                self.hints.overflow();
            }
        }
    }

    /// Waits until no more events arrive.
    async fn settle(&mut self) {
        while let Some(settling) = &mut self.settling {
            settling.record(self.hints.take(), Instant::now());
            let end = settling.end();
            tokio::select! {
                () = sleep_until(end) => return,
                () = self.hints.wait() => {}
            }
        }
    }

    /// Watches folders that are new or were replaced; the watch of a removed folder ends with it. Returns
    /// `true` if a watch was added.
    fn update_watches(&mut self) -> bool {
        let Some(watcher) = &mut self.watcher else {
            return false;
        };
        let now = Instant::now();
        if self.hints.take_full() {
            self.refusal = Some(Refusal::of(
                &notify::Error::new(ErrorKind::MaxFilesWatch),
                now,
            ));
        }
        if let Some(refusal) = &self.refusal
            && !refusal.is_over(now)
        {
            // Until then all folders are polled, watched or not.
            self.next_walk = self.next_walk.min(now + POLL_EVERY);
            return false;
        }
        if self.refusal.take().is_some() {
            // Folders within the roots may lack a watch, so all of them are watched again.
            for path in std::mem::take(&mut self.watched).into_keys() {
                watcher.unwatch(&path).ok();
            }
        }
        let wanted = watches(&self.roots);
        self.watched.retain(|path, _| {
            let is_wanted = wanted.contains_key(path);
            if !is_wanted {
                // The watch may have ended with its folder.
                watcher.unwatch(path).ok();
            }
            is_wanted
        });
        let mut has_new = false;
        for (path, mode) in wanted {
            let folder = fingerprint::of_folder(&path);
            let watch = Watched { folder, mode };
            if folder == Fingerprint::default() || self.watched.get(&path) == Some(&watch) {
                continue;
            }
            // The watch of the replaced folder may have ended with it.
            watcher.unwatch(&path).ok();
            match watcher.watch(&path, mode) {
                Ok(()) => {
                    self.watched.insert(path, watch);
                    has_new = true;
                }
                // The folder was just removed; it is watched once it exists again.
                Err(_) if !path.exists() => {}
                Err(error) => {
                    self.refusal = Some(Refusal::of(&error, now));
                    self.next_walk = self.next_walk.min(now + POLL_EVERY);
                    break;
                }
            }
        }
        has_new
    }

    fn pause(&self) -> Duration {
        let all_watched =
            self.watcher.is_some() && !self.watched.is_empty() && self.refusal.is_none();
        if all_watched { WALK_EVERY } else { POLL_EVERY }
    }

    async fn walk(&self) -> Fingerprints {
        let (roots, own_output) = (self.roots.clone(), self.own_output.clone());
        let walk = move || {
            let of_root = |root: PathBuf| {
                let found = fingerprint(&root, &own_output);
                (root, found)
            };
            roots.into_iter().map(of_root).collect()
        };
        let walked = tokio::task::spawn_blocking(walk).await;
        // A failed walk is treated as a walk without changes.
        walked.unwrap_or_else(|_| self.known.clone())
    }
}

/// Loads a value that names files, such as a pipeline, and ensures that those files were watched before
/// they were read. Repeats `load` until `add_watches`, called with the `roots` of the loaded value, returns
/// `false`. Changes during or after this call are reported by the watcher.
///
/// # Errors
/// The errors of `load`.
pub(crate) fn load_watched<T, E>(
    load: impl Fn() -> Result<T, E>,
    roots: impl Fn(&T) -> Vec<PathBuf>,
    add_watches: &mut AddWatches<'_>,
) -> Result<T, E> {
    loop {
        let loaded = load()?;
        if !add_watches(roots(&loaded)) {
            return Ok(loaded);
        }
    }
}

/// Replaces the watched roots. Returns `true` if some of them were not watched before.
pub(crate) type AddWatches<'a> = dyn FnMut(Vec<PathBuf>) -> bool + Send + 'a;

/// Returns the folders to watch for `roots`. A file is watched through its folder, because editors
/// replace files.
fn watches(roots: &[PathBuf]) -> BTreeMap<PathBuf, RecursiveMode> {
    let mut watches = BTreeMap::new();
    for root in roots {
        if root.is_dir() {
            watches.insert(root.clone(), RecursiveMode::Recursive);
        } else {
            let folder = folder_of(root).to_owned();
            watches.entry(folder).or_insert(RecursiveMode::NonRecursive);
        }
    }
    watches
}

fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Returns `roots` without those that are inside others.
fn outermost(mut roots: Vec<PathBuf>) -> Vec<PathBuf> {
    roots.sort();
    roots.dedup();
    let all = roots.clone();
    roots.retain(|root| {
        let inside = |other: &PathBuf| root != other && root.starts_with(other);
        !all.iter().any(|other| inside(other) && !is_noise(root))
    });
    roots
}

#[cfg(test)]
mod tests;

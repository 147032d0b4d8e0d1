//! Notices of changed files. The system's events are hints and no more, since it loses some just when
//! many come at once (right after `mkdir -p` a recursive watch reports fewer than half of the new
//! files). So an event does not mean a file here, only that something changed; once all is quiet
//! everything is read again, and a regular walk over the folders finds what no event reported.

mod hint;
mod print;
mod refusal;
mod settle;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use notify::{ErrorKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::time::{Instant, sleep_until, timeout_at};

use self::hint::{Hints, is_noise};
use self::print::{Fingerprint, print};
use self::refusal::Refusal;
use self::settle::Settling;

/// How often the folders are walked although no event came.
const WALK_EVERY: Duration = Duration::from_secs(30);

/// How often they are walked if the system sends no events at all.
const POLL_EVERY: Duration = Duration::from_secs(2);

/// When they are walked again after a new folder: what was written into it before the system began to
/// watch it was not reported.
const AFTER_NEW_FOLDER: [Duration; 3] = [
    Duration::from_millis(100),
    Duration::from_millis(500),
    Duration::from_secs(2),
];

/// What has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChangeEvent {
    /// Some of the files, and maybe the ledger.
    Files,
    /// The ledger alone.
    Ledger,
}

/// The news of some folders and files.
pub(crate) struct ChangeWatcher {
    roots: Vec<PathBuf>,
    hints: Arc<Hints>,
    /// `None` where the system offers no way, or no more of it.
    watcher: Option<RecommendedWatcher>,
    /// What is watched for the roots, by path.
    watched: BTreeMap<PathBuf, Watched>,
    /// Why not all of that can be watched.
    refusal: Option<Refusal>,
    /// The print of each root at the last walk, or from before it was first read.
    known: Fingerprints,
    next_walk: Instant,
    /// Walks that are due besides, the latest first.
    looks: Vec<Instant>,
    /// A change that is not over yet.
    settling: Option<Settling>,
}

/// The prints of some roots.
type Fingerprints = BTreeMap<PathBuf, Fingerprint>;

/// A folder as it was when its watch began, and how deep the watch goes.
#[derive(PartialEq, Eq)]
struct Watched {
    folder: Fingerprint,
    mode: RecursiveMode,
}

impl ChangeWatcher {
    /// The news of `roots`, folders with all that is in them and files. None of them has to be there
    /// yet. What `polling` asks for is done where the system offers nothing better, too. Only what is
    /// read after this call is sure to be the latest; see [`load_watched`].
    #[must_use]
    pub(crate) fn of(roots: Vec<PathBuf>, polling: bool) -> Self {
        let hints = Arc::<Hints>::default();
        let heard = Arc::clone(&hints);
        let watcher =
            (!polling).then(|| notify::recommended_watcher(move |event| heard.hear(&event)));
        let (watcher, refusal) = match watcher {
            None => (None, None),
            Some(Ok(watcher)) => (Some(watcher), None),
            Some(Err(error)) => (None, Some(Refusal::of(&error, Instant::now()))),
        };
        let mut notices = Self {
            roots: Vec::new(),
            hints,
            watcher,
            watched: BTreeMap::new(),
            refusal,
            known: Fingerprints::new(),
            next_walk: Instant::now(),
            looks: Vec::new(),
            settling: None,
        };
        notices.set_roots(roots);
        notices.next_walk = Instant::now() + notices.pause();
        notices
    }

    /// Watches exactly `roots` from now on. Returns whether something is watched now that was not
    /// before: a change of it may have been missed if it was read earlier, so read it again.
    pub(crate) fn set_roots(&mut self, roots: Vec<PathBuf>) -> bool {
        let roots = outermost(roots);
        self.known.retain(|root, _| roots.contains(root));
        let is_new = |root: &PathBuf| !self.roots.contains(root);
        let has_new = roots.iter().any(is_new);
        self.roots = roots;
        // The watch comes first: what is saved during the walk is in its print or in an event.
        let has_new_watch = self.attend();
        for root in &self.roots {
            self.known
                .entry(root.clone())
                .or_insert_with(|| print(root));
        }
        has_new || has_new_watch
    }

    /// Returns why the system does not watch all files, if it was asked to and refused.
    pub(crate) fn refusal(&self) -> Option<&str> {
        self.refusal.as_ref().map(Refusal::reason)
    }

    /// Waits until something has changed and nothing changes any more. Two changes may be one notice;
    /// one that comes between two calls is reported by the second. Dropping the future loses nothing:
    /// a change that is not over yet is kept.
    pub(crate) async fn next(&mut self) -> ChangeEvent {
        loop {
            if self.settling.is_some() {
                self.settle().await;
                self.settling = None;
                // The ledger is read again together with the files.
                self.hints.ledger_alone();
                if self.hints.new_folder() {
                    let now = Instant::now();
                    let pauses = AFTER_NEW_FOLDER.iter().rev();
                    self.looks = pauses.map(|pause| now + *pause).collect();
                }
                self.attend();
                return ChangeEvent::Files;
            }
            let look = self.looks.last().copied();
            let due = look.map_or(self.next_walk, |look| self.next_walk.min(look));
            if timeout_at(due, self.hints.wait()).await.is_ok() {
                if self.hints.ledger_alone() {
                    return ChangeEvent::Ledger;
                }
                self.settling = Some(Settling::new(Instant::now()));
                continue;
            }
            self.looks.retain(|look| *look > Instant::now());
            self.attend();
            let found = self.walk().await;
            self.next_walk = Instant::now() + self.pause();
            if found != self.known {
                self.known = found;
                // A walk does not see whether a write is over.
                self.hints.overflow();
            }
        }
    }

    /// Waits until it is quiet.
    async fn settle(&mut self) {
        while let Some(settling) = &mut self.settling {
            settling.hear(self.hints.take(), Instant::now());
            let end = settling.end();
            tokio::select! {
                () = sleep_until(end) => return,
                () = self.hints.wait() => {}
            }
        }
    }

    /// Watches what is there and was not, or is no longer the same: a folder that was removed takes
    /// its watch along. Returns whether a watch was begun.
    fn attend(&mut self) -> bool {
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
            // All is walked until then, whether it is watched or not.
            self.next_walk = self.next_walk.min(now + POLL_EVERY);
            return false;
        }
        if self.refusal.take().is_some() {
            // Folders within the roots may lack a watch, so all of them are watched again.
            for place in std::mem::take(&mut self.watched).into_keys() {
                watcher.unwatch(&place).ok();
            }
        }
        let wanted = watches(&self.roots);
        self.watched.retain(|place, _| {
            let is_wanted = wanted.contains_key(place);
            if !is_wanted {
                // It may have gone by itself.
                watcher.unwatch(place).ok();
            }
            is_wanted
        });
        let mut has_begun = false;
        for (place, mode) in wanted {
            let folder = print::of_place(&place);
            let watch = Watched { folder, mode };
            if folder == Fingerprint::default() || self.watched.get(&place) == Some(&watch) {
                continue;
            }
            // The watch of what was there before may be gone with it.
            watcher.unwatch(&place).ok();
            match watcher.watch(&place, mode) {
                Ok(()) => {
                    self.watched.insert(place, watch);
                    has_begun = true;
                }
                // What went meanwhile may come back, as what was never there.
                Err(_) if !place.exists() => {}
                Err(error) => {
                    self.refusal = Some(Refusal::of(&error, now));
                    self.next_walk = self.next_walk.min(now + POLL_EVERY);
                    break;
                }
            }
        }
        has_begun
    }

    fn pause(&self) -> Duration {
        let all_watched =
            self.watcher.is_some() && !self.watched.is_empty() && self.refusal.is_none();
        if all_watched { WALK_EVERY } else { POLL_EVERY }
    }

    async fn walk(&self) -> Fingerprints {
        let roots = self.roots.clone();
        let walk = move || roots.into_iter().map(|root| (root.clone(), print(&root)));
        let walked = tokio::task::spawn_blocking(move || walk().collect()).await;
        // A walk that broke says as little as one that found nothing new.
        walked.unwrap_or_else(|_| self.known.clone())
    }
}

/// Loads what names files, such as a pipeline, so that all of them were watched before they were read:
/// `load` is repeated until `attend`, given the files that `roots` finds in its result, returns that
/// all of them were watched before. A change during or after this call is news.
///
/// # Errors
/// Those of `load`.
pub(crate) fn load_watched<T, E>(
    load: impl Fn() -> Result<T, E>,
    roots: impl Fn(&T) -> Vec<PathBuf>,
    attend: &mut AddWatches<'_>,
) -> Result<T, E> {
    loop {
        let loaded = load()?;
        if !attend(roots(&loaded)) {
            return Ok(loaded);
        }
    }
}

/// Watches exactly these files and folders, and returns whether some of them were not watched before.
pub(crate) type AddWatches<'a> = dyn FnMut(Vec<PathBuf>) -> bool + Send + 'a;

/// Returns the folders to watch for `roots`. A file is watched by way of its folder, as editors replace
/// files.
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

/// `roots` without those that lie in others.
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

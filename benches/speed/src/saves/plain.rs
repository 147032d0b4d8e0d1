//! A plain file watch, without `syndicate`: the lower bound of every other delay.

use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecursiveMode, Watcher as _};

use super::TIMEOUT;

/// A plain file watch of a temporary folder.
pub(super) struct PlainWatch {
    folder: tempfile::TempDir,
    closed: Receiver<Instant>,
    _watcher: notify::RecommendedWatcher,
}

impl PlainWatch {
    pub(super) fn new() -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let (sender, closed) = channel();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            let close = EventKind::Access(AccessKind::Close(AccessMode::Write));
            if event.is_ok_and(|event| event.kind == close) {
                // The receiver is dropped at the end of the measurement.
                sender.send(Instant::now()).ok();
            }
        })?;
        watcher.watch(folder.path(), RecursiveMode::Recursive)?;
        Ok(Self {
            folder,
            closed,
            _watcher: watcher,
        })
    }

    /// Saves a post and returns the time until its event.
    pub(super) fn save(&self, number: usize) -> anyhow::Result<Duration> {
        let saved = super::save(self.folder.path(), number)?;
        let noticed = self.closed.recv_timeout(TIMEOUT)?;
        Ok(noticed.saturating_duration_since(saved))
    }
}

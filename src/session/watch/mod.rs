//! Watches the pipeline's files and delivers after each change.

use std::time::Duration;

use super::error::SessionError;
use super::open::Session;
use crate::engine::watch::{ChangeWatcher, WatchContext, WatchEvent, WatchLoop, WatchObserver};
use crate::engine::{LiveScan, upcoming_warnings};

impl Session {
    /// Loads the pipeline for the first time and returns its watch loop. With `is_polling` the
    /// files are checked every 2 seconds instead of using notifications of the system.
    pub(crate) async fn watch(
        &self,
        is_polling: bool,
        lock_timeout: Duration,
        observer: &mut dyn WatchObserver,
    ) -> Result<WatchLoop<'_>, SessionError> {
        // The watcher starts before the first read, so that a save during that read is noticed.
        let mut notices = ChangeWatcher::of(vec![self.file.clone()], is_polling);
        let stages = self.load_watched(&mut |roots| notices.set_roots(roots))?;
        if !self.is_sandbox() {
            self.check_ledger_persistence(&stages).await?;
            let warnings = upcoming_warnings(&stages, self.cx());
            observer.report(WatchEvent::Warnings(warnings))?;
        }
        // A missing ledger is reported now and not only after the first save.
        self.store().read().await?;
        let scan = LiveScan::read(&stages, self.cx()).await?;
        let context = WatchContext {
            load: Box::new(|watch| Ok(self.load_watched(watch)?)),
            store: self.store(),
            cx: self.cx(),
            ids: self.ids(),
            run_id: &self.context.run_id,
            is_sandbox: self.is_sandbox(),
            lock_timeout,
        };
        Ok(WatchLoop::new(context, notices, (stages, scan)))
    }
}

#[cfg(test)]
mod tests;

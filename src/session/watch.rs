//! Watching: what `deliver` does, after each change of the files.

use std::time::Duration;

use super::error::SessionError;
use super::load::LoadedPipeline;
use super::open::Session;
use crate::engine::upcoming_warnings;
use crate::engine::watch::{ChangeWatcher, WatchContext, WatchEvent, WatchLoop, WatchObserver};

impl Session {
    /// Loads the pipeline for the first time and returns the loop that watches it. With `is_polling`
    /// the files are looked at every few seconds.
    pub(crate) async fn watch(
        &self,
        is_polling: bool,
        lock_timeout: Duration,
        observer: &mut dyn WatchObserver,
    ) -> Result<WatchLoop<'_>, SessionError> {
        // Before anything is read, so that a save during the first read is seen.
        let mut notices = ChangeWatcher::of(vec![self.file.clone()], is_polling);
        let stages = self.load_watched(&mut |roots| notices.set_roots(roots))?;
        if !self.is_sandbox() {
            self.check_ledger_kept(&stages).await?;
            let warnings = upcoming_warnings(&stages, self.cx());
            observer.report(WatchEvent::Warnings(warnings))?;
        }
        // A ledger that is not there is reported at once, and not after the first save.
        self.store().read().await?;
        let LoadedPipeline { stages, scanned } = self.scan(stages).await?;
        let context = WatchContext {
            load: Box::new(|watch| Ok(self.load_watched(watch)?)),
            store: self.store(),
            cx: self.cx(),
            ids: self.ids(),
            run_id: &self.context.run_id,
            is_sandbox: self.is_sandbox(),
            lock_timeout,
        };
        Ok(WatchLoop::new(context, notices, (stages, scanned)))
    }
}

//! Holds the state of the page: the latest plan, shared by all requests, and a version that increases
//! with each new plan. A mutex serializes changes.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use syndicate_api::CodedError as _;
use tokio::sync::{Mutex, MutexGuard, watch};
use tokio::time::Instant;

use super::live_page::{LivePage, LiveUpdate};
use super::previewed_plan::{PreviewedPlan, make_previewed_plan};
use super::provider::{PageError, PipelineProvider, WatchPaths, WatchedPipeline};
use super::shown::Shown;
use crate::engine::watch::{ChangeWatcher, REREAD_INTERVAL};
use crate::ledger::{LedgerError, LedgerState};

/// Delay before the next read after an error, which can resolve without a change to any file.
pub(super) const RETRY_INTERVAL: Duration = Duration::from_secs(10);

/// The plan that the page shows, and the provider of its pipeline.
pub(crate) struct AppState {
    pub(super) provider: Box<dyn PipelineProvider>,
    shown: RwLock<Arc<Shown>>,
    version: watch::Sender<u64>,
    /// The pipeline that the shown plan was made from; `None` if it has to be read again.
    live: Mutex<Option<LivePage>>,
    /// Watches the files that the plan is made from; held by the task that waits for changes.
    pub(super) notices: Mutex<ChangeWatcher>,
    /// Ids of the items that the user asked to see.
    asked: std::sync::Mutex<BTreeSet<String>>,
    /// The reason why the system does not watch all files.
    refusal: std::sync::Mutex<Option<String>>,
}

impl AppState {
    /// Returns a state with a plan made now.
    pub(crate) async fn new(provider: Box<dyn PipelineProvider>) -> Self {
        // The watcher starts before the first read, so that a save during that read is noticed.
        let notices = ChangeWatcher::of(vec![provider.file()], false);
        let state = Self {
            notices: Mutex::new(notices),
            provider,
            shown: RwLock::default(),
            version: watch::Sender::new(0),
            live: Mutex::default(),
            asked: std::sync::Mutex::default(),
            refusal: std::sync::Mutex::default(),
        };
        let mut notices = state.notices.lock().await;
        state.refresh(&mut notices).await;
        drop(notices);
        state
    }

    /// Makes the plan again; `notices` watches each file before it is read. If that fails, the last
    /// plan stays and the error is shown with it.
    pub(super) async fn refresh(&self, notices: &mut ChangeWatcher) {
        loop {
            let mut guard = self.lock().await;
            self.make(&mut guard, &mut |roots| {
                // The pictures of the last plan stay watched until those of the new plan are known.
                let all = roots.into_iter().chain(self.roots()).collect();
                notices.set_roots(all)
            })
            .await;
            drop(guard);
            let has_new_roots = notices.set_roots(self.roots());
            if !self.set_refusal(notices.refusal()) && !has_new_roots {
                return;
            }
        }
    }

    /// Stores the reason why the system does not watch all files. Returns `true` if it has changed.
    fn set_refusal(&self, refusal: Option<&str>) -> bool {
        let mut last = self.refusal.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = last.as_deref() != refusal;
        *last = refusal.map(str::to_owned);
        is_new
    }

    /// Acquires the lock that serializes commands and refreshes.
    pub(super) async fn lock(&self) -> MutexGuard<'_, Option<LivePage>> {
        self.live.lock().await
    }

    /// Makes the plan again after a command.
    pub(super) async fn refresh_locked(&self, live: &mut Option<LivePage>) {
        self.make(live, &mut |_| false).await;
    }

    /// Updates the plan after the files at the paths `files` were saved. Returns `false` if it has to be made again.
    pub(super) async fn update(&self, files: &[PathBuf]) -> bool {
        let mut guard = self.lock().await;
        let last = self.shown();
        let can_update = last.error.is_none() && !last.previewed.has_requested();
        // A failed update invalidates the pipeline.
        let Some(mut live) = guard.take().filter(|_| can_update) else {
            return false;
        };
        let cx = self.provider.context();
        match live.update(files, cx).await {
            LiveUpdate::None => {}
            LiveUpdate::Shown(shown) => self.show(*shown),
            LiveUpdate::Invalid => return false,
        }
        *guard = Some(live);
        true
    }

    async fn make(&self, live: &mut Option<LivePage>, attend: &mut WatchPaths<'_>) {
        let made = match self.provider.open(attend).await {
            Ok(pipeline) => self.build_shown(pipeline).await,
            Err(error) => Err(error),
        };
        let shown = match made {
            Ok((shown, page)) => {
                *live = Some(page);
                shown
            }
            Err(error) => {
                *live = None;
                Shown {
                    error: Some(error),
                    ..Shown::clone(&self.shown())
                }
            }
        };
        self.show(shown);
    }

    fn show(&self, shown: Shown) {
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(shown);
        self.version.send_modify(|version| *version += 1);
    }

    /// Returns the current snapshot.
    pub(super) fn shown(&self) -> Arc<Shown> {
        Arc::clone(&self.shown.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns a receiver that is notified of each new version.
    pub(super) fn versions(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }

    /// Returns the files and folders to watch.
    pub(super) fn roots(&self) -> Vec<PathBuf> {
        let mut roots = self.shown().roots.clone();
        roots.push(self.provider.file());
        roots
    }

    /// Returns the time of the next refresh if no file changes: the first time that the plan waits
    /// for, at most `REREAD_INTERVAL` from now, or `RETRY_INTERVAL` after an error.
    pub(super) fn next_refresh(&self) -> Instant {
        let shown = self.shown();
        let wait = match &shown.error {
            Some(_) => RETRY_INTERVAL,
            None => {
                let due = shown.previewed.plan.due_in(self.provider.context().now());
                due.map_or(REREAD_INTERVAL, |due| due.min(REREAD_INTERVAL))
            }
        };
        Instant::now() + wait
    }

    /// Returns the ledger's state, and a note if the ledger's condition prevents sending.
    pub(super) async fn ledger_state(&self) -> Result<(LedgerState, Option<String>), PageError> {
        let note = |error: LedgerError| {
            let hint = error.hint().unwrap_or_default();
            format!("{error}, so nothing can be sent; {hint}")
        };
        match self.provider.store().view().await {
            Ok(view) => Ok((view.ledger_state, view.trouble.map(note))),
            Err(error @ LedgerError::Missing { .. }) => {
                Ok((LedgerState::default(), Some(note(error))))
            }
            Err(error) => Err(PageError(error.to_string())),
        }
    }

    /// Returns the ids of the items that the user asked to see.
    fn previewed_items(&self) -> BTreeSet<String> {
        self.asked
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Shows or hides the payload of the item with this id, independent of the plan.
    pub(super) fn set_previewed(&self, id: &str, wanted: bool) {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if wanted {
            asked.insert(id.to_owned());
        } else {
            asked.remove(id);
        }
    }

    /// Plans `pipeline`, including the items that the user asked to see.
    pub(super) async fn plan(
        &self,
        pipeline: &WatchedPipeline,
        ledger_state: &LedgerState,
    ) -> PreviewedPlan {
        make_previewed_plan(
            pipeline,
            ledger_state,
            self.provider.context(),
            self.previewed_items(),
        )
        .await
    }

    async fn build_shown(&self, pipeline: WatchedPipeline) -> Result<(Shown, LivePage), PageError> {
        let (ledger_state, missing) = self.ledger_state().await?;
        let refusal = || {
            let refusal = self.refusal.lock();
            refusal.unwrap_or_else(PoisonError::into_inner).clone()
        };
        let notes = missing.into_iter().chain(refusal()).collect();
        let (cx, ids) = (self.provider.context(), self.provider.ids());
        let page = LivePage::make(pipeline, ledger_state, notes, (cx, ids)).await;
        let shown = page.shown(self.previewed_items(), cx).await;
        Ok((shown, page))
    }
}

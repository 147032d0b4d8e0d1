//! The state of the page: the plan as it was last made, shared by all requests, and a version that
//! counts up with each new plan. Only one request at a time changes it.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use syndicate_api::{CodedError as _, Medium};
use tokio::sync::{Mutex, MutexGuard, watch};
use tokio::time::Instant;

use super::previewed_plan::{PreviewedPlan, look};
use super::provider::{PageError, PipelineProvider, WatchPaths, WatchedPipeline};
use crate::engine::watch::{ChangeWatcher, REREAD_INTERVAL};
use crate::ledger::{LedgerError, LedgerState};
use crate::preview::html::entry_id;
use crate::preview::{Changes, PreviousVersion};

/// How soon to read again after an error, which may be over without any file having changed.
pub(super) const RETRY_INTERVAL: Duration = Duration::from_secs(10);

/// The plan that the page shows, and the provider of the pipeline that it is made from.
pub(crate) struct AppState {
    pub(super) provider: Box<dyn PipelineProvider>,
    shown: RwLock<Arc<Shown>>,
    version: watch::Sender<u64>,
    busy: Mutex<()>,
    /// The news of what the page is made from; held by the task that waits for it.
    pub(super) notices: Mutex<ChangeWatcher>,
    /// The ids of the items that somebody asked to see.
    asked: std::sync::Mutex<BTreeSet<String>>,
    /// Why the system does not watch all files.
    refusal: std::sync::Mutex<Option<String>>,
}

/// What the page shows.
#[derive(Clone, Default)]
pub(super) struct Shown {
    pub(super) file: String,
    pub(super) looks: PreviewedPlan,
    pub(super) ledger_state: LedgerState,
    /// What has changed of the deliveries that were sent or approved, by their ids on the page.
    pub(super) changes: HashMap<String, Changes>,
    /// The types of the sinks, by their places in the pipeline.
    pub(super) kinds: Vec<&'static str>,
    /// Whether payloads have to be approved.
    pub(super) approve: bool,
    /// Why the last attempt to make a plan failed.
    pub(super) error: Option<PageError>,
    /// Every medium of the plan, by its hash.
    pub(super) media: HashMap<String, Medium>,
    roots: Vec<PathBuf>,
}

impl AppState {
    /// Returns the state with a plan made now.
    pub(crate) async fn new(provider: Box<dyn PipelineProvider>) -> Self {
        // Before anything is read, so that a save during the first read is seen.
        let notices = ChangeWatcher::of(vec![provider.file()], false);
        let state = Self {
            notices: Mutex::new(notices),
            provider,
            shown: RwLock::default(),
            version: watch::Sender::new(0),
            busy: Mutex::new(()),
            asked: std::sync::Mutex::default(),
            refusal: std::sync::Mutex::default(),
        };
        let mut notices = state.notices.lock().await;
        state.refresh(&mut notices).await;
        drop(notices);
        state
    }

    /// Makes the plan from files that `notices` watched before they were read. Where that is not
    /// possible the last one stays, with the reason.
    pub(super) async fn refresh(&self, notices: &mut ChangeWatcher) {
        loop {
            let guard = self.alone().await;
            self.make(&guard, &mut |roots| {
                // The pictures of the last plan stay watched until those of the new one are known.
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

    /// Takes the reason why the system does not watch all files. Returns whether it is another one.
    fn set_refusal(&self, refusal: Option<&str>) -> bool {
        let mut last = self.refusal.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = last.as_deref() != refusal;
        *last = refusal.map(str::to_owned);
        is_new
    }

    /// The right to do something, which nobody else does meanwhile.
    pub(super) async fn alone(&self) -> MutexGuard<'_, ()> {
        self.busy.lock().await
    }

    /// Makes the plan after an order, which changes no file that a plan is made from but the ledger.
    pub(super) async fn renew(&self, guard: &MutexGuard<'_, ()>) {
        self.make(guard, &mut |_| false).await;
    }

    async fn make(&self, _guard: &MutexGuard<'_, ()>, attend: &mut WatchPaths<'_>) {
        let made = match self.provider.open(attend).await {
            Ok(pipeline) => self.shown_of(pipeline).await,
            Err(error) => Err(error),
        };
        let shown = made.unwrap_or_else(|error| {
            let last = self.shown();
            Shown {
                error: Some(error),
                ..Shown::clone(&last)
            }
        });
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(shown);
        self.version.send_modify(|version| *version += 1);
    }

    /// What the page shows now.
    pub(super) fn shown(&self) -> Arc<Shown> {
        Arc::clone(&self.shown.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Tells whenever it has changed.
    pub(super) fn news(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }

    /// What is worth watching.
    pub(super) fn roots(&self) -> Vec<PathBuf> {
        let mut roots = self.shown().roots.clone();
        roots.push(self.provider.file());
        roots
    }

    /// When the page may be wrong although nobody saves anything: when the first of the times comes that
    /// the plan waits for, soon where it could not be made, and some time later in any case.
    pub(super) fn due(&self) -> Instant {
        let shown = self.shown();
        let wait = match &shown.error {
            Some(_) => RETRY_INTERVAL,
            None => {
                let due = shown.looks.plan.due_in(self.provider.context().now());
                due.map_or(REREAD_INTERVAL, |due| due.min(REREAD_INTERVAL))
            }
        };
        Instant::now() + wait
    }

    /// What the ledger says; the reason why nothing would be sent where there is none.
    pub(super) async fn ledger_state(&self) -> Result<(LedgerState, Option<String>), PageError> {
        let note = |error: LedgerError| {
            let hint = error.hint().unwrap_or_default();
            format!("{error}, so nothing can be sent; {hint}")
        };
        match self.provider.store().view().await {
            Ok(survey) => Ok((survey.ledger_state, survey.trouble.map(note))),
            Err(error @ LedgerError::Missing { .. }) => {
                Ok((LedgerState::default(), Some(note(error))))
            }
            Err(error) => Err(PageError(error.to_string())),
        }
    }

    /// The ids of the items that somebody asked to see.
    fn asked_for(&self) -> BTreeSet<String> {
        self.asked
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Shows the item with this id, whatever the plan says about it, or no more.
    pub(super) fn ask_for(&self, id: &str, wanted: bool) {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if wanted {
            asked.insert(id.to_owned());
        } else {
            asked.remove(id);
        }
    }

    /// Returns the plan of `pipeline`, with what somebody asked to see.
    pub(super) async fn look(
        &self,
        pipeline: &WatchedPipeline,
        ledger_state: &LedgerState,
    ) -> PreviewedPlan {
        look(
            pipeline,
            ledger_state,
            self.provider.context(),
            self.asked_for(),
        )
        .await
    }

    async fn shown_of(&self, pipeline: WatchedPipeline) -> Result<Shown, PageError> {
        let (ledger_state, missing) = self.ledger_state().await?;
        let mut looks = self.look(&pipeline, &ledger_state).await;
        looks.plan.notes.extend(missing);
        let refusal = self.refusal.lock().unwrap_or_else(PoisonError::into_inner);
        looks.plan.notes.extend(refusal.clone());
        drop(refusal);
        let WatchedPipeline { stages, roots, .. } = pipeline;
        let entries = &looks.plan.entries;
        let composed = entries.iter().filter_map(|entry| entry.composed.as_ref());
        let media = composed.flat_map(|composed| &composed.payload.media);
        let media = media.map(|medium| (medium.sha256(), medium.clone()));
        // A picture may lie outside of what its source reads.
        let pictures = entries
            .iter()
            .filter(|entry| entry.composed.is_some() || entry.problem.is_some())
            .filter_map(|entry| entry.item.image.as_ref()?.file.as_ref())
            .map(|file| stages.base.join(file));
        let roots = roots.into_iter().chain(pictures).collect();
        let changes = entries.iter().filter_map(|entry| {
            let earlier = PreviousVersion::of(entry, &ledger_state, self.provider.context())?;
            Some((entry_id(entry), Changes::of(entry, &earlier)?))
        });
        Ok(Shown {
            file: stages.file.clone(),
            media: media.collect(),
            changes: changes.collect(),
            kinds: stages.sinks.iter().map(|stage| stage.kind).collect(),
            ledger_state,
            approve: stages.policy.approve,
            error: None,
            roots,
            looks,
        })
    }
}

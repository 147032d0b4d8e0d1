//! A checkout of the site on one machine, with the commands of the program that users run there. Each
//! command is a separate process that shares only files with earlier ones.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use jiff::Timestamp;
use syndicate_api::{Clock, Context, Env, InMemoryKvCache, Receipt};
use tokio_util::sync::CancellationToken;

use super::delivery::Model;
use super::fetched;
use super::pipeline::{ITEMS, Pipeline, SINK, http, title, url};
use crate::engine::tests::ledger::FlakyLedger;
use crate::engine::tests::run_until_crash;
use crate::engine::{
    Build, Plan, PlanEntry, QuotaScope, RetractionError, Selection, SettleError, build,
    open_attempts, retract, retractable, settle,
};
use crate::ledger::{
    Ids as _, JournaledStore, Journals, LedgerError, LedgerState, LedgerStore as _, LedgerView,
    RandomIds, RestoreReport,
};

/// The timeout for a journal's lock. No two runs of the model overlap, but a child process of another
/// test briefly inherits all open files.
const LOCK_TIMEOUT: Duration = Duration::from_secs(30);

/// A checkout with the current clock of its machine.
#[derive(Clone)]
pub(super) struct Checkout {
    pub(super) machine: usize,
    pub(super) ledger: FlakyLedger,
    /// The path of the ledger file.
    pub(super) place: PathBuf,
    /// The folder of the machine's journals.
    pub(super) state: PathBuf,
    pub(super) pipeline: Arc<Pipeline>,
    /// The time of the machine's clock at true time zero.
    pub(super) start: Timestamp,
    /// Seconds of true time.
    pub(super) passed: &'static AtomicU64,
}

/// The result of a run, or `None` if it crashed.
pub(super) type RunResult = Option<Result<Plan, LedgerError>>;

impl Checkout {
    fn store(&self) -> JournaledStore<FlakyLedger> {
        let journals = Arc::new(Journals::new(Some(self.state.clone())));
        JournaledStore::new(self.ledger.clone(), journals, &self.place)
            .with_copies(|path, _| fetched::copies(path))
    }

    fn cx(&self) -> Context {
        let memory = Arc::new(InMemoryKvCache::default());
        let clock = Clock::manual(self.start, self.passed);
        Context::new(http(), clock, Env::empty(), memory)
    }

    pub(super) fn now(&self) -> Timestamp {
        self.cx().now()
    }

    pub(super) fn view(&self) -> Result<LedgerView, LedgerError> {
        block_on(self.store().view())
    }

    /// Returns `true` if a run may send.
    pub(super) fn is_sendable(&self) -> bool {
        self.view().is_ok_and(|view| view.trouble.is_none())
    }

    pub(super) fn model(&self, number: usize) -> Model {
        let ledger_state = self.ledger.content().unwrap_or_default();
        Model::of(&ledger_state, self.pipeline.item(number))
    }

    /// Opens and closes the ledger like any writing command, so that the journal records new events.
    pub(super) fn open(&self) {
        block_on(self.store().lock(LOCK_TIMEOUT)).ok();
    }

    /// Runs the program once; it may crash.
    pub(super) fn build(&self, named: Option<usize>) -> RunResult {
        self.build_reporting(named, |_| {})
    }

    /// Runs the program once with an observer of its deliveries; it may crash.
    pub(super) fn build_reporting(
        &self,
        named: Option<usize>,
        mut report: impl FnMut(&PlanEntry) + Send,
    ) -> RunResult {
        let cx = self.cx();
        let store = self.store();
        let (stages, scanned) = (&self.pipeline.stages, &self.pipeline.scanned);
        let names: Vec<String> = named.into_iter().map(url).collect();
        let selection = Selection::new(&names, scanned, stages).unwrap();
        let before = self.ledger.content().unwrap_or_default();
        let id = format!("machine-{}-{}", self.machine, RandomIds.next(cx.now()));
        let run = Build {
            stages,
            scanned,
            selection: &selection,
            cx: &cx,
            store: &store,
            quota: QuotaScope::Run(&before),
            ids: &RandomIds,
            run: &id,
            same_site: false,
            lock_timeout: LOCK_TIMEOUT,
            live_timeout: Duration::ZERO,
            stop: CancellationToken::new(),
            matched: None,
        };
        block_on(run_until_crash(build(&run, &mut report)))
    }

    /// Settles the open, unclaimed attempts of a post with their true outcome.
    pub(super) fn settle(&self, number: usize) {
        let cx = self.cx();
        let store = self.store();
        let Ok(mut session) = block_on(store.lock(LOCK_TIMEOUT)) else {
            return;
        };
        let keys = &self.pipeline.item(number).keys;
        // After a merge there may be several open attempts; each is found once the earlier ones are settled.
        loop {
            // The group ids change if a wrong clock gave an event an earlier time.
            let groups = session.ledger_state().groups_of(keys);
            let open = open_attempts(session.ledger_state(), Some(&groups), None);
            let [open] = open.as_slice() else {
                break;
            };
            let live = session.ledger_state().live();
            let claim = open.claim.as_ref();
            if claim.is_some_and(|claim| live.claimed_until(claim, cx.now()).is_some()) {
                break;
            }
            let sent = self.post(number);
            let settled = settle(session.as_mut(), open, sent, &cx, &RandomIds);
            block_on(settled).unwrap();
        }
    }

    /// Looks up the open attempt of a post, runs `between`, and settles the attempt with its true outcome.
    pub(super) fn settle_after(
        &self,
        number: usize,
        between: impl FnOnce(),
    ) -> Result<(), SettleError> {
        let mut session = block_on(self.store().lock(LOCK_TIMEOUT)).unwrap();
        let ledger_state = session.ledger_state();
        let groups = ledger_state.groups_of(&self.pipeline.item(number).keys);
        let open = open_attempts(ledger_state, Some(&groups), None).remove(0);
        let sent = self.post(number);
        between();
        block_on(settle(
            session.as_mut(),
            &open,
            sent,
            &self.cx(),
            &RandomIds,
        ))
    }

    /// Looks up a sent post, runs `between`, and retracts the post.
    pub(super) fn retract_after(
        &self,
        number: usize,
        between: impl FnOnce(),
    ) -> Result<(), RetractionError> {
        let mut session = block_on(self.store().lock(LOCK_TIMEOUT)).unwrap();
        let ledger_state = session.ledger_state();
        let groups = ledger_state.groups_of(&self.pipeline.item(number).keys);
        let out = retractable(ledger_state, &groups, None).remove(0);
        between();
        let stages = &self.pipeline.stages;
        let cx = self.cx();
        let retracted = retract(&out, false, stages, session.as_mut(), &cx, &RandomIds);
        block_on(retracted)
    }

    /// Returns the post on the platform.
    fn post(&self, number: usize) -> Option<Receipt> {
        let world = self.pipeline.platform.world();
        let mut posts = world.posts.iter();
        let (id, _) = posts.find(|(_, text)| **text == title(number))?;
        Some(Receipt::new(id.clone()))
    }

    pub(super) fn retract(&self, number: usize) {
        let cx = self.cx();
        let store = self.store();
        let mut session = block_on(store.lock(LOCK_TIMEOUT)).unwrap();
        let groups = session
            .ledger_state()
            .groups_of(&self.pipeline.item(number).keys);
        for out in retractable(session.ledger_state(), &groups, None) {
            let stages = &self.pipeline.stages;
            let session = session.as_mut();
            let done = retract(&out, false, stages, session, &cx, &RandomIds);
            match block_on(done) {
                // For example because of a wrong clock.
                Ok(()) | Err(RetractionError::Refused(_)) => {}
                Err(error) => panic!("cannot retract: {error}"),
            }
        }
    }

    pub(super) fn restore(&self) -> Result<RestoreReport, LedgerError> {
        block_on(self.store().restore(self.now(), LOCK_TIMEOUT))
    }

    pub(super) fn forget(&self) {
        block_on(self.store().forget(LOCK_TIMEOUT)).unwrap();
    }

    /// Returns the posts that a run of another machine may be sending now, according to the ledger.
    pub(super) fn claimed(&self) -> Vec<usize> {
        let ledger_state = self.ledger.content().unwrap_or_default();
        let is_claimed = |number: &usize| {
            let state = ledger_state.state(&self.pipeline.item(*number).keys, SINK);
            let crate::ledger::DeliveryState::Unknown {
                claim: Some(claim), ..
            } = state
            else {
                return false;
            };
            let is_other = |run: &String| !run.starts_with(&format!("machine-{}", self.machine));
            claim.run.as_ref().is_some_and(is_other)
                && claim.end().is_some_and(|end| self.now() < end)
        };
        (0..ITEMS).filter(is_claimed).collect()
    }
}

/// Adds the events of `ledger_state` to `into`.
pub(super) fn union(into: &mut LedgerState, ledger_state: &LedgerState) {
    into.extend(ledger_state.events().into_iter().cloned());
}

fn block_on<T>(verb: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build();
    runtime.unwrap().block_on(verb)
}

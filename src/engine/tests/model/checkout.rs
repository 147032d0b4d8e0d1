//! One checkout of the site on one machine: the verbs of the program as its people run them there.
//! Each verb is a process of its own, with nothing but the files of earlier ones.

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
    Build, Plan, QuotaScope, RetractionError, Selection, build, open_attempts, retract,
    retractable, settle,
};
use crate::ledger::{
    Ids as _, JournaledStore, Journals, LedgerError, LedgerState, LedgerStore as _, LedgerView,
    RandomIds, RestoreReport,
};

/// How long to wait for a journal. No run of the model holds one while another begins, but a program
/// that another test starts holds copies of all open files until it runs.
const LOCK_TIMEOUT: Duration = Duration::from_secs(30);

/// A checkout, with the clock of its machine as it is now.
#[derive(Clone)]
pub(super) struct Checkout {
    pub(super) machine: usize,
    pub(super) ledger: FlakyLedger,
    /// The path of the ledger file.
    pub(super) place: PathBuf,
    /// The folder of the machine's journals.
    pub(super) state: PathBuf,
    pub(super) pipeline: Arc<Pipeline>,
    /// What the machine's clock shows at the beginning of true time.
    pub(super) start: Timestamp,
    /// The seconds of true time.
    pub(super) passed: &'static AtomicU64,
}

/// What came of a run; `None` when it crashed.
pub(super) type Ran = Option<Result<Plan, LedgerError>>;

impl Checkout {
    fn store(&self) -> JournaledStore<FlakyLedger> {
        let journals = Arc::new(Journals::new(Some(self.state.clone())));
        JournaledStore::new(self.ledger.clone(), journals, &self.place).with_copies(fetched::copies)
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

    /// Returns whether nothing keeps a run from sending.
    pub(super) fn is_sendable(&self) -> bool {
        self.view().is_ok_and(|survey| survey.trouble.is_none())
    }

    pub(super) fn model(&self, number: usize) -> Model {
        let ledger_state = self.ledger.content().unwrap_or_default();
        Model::of(&ledger_state, self.pipeline.item(number))
    }

    /// Opens and closes the ledger, as any verb does that writes: the journal takes in what is new.
    pub(super) fn open(&self) {
        block_on(self.store().lock(LOCK_TIMEOUT)).ok();
    }

    /// Runs the program once; it may crash.
    pub(super) fn build(&self, named: Option<usize>) -> Ran {
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
        };
        run_until_crash(|| block_on(build(&run, &mut |_| {})))
    }

    /// Settles what is open of a post and not claimed, as a truthful person does.
    pub(super) fn settle(&self, number: usize) {
        let cx = self.cx();
        let store = self.store();
        let Ok(mut session) = block_on(store.lock(LOCK_TIMEOUT)) else {
            return;
        };
        let keys = &self.pipeline.item(number).keys;
        // Of several open attempts, as after a merge, each comes into view once those before are settled.
        loop {
            // An event that is earlier by a wrong clock gives the groups other numbers.
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

    /// Returns the post on the platform.
    fn post(&self, number: usize) -> Option<Receipt> {
        let world = self.pipeline.platform.world();
        let mut posts = world.posts.iter();
        let (id, _) = posts.find(|(_, text)| **text == title(number))?;
        Some(Receipt {
            id: id.clone(),
            url: None,
        })
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
                // As with a wrong clock.
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

    /// Returns the posts that the ledger says a run of another machine may be sending now.
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

/// Returns the events of `ledger_state`, as a set that can be merged.
pub(super) fn union(into: &mut LedgerState, ledger_state: &LedgerState) {
    into.extend(ledger_state.events().into_iter().cloned());
}

fn block_on<T>(verb: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build();
    runtime.unwrap().block_on(verb)
}

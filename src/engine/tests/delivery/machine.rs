//! Machines that share a ledger in a git ref. Each has its own journal.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use jiff::Timestamp;
use syndicate_api::{Clock, Context, Env, InMemoryKvCache, Item, Receipt};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use super::sink::ScriptedSink;
use crate::config::{OnChange, Policy};
use crate::engine::tests::ledger::FlakyLedger;
use crate::engine::tests::model::pipeline::{http, item, stages};
use crate::engine::tests::run_until_crash;
use crate::engine::{
    Build, PipelineScan, Plan, PlanEntry, QuotaScope, Selection, StageChain, build,
    open_follow_ups, pipeline_names, skip_follow_ups,
};
use crate::ledger::{
    Attempt, Event, EventKind, Ids as _, JournaledStore, Journals, LedgerState, LedgerStore as _,
    RandomIds, Settlement,
};

/// A machine with a clone of the site, whose only post may be edited.
pub(super) struct Machine {
    sink: ScriptedSink,
    ledger: FlakyLedger,
    stages: Arc<StageChain>,
    pub(super) title: String,
    place: PathBuf,
    state: PathBuf,
    folder: Arc<TempDir>,
}

impl Machine {
    /// Returns two machines that publish with `sink`.
    pub(super) fn two(sink: &ScriptedSink) -> [Self; 2] {
        let policy = Policy {
            live_check: Some(false),
            on_change: OnChange::Update,
            ..Policy::default()
        };
        let stages = Arc::new(stages(Box::new(sink.clone()), policy));
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let pipeline_names = pipeline_names::of(&stages, &scanned("Post"));
        let created = Event::new(&RandomIds, start(), EventKind::Created { pipeline_names });
        let ledgers = FlakyLedger::git_ref(LedgerState::from_iter([created]));
        let mut number = 0;
        ledgers.map(|ledger| {
            number += 1;
            Self {
                sink: sink.clone(),
                ledger,
                stages: Arc::clone(&stages),
                title: "Post".to_owned(),
                place: folder.path().join(format!("site-{number}/l.jsonl")),
                state: folder.path().join(format!("machine-{number}")),
                folder: Arc::clone(&folder),
            }
        })
    }

    /// Returns one machine.
    pub(super) fn new(sink: &ScriptedSink) -> Self {
        let [machine, _] = Self::two(sink);
        machine
    }

    /// Runs the program, a second after the last run. It may crash.
    pub(super) fn run(&self) -> Option<Plan> {
        self.sink.passed.fetch_add(1, Ordering::SeqCst);
        std::fs::create_dir_all(self.place.parent().unwrap()).unwrap();
        assert!(self.folder.path().exists());
        let memory = Arc::new(InMemoryKvCache::default());
        let clock = Clock::manual(start(), self.sink.passed).advanced_by_waits();
        let cx = Context::new(http(), clock, Env::empty(), memory);
        let journals = Arc::new(Journals::new(Some(self.state.clone())));
        let store = JournaledStore::new(self.ledger.clone(), journals, &self.place);
        let scanned = scanned(&self.title);
        let selection = Selection::new(&[], &scanned, &self.stages).unwrap();
        let before = self.ledger.content().unwrap();
        let id = RandomIds.next(cx.now());
        let run = Build {
            stages: &self.stages,
            scanned: &scanned,
            selection: &selection,
            cx: &cx,
            store: &store,
            quota: QuotaScope::Run(&before),
            ids: &RandomIds,
            run: &id,
            same_site: false,
            lock_timeout: Duration::from_secs(30),
            live_timeout: Duration::ZERO,
            stop: CancellationToken::new(),
            matched: None,
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .unwrap();
        let mut report = |_: &PlanEntry| {};
        let plan = runtime.block_on(run_until_crash(build(&run, &mut report)));
        plan.map(Result::unwrap)
    }

    /// Runs the program, and returns the entry of the post and the notes.
    pub(super) fn build(&self) -> (PlanEntry, String) {
        let mut plan = self.run().unwrap();
        assert_eq!(plan.entries.len(), 1);
        (plan.entries.remove(0), plan.notes.join("\n"))
    }

    /// Records another item of the site, which was sent as `post`.
    pub(super) fn record_other(&self, post: Receipt) {
        let own = self.events(|kind| matches!(kind, EventKind::Intent { .. }));
        let own = own.first().unwrap().kind.attempt().unwrap();
        let attempt = Arc::new(Attempt {
            id: RandomIds.next(start()),
            item: item(1).id().to_owned(),
            keys: item(1).keys,
            ..(**own).clone()
        });
        let settlement = Settlement::Sent { remote: Some(post) };
        let kind = EventKind::Settled {
            attempt,
            settlement,
        };
        let event = Event::new(&RandomIds, start(), kind);
        self.ledger.merge(&LedgerState::from_iter([event]));
    }

    /// Gives up all steps that are still to be sent.
    pub(super) fn skip_follow_ups(&self) {
        let memory = Arc::new(InMemoryKvCache::default());
        let clock = Clock::manual(start(), self.sink.passed);
        let cx = Context::new(http(), clock, Env::empty(), memory);
        let journals = Arc::new(Journals::new(Some(self.state.clone())));
        let store = JournaledStore::new(self.ledger.clone(), journals, &self.place);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .unwrap();
        runtime.block_on(async {
            let mut session = store.lock(Duration::from_secs(30)).await.unwrap();
            for open in open_follow_ups(session.ledger_state(), None, None) {
                let skipped = skip_follow_ups(session.as_mut(), &open, &cx, &RandomIds);
                skipped.await.unwrap();
            }
        });
    }

    /// Loses the journal.
    pub(super) fn forget(&self) {
        std::fs::remove_dir_all(&self.state).unwrap();
    }

    /// Lets time pass.
    pub(super) fn wait(&self, seconds: u64) {
        self.sink.passed.fetch_add(seconds, Ordering::SeqCst);
    }

    /// Returns the events of the ledger of this kind.
    pub(super) fn events(&self, is_meant: fn(&EventKind) -> bool) -> Vec<Event> {
        let ledger_state = self.ledger.content().unwrap();
        let events = ledger_state.events().into_iter().cloned();
        events.filter(|event| is_meant(&event.kind)).collect()
    }
}

/// Returns the true time at the start.
pub(super) fn start() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

fn scanned(title: &str) -> PipelineScan {
    let item = Item {
        title: Some(title.to_owned()),
        ..item(0)
    };
    PipelineScan {
        items: vec![(0, Arc::new(item))],
        ..PipelineScan::default()
    }
}

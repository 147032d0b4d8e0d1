//! Compares plans that are updated after random edits and deliveries with plans of everything.

mod steps;

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use syndicate_api::http::Http;
use syndicate_api::testkit::trials;
use syndicate_api::{Clock, Code, Context, Env, InMemoryKvCache, Item, Receipt};
use tempfile::TempDir;

use self::steps::{NAMES, Step, WORDS, edit, step};
use crate::config::{LoadContext, ParsedFile, PluginUse, load};
use crate::engine::{
    Action, LivePlan, LiveScan, Outcome, Plan, PlanEntry, PlanPurpose, Planning, QuotaScope,
    Selection, StageChain, pipeline_names, scan,
};
use crate::ledger::{Attempt, Event, EventKind, Ids as _, LedgerState, RandomIds};
use crate::registry::BUILT_IN;

const PIPELINE: &str = "\
sources:
  blog: {type: site, content: posts, url: https://example.org, permalink: '/:slug/'}
sinks:
  one:
    type: linkedin
    author: urn:li:person:abc
    token: t
    thumbnail: skip
    endpoint: http://127.0.0.1:9
  two:
    type: linkedin
    author: urn:li:person:abc
    token: t
    thumbnail: skip
    endpoint: http://127.0.0.1:9
    max_per_run: 1
    approve: true
  three:
    type: linkedin
    author: urn:li:person:abc
    token: t
    thumbnail: skip
    endpoint: http://127.0.0.1:9
    max_per_run: 4
    spacing: 0s
policy: {max_per_run: 2, live_check: false, since: 2020-01-01, spacing: 1h}
";

/// A pipeline in a temporary folder, with the plan that is kept up to date.
struct WatchedPipeline {
    folder: TempDir,
    stages: StageChain,
    cx: Context,
    selection: Selection,
    purpose: PlanPurpose,
    held_back: Vec<(String, String)>,
    scan: LiveScan,
    plan: LivePlan,
    ledger_state: Arc<LedgerState>,
    /// Number of updates that needed no plan of everything.
    updates: usize,
}

impl WatchedPipeline {
    async fn new(purpose: PlanPurpose) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("posts")).unwrap();
        let file = folder.path().join("pipeline.yaml");
        std::fs::write(&file, PIPELINE).unwrap();
        let clock = Clock::fixed("2026-11-22T12:00:00Z".parse().unwrap());
        let memory = Arc::new(InMemoryKvCache::default());
        let cx = Context::new(http(), clock, Env::empty(), memory);
        let context = LoadContext {
            registry: BUILT_IN,
            env: &cx.env,
            sandbox: None,
            plugins: PluginUse::Find,
            parsed: &ParsedFile::default(),
        };
        let stages = StageChain::build(load(&file, context).unwrap()).unwrap();
        for (number, name) in ["y.md", "z.md"].iter().enumerate() {
            let text = format!(
                "---\ntitle: Last {number}\ndate: 2026-06-0{}\n---\n{name} {WORDS}\n",
                number + 1
            );
            std::fs::write(folder.path().join("posts").join(name), text).unwrap();
        }
        let scanned = scan(&stages, &cx).await.unwrap();
        let pipeline_names = pipeline_names::of(&stages, &scanned);
        let created = Event::new(&RandomIds, cx.now(), EventKind::Created { pipeline_names });
        let mut pipeline = Self {
            folder,
            stages,
            selection: Selection::default(),
            purpose,
            held_back: Vec::new(),
            scan: LiveScan::default(),
            plan: LivePlan::default(),
            ledger_state: Arc::new(LedgerState::from_iter([created])),
            updates: 0,
            cx,
        };
        pipeline.read_all().await;
        pipeline
    }

    fn posts(&self) -> PathBuf {
        self.folder.path().join("posts")
    }

    fn planning(&self) -> Planning<'_> {
        Planning {
            stages: &self.stages,
            scanned: &self.scan.scanned,
            selection: &self.selection,
            purpose: self.purpose,
            quota: QuotaScope::Day,
            held_back: &self.held_back,
            attempted: &[],
        }
    }

    async fn plan_all(&self) -> LivePlan {
        let ledger_state = Arc::clone(&self.ledger_state);
        LivePlan::make(&self.planning(), ledger_state, (&self.cx, &RandomIds)).await
    }

    async fn read_all(&mut self) {
        self.scan = LiveScan::read(&self.stages, &self.cx).await.unwrap();
        self.plan = self.plan_all().await;
    }

    /// Records the first post as one that was known before anything was sent, so that the ledger has evidence.
    async fn adopt(&mut self) {
        let (_, item) = &self.scan.scanned.items[0];
        let kind = EventKind::Adopted {
            item: item.id().to_owned(),
            keys: item.keys.clone(),
            sink: None,
            evidence: item.recorded_evidence(),
        };
        let mut ledger_state = LedgerState::clone(&self.ledger_state);
        ledger_state.insert(Event::new(&RandomIds, self.cx.now(), kind));
        self.ledger_state = Arc::new(ledger_state);
        self.plan = self.plan_all().await;
    }

    async fn take(&mut self, step: &Step) {
        match step {
            Step::Send(count) => return self.send(*count).await,
            Step::Hold(name) => {
                let key = format!("blog:posts/{}", NAMES[*name]);
                let items = self.scan.scanned.items.iter();
                let mut items = items.filter(|(_, item)| item.keys.contains(&key));
                let held = items
                    .next()
                    .map(|(_, item)| (item.id().to_owned(), "one".to_owned()));
                self.held_back = held.into_iter().collect();
                self.plan = self.plan_all().await;
            }
            step => {
                let changed = edit(&self.posts(), step);
                self.change(&changed).await;
            }
        }
    }

    /// Reads and plans the changed files.
    async fn change(&mut self, changed: &[PathBuf]) {
        let changes = self.scan.update(&self.stages, &self.cx, changed).await;
        let Some(changes) = changes else {
            return self.read_all().await;
        };
        let mut plan = std::mem::take(&mut self.plan);
        match plan.update(&self.planning(), &changes, &self.cx).await {
            Some(_) => {
                self.updates += 1;
                self.plan = plan;
            }
            None => self.plan = self.plan_all().await,
        }
    }

    /// Records that the first posts of the plan were sent, and plans again.
    async fn send(&mut self, count: usize) {
        let entries = self.plan.plan().entries.iter();
        let entries = entries.filter(|entry| entry.action == Action::Send);
        let mut sent: Vec<PlanEntry> = entries.take(count).cloned().collect();
        let mut ledger_state = LedgerState::clone(&self.ledger_state);
        for entry in &mut sent {
            entry.outcome = Some(Outcome::Sent);
            let kind = EventKind::Sent {
                attempt: Arc::new(attempt(entry, self.cx.now())),
                remote: Receipt::new(entry.item.id()),
                follow_ups: Vec::new(),
            };
            ledger_state.insert(Event::new(&RandomIds, self.cx.now(), kind));
        }
        self.ledger_state = Arc::new(ledger_state);
        let mut plan = std::mem::take(&mut self.plan);
        let ledger_state = Arc::clone(&self.ledger_state);
        let planning = self.planning();
        let update = plan.update_sent(&planning, &sent, ledger_state, &self.cx);
        match update.await {
            Some(_) => {
                self.updates += 1;
                self.plan = plan;
            }
            None => self.plan = self.plan_all().await,
        }
    }

    /// Compares the plan with one of everything.
    async fn check(&mut self) {
        let scanned = scan(&self.stages, &self.cx).await.unwrap();
        assert_eq!(scanned.items, self.scan.scanned.items);
        assert_eq!(scanned.faults, self.scan.scanned.faults);
        let all = self.plan_all().await;
        assert_eq!(lines(self.plan.plan()), lines(all.plan()));
        assert_eq!(items(self.plan.plan()), items(all.plan()));
        assert_eq!(self.plan.has_new_keys(), all.has_new_keys());
    }
}

/// Returns the items of each entry.
fn items(plan: &Plan) -> Vec<(&Item, &Item)> {
    let entries = plan.entries.iter();
    let items = entries.map(|entry| (&*entry.read_item, &*entry.item));
    items.collect()
}

/// Returns everything else in the plan.
fn lines(plan: &Plan) -> Vec<String> {
    let entries = plan.entries.iter().map(|entry| {
        let mut entry = entry.clone();
        entry.item = Arc::default();
        entry.read_item = Arc::default();
        format!("{entry:?}")
    });
    let faults = plan.faults.iter().map(|fault| format!("{fault:?}"));
    entries
        .chain(faults)
        .chain(plan.notes.iter().cloned())
        .collect()
}

fn attempt(entry: &PlanEntry, now: Timestamp) -> Attempt {
    let composed = entry.composed.as_deref().unwrap();
    Attempt {
        id: RandomIds.next(now),
        item: entry.item.id().to_owned(),
        keys: entry.item.keys.clone(),
        sink: entry.sink.clone(),
        hash: composed.hash.clone(),
        digests: composed.digests.clone(),
        sink_type: None,
        account: None,
        evidence: entry.item.recorded_evidence(),
    }
}

/// Returns a client that is never used; making one reads all certificates of the system.
fn http() -> Http {
    static HTTP: std::sync::OnceLock<Http> = std::sync::OnceLock::new();
    HTTP.get_or_init(Http::new).clone()
}

fn block_on<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.unwrap().block_on(future)
}

#[test]
fn updated_plan_equals_full_plan() {
    let mut config = Config::with_cases(trials(24));
    config.failure_persistence = None;
    let purpose = prop_oneof![Just(PlanPurpose::Deliver), Just(PlanPurpose::Show)];
    let inputs = (purpose, prop::collection::vec(step(), 1..16));
    TestRunner::new(config)
        .run(&inputs, |(purpose, steps)| {
            block_on(async {
                let mut pipeline = WatchedPipeline::new(purpose).await;
                for step in &steps {
                    pipeline.take(step).await;
                    pipeline.check().await;
                }
            });
            Ok(())
        })
        .unwrap();
}

#[test]
fn saved_and_sent_post_is_planned_alone() {
    block_on(async {
        let mut pipeline = WatchedPipeline::new(PlanPurpose::Deliver).await;
        pipeline.adopt().await;
        for (number, step) in [
            Step::Write(0, vec![0, 3], 0),
            Step::Write(0, vec![1, 3, 13], 1),
            Step::Write(0, vec![1, 3], 1),
            Step::Send(1),
            Step::Write(0, vec![2, 3], 2),
        ]
        .iter()
        .enumerate()
        {
            pipeline.take(step).await;
            pipeline.check().await;
            assert_eq!(pipeline.updates, number + 1, "{step:?}");
        }
    });
}

#[test]
fn copy_follows_changes_of_its_original() {
    block_on(async {
        let mut pipeline = WatchedPipeline::new(PlanPurpose::Deliver).await;
        pipeline.adopt().await;
        let (copy, original) = (1, 0);
        for (step, code) in [
            (Step::Write(copy, vec![1, 3], 0), Code::New),
            (Step::Write(original, vec![0, 3], 0), Code::Copy),
            (Step::Write(original, vec![0, 3], 1), Code::New),
            (Step::Write(original, vec![0, 3, 13], 0), Code::New),
            (Step::Write(original, vec![0, 3], 0), Code::Copy),
            (Step::Remove(original), Code::New),
        ] {
            pipeline.take(&step).await;
            pipeline.check().await;
            let entries = &pipeline.plan.plan().entries;
            let path = format!("posts/{}", NAMES[copy]);
            let is_copy = |entry: &&PlanEntry| entry.item.label() == path && entry.sink == "three";
            assert_eq!(entries.iter().find(is_copy).unwrap().code, code, "{step:?}");
        }
        // No step affects another post's identity.
        assert_eq!(pipeline.updates, 6);
    });
}

//! The engine as it is played with: a platform, a ledger, three items, and a clock that a step moves on.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::Timestamp;
use syndicate_api::http::Http;
use syndicate_api::{Clock, Context, Env, Item, Moment, Repeat, VolatileMemory};

use super::steps::Step;
use crate::config::{LedgerOptions, Policy, Route};
use crate::engine::render::Template;
use crate::engine::tests::ledger::Frail;
use crate::engine::tests::mortal;
use crate::engine::tests::platform::Platform;
use crate::engine::{
    Build, Scanned, Selection, Share, SinkStage, Stages, Stop, build, open_attempts, retract,
    retractable, settle,
};
use crate::ledger::{Book, RandomIds, Store as _};

pub(super) const SINK: &str = "platform";
pub(super) const ITEMS: usize = 3;

pub(super) struct Game {
    stages: Stages,
    pub(super) scanned: Scanned,
    pub(super) platform: Platform,
    ledger: Frail,
    pub(super) now: Timestamp,
    http: Http,
    runtime: tokio::runtime::Runtime,
}

impl Game {
    pub(super) fn new(repeat: Repeat) -> Self {
        let platform = Platform {
            world: Arc::default(),
            repeat,
        };
        let stage = SinkStage {
            name: SINK.to_owned(),
            kind: SINK,
            sink: Box::new(platform.clone()),
            template: Template::compile("t", "{{title}}"),
            left_out: false,
        };
        let stages = Stages {
            file: "pipeline.yaml".to_owned(),
            base: ".".into(),
            sources: Vec::new(),
            transforms: Vec::new(),
            sinks: vec![stage],
            routes: vec![Route {
                source: 0,
                transforms: Vec::new(),
                sink: 0,
            }],
            policy: Policy {
                live_check: Some(false),
                ..Policy::default()
            },
            ledger: LedgerOptions::default(),
            templates: Vec::new(),
            conversions: Arc::default(),
        };
        let items = (0..ITEMS)
            .map(|number| (0, Arc::new(item(number))))
            .collect();
        Self {
            stages,
            scanned: Scanned {
                items,
                ..Scanned::default()
            },
            platform,
            ledger: Frail::default(),
            now: "2026-11-22T12:00:00Z".parse().unwrap(),
            http: http(),
            runtime: tokio::runtime::Builder::new_current_thread()
                .build()
                .unwrap(),
        }
    }

    pub(super) fn cx(&self) -> Context {
        let memory = Arc::new(VolatileMemory::default());
        let clock = Clock::fixed(self.now);
        Context::new(self.http.clone(), clock, Env::empty(), memory)
    }

    pub(super) fn book(&self) -> Book {
        self.runtime.block_on(self.ledger.read()).unwrap()
    }

    pub(super) fn take(&mut self, step: &Step) {
        // Every step takes its time, so that nothing is recorded in the same millisecond.
        self.now += Duration::from_secs(1);
        match step {
            Step::Build {
                preparations,
                fates,
                writes,
                named,
            } => {
                let mut world = self.platform.world();
                world.preparations = preparations.iter().copied().collect();
                world.requests = fates.iter().copied().collect();
                drop(world);
                self.ledger.expects(writes);
                self.build(*named);
                self.ledger.expects(&[]);
                let mut world = self.platform.world();
                world.preparations.clear();
                world.requests.clear();
            }
            Step::Settle(number) => self.settle(*number),
            Step::Retract(number) => self.retract(*number),
            Step::Wait(seconds) => self.now += Duration::from_secs(seconds.unsigned_abs()),
        }
    }

    /// Runs the program once; it may die over it.
    pub(super) fn build(&self, named: Option<usize>) {
        let cx = self.cx();
        let before = self.book();
        let names: Vec<String> = named.into_iter().map(url).collect();
        let selection = Selection::new(&names, &self.scanned, &self.stages).unwrap();
        let run = Build {
            stages: &self.stages,
            scanned: &self.scanned,
            selection: &selection,
            cx: &cx,
            store: &self.ledger,
            share: Share::Run(&before),
            ids: &RandomIds,
            run: "run",
            same_site: false,
            lock_timeout: Duration::ZERO,
            patience: Duration::ZERO,
            stop: Stop::default(),
        };
        // What the ledger refuses ends a run as well as a death does.
        mortal(|| self.runtime.block_on(build(&run, &mut |_| {})).ok());
    }

    /// As a truthful person would.
    pub(super) fn settle(&self, number: usize) {
        let cx = self.cx();
        let mut session = self
            .runtime
            .block_on(self.ledger.lock(Duration::ZERO))
            .unwrap();
        let groups = session.book().groups_of(&item(number).keys);
        let open = open_attempts(session.book(), Some(&groups), None);
        for open in &open {
            let world = self.platform.world();
            let there = world.posts.iter().find(|(_, text)| **text == title(number));
            let sent = there.map(|(id, _)| syndicate_api::Receipt {
                id: id.clone(),
                url: None,
            });
            drop(world);
            let settled = settle(session.as_mut(), open, sent, &cx, &RandomIds);
            self.runtime.block_on(settled).unwrap();
        }
    }

    pub(super) fn retract(&self, number: usize) {
        let cx = self.cx();
        let mut session = self
            .runtime
            .block_on(self.ledger.lock(Duration::ZERO))
            .unwrap();
        let groups = session.book().groups_of(&item(number).keys);
        for out in retractable(session.book(), &groups, None) {
            let session = session.as_mut();
            let done = retract(&out, false, &self.stages, session, &cx, &RandomIds);
            self.runtime.block_on(done).unwrap();
        }
    }
}

/// A client that is never used; making one reads all certificates of the system.
pub(super) fn http() -> Http {
    static HTTP: OnceLock<Http> = OnceLock::new();
    HTTP.get_or_init(|| Http::new().unwrap()).clone()
}

pub(super) fn title(number: usize) -> String {
    format!("Post {number}")
}

pub(super) fn url(number: usize) -> String {
    format!("https://a.org/{number}")
}

pub(super) fn item(number: usize) -> Item {
    Item {
        keys: vec![url(number), format!("blog:{number}.md")],
        url: Some(url(number)),
        title: Some(title(number)),
        published: Some(Moment {
            at: "2026-11-20T00:00:00+00:00[UTC]".parse().unwrap(),
            day_only: true,
        }),
        ..Item::default()
    }
}

//! A model of what becomes of a delivery, far simpler than the engine and the ledger: whatever is on
//! record moves it from one state to the next. Over random runs, faults, deaths, settlements and
//! retractions the ledger's state is the model's, and what it claims is true of the platform: what is
//! sent is there once, what is free is not there, and only of what is open nobody knows.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::Timestamp;
use proptest::prelude::*;
use proptest::sample::select;
use syndicate_api::http::Http;
use syndicate_api::{Clock, Context, Env, Item, Moment, Repeat, VolatileMemory};

use super::ledger::{Frail, Write};
use super::mortal;
use super::platform::{Fate, Platform, Preparation};
use crate::config::{Policy, Route};
use crate::engine::render::Template;
use crate::engine::{
    Build, Scanned, Selection, Share, SinkStage, Stages, Stop, build, open_attempts, retract,
    retractable, settle,
};
use crate::ledger::{Book, Event, Kind, RandomIds, Settlement, State, Store as _};

const SINK: &str = "platform";
const ITEMS: usize = 3;

/// What somebody does.
#[derive(Clone, Debug)]
enum Step {
    /// Runs the program, under these faults.
    Build {
        preparations: Vec<Preparation>,
        fates: Vec<Fate>,
        writes: Vec<Write>,
        named: Option<usize>,
    },
    /// Looks at the platform and tells what became of an open attempt.
    Settle(usize),
    /// Takes a post back.
    Retract(usize),
    /// Does nothing for a while.
    Wait(i64),
}

fn any_step() -> impl Strategy<Value = Step> {
    use {Fate as F, Preparation as P, Write as W};
    let preparations = select(&[P::Done, P::Done, P::Done, P::Refused, P::Dead][..]);
    let fates = [
        F::Taken,
        F::TakenUnheard,
        F::Lost,
        F::Refused,
        F::NotSent,
        F::Throttled,
        F::DeadBefore,
        F::DeadAfter,
    ];
    let fates = prop_oneof![Just(F::Taken), proptest::sample::select(fates.to_vec())];
    let bad = [W::Refused, W::DeadBefore, W::DeadAfter];
    let writes = prop_oneof![3 => Just(W::Done), 1 => proptest::sample::select(bad.to_vec())];
    let build = (
        proptest::collection::vec(preparations, 0..3),
        proptest::collection::vec(fates, 0..5),
        proptest::collection::vec(writes, 0..6),
        proptest::option::weighted(0.2, 0..ITEMS),
    )
        .prop_map(|(preparations, fates, writes, named)| Step::Build {
            preparations,
            fates,
            writes,
            named,
        });
    prop_oneof![
        6 => build,
        2 => (0..ITEMS).prop_map(Step::Settle),
        1 => (0..ITEMS).prop_map(Step::Retract),
        1 => (1..900_i64).prop_map(Step::Wait),
    ]
}

fn any_repeat() -> impl Strategy<Value = Repeat> {
    let evidence = |by_itself| Repeat::Evidence {
        after: Duration::from_secs(30),
        within: Duration::from_secs(600),
        by_itself,
    };
    let all = vec![
        Repeat::Never,
        Repeat::Keyed,
        evidence(false),
        evidence(true),
    ];
    proptest::sample::select(all)
}

/// What the model knows of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Model {
    Free,
    Failed,
    Open,
    Sent,
    Retracted,
}

impl Model {
    /// The model of a delivery to which all this happened, in the order of its recording.
    fn of(book: &Book, item: &Item) -> Self {
        let (mut open, mut done) = (BTreeSet::new(), BTreeSet::new());
        let (mut sent, mut failed, mut retracted) = (false, false, false);
        for event in book.events() {
            let of_item = event
                .keys()
                .iter()
                .any(|key| item.keys.iter().any(|own| own == key));
            let Some(attempt) = event.kind.attempt().filter(|_| of_item) else {
                continue;
            };
            match &event.kind {
                // Of the same millisecond, a doubt stands before what lifted it.
                Kind::Intent { .. } | Kind::Unknown { .. } if !done.contains(&attempt.id) => {
                    open.insert(attempt.id.clone());
                }
                Kind::Failed { .. } => {
                    // A doubt about an earlier request of the attempt is not lifted.
                    let doubted = |event: &&Event| matches!(event.kind, Kind::Unknown { .. });
                    let again = book.attempt(&attempt.id);
                    if !again.iter().any(doubted) {
                        open.remove(&attempt.id);
                        failed = true;
                    }
                }
                Kind::Sent { .. } => {
                    open.remove(&attempt.id);
                    done.insert(attempt.id.clone());
                    sent = true;
                }
                Kind::Settled { settlement, .. } => {
                    open.remove(&attempt.id);
                    done.insert(attempt.id.clone());
                    sent |= matches!(settlement, Settlement::Sent { .. });
                }
                Kind::Retracted { .. } => (sent, retracted) = (false, true),
                _ => {}
            }
        }
        match (sent, open.is_empty(), retracted, failed) {
            (true, ..) => Self::Sent,
            (_, false, ..) => Self::Open,
            (_, _, true, _) => Self::Retracted,
            (_, _, _, true) => Self::Failed,
            _ => Self::Free,
        }
    }

    fn from_state(state: &State) -> Self {
        match state {
            State::New | State::Adopted { .. } => Self::Free,
            State::Failed { .. } => Self::Failed,
            State::Unknown { .. } => Self::Open,
            State::Sent { .. } => Self::Sent,
            State::Retracted { .. } => Self::Retracted,
        }
    }
}

struct Game {
    stages: Stages,
    scanned: Scanned,
    platform: Platform,
    ledger: Frail,
    now: Timestamp,
    http: Http,
    runtime: tokio::runtime::Runtime,
}

impl Game {
    fn new(repeat: Repeat) -> Self {
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

    fn cx(&self) -> Context {
        let memory = Arc::new(VolatileMemory::default());
        let clock = Clock::fixed(self.now);
        Context::new(self.http.clone(), clock, Env::empty(), memory)
    }

    fn book(&self) -> Book {
        self.runtime.block_on(self.ledger.read()).unwrap()
    }

    fn take(&mut self, step: &Step) {
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
    fn build(&self, named: Option<usize>) {
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
            lock_timeout: Duration::ZERO,
            patience: Duration::ZERO,
            stop: Stop::default(),
        };
        // What the ledger refuses ends a run as well as a death does.
        mortal(|| self.runtime.block_on(build(&run, &mut |_| {})).ok());
    }

    /// As a truthful person would.
    fn settle(&self, number: usize) {
        let cx = self.cx();
        let mut session = self
            .runtime
            .block_on(self.ledger.lock(Duration::ZERO))
            .unwrap();
        let open = open_attempts(session.book(), Some(&url(number)), None);
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

    fn retract(&self, number: usize) {
        let cx = self.cx();
        let mut session = self
            .runtime
            .block_on(self.ledger.lock(Duration::ZERO))
            .unwrap();
        for out in retractable(session.book(), &url(number), None) {
            let session = session.as_mut();
            let done = retract(&out, false, &self.stages, session, &cx, &RandomIds);
            self.runtime.block_on(done).unwrap();
        }
    }

    fn check(&self) -> Result<(), TestCaseError> {
        let book = self.book();
        let world = self.platform.world();
        for (number, (_, item)) in self.scanned.items.iter().enumerate() {
            let state = Model::from_state(&book.state(&item.keys, SINK));
            prop_assert_eq!(state, Model::of(&book, item), "{}", number);
            let there = world
                .posts
                .values()
                .filter(|text| **text == title(number))
                .count();
            match state {
                Model::Sent => prop_assert_eq!(there, 1, "{} is sent", number),
                Model::Open => prop_assert!(there <= 1, "{} is open and there twice", number),
                Model::Free | Model::Failed | Model::Retracted => {
                    prop_assert_eq!(there, 0, "{} is {:?}", number, state);
                }
            }
        }
        Ok(())
    }
}

/// A client that is never used; making one reads all certificates of the system.
fn http() -> Http {
    static HTTP: OnceLock<Http> = OnceLock::new();
    HTTP.get_or_init(|| Http::new().unwrap()).clone()
}

fn title(number: usize) -> String {
    format!("Post {number}")
}

fn url(number: usize) -> String {
    format!("https://a.org/{number}")
}

fn item(number: usize) -> Item {
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    #[test]
    fn the_ledger_s_claims_are_true_whatever_happens(
        repeat in any_repeat(),
        steps in proptest::collection::vec(any_step(), 1..14),
    ) {
        let mut game = Game::new(repeat);
        for step in &steps {
            game.take(step);
            game.check()?;
        }
        // In the end a person looks, nothing fails any more, and all that was not taken back is out.
        for number in 0..ITEMS {
            game.now += Duration::from_secs(1);
            game.settle(number);
        }
        game.now += Duration::from_secs(3600);
        game.build(None);
        game.check()?;
        let book = game.book();
        for (_, item) in &game.scanned.items {
            let state = Model::from_state(&book.state(&item.keys, SINK));
            prop_assert!(matches!(state, Model::Sent | Model::Retracted), "{:?}", state);
        }
    }
}

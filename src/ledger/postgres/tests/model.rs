//! A model of claims, leases and outcomes. Over random histories of several workers, a claim is the one that the model
//! expects, and an intent is written exactly if its worker still has the delivery and the delivery is free. Leases end,
//! workers die, and connections are cut at any time between two operations.

use std::cell::Cell;

use postgres_fixture::{Database, Route};
use proptest::prelude::*;
use syndicate_api::testkit::trials;

use super::worker::{Worker, state_of};
use super::{first, new_database, open, run};
use crate::ledger::{DeliveryState, EventKind, LedgerState, LedgerStore as _};

const WORKERS: usize = 3;
const ITEMS: usize = 3;

/// A step of a history.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// A worker reads the ledger and makes a plan.
    Plan(usize),
    /// A worker claims the next delivery.
    Claim(usize),
    /// A worker writes the intent of what it has claimed.
    Intend(usize),
    /// A worker records whether its request was accepted.
    Record(usize, bool),
    /// A worker releases its claim.
    Release(usize),
    /// All leases end.
    Expire,
    /// A worker dies, and another one starts in its place.
    Die(usize),
    /// The machine of the dead workers releases their claims.
    ReleaseDead(usize),
    /// All connections are cut.
    Cut,
}

fn any_step() -> impl Strategy<Value = Step> {
    let worker = 0..WORKERS;
    prop_oneof![
        3 => worker.clone().prop_map(Step::Plan),
        8 => worker.clone().prop_map(Step::Claim),
        8 => worker.clone().prop_map(Step::Intend),
        6 => (worker.clone(), any::<bool>()).prop_map(|(worker, is_sent)| Step::Record(worker, is_sent)),
        1 => worker.clone().prop_map(Step::Release),
        2 => Just(Step::Expire),
        2 => worker.clone().prop_map(Step::Die),
        1 => worker.prop_map(Step::ReleaseDead),
        1 => Just(Step::Cut),
    ]
}

/// The state of a delivery in the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Free,
    Open,
    Sent,
}

/// A delivery in the model.
#[derive(Clone, Debug)]
struct Delivery {
    state: State,
    /// The run that has claimed it, with the number of the claim.
    holder: Option<(String, u32)>,
    is_live: bool,
    claims: u32,
    /// The number of the event after which it was last released.
    released: usize,
    /// The number of its last event.
    last: usize,
}

/// The model's knowledge of a worker.
#[derive(Clone, Debug, Default)]
struct Knowledge {
    /// The number of events that its plan knows, and that it has read.
    planned: usize,
    read: usize,
    /// The delivery that it believes to have, with the number of the claim, and the number of the last event that it wrote
    /// about it.
    held: Option<(usize, u32, usize)>,
}

struct Model {
    deliveries: Vec<Delivery>,
    workers: Vec<Knowledge>,
    /// Number of events in the ledger.
    events: usize,
}

impl Model {
    fn new() -> Self {
        let delivery = Delivery {
            state: State::Free,
            holder: None,
            is_live: false,
            claims: 0,
            released: 0,
            last: 0,
        };
        let worker = Knowledge {
            planned: 1,
            read: 1,
            held: None,
        };
        Self {
            deliveries: vec![delivery; ITEMS],
            workers: vec![worker; WORKERS],
            events: 1,
        }
    }

    /// Releases what `worker` believes to have, if it still has it.
    fn release(&mut self, worker: usize, run: &str, seq: usize) {
        let Some((number, claim, written)) = self.workers[worker].held.take() else {
            return;
        };
        let delivery = &mut self.deliveries[number];
        if delivery.holder == Some((run.to_owned(), claim)) {
            delivery.holder = None;
        }
        // The fencing number decides, whether or not the row names a run.
        if delivery.claims == claim {
            delivery.released = delivery.released.max(seq.max(written));
        }
    }

    fn claim(&mut self, worker: usize, run: &str) -> Option<usize> {
        self.release(worker, run, 0);
        let planned = self.workers[worker].planned;
        let is_free = |delivery: &Delivery| {
            let is_own = delivery
                .holder
                .as_ref()
                .is_some_and(|(holder, _)| holder == run);
            delivery.released <= planned
                && (delivery.holder.is_none() || is_own || !delivery.is_live)
        };
        let number = self.deliveries.iter().position(is_free)?;
        let delivery = &mut self.deliveries[number];
        delivery.claims += 1;
        delivery.holder = Some((run.to_owned(), delivery.claims));
        delivery.is_live = true;
        self.workers[worker].held = Some((number, delivery.claims, 0));
        Some(number)
    }

    /// Returns `true` if the worker may write the intent of what it believes to have.
    fn intend(&mut self, worker: usize, run: &str) -> bool {
        let Some((number, claim, _)) = self.workers[worker].held else {
            return false;
        };
        let (delivery, knowledge) = (&mut self.deliveries[number], &mut self.workers[worker]);
        let is_allowed = delivery.holder == Some((run.to_owned(), claim))
            && delivery.is_live
            && delivery.state == State::Free
            && delivery.last <= knowledge.read;
        if is_allowed {
            self.events += 1;
            delivery.state = State::Open;
            delivery.last = self.events;
            knowledge.held = Some((number, claim, self.events));
        }
        knowledge.read = self.events;
        is_allowed
    }

    fn record(&mut self, worker: usize, run: &str, (number, is_sent): (usize, bool)) {
        self.events += 1;
        let delivery = &mut self.deliveries[number];
        delivery.last = self.events;
        delivery.state = if is_sent { State::Sent } else { State::Free };
        self.workers[worker].read = self.events;
        if self.workers[worker]
            .held
            .is_some_and(|(held, ..)| held == number)
        {
            self.release(worker, run, self.events);
        }
    }
}

/// Carries out the history and compares each result with the model.
async fn carry_out(database: &Database<'_>, route: Route, name: &str, steps: &[Step]) {
    let store = open(database, route, name);
    store.create(first()).await.unwrap();
    let mut workers = Vec::new();
    for number in 0..WORKERS {
        workers.push(Worker::start(&store, format!("run-{number}-0")).await);
    }
    let mut model = Model::new();
    let mut dead = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        match *step {
            Step::Plan(worker) => {
                workers[worker].session.refresh().await.unwrap();
                workers[worker].session.begin_plan();
                model.workers[worker].planned = model.events;
                model.workers[worker].read = model.events;
            }
            // A worker waits for the answer to its request.
            Step::Claim(worker) if workers[worker].open.is_some() => {}
            Step::Claim(worker) => {
                let run = workers[worker].run.clone();
                let expected = model.claim(worker, &run);
                assert_eq!(
                    workers[worker].claim(ITEMS).await,
                    expected,
                    "step {number}"
                );
            }
            Step::Intend(worker) => {
                let held = model.workers[worker]
                    .held
                    .filter(|_| workers[worker].open.is_none());
                let Some((item, ..)) = held else { continue };
                let run = workers[worker].run.clone();
                let expected = model.intend(worker, &run);
                assert_eq!(
                    workers[worker].intend(item).await,
                    expected,
                    "step {number}"
                );
            }
            Step::Record(worker, is_sent) => {
                if let Some(item) = workers[worker].record(is_sent).await {
                    let run = workers[worker].run.clone();
                    model.record(worker, &run, (item, is_sent));
                }
            }
            Step::Release(worker) => {
                let run = workers[worker].run.clone();
                model.release(worker, &run, 0);
                workers[worker].session.release().await;
            }
            Step::Expire => {
                database.query(
                    "UPDATE syndicate.claim SET lease_until = clock_timestamp() - interval '1 second' \
                     WHERE run IS NOT NULL",
                );
                model
                    .deliveries
                    .iter_mut()
                    .for_each(|delivery| delivery.is_live = false);
            }
            Step::Die(worker) => {
                let run = format!("run-{worker}-{}", number + 1);
                dead.push(
                    std::mem::replace(&mut workers[worker], Worker::start(&store, run).await).run,
                );
                model.workers[worker] = Knowledge {
                    planned: model.events,
                    read: model.events,
                    held: None,
                };
            }
            Step::ReleaseDead(worker) => {
                workers[worker].session.release_runs(&dead).await.unwrap();
                for delivery in &mut model.deliveries {
                    if delivery
                        .holder
                        .as_ref()
                        .is_some_and(|(run, _)| dead.contains(run))
                    {
                        delivery.holder = None;
                    }
                }
            }
            Step::Cut => {
                database.query(super::CUT);
            }
        }
    }
    drop(workers);
    compare(&open(database, route, name).read().await.unwrap(), &model);
}

/// Compares the ledger with the model: no attempt began while another one was open or had succeeded.
fn compare(ledger_state: &LedgerState, model: &Model) {
    assert_eq!(ledger_state.event_count(), model.events);
    for (number, delivery) in model.deliveries.iter().enumerate() {
        let state = state_of(ledger_state, number);
        let state = match state {
            DeliveryState::New | DeliveryState::Failed { .. } => State::Free,
            DeliveryState::Unknown { .. } => State::Open,
            DeliveryState::Sent { .. } => State::Sent,
            other => panic!("{other:?}"),
        };
        assert_eq!(state, delivery.state, "item {number}");
        let mut is_free = true;
        for event in ledger_state.events() {
            if event
                .kind
                .attempt()
                .is_none_or(|attempt| attempt.keys != [super::worker::item(number)])
            {
                continue;
            }
            match event.kind {
                EventKind::Intent { .. } => {
                    assert!(is_free, "{event:?}");
                    is_free = false;
                }
                EventKind::Failed { .. } => is_free = true,
                _ => {}
            }
        }
    }
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn claims_and_intents_follow_model() {
    let database = new_database();
    let count_of_cases = Cell::new(0);
    let config = ProptestConfig::with_cases(trials(40));
    let steps = proptest::collection::vec(any_step(), 1..40);
    proptest!(config, |(steps in steps, is_pooled: bool)| {
        let number = count_of_cases.get();
        count_of_cases.set(number + 1);
        let route = if is_pooled { Route::Pooled } else { Route::Direct };
        run(carry_out(&database, route, &format!("model-{number}"), &steps));
    });
}

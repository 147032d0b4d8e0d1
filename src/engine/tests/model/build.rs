//! Runs the program within a history, and the other machine while this one sleeps.

use std::sync::atomic::Ordering;
use std::thread;

use jiff::SignedDuration;

use super::checkout::{Checkout, RunResult, union};
use super::delivery::{Model, lacks_event};
use super::fetched;
use super::harness::Harness;
use super::pipeline::{ITEMS, title, url};
use super::steps::{Run, Sleep};
use crate::engine::{Plan, open_follow_ups};
use crate::ledger::{Event, LedgerError};

/// The largest clock difference between two machines for which claims are reliable.
const CLAIM_TOLERANCE: SignedDuration = SignedDuration::from_mins(5);

/// Runs the program in `checkout` with the faults of `run`.
pub(super) fn run(harness: &Harness, checkout: &Checkout, run: &Run) {
    let platform = &harness.pipeline.platform;
    let mut world = platform.world();
    world.preparations = run.preparations.iter().copied().collect();
    world.requests = run.outcomes.iter().copied().collect();
    world.follow_ups = run.follow_ups.iter().copied().collect();
    drop(world);
    checkout.ledger.expect_writes(&run.writes);
    let other = harness.checkouts_of(1 - checkout.machine)[0].clone();
    let distance = checkout.start.duration_since(other.start).abs();
    let sleep = run.sleep.map(|sleep| Sleep {
        is_visited: sleep.is_visited && distance <= CLAIM_TOLERANCE,
        ..sleep
    });
    if let Some(sleep) = sleep {
        sleep_after_intent(harness, checkout, &other, sleep);
    }
    let ran = build(checkout, run.named);
    if let Some(Ok(plan)) = &ran
        && !sleep.is_some_and(|sleep| sleep.is_visited)
    {
        check_reported(checkout, plan);
    }
    checkout.ledger.clear_script();
    let mut world = platform.world();
    world.preparations.clear();
    world.requests.clear();
    world.follow_ups.clear();
    drop(world);
    if let Some(Err(LedgerError::Rewound { .. })) = ran {
        let ledger_state = checkout.ledger.content().unwrap();
        let mut all = harness.all.clone();
        union(&mut all, &ledger_state);
        let mut items = (0..ITEMS).map(|number| harness.pipeline.item(number));
        assert!(
            items.any(|item| lacks_event(&ledger_state, &all, item)),
            "called rewound and lacks nothing"
        );
    }
    if sleep.is_some_and(|sleep| sleep.is_visited) {
        // The events of the other machine are pulled before the next run.
        harness.sync(&other);
        harness.sync(checkout);
    }
}

/// Checks that a run that ended reported each step that is still to be sent.
fn check_reported(checkout: &Checkout, plan: &Plan) {
    for open in open_follow_ups(&checkout.ledger.content().unwrap(), None, None) {
        let item = format!("`{}`", open.attempt.item);
        assert!(
            plan.notes.iter().any(|note| note.contains(&item)),
            "{open:?} is not among {:?}",
            plan.notes
        );
    }
}

/// Runs the program and checks that it sends nothing that it must not send.
pub(super) fn build(checkout: &Checkout, named: Option<usize>) -> RunResult {
    let platform = &checkout.pipeline.platform;
    let claimed = checkout.claimed();
    let mut world = platform.world();
    let text = named.map(title);
    let asked = text.filter(|text| world.retracted.contains(text));
    world.asked.extend(asked);
    let before = world.requested.clone();
    drop(world);
    let ran = checkout.build(named);
    let after = &platform.world().requested;
    if let Some(Err(error)) = &ran
        && !matches!(error, LedgerError::Io { .. })
    {
        assert_eq!(before, *after, "sent in spite of {error}");
    }
    for number in claimed {
        let requests = (before.get(&title(number)), after.get(&title(number)));
        assert_eq!(requests.0, requests.1, "{number} is claimed");
    }
    ran
}

/// Makes the machine of `checkout` sleep after an intent is recorded. If `sleep.is_visited`, the intent
/// is pushed, and a user requests the same post on the other machine.
fn sleep_after_intent(harness: &Harness, checkout: &Checkout, other: &Checkout, sleep: Sleep) {
    let (passed, origin) = (harness.passed, harness.origin.clone());
    let (ledger, other) = (checkout.ledger.clone(), other.clone());
    let action = move |intent: &Event| {
        passed.fetch_add(sleep.seconds, Ordering::SeqCst);
        if !sleep.is_visited {
            return;
        }
        let mut pushed = origin.lock().unwrap();
        union(&mut pushed, &ledger.content().unwrap());
        fetched::fetch(&other.place, &pushed);
        other.ledger.merge(&pushed);
        drop(pushed);
        let keys = intent.keys();
        let item = (0..ITEMS).find(|number| keys.contains(&url(*number).as_str()));
        let item = item.unwrap();
        // A separate runtime, because the current one is blocked by the ledger.
        let visit = thread::spawn(move || visit(&other, item));
        if let Err(cause) = visit.join() {
            std::panic::resume_unwind(cause);
        }
    };
    checkout
        .ledger
        .after_intent(sleep.skipped, Box::new(action));
}

/// Requests one post, settles it if its outcome is unknown, and requests it again.
fn visit(other: &Checkout, item: usize) {
    build(other, Some(item));
    if other.is_sendable() && other.model(item) == Model::Open {
        other.settle(item);
        build(other, Some(item));
    }
}

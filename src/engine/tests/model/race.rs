//! Two machines with clones of one repository and a ledger in a git ref. While one runs, the other may
//! append between its read and its append, or while it sleeps.

use std::sync::atomic::Ordering;
use std::thread;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::check::check;
use super::checkout::Checkout;
use super::harness::Harness;
use super::pipeline::{ITEMS, title};
use super::steps::{Run, any_run};

/// An action of the other machine.
#[derive(Clone, Copy, Debug)]
pub(super) enum Visit {
    Build(Option<usize>),
    Settle(usize),
    Retract(usize),
}

/// One step of a history of two machines.
#[derive(Clone, Debug)]
pub(super) enum RaceStep {
    /// Runs the program on a machine. The other one acts before some of its appends, by number, and while
    /// it sleeps for some seconds after an intent.
    Build {
        machine: usize,
        run: Run,
        before: Vec<(usize, Visit)>,
        asleep: Option<(u64, Visit)>,
    },
    Visit(usize, Visit),
    Wait(u64),
}

pub(super) fn any_race() -> impl Strategy<Value = RaceStep> {
    let before = vec((0..8_usize, any_visit()), 0..4);
    let minutes = select(vec![1_u64, 9, 11, 14, 16, 40]);
    let asleep = (minutes, any_visit()).prop_map(|(minutes, visit)| (minutes * 60, visit));
    let asleep = proptest::option::weighted(0.3, asleep);
    let build = (0..2_usize, any_run(), before, asleep);
    prop_oneof![
        8 => build.prop_map(|(machine, run, before, asleep)| RaceStep::Build {
            machine,
            run,
            before,
            asleep,
        }),
        3 => (0..2_usize, any_visit()).prop_map(|(machine, visit)| RaceStep::Visit(machine, visit)),
        1 => (1..1800_u64).prop_map(RaceStep::Wait),
    ]
}

fn any_visit() -> impl Strategy<Value = Visit> {
    prop_oneof![
        6 => proptest::option::weighted(0.2, 0..ITEMS).prop_map(Visit::Build),
        2 => (0..ITEMS).prop_map(Visit::Settle),
        1 => (0..ITEMS).prop_map(Visit::Retract),
    ]
}

/// Takes a step and checks the invariants on both machines.
pub(super) fn take(harness: &mut Harness, step: &RaceStep) {
    // Every step takes time, so that no two events have the same millisecond.
    harness.wait(1);
    match step {
        RaceStep::Build {
            machine,
            run,
            before,
            asleep,
        } => {
            let checkout = harness.checkouts[*machine].clone();
            let other = harness.checkouts[1 - machine].clone();
            for (skipped, visit) in before {
                act_before(&checkout, *skipped, &other, *visit);
            }
            if let Some((seconds, visit)) = *asleep {
                let (passed, other) = (harness.passed, other.clone());
                let action = move |_: &crate::ledger::Event| {
                    passed.fetch_add(seconds, Ordering::SeqCst);
                    apart(move || act(&other, visit));
                };
                checkout.ledger.after_intent(0, Box::new(action));
            }
            build_under(&checkout, run);
        }
        RaceStep::Visit(machine, visit) => act(&harness.checkouts[*machine].clone(), *visit),
        RaceStep::Wait(seconds) => harness.wait(*seconds),
    }
    harness.remember();
    for machine in 0..2 {
        harness.sender = machine;
        check(harness);
    }
    harness.sender = 0;
}

/// Lets the other machine act before the append of `checkout` that follows `skipped` others.
pub(super) fn act_before(checkout: &Checkout, skipped: usize, other: &Checkout, visit: Visit) {
    let other = other.clone();
    let action = move || apart(move || act(&other, visit));
    checkout.ledger.before_append(skipped, Box::new(action));
}

/// Runs `action` with a runtime of its own, because the current one is blocked by the ledger.
fn apart(action: impl FnOnce() + Send + 'static) {
    if let Err(cause) = thread::spawn(action).join() {
        std::panic::resume_unwind(cause);
    }
}

fn act(checkout: &Checkout, visit: Visit) {
    checkout.passed.fetch_add(1, Ordering::SeqCst);
    match visit {
        Visit::Build(named) => {
            ask(checkout, named);
            checkout.build(named);
        }
        Visit::Settle(number) => checkout.settle(number),
        Visit::Retract(number) => checkout.retract(number),
    }
}

/// Runs the program under the faults of `run`.
fn build_under(checkout: &Checkout, run: &Run) {
    let mut world = checkout.pipeline.platform.world();
    world.preparations = run.preparations.iter().copied().collect();
    world.requests = run.outcomes.iter().copied().collect();
    world.follow_ups = run.follow_ups.iter().copied().collect();
    drop(world);
    checkout.ledger.expect_writes(&run.writes);
    ask(checkout, run.named);
    checkout.build(run.named);
    checkout.ledger.clear_script();
    let mut world = checkout.pipeline.platform.world();
    world.preparations.clear();
    world.requests.clear();
    world.follow_ups.clear();
}

/// Records that the user asks for a retracted post again.
fn ask(checkout: &Checkout, named: Option<usize>) {
    let mut world = checkout.pipeline.platform.world();
    let text = named.map(title);
    let asked = text.filter(|text| world.retracted.contains(text));
    world.asked.extend(asked);
}

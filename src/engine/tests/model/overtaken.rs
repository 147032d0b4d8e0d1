//! Runs that other machines overtake, on a ledger in a git ref.

use std::sync::{Arc, Mutex};

use syndicate_api::Code;

use super::build::run;
use super::checkout::Checkout;
use super::delivery::Model;
use super::finish;
use super::harness::Harness;
use super::pipeline::{ITEMS, title};
use super::race::{Visit, act_before};
use super::steps::Run;
use crate::engine::tests::ledger::Write;
use crate::engine::tests::platform::{FOREVER, OnRepeat, RequestOutcome};
use crate::engine::{Action, Outcome, Plan, PlanEntry, RetractionError, SettleError};

fn racing() -> Harness {
    Harness::racing(OnRepeat::Creates, ITEMS)
}

/// Runs the program and returns its plan with the titles of the reported deliveries.
fn build(checkout: &Checkout, named: Option<usize>) -> (Plan, Vec<String>) {
    let reported = Arc::new(Mutex::new(Vec::new()));
    let shared = Arc::clone(&reported);
    let report = move |entry: &PlanEntry| {
        let title = entry.item.title.clone().unwrap_or_default();
        shared.lock().unwrap().push(title);
    };
    let plan = checkout.build_reporting(named, report).unwrap().unwrap();
    let reported = reported.lock().unwrap().clone();
    (plan, reported)
}

fn codes(plan: &Plan) -> Vec<(Code, Option<Outcome>)> {
    let entries = plan.entries.iter();
    entries.map(|entry| (entry.code, entry.outcome)).collect()
}

fn requests(harness: &Harness) -> Vec<usize> {
    let world = harness.pipeline.platform.world();
    let of = |number| world.requested.get(&title(number)).copied();
    (0..ITEMS)
        .map(|number| of(number).unwrap_or_default())
        .collect()
}

const SENT: (Code, Option<Outcome>) = (Code::New, Some(Outcome::Sent));
const ELSEWHERE: (Code, Option<Outcome>) = (Code::AlreadySent, None);

#[test]
fn overtaken_intent_plans_again() {
    let mut harness = racing();
    let [a, b] = [0, 1].map(|machine| harness.checkouts[machine].clone());
    act_before(&a, 0, &b, Visit::Build(Some(0)));
    let (plan, reported) = build(&a, None);
    assert_eq!(codes(&plan), [ELSEWHERE, SENT, SENT]);
    assert_eq!(reported, [title(1), title(2)]);
    assert_eq!(requests(&harness), [1, 1, 1]);
    finish(&mut harness);
}

#[test]
fn merged_outcome_plans_again() {
    // The outcome of the first post is put on top of the events of the other machine, whose post the plan
    // would send next.
    let mut harness = racing();
    let [a, b] = [0, 1].map(|machine| harness.checkouts[machine].clone());
    act_before(&a, 1, &b, Visit::Build(Some(1)));
    let (plan, reported) = build(&a, None);
    assert_eq!(codes(&plan), [SENT, ELSEWHERE, SENT]);
    assert_eq!(reported, [title(0), title(2)]);
    assert_eq!(requests(&harness), [1, 1, 1]);
    finish(&mut harness);
}

#[test]
fn unrecorded_step_plans_again() {
    // The push merges the posts of the other machine, and is then refused.
    let mut harness = racing();
    let [a, b] = [0, 1].map(|machine| harness.checkouts[machine].clone());
    a.ledger
        .expect_writes(&[Write::Done, Write::Done, Write::Refused]);
    act_before(&a, 2, &b, Visit::Build(None));
    let (plan, reported) = build(&a, None);
    a.ledger.clear_script();
    assert_eq!(codes(&plan), [SENT, ELSEWHERE, ELSEWHERE]);
    assert_eq!(reported, [title(0)]);
    assert_eq!(requests(&harness), [1, 1, 1]);
    finish(&mut harness);
}

#[test]
fn limit_counts_posts_of_other_run() {
    let harness = Harness::racing(OnRepeat::Creates, 2);
    let [a, b] = [0, 1].map(|machine| harness.checkouts[machine].clone());
    act_before(&a, 1, &b, Visit::Build(Some(1)));
    let (plan, _) = build(&a, None);
    assert_eq!(codes(&plan), [SENT, ELSEWHERE, (Code::MaxPerRun, None)]);
    assert_eq!(requests(&harness), [1, 1, 0]);
}

#[test]
fn claim_of_other_run_becomes_wait() {
    let mut harness = racing();
    let [a, b] = [0, 1].map(|machine| harness.checkouts[machine].clone());
    let mut world = harness.pipeline.platform.world();
    world.requests = [RequestOutcome::CrashAfter].into();
    drop(world);
    act_before(&a, 0, &b, Visit::Build(Some(0)));
    let (plan, _) = build(&a, None);
    assert_eq!(codes(&plan), [(Code::Claimed, None), SENT, SENT]);
    assert_eq!(plan.entries[0].action, Action::Wait);
    assert_eq!(requests(&harness), [1, 1, 1]);
    finish(&mut harness);
}

#[test]
fn refused_post_is_not_tried_again() {
    let mut harness = racing();
    let [a, b] = [0, 1].map(|machine| harness.checkouts[machine].clone());
    let mut world = harness.pipeline.platform.world();
    world.requests = [RequestOutcome::Refused].into();
    drop(world);
    act_before(&a, 1, &b, Visit::Build(Some(1)));
    let (plan, reported) = build(&a, None);
    let refused = (Code::Rejected, Some(Outcome::Failed));
    assert_eq!(codes(&plan), [refused, ELSEWHERE, SENT]);
    assert_eq!(reported, [title(0), title(2)]);
    assert_eq!(requests(&harness), [1, 1, 1]);
    finish(&mut harness);
}

#[test]
fn post_selected_by_name_is_listed_if_sent_elsewhere() {
    let harness = racing();
    let [a, b] = [0, 1].map(|machine| harness.checkouts[machine].clone());
    act_before(&a, 0, &b, Visit::Build(Some(0)));
    let (plan, reported) = build(&a, Some(0));
    assert_eq!(codes(&plan), [ELSEWHERE]);
    assert!(reported.is_empty());
    assert_eq!(requests(&harness), [1, 0, 0]);
}

#[test]
fn run_ends_after_ten_lost_races() {
    let harness = racing();
    let [a, b] = [0, 1].map(|machine| harness.checkouts[machine].clone());
    // The other machine sends a post and takes it back, so that the ledger always grows.
    for append in 0..30 {
        let visit = match append % 2 {
            0 => Visit::Build(Some(2)),
            _ => Visit::Retract(2),
        };
        act_before(&a, append, &b, visit);
    }
    let (plan, _) = build(&a, Some(0));
    let overtaken = (Code::LedgerOvertaken, Some(Outcome::Failed));
    assert_eq!(codes(&plan), [overtaken]);
    assert_eq!(requests(&harness)[0], 0);
}

#[test]
fn unrecorded_outcome_is_printed_and_ends_run() {
    let mut harness = racing();
    let a = harness.checkouts[0].clone();
    a.ledger
        .expect_writes(&[Write::Done, Write::Refused, Write::Refused]);
    let (plan, reported) = build(&a, None);
    a.ledger.clear_script();
    let unknown = (Code::OutcomeUnknown, Some(Outcome::Unknown));
    let not_tried = (Code::LedgerUnwritable, Some(Outcome::Waiting));
    assert_eq!(codes(&plan), [unknown, not_tried, not_tried]);
    assert_eq!(reported.len(), 3);
    let [line] = plan.unrecorded.as_slice() else {
        panic!("{:?}", plan.unrecorded);
    };
    assert!(line.contains("\"kind\":\"sent\""), "{line}");
    assert_eq!(requests(&harness), [1, 0, 0]);
    finish(&mut harness);
}

#[test]
fn unrecorded_doubt_is_unknown() {
    let harness = racing();
    let a = harness.checkouts[0].clone();
    let mut world = harness.pipeline.platform.world();
    world.requests = [RequestOutcome::AcceptedAnswerLost].into();
    drop(world);
    a.ledger
        .expect_writes(&[Write::Done, Write::Refused, Write::Refused]);
    let (plan, _) = build(&a, Some(0));
    let unknown = (Code::OutcomeUnknown, Some(Outcome::Unknown));
    assert_eq!(codes(&plan), [unknown]);
    assert!(plan.unrecorded[0].contains("\"kind\":\"unknown\""));
}

#[test]
fn claim_ends_five_minutes_after_deadline() {
    // A fresh clone has no journal that would know the run.
    let harness = racing();
    let crash = Run {
        preparations: Vec::new(),
        outcomes: vec![RequestOutcome::CrashBefore],
        follow_ups: Vec::new(),
        writes: Vec::new(),
        named: Some(0),
        sleep: None,
    };
    run(&harness, &harness.checkouts[0], &crash);
    let fresh = harness.checkouts[1].clone();
    assert!(!fresh.state.exists());
    let code = || codes(&build(&fresh, Some(0)).0)[0].0;
    assert_eq!(code(), Code::Claimed);
    harness.wait(15 * 60 - 1);
    assert_eq!(code(), Code::Claimed);
    harness.wait(1);
    assert_eq!(code(), Code::OutcomeUnknown);
    assert_eq!(requests(&harness), [1, 0, 0]);
    // The machine that made the claim knows that its run has ended.
    assert_eq!(harness.checkouts[0].model(0), Model::Open);
}

#[test]
fn unrecorded_intent_has_no_lines() {
    let harness = racing();
    let a = harness.checkouts[0].clone();
    a.ledger.expect_writes(&[Write::Refused]);
    let (plan, _) = build(&a, Some(0));
    let failed = (Code::LedgerUnwritable, Some(Outcome::Failed));
    assert_eq!(codes(&plan), [failed]);
    assert!(plan.unrecorded.is_empty());
    assert_eq!(requests(&harness), [0, 0, 0]);
}

#[test]
fn settlement_notices_repetition_of_other_machine() {
    let mut harness = Harness::racing(OnRepeat::Keyed(FOREVER), ITEMS);
    let [a, b] = [0, 1].map(|machine| harness.checkouts[machine].clone());
    let mut world = harness.pipeline.platform.world();
    world.requests = [RequestOutcome::CrashBefore].into();
    drop(world);
    a.build(Some(0));
    harness.wait(16 * 60);
    // The other machine repeats the request between the look-up and the answer.
    let settled = a.settle_after(0, || {
        b.build(Some(0));
    });
    assert!(matches!(settled, Err(SettleError::Changed)));
    assert_eq!(a.model(0), Model::Sent);
    finish(&mut harness);
}

#[test]
fn retraction_notices_that_of_other_machine() {
    let mut harness = racing();
    let [a, b] = [0, 1].map(|machine| harness.checkouts[machine].clone());
    build(&a, Some(0));
    let retracted = a.retract_after(0, || b.retract(0));
    assert!(matches!(retracted, Err(RetractionError::Gone)));
    assert_eq!(a.model(0), Model::Retracted);
    finish(&mut harness);
}

//! Histories in which an earlier version sent a post twice or could not continue.

use std::time::Duration;

use super::build::{build, run};
use super::check::check;
use super::delivery::Model;
use super::finish;
use super::harness::Harness;
use super::pipeline::title;
use super::steps::{Run, Sleep};
use crate::engine::tests::ledger::Write;
use crate::engine::tests::platform::{FOREVER, OnRepeat, Preparation, RequestOutcome};
use crate::ledger::LedgerError;

const REFUSES: OnRepeat = OnRepeat::Refuses {
    after: Duration::from_secs(30),
    within: Duration::from_secs(600),
    by_itself: true,
};

fn under(outcomes: Vec<RequestOutcome>, writes: Vec<Write>) -> Run {
    Run {
        preparations: Vec::new(),
        outcomes,
        follow_ups: Vec::new(),
        writes,
        named: Some(0),
        sleep: None,
    }
}

/// Leaves a post on the platform whose outcome is unknown to the program.
fn leave_open(harness: &Harness) {
    let crash = under(vec![RequestOutcome::CrashAfter], Vec::new());
    run(harness, &harness.checkouts[0], &crash);
    assert_eq!(harness.checkouts[0].model(0), Model::Open);
}

fn requests(harness: &Harness) -> usize {
    let world = harness.pipeline.platform.world();
    world.requested.get(&title(0)).copied().unwrap_or_default()
}

#[test]
fn late_repetition_after_sleep_does_not_leave() {
    // The claim is over, and the platform's memory is: the latter also where the claim began late.
    for (waited, asleep) in [(1, 660), (500, 300), (500, 150)] {
        let mut harness = Harness::new(REFUSES);
        leave_open(&harness);
        harness.wait(waited);
        let sleep = Sleep {
            skipped: 0,
            seconds: asleep,
            is_visited: false,
        };
        let again = Run {
            sleep: Some(sleep),
            ..under(Vec::new(), Vec::new())
        };
        run(&harness, &harness.checkouts[0], &again);
        assert_eq!(requests(&harness), 1, "{waited} {asleep}");
        finish(&mut harness);
    }
}

#[test]
fn repetition_after_short_sleep_leaves() {
    let mut harness = Harness::new(REFUSES);
    leave_open(&harness);
    harness.wait(60);
    build(&harness.checkouts[0], Some(0)).unwrap().unwrap();
    assert_eq!(harness.checkouts[0].model(0), Model::Sent);
    finish(&mut harness);
}

#[test]
fn repetition_with_clock_put_back_does_not_leave() {
    for offset in [-60, -110] {
        let mut harness = Harness::new(REFUSES);
        leave_open(&harness);
        harness.wait(30);
        harness.set_clock(0, offset);
        build(&harness.checkouts[0], Some(0)).unwrap().unwrap();
        assert_eq!(requests(&harness), 1, "{offset}");
        finish(&mut harness);
    }
}

#[test]
fn retracted_post_is_not_repeated_after_rollback() {
    for repeat in [OnRepeat::Keyed(FOREVER), REFUSES] {
        let mut harness = Harness::new(repeat);
        leave_open(&harness);
        let open = harness.checkouts[0].ledger.content();
        harness.wait(1);
        harness.checkouts[0].settle(0);
        harness.checkouts[0].retract(0);
        harness.remember();
        harness.checkouts[0].ledger.replace(open);
        let refused = build(&harness.checkouts[0], None).unwrap();
        assert!(matches!(refused, Err(LedgerError::Rewound { .. })));
        check(&harness);
        finish(&mut harness);
    }
}

#[test]
fn restore_helps_after_unrecorded_failure() {
    for outcome in [RequestOutcome::Refused, RequestOutcome::Throttled(None)] {
        let mut harness = Harness::new(OnRepeat::Creates);
        let old = harness.checkouts[0].ledger.content();
        let unrecorded = under(vec![outcome], vec![Write::Done, Write::Refused]);
        run(&harness, &harness.checkouts[0], &unrecorded);
        harness.checkouts[0].ledger.replace(old);
        assert!(!harness.checkouts[0].is_sendable());
        harness.checkouts[0].restore().unwrap();
        assert!(harness.checkouts[0].is_sendable());
        finish(&mut harness);
    }
}

#[test]
fn refused_repetition_keeps_doubt_in_other_checkout() {
    let mut harness = Harness::new(OnRepeat::Keyed(FOREVER));
    leave_open(&harness);
    for _ in 0..2 {
        let checkouts = harness.checkouts.clone();
        checkouts.iter().for_each(|checkout| harness.sync(checkout));
    }
    harness.wait(1);
    let again = Run {
        preparations: vec![Preparation::Refused],
        ..under(Vec::new(), vec![Write::Done, Write::Refused])
    };
    run(&harness, &harness.checkouts[0], &again);
    harness.remember();
    check(&harness);
    assert_eq!(harness.checkouts[1].model(0), Model::Open);
    finish(&mut harness);
}

#[test]
fn settlement_under_earlier_clock_is_of_its_post() {
    let mut harness = Harness::new(REFUSES);
    // One post of which nothing left, and one that is out.
    run(
        &harness,
        &harness.checkouts[0],
        &under(Vec::new(), vec![Write::CrashAfter]),
    );
    let second = Run {
        named: Some(1),
        ..under(Vec::new(), vec![Write::Done, Write::CrashBefore])
    };
    run(&harness, &harness.checkouts[0], &second);
    harness.set_clock(0, -180);
    harness.checkouts[0].settle(1);
    harness.remember();
    check(&harness);
    assert_eq!(harness.checkouts[0].model(0), Model::Open);
    assert_eq!(harness.checkouts[0].model(1), Model::Sent);
    finish(&mut harness);
}

#[test]
fn open_attempt_is_not_repeated_after_retraction() {
    for repeat in [OnRepeat::Keyed(FOREVER), REFUSES] {
        let mut harness = Harness::new(repeat);
        let [first, second] = [0, 1].map(|number| harness.checkouts[number].clone());
        // An intent in one checkout, of which no other knows, and whose request did not leave.
        run(
            &harness,
            &first,
            &under(Vec::new(), vec![Write::CrashAfter]),
        );
        second.forget();
        harness.wait(1);
        build(&second, Some(0)).unwrap().unwrap();
        second.retract(0);
        harness.sync(&second);
        harness.sync(&first);
        harness.wait(60);
        build(&first, None).unwrap().unwrap();
        harness.wait(660);
        build(&first, None).unwrap().unwrap();
        harness.remember();
        assert_eq!(requests(&harness), 1, "{repeat:?}");
        check(&harness);
        finish(&mut harness);
    }
}

#[test]
fn repetition_after_lost_refusal_holds_the_post() {
    let mut harness = Harness::new(REFUSES);
    let [first, second] = [0, 1].map(|number| harness.checkouts[number].clone());
    // One checkout has the refusal, which the journal does not, and the other one asks again.
    let refused = under(
        vec![RequestOutcome::Refused],
        vec![Write::Done, Write::CrashAfter],
    );
    run(&harness, &first, &refused);
    second.restore().unwrap();
    let unrecorded = under(Vec::new(), vec![Write::Done, Write::CrashBefore]);
    run(&harness, &second, &unrecorded);
    harness.remember();
    check(&harness);
    finish(&mut harness);
}

#[test]
fn found_post_gets_its_steps_in_same_run() {
    let mut harness = Harness::new(REFUSES);
    let lost = under(vec![RequestOutcome::AcceptedAnswerLost], Vec::new());
    run(&harness, &harness.checkouts[0], &lost);
    assert_eq!(harness.checkouts[0].model(0), Model::Sent);
    assert_eq!(harness.pipeline.platform.world().followed.len(), 1);
    finish(&mut harness);
}

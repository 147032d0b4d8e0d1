//! Histories in which an earlier version sent a post twice, or could not go on.

use std::time::Duration;

use syndicate_api::Repeat;

use super::build::{build, run};
use super::check::check;
use super::delivery::Model;
use super::finish;
use super::game::Game;
use super::pipeline::title;
use super::steps::{Run, Sleep};
use crate::engine::tests::ledger::Write;
use crate::engine::tests::platform::{Preparation, RequestOutcome};
use crate::ledger::LedgerError;

const EVIDENCE: Repeat = Repeat::Evidence {
    after: Duration::from_secs(30),
    within: Duration::from_secs(600),
    by_itself: true,
};

fn under(outcomes: Vec<RequestOutcome>, writes: Vec<Write>) -> Run {
    Run {
        preparations: Vec::new(),
        outcomes,
        writes,
        named: Some(0),
        sleep: None,
    }
}

/// Leaves one post on the platform of which the program knows nothing certain.
fn leave_open(game: &Game) {
    let crash = under(vec![RequestOutcome::CrashAfter], Vec::new());
    run(game, &game.checkouts[0], &crash);
    assert_eq!(game.checkouts[0].model(0), Model::Open);
}

fn requests(game: &Game) -> usize {
    let world = game.pipeline.platform.world();
    world.requested.get(&title(0)).copied().unwrap_or_default()
}

#[test]
fn late_repetition_after_sleep_does_not_leave() {
    // The claim is over, and the platform's memory is: the latter also where the claim began late.
    for (waited, asleep) in [(1, 660), (500, 300), (500, 150)] {
        let mut game = Game::new(EVIDENCE);
        leave_open(&game);
        game.wait(waited);
        let sleep = Sleep {
            skipped: 0,
            seconds: asleep,
            is_visited: false,
        };
        let again = Run {
            sleep: Some(sleep),
            ..under(Vec::new(), Vec::new())
        };
        run(&game, &game.checkouts[0], &again);
        assert_eq!(requests(&game), 1, "{waited} {asleep}");
        finish(&mut game);
    }
}

#[test]
fn repetition_after_short_sleep_leaves() {
    let mut game = Game::new(EVIDENCE);
    leave_open(&game);
    game.wait(60);
    build(&game.checkouts[0], Some(0)).unwrap().unwrap();
    assert_eq!(game.checkouts[0].model(0), Model::Sent);
    finish(&mut game);
}

#[test]
fn repetition_with_clock_put_back_does_not_leave() {
    for offset in [-60, -110] {
        let mut game = Game::new(EVIDENCE);
        leave_open(&game);
        game.wait(30);
        game.set_clock(0, offset);
        build(&game.checkouts[0], Some(0)).unwrap().unwrap();
        assert_eq!(requests(&game), 1, "{offset}");
        finish(&mut game);
    }
}

#[test]
fn retracted_post_is_not_repeated_after_rollback() {
    for repeat in [Repeat::Keyed, EVIDENCE] {
        let mut game = Game::new(repeat);
        leave_open(&game);
        let open = game.checkouts[0].ledger.content();
        game.wait(1);
        game.checkouts[0].settle(0);
        game.checkouts[0].retract(0);
        game.remember();
        game.checkouts[0].ledger.replace(open);
        let refused = build(&game.checkouts[0], None).unwrap();
        assert!(matches!(refused, Err(LedgerError::Rewound { .. })));
        check(&game);
        finish(&mut game);
    }
}

#[test]
fn restore_helps_after_unrecorded_failure() {
    for outcome in [RequestOutcome::Refused, RequestOutcome::Throttled(None)] {
        let mut game = Game::new(Repeat::Never);
        let old = game.checkouts[0].ledger.content();
        let unrecorded = under(vec![outcome], vec![Write::Done, Write::Refused]);
        run(&game, &game.checkouts[0], &unrecorded);
        game.checkouts[0].ledger.replace(old);
        assert!(!game.checkouts[0].is_sendable());
        game.checkouts[0].restore().unwrap();
        assert!(game.checkouts[0].is_sendable());
        finish(&mut game);
    }
}

#[test]
fn refused_repetition_keeps_doubt_in_other_checkout() {
    let mut game = Game::new(Repeat::Keyed);
    leave_open(&game);
    for _ in 0..2 {
        let checkouts = game.checkouts.clone();
        checkouts.iter().for_each(|checkout| game.sync(checkout));
    }
    game.wait(1);
    let again = Run {
        preparations: vec![Preparation::Refused],
        ..under(Vec::new(), vec![Write::Done, Write::Refused])
    };
    run(&game, &game.checkouts[0], &again);
    game.remember();
    check(&game);
    assert_eq!(game.checkouts[1].model(0), Model::Open);
    finish(&mut game);
}

#[test]
fn settlement_under_earlier_clock_is_of_its_post() {
    let mut game = Game::new(EVIDENCE);
    // One post of which nothing left, and one that is out.
    run(
        &game,
        &game.checkouts[0],
        &under(Vec::new(), vec![Write::CrashAfter]),
    );
    let second = Run {
        named: Some(1),
        ..under(Vec::new(), vec![Write::Done, Write::CrashBefore])
    };
    run(&game, &game.checkouts[0], &second);
    game.set_clock(0, -180);
    game.checkouts[0].settle(1);
    game.remember();
    check(&game);
    assert_eq!(game.checkouts[0].model(0), Model::Open);
    assert_eq!(game.checkouts[0].model(1), Model::Sent);
    finish(&mut game);
}

#[test]
fn open_attempt_is_not_repeated_after_retraction() {
    for repeat in [Repeat::Keyed, EVIDENCE] {
        let mut game = Game::new(repeat);
        let [first, second] = [0, 1].map(|number| game.checkouts[number].clone());
        // An intent in one checkout, of which no other knows, and whose request did not leave.
        run(&game, &first, &under(Vec::new(), vec![Write::CrashAfter]));
        second.forget();
        game.wait(1);
        build(&second, Some(0)).unwrap().unwrap();
        second.retract(0);
        game.sync(&second);
        game.sync(&first);
        game.wait(60);
        build(&first, None).unwrap().unwrap();
        game.wait(660);
        build(&first, None).unwrap().unwrap();
        game.remember();
        assert_eq!(requests(&game), 1, "{repeat:?}");
        check(&game);
        finish(&mut game);
    }
}

#[test]
fn repetition_after_lost_refusal_holds_the_post() {
    let mut game = Game::new(EVIDENCE);
    let [first, second] = [0, 1].map(|number| game.checkouts[number].clone());
    // One checkout has the refusal, which the journal does not, and the other one asks again.
    let refused = under(
        vec![RequestOutcome::Refused],
        vec![Write::Done, Write::CrashAfter],
    );
    run(&game, &first, &refused);
    second.restore().unwrap();
    let unrecorded = under(Vec::new(), vec![Write::Done, Write::CrashBefore]);
    run(&game, &second, &unrecorded);
    game.remember();
    check(&game);
    finish(&mut game);
}

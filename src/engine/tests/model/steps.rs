//! The steps of a random history: actions of users and machines, and the faults injected into them.

use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::pipeline::ITEMS;
use crate::engine::tests::ledger::Write;
use crate::engine::tests::platform::{
    FOREVER, FollowUpOutcome, OnRepeat, Preparation, RequestOutcome,
};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
const YEAR: u64 = 365 * 24 * 3600;

/// One step of a history. An [`Index`] picks one of the copies of the sending machine.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// Runs the program, under these faults.
    Build { copy: Index, run: Run },
    /// Looks at the platform and records what became of an open attempt.
    Settle(Index, usize),
    /// Takes a post back.
    Retract(Index, usize),
    /// Does nothing for so many seconds.
    Wait(u64),
    /// Sets the clock of a machine so many seconds away from the true time.
    SetClock { machine: usize, offset: i64 },
    /// Merges what was pushed into a copy and pushes the result.
    Sync(Index),
    /// Fetches what was pushed and merges nothing.
    Fetch,
    /// Puts an earlier set of events, or that of another copy, in the place of a copy.
    RollBack { copy: Index, to: Index },
    /// Copies the ledger file of one copy over another, whichever machine has them.
    CopyFile { from: Index, to: Index },
    /// Loses the ledger file.
    Lose(Index),
    /// Runs `status --restore`.
    Restore(Index),
    /// Runs `status --forget` as a person does who looks at the platform first.
    Forget(Index),
    /// Pushes from this machine, pulls on the other one, and sends from there from now on.
    HandOver,
}

/// A run and the faults that meet it.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) preparations: Vec<Preparation>,
    pub(super) outcomes: Vec<RequestOutcome>,
    pub(super) follow_ups: Vec<FollowUpOutcome>,
    pub(super) writes: Vec<Write>,
    pub(super) named: Option<usize>,
    pub(super) sleep: Option<Sleep>,
}

/// The machine sleeps between an intent and its request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sleep {
    /// How many intents come before that.
    pub(super) skipped: usize,
    pub(super) seconds: u64,
    /// `true` if the user works on the other machine in the meantime, after the intent was pushed.
    pub(super) is_visited: bool,
}

pub(super) fn any_step() -> impl Strategy<Value = Step> {
    let index = any::<Index>;
    let offsets = [
        0,
        0,
        180,
        -180,
        HOUR / 3,
        -HOUR / 3,
        5 * HOUR,
        -5 * HOUR,
        3 * DAY,
        -3 * DAY,
    ];
    let offset = select(offsets.to_vec());
    prop_oneof![
        16 => (index(), any_run()).prop_map(|(copy, run)| Step::Build { copy, run }),
        4 => (index(), 0..ITEMS).prop_map(|(copy, item)| Step::Settle(copy, item)),
        3 => (index(), 0..ITEMS).prop_map(|(copy, item)| Step::Retract(copy, item)),
        2 => (1..1800_u64).prop_map(Step::Wait),
        2 => (0..2_usize, offset).prop_map(|(machine, offset)| Step::SetClock { machine, offset }),
        3 => index().prop_map(Step::Sync),
        1 => Just(Step::Fetch),
        4 => (index(), index()).prop_map(|(copy, to)| Step::RollBack { copy, to }),
        2 => (index(), index()).prop_map(|(from, to)| Step::CopyFile { from, to }),
        1 => index().prop_map(Step::Lose),
        2 => index().prop_map(Step::Restore),
        1 => index().prop_map(Step::Forget),
        3 => Just(Step::HandOver),
    ]
}

pub(super) fn any_run() -> impl Strategy<Value = Run> {
    use {FollowUpOutcome as F, Preparation as P, RequestOutcome as R, Write as W};
    let preparations = select(&[P::Done, P::Done, P::Done, P::Refused, P::Crash][..]);
    let outcomes = [
        R::Accepted,
        R::AcceptedAnswerLost,
        R::Lost,
        R::Refused,
        R::NotSent,
        R::Throttled(None),
        R::Throttled(Some(30)),
        R::Throttled(Some(7200)),
        R::Throttled(Some(3 * YEAR)),
        R::CrashBefore,
        R::CrashAfter,
    ];
    let outcomes = prop_oneof![Just(R::Accepted), select(outcomes.to_vec())];
    let follow_ups = [
        F::Accepted,
        F::AcceptedAnswerLost,
        F::Lost,
        F::Refused,
        F::CrashBefore,
        F::CrashAfter,
    ];
    let follow_ups = prop_oneof![Just(F::Accepted), select(follow_ups.to_vec())];
    let bad = select(vec![W::Refused, W::CrashBefore, W::CrashAfter]);
    let writes = prop_oneof![3 => Just(W::Done), 1 => bad];
    (
        vec(preparations, 0..3),
        vec(outcomes, 0..5),
        vec(follow_ups, 0..4),
        vec(writes, 0..6),
        proptest::option::weighted(0.2, 0..ITEMS),
        proptest::option::weighted(0.3, any_sleep()),
    )
        .prop_map(
            |(preparations, outcomes, follow_ups, writes, named, sleep)| Run {
                preparations,
                outcomes,
                follow_ups,
                writes,
                named,
                sleep,
            },
        )
}

fn any_sleep() -> impl Strategy<Value = Sleep> {
    let minutes = select(vec![1_u64, 9, 11, 14, 16, 40]);
    (0..2_usize, minutes, any::<bool>()).prop_map(|(skipped, minutes, is_visited)| Sleep {
        skipped,
        seconds: minutes * 60,
        is_visited,
    })
}

pub(super) fn any_repeat() -> impl Strategy<Value = OnRepeat> {
    let refuses = |by_itself| OnRepeat::Refuses {
        after: Duration::from_secs(30),
        within: Duration::from_secs(600),
        by_itself,
    };
    let all = vec![
        OnRepeat::Creates,
        OnRepeat::CreatesAndFinds,
        OnRepeat::Keyed(Duration::from_secs(600)),
        OnRepeat::Keyed(FOREVER),
        refuses(false),
        refuses(true),
    ];
    select(all)
}

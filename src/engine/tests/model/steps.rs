//! What may happen in a run of the model: what people do, and which faults meet them.

use std::time::Duration;

use proptest::prelude::*;
use proptest::sample::select;
use syndicate_api::Repeat;

use super::game::ITEMS;
use crate::engine::tests::ledger::Write;
use crate::engine::tests::platform::{Fate, Preparation};

/// What somebody does.
#[derive(Clone, Debug)]
pub(super) enum Step {
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

pub(super) fn any_step() -> impl Strategy<Value = Step> {
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

pub(super) fn any_repeat() -> impl Strategy<Value = Repeat> {
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

//! A model of what becomes of a delivery, far simpler than the engine, the ledger and the journal. Over
//! random histories of two machines the ledger's state is the model's, and what a ledger that may send
//! claims is true of the platform: what is sent is there once, what is free is not there. In the end
//! every post is out or was taken back, and each step that follows a post was sent, always with one body
//! for one key. A step that is still to be sent after a run is in its notes.
//!
//! A history has runs under faults and crashes, settlements, retractions, rollbacks, lost and copied
//! ledger files, restorations, merges, sleep between an intent and its request, and wrong clocks. The
//! file ledger is for one sending machine, so that histories keep to what its users are asked to do: the
//! other machine sends only after everything was pushed and pulled, and while a machine sleeps the other
//! one works on nothing but the post whose claim it sees, with clocks less than five minutes apart. Moved
//! and renamed posts have tests of their own.
//!
//! A second kind of history has two machines that share a ledger in a git ref and send at any time.

mod build;
mod check;
mod checkout;
mod delivery;
mod fetched;
mod harness;
mod histories;
mod overtaken;
pub(super) mod pipeline;
mod race;
mod steps;

use proptest::prelude::*;
use syndicate_api::testkit::trials;

use self::check::check;
use self::delivery::Model;
use self::harness::Harness;
use self::pipeline::ITEMS;
use self::race::any_race;
use self::steps::{any_repeat, any_step};

/// Longer than any claim, throttle that is believed, or wrong clock of a history lasts.
const LONG: u64 = 40 * 24 * 3600;

/// Lets all claims expire, makes the ledgers whole, settles what is open and builds without faults.
fn finish(harness: &mut Harness) {
    harness.set_clocks_right();
    harness.wait(LONG);
    for _ in 0..2 {
        for checkout in &harness.checkouts {
            harness.repair(checkout);
            harness.sync(checkout);
        }
    }
    let sender = harness.checkouts_of(harness.sender)[0].clone();
    for checkout in &harness.checkouts {
        assert!(checkout.is_sendable(), "not whole: {:?}", checkout.view());
    }
    (0..ITEMS).for_each(|number| sender.settle(number));
    harness.wait(1);
    let plan = build::build(&sender, None).unwrap().unwrap();
    harness.remember();
    check(harness);
    check::check_followed(harness, &sender);
    for number in 0..ITEMS {
        let model = sender.model(number);
        let is_done = matches!(model, Model::Sent | Model::Retracted);
        assert!(is_done, "{number} is {model:?}: {:?}", plan.entries);
        let was_retracted = check::was_retracted(harness, number);
        assert!(model == Model::Sent || was_retracted, "{number} is lost");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: trials(200), ..ProptestConfig::default() })]
    #[test]
    fn random_histories_send_each_post_once(
        repeat in any_repeat(),
        steps in proptest::collection::vec(any_step(), 1..24),
    ) {
        let mut harness = Harness::new(repeat);
        for step in &steps {
            harness.take(step);
            check(&harness);
        }
        finish(&mut harness);
    }

    #[test]
    fn random_races_send_each_post_once(
        repeat in any_repeat(),
        steps in proptest::collection::vec(any_race(), 1..12),
    ) {
        let mut harness = Harness::racing(repeat, ITEMS);
        for step in &steps {
            race::take(&mut harness, step);
        }
        finish(&mut harness);
    }
}

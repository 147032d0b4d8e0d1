//! The invariants that hold after every step of a history.

use syndicate_api::Item;

use super::checkout::Checkout;
use super::delivery::Model;
use super::fetched;
use super::harness::Harness;
use super::pipeline::{ITEMS, SINK, title};
use crate::ledger::{DeliveryState, Event, EventKind, LedgerError, LedgerState};

/// Checks that each ledger agrees with the model, and that the ledgers of the sending machine agree with
/// the platform.
pub(super) fn check(harness: &Harness) {
    let unrequested = harness.pipeline.platform.world().unrequested.clone();
    assert!(
        unrequested.is_empty(),
        "sent again unrequested: {unrequested:?}"
    );
    for number in 0..ITEMS {
        assert!(posts(harness, number) <= 1, "{number} is there twice");
    }
    for checkout in &harness.checkouts {
        check_model(checkout);
    }
    for (number, checkout) in harness.checkouts_of(harness.sender).iter().enumerate() {
        check_claims(harness, number, checkout);
    }
}

/// Checks that the step that follows each sent post was sent, after a run without faults.
pub(super) fn check_followed(harness: &Harness, checkout: &Checkout) {
    let ledger_state = checkout.ledger.content().unwrap();
    for number in 0..ITEMS {
        let item = checkout.pipeline.item(number);
        let DeliveryState::Sent {
            attempt,
            follow_ups,
            ..
        } = ledger_state.state(&item.keys, SINK)
        else {
            continue;
        };
        assert_eq!(follow_ups, [""; 0], "{number} lacks a step");
        let world = harness.pipeline.platform.world();
        assert!(
            world.followed.contains_key(&attempt.id),
            "the step of {number} is recorded, but was not sent"
        );
    }
}

fn check_model(checkout: &Checkout) {
    let Some(ledger_state) = checkout.ledger.content() else {
        return;
    };
    for number in 0..ITEMS {
        let item = checkout.pipeline.item(number);
        let state = ledger_state.state(&item.keys, SINK);
        let model = Model::of(&ledger_state, item);
        assert_eq!(Model::from_state(&state), model, "{number}: {state:?}");
    }
}

/// Checks the ledger state that a run in `checkout` would use.
fn check_claims(harness: &Harness, place: usize, checkout: &Checkout) {
    let view = match checkout.view() {
        Ok(view) => view,
        Err(LedgerError::Missing { .. }) => return,
        Err(error) => panic!("cannot read the ledger: {error}"),
    };
    let mut ledger_state = view.ledger_state;
    if view.trouble.is_some() {
        // Nothing is sent until the missing events are merged.
        let copies = fetched::copies(&checkout.place);
        ledger_state.extend(copies.into_iter().flat_map(|copy| copy.events));
    }
    for number in 0..ITEMS {
        let item = harness.pipeline.item(number);
        let model = Model::of(&ledger_state, item);
        let there = posts(harness, number);
        let claim = format!(
            "{number} is {model:?} in checkout {place}, {:?}",
            view.trouble
        );
        match model {
            Model::Free | Model::Failed | Model::Retracted => assert_eq!(there, 0, "{claim}"),
            Model::Open => {}
            // A checkout may lack a retraction; the post then still counts as sent.
            Model::Sent if has_retractions(&ledger_state, &harness.all, item) => {
                assert_eq!(there, 1, "{claim}");
            }
            Model::Sent => {}
        }
    }
}

fn posts(harness: &Harness, number: usize) -> usize {
    let world = harness.pipeline.platform.world();
    let posts = world.posts.values();
    posts.filter(|text| **text == title(number)).count()
}

/// Returns `true` if `ledger_state` has all retractions of `item`.
fn has_retractions(ledger_state: &LedgerState, all: &LedgerState, item: &Item) -> bool {
    let is_retraction = |event: &&Event| {
        let mut keys = event.keys().into_iter();
        matches!(event.kind, EventKind::Retracted { .. })
            && keys.any(|key| item.keys.iter().any(|own| own == key))
    };
    let events = all.events();
    let mut retractions = events.into_iter().filter(is_retraction);
    retractions.all(|event| ledger_state.has(&event.id))
}

/// Returns `true` if the post was ever retracted.
pub(super) fn was_retracted(harness: &Harness, number: usize) -> bool {
    let world = harness.pipeline.platform.world();
    world.retracted.contains(&title(number))
}

//! What holds after every step of a history.

use syndicate_api::Item;

use super::checkout::Checkout;
use super::delivery::Model;
use super::fetched;
use super::game::Game;
use super::pipeline::{ITEMS, SINK, title};
use crate::ledger::{Event, EventKind, LedgerError, LedgerState};

/// Checks that each ledger agrees with the model, and that the ledgers of the machine that sends agree
/// with the platform.
pub(super) fn check(game: &Game) {
    let unasked = game.pipeline.platform.world().unasked.clone();
    assert!(unasked.is_empty(), "sent again unasked: {unasked:?}");
    for number in 0..ITEMS {
        assert!(posts(game, number) <= 1, "{number} is there twice");
    }
    for checkout in &game.checkouts {
        check_model(checkout);
    }
    for (number, checkout) in game.checkouts_of(game.sender).iter().enumerate() {
        check_claims(game, number, checkout);
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

/// Checks what a run in `checkout` would go by.
fn check_claims(game: &Game, place: usize, checkout: &Checkout) {
    let survey = match checkout.view() {
        Ok(survey) => survey,
        Err(LedgerError::Missing { .. }) => return,
        Err(error) => panic!("cannot read the ledger: {error}"),
    };
    let mut ledger_state = survey.ledger_state;
    if survey.trouble.is_some() {
        // Nothing is sent; what it lacks is taken in before that changes.
        let copies = fetched::copies(&checkout.place);
        ledger_state.extend(copies.into_iter().flat_map(|copy| copy.events));
    }
    for number in 0..ITEMS {
        let item = game.pipeline.item(number);
        let model = Model::of(&ledger_state, item);
        let there = posts(game, number);
        let claim = format!(
            "{number} is {model:?} in checkout {place}, {:?}",
            survey.trouble
        );
        match model {
            Model::Free | Model::Failed | Model::Retracted => assert_eq!(there, 0, "{claim}"),
            Model::Open => {}
            // A checkout may lack a retraction, which frees nothing.
            Model::Sent if has_retractions(&ledger_state, &game.all, item) => {
                assert_eq!(there, 1, "{claim}");
            }
            Model::Sent => {}
        }
    }
}

fn posts(game: &Game, number: usize) -> usize {
    let world = game.pipeline.platform.world();
    let posts = world.posts.values();
    posts.filter(|text| **text == title(number)).count()
}

/// Returns whether `ledger_state` has all retractions of `item`.
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

/// Returns whether a person ever took the post back.
pub(super) fn was_retracted(game: &Game, number: usize) -> bool {
    let world = game.pipeline.platform.world();
    world.retracted.contains(&title(number))
}

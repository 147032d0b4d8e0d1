//! A model of what becomes of a delivery, far simpler than the engine and the ledger: whatever is on
//! record moves it from one state to the next. Over random runs, faults, deaths, settlements and
//! retractions the ledger's state is the model's, and what it claims is true of the platform: what is
//! sent is there once, what is free is not there, and only of what is open nobody knows.

mod game;
mod steps;

use std::collections::BTreeSet;
use std::time::Duration;

use proptest::prelude::*;
use syndicate_api::Item;

use self::game::{Game, ITEMS, SINK, title};
use self::steps::{any_repeat, any_step};
use crate::ledger::{Book, Event, Kind, Settlement, State};

/// What the model knows of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Model {
    Free,
    Failed,
    Open,
    Sent,
    Retracted,
}

impl Model {
    /// The model of a delivery to which all this happened, in the order of its recording.
    fn of(book: &Book, item: &Item) -> Self {
        let (mut open, mut done) = (BTreeSet::new(), BTreeSet::new());
        let (mut sent, mut failed, mut retracted) = (false, false, false);
        for event in book.events() {
            let of_item = event
                .keys()
                .iter()
                .any(|key| item.keys.iter().any(|own| own == key));
            let Some(attempt) = event.kind.attempt().filter(|_| of_item) else {
                continue;
            };
            match &event.kind {
                // Of the same millisecond, a doubt stands before what lifted it.
                Kind::Intent { .. } | Kind::Unknown { .. } if !done.contains(&attempt.id) => {
                    open.insert(attempt.id.clone());
                }
                Kind::Failed { .. } => {
                    // A doubt about an earlier request of the attempt is not lifted.
                    let doubted = |event: &&Event| matches!(event.kind, Kind::Unknown { .. });
                    let again = book.attempt(&attempt.id);
                    if !again.iter().any(doubted) {
                        open.remove(&attempt.id);
                        failed = true;
                    }
                }
                Kind::Sent { .. } => {
                    open.remove(&attempt.id);
                    done.insert(attempt.id.clone());
                    sent = true;
                }
                Kind::Settled { settlement, .. } => {
                    open.remove(&attempt.id);
                    done.insert(attempt.id.clone());
                    sent |= matches!(settlement, Settlement::Sent { .. });
                }
                Kind::Retracted { .. } => (sent, retracted) = (false, true),
                _ => {}
            }
        }
        match (sent, open.is_empty(), retracted, failed) {
            (true, ..) => Self::Sent,
            (_, false, ..) => Self::Open,
            (_, _, true, _) => Self::Retracted,
            (_, _, _, true) => Self::Failed,
            _ => Self::Free,
        }
    }

    fn from_state(state: &State) -> Self {
        match state {
            State::New | State::Adopted { .. } => Self::Free,
            State::Failed { .. } => Self::Failed,
            State::Unknown { .. } | State::Duplicate { .. } => Self::Open,
            State::Sent { .. } => Self::Sent,
            State::Retracted { .. } => Self::Retracted,
        }
    }
}

/// Whether what the ledger says is what the model says, and true of the platform.
fn check(game: &Game) -> Result<(), TestCaseError> {
    let book = game.book();
    let world = game.platform.world();
    for (number, (_, item)) in game.scanned.items.iter().enumerate() {
        let state = Model::from_state(&book.state(&item.keys, SINK));
        prop_assert_eq!(state, Model::of(&book, item), "{}", number);
        let there = world
            .posts
            .values()
            .filter(|text| **text == title(number))
            .count();
        match state {
            Model::Sent => prop_assert_eq!(there, 1, "{} is sent", number),
            Model::Open => prop_assert!(there <= 1, "{} is open and there twice", number),
            Model::Free | Model::Failed | Model::Retracted => {
                prop_assert_eq!(there, 0, "{} is {:?}", number, state);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    #[test]
    fn the_ledger_s_claims_are_true_whatever_happens(
        repeat in any_repeat(),
        steps in proptest::collection::vec(any_step(), 1..14),
    ) {
        let mut game = Game::new(repeat);
        for step in &steps {
            game.take(step);
            check(&game)?;
        }
        // In the end a person looks, nothing fails any more, and all that was not taken back is out.
        for number in 0..ITEMS {
            game.now += Duration::from_secs(1);
            game.settle(number);
        }
        game.now += Duration::from_secs(3600);
        game.build(None);
        check(&game)?;
        let book = game.book();
        for (_, item) in &game.scanned.items {
            let state = Model::from_state(&book.state(&item.keys, SINK));
            prop_assert!(matches!(state, Model::Sent | Model::Retracted), "{:?}", state);
        }
    }
}

//! The state of a delivery, as its events tell it. It depends on which events there are, each with
//! its time and its attempt, and on nothing else. Where events contradict each other, the state
//! that cannot lead to a second post wins.

use std::collections::BTreeMap;

use jiff::Timestamp;
use syndicate_api::Receipt;

use super::book::in_time;
use super::{Attempt, Event, Kind, Settlement};

/// Why an attempt is unknown that has an intent and no outcome.
const INTERRUPTED: &str = "the run ended before the platform's answer was on record";

/// What became of a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing is on record, or only attempts that somebody settled as not sent.
    New,
    /// The item was there before, and is not to be sent by itself.
    Adopted {
        /// When it was adopted.
        at: Timestamp,
    },
    /// The post is there.
    Sent {
        /// When that was recorded.
        at: Timestamp,
        /// The attempt that created it, with the hash and the digests of what the post says now.
        attempt: Attempt,
        /// The post as the platform names it; `None` where only a person saw it.
        receipt: Option<Receipt>,
        /// When it was last changed in place.
        updated: Option<Timestamp>,
    },
    /// The post may be there: its request got no clear answer, or the run died over it. With the
    /// ledger locked, no other run can be about to finish it.
    Unknown {
        /// When that was recorded.
        at: Timestamp,
        /// The attempt in question.
        attempt: Attempt,
        /// What happened, for people.
        message: String,
    },
    /// The last attempt surely created nothing; another one may be made.
    Failed {
        /// When it failed.
        at: Timestamp,
        /// The attempt that failed.
        attempt: Attempt,
        /// The stable code of the reason.
        code: String,
        /// The reason, for people.
        message: String,
    },
    /// The post was there and was taken back.
    Retracted {
        /// When it was taken back.
        at: Timestamp,
        /// The attempt that had created it.
        attempt: Attempt,
    },
}

impl State {
    /// How much it weighs against what other attempts and adoptions say. A failure weighs less than
    /// an adoption: a post that was known before and was sent by name, in vain, must not be sent
    /// again by itself.
    fn weight(&self) -> u8 {
        match self {
            Self::New => 0,
            Self::Failed { .. } => 1,
            Self::Adopted { .. } => 2,
            Self::Retracted { .. } => 3,
            Self::Unknown { .. } => 4,
            Self::Sent { .. } => 5,
        }
    }
}

/// The state that `events`, all of one delivery, amount to.
pub(super) fn fold<'a>(events: impl Iterator<Item = &'a Event>) -> State {
    let mut events: Vec<_> = events.collect();
    events.sort_by(|a, b| in_time(a, b));

    let mut attempts: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
    let mut states = Vec::new();
    for event in events {
        if let Kind::Adopted { .. } = event.kind {
            states.push((event.at, State::Adopted { at: event.at }));
        }
        if let Some(attempt) = event.kind.attempt() {
            attempts.entry(&attempt.id).or_default().push(event);
        }
    }
    states.extend(attempts.values().filter_map(|events| of_attempt(events)));
    states
        .into_iter()
        .max_by_key(|(at, state)| (state.weight(), *at))
        .map_or(State::New, |(_, state)| state)
}

/// What the events of one attempt, in time order, come to: taken back, before sent, before what a
/// person decided last, before unknown, before failed, before an intent that is still open.
pub(super) fn of_attempt(events: &[&Event]) -> Option<(Timestamp, State)> {
    let event = decisive(events)?;
    let at = event.at;
    let attempt = event.kind.attempt()?.clone();
    let state = match &event.kind {
        Kind::Retracted { .. } => State::Retracted { at, attempt },
        Kind::Sent { .. }
        | Kind::Updated { .. }
        | Kind::Settled {
            settlement: Settlement::Sent { .. },
            ..
        } => sent(at, attempt, events),
        Kind::Unknown { message, .. } => State::Unknown {
            at,
            attempt,
            message: message.clone(),
        },
        Kind::Failed { code, message, .. } => State::Failed {
            at,
            attempt,
            code: code.clone(),
            message: message.clone(),
        },
        Kind::Intent { .. } | Kind::Probed { .. } => State::Unknown {
            at,
            attempt,
            message: INTERRUPTED.to_owned(),
        },
        Kind::Settled {
            settlement: Settlement::NotSent,
            ..
        }
        | Kind::Created
        | Kind::Adopted { .. }
        | Kind::Approved { .. }
        | Kind::Moved { .. }
        | Kind::Other(_) => return None,
    };
    Some((at, state))
}

/// The event of an attempt that is believed. Of equal ones it is the later.
pub(super) fn decisive<'a>(events: &[&'a Event]) -> Option<&'a Event> {
    let ranked = events
        .iter()
        .filter_map(|event| Some((authority(&event.kind)?, *event)));
    ranked
        .max_by_key(|(authority, _)| *authority)
        .map(|(_, event)| event)
}

/// A post that is there, as it was sent or last changed.
fn sent(at: Timestamp, attempt: Attempt, events: &[&Event]) -> State {
    let receipt = events.iter().rev().find_map(|event| match &event.kind {
        Kind::Sent { remote, .. } => Some(remote.clone()),
        _ => None,
    });
    let seen = || {
        events.iter().rev().find_map(|event| match &event.kind {
            Kind::Settled {
                settlement: Settlement::Sent { remote },
                ..
            } => remote.clone(),
            _ => None,
        })
    };
    let updated = events.iter().rev().find_map(|event| match &event.kind {
        Kind::Updated { attempt } => Some((event.at, attempt.clone())),
        _ => None,
    });
    State::Sent {
        at,
        receipt: receipt.or_else(seen),
        updated: updated.as_ref().map(|(at, _)| *at),
        attempt: updated.map_or(attempt, |(_, attempt)| attempt),
    }
}

fn authority(kind: &Kind) -> Option<u8> {
    match kind {
        Kind::Intent { .. } | Kind::Probed { .. } => Some(0),
        Kind::Failed { .. } => Some(1),
        Kind::Unknown { .. } => Some(2),
        Kind::Settled { .. } => Some(3),
        Kind::Updated { .. } => Some(4),
        Kind::Sent { .. } => Some(5),
        Kind::Retracted { .. } => Some(6),
        Kind::Created
        | Kind::Adopted { .. }
        | Kind::Approved { .. }
        | Kind::Moved { .. }
        | Kind::Other(_) => None,
    }
}

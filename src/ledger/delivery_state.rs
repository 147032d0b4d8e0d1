//! The state of a delivery, as its events tell it. It depends on which events there are, each with
//! its time and its attempt, and on nothing else. Where events contradict each other, the state
//! that cannot lead to a second post wins.

use std::collections::BTreeMap;

use jiff::Timestamp;
use syndicate_api::{Code, Receipt};

use super::claim::Claim;
use super::order::in_time;
use super::{Attempt, Event, EventKind, Settlement};

/// Why an attempt is unknown that has an intent and no outcome.
const INTERRUPTED: &str = "the run ended before the platform's answer was on record";

/// What became of a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DeliveryState {
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
        /// Which run made the last request, where no answer is on record.
        claim: Option<Claim>,
    },
    /// The platform refused the post as equal to one that it has.
    Duplicate {
        /// When that was recorded.
        at: Timestamp,
        /// The attempt that was refused.
        attempt: Attempt,
        /// The equal post, where the platform named it.
        existing: Option<Receipt>,
        /// The reason, for people.
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

impl DeliveryState {
    /// How much it weighs against what other attempts and adoptions say. A failure weighs less than
    /// an adoption: a post that was known before and was sent by name, in vain, must not be sent
    /// again by itself.
    fn weight(&self) -> u8 {
        match self {
            Self::New => 0,
            Self::Failed { .. } => 1,
            Self::Adopted { .. } => 2,
            Self::Retracted { .. } => 3,
            Self::Duplicate { .. } => 4,
            Self::Unknown { .. } => 5,
            Self::Sent { .. } => 6,
        }
    }

    /// Returns whether the delivery could be sent more easily in this state than in `other`.
    #[must_use]
    pub(crate) fn is_freer_than(&self, other: &Self) -> bool {
        // Neither a failure nor nothing holds a delivery back.
        self.weight().max(1) < other.weight().max(1)
    }

    /// Returns whether the post is out, may be, was, or was known before anything was sent.
    #[must_use]
    pub(crate) fn is_on_record(&self) -> bool {
        !matches!(self, Self::New | Self::Failed { .. })
    }
}

/// Returns the attempts of one delivery whose posts are out, which are several after a merge of the
/// ledgers of two machines that both sent it.
pub(super) fn live_attempts(events: &[&Event]) -> Vec<(Attempt, Option<Receipt>)> {
    let attempts = by_attempt(events.iter().copied());
    let states = attempts.values().filter_map(|events| of_attempt(events));
    let live = states.filter_map(|(_, state)| match state {
        DeliveryState::Sent {
            attempt, receipt, ..
        } => Some((attempt, receipt)),
        _ => None,
    });
    live.collect()
}

/// Returns the events of each attempt, in time order.
fn by_attempt<'a>(events: impl Iterator<Item = &'a Event>) -> BTreeMap<&'a str, Vec<&'a Event>> {
    let mut events: Vec<&Event> = events.collect();
    events.sort_by(|a, b| in_time(a, b));
    let mut attempts: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
    for event in events {
        if let Some(attempt) = event.kind.attempt() {
            attempts.entry(&attempt.id).or_default().push(event);
        }
    }
    attempts
}

/// The state that `events`, all of one delivery, amount to.
pub(super) fn replay<'a>(events: impl Iterator<Item = &'a Event>) -> DeliveryState {
    let events: Vec<_> = events.collect();
    let adopted = events.iter().filter_map(|event| match event.kind {
        EventKind::Adopted { .. } => Some((event.at, DeliveryState::Adopted { at: event.at })),
        _ => None,
    });
    let attempts = by_attempt(events.iter().copied());
    let mut states: Vec<_> = attempts
        .values()
        .filter_map(|events| of_attempt(events))
        .collect();
    let retracted = attempts.values().flatten().any(is_retraction);
    for (_, state) in states.iter_mut().filter(|_| retracted) {
        excuse_retracted(state, &attempts);
    }
    states.extend(adopted);
    states
        .into_iter()
        .max_by_key(|(at, state)| (state.weight(), *at))
        .map_or(DeliveryState::New, |(_, state)| state)
}

/// What the events of one attempt, in time order, come to: taken back, before sent, before what a
/// person decided last, before unknown, before failed, before an intent that is still open.
pub(super) fn of_attempt(events: &[&Event]) -> Option<(Timestamp, DeliveryState)> {
    let event = decisive(events)?;
    let at = event.at;
    let attempt = event.kind.attempt()?.clone();
    let state = match &event.kind {
        EventKind::Retracted { .. } => DeliveryState::Retracted { at, attempt },
        EventKind::Sent { .. }
        | EventKind::Updated { .. }
        | EventKind::Settled {
            settlement: Settlement::Sent { .. },
            ..
        } => sent(at, attempt, events),
        EventKind::Unknown { message, .. } => DeliveryState::Unknown {
            at,
            attempt,
            message: message.clone(),
            claim: open_repetition(events),
        },
        EventKind::Failed {
            code,
            message,
            existing,
            ..
        } if code == Code::Duplicate.as_str() => DeliveryState::Duplicate {
            at,
            attempt,
            existing: existing.clone(),
            message: message.clone(),
        },
        EventKind::Failed { code, message, .. } => DeliveryState::Failed {
            at,
            attempt,
            code: code.clone(),
            message: message.clone(),
        },
        EventKind::Intent { claim, .. } | EventKind::Probed { claim, .. } => {
            DeliveryState::Unknown {
                at,
                attempt,
                message: INTERRUPTED.to_owned(),
                claim: Some(claim.clone()),
            }
        }
        EventKind::Settled {
            settlement: Settlement::NotSent,
            ..
        }
        | EventKind::Created { .. }
        | EventKind::Known { .. }
        | EventKind::Closed { .. }
        | EventKind::Adopted { .. }
        | EventKind::Approved { .. }
        | EventKind::Moved { .. }
        | EventKind::Other(_) => return None,
    };
    Some((at, state))
}

/// Returns the claim of a repetition without an answer, which began after all answers on record: its run
/// may still be about to send, although the doubt about the first request stays.
fn open_repetition(events: &[&Event]) -> Option<Claim> {
    let is_answer = |event: &&&Event| {
        matches!(
            event.kind,
            EventKind::Unknown { .. } | EventKind::Failed { .. }
        )
    };
    let mut later = events.iter().rev().take_while(|event| !is_answer(event));
    later.find_map(|event| match &event.kind {
        EventKind::Probed { claim, .. } => Some(claim.clone()),
        _ => None,
    })
}

fn is_retraction(event: &&Event) -> bool {
    matches!(event.kind, EventKind::Retracted { .. })
}

/// Turns a refusal as equal to a post that was taken back since into a plain failure: the platform
/// remembers the text for a while, and nothing of it is out.
fn excuse_retracted(state: &mut DeliveryState, attempts: &BTreeMap<&str, Vec<&Event>>) {
    let DeliveryState::Duplicate {
        at,
        attempt,
        existing: Some(existing),
        message,
    } = state
    else {
        return;
    };
    let was_it = |events: &&Vec<&Event>| {
        let names = |event: &&Event| match &event.kind {
            EventKind::Sent { remote, .. }
            | EventKind::Settled {
                settlement:
                    Settlement::Sent {
                        remote: Some(remote),
                    },
                ..
            } => remote.id == existing.id,
            _ => false,
        };
        events.iter().any(is_retraction) && events.iter().any(names)
    };
    if attempts.values().any(|events| was_it(&events)) {
        *state = DeliveryState::Failed {
            at: *at,
            attempt: attempt.clone(),
            code: Code::Duplicate.as_str().to_owned(),
            message: message.clone(),
        };
    }
}

/// The event of an attempt that is believed. Of equal ones it is the later.
pub(super) fn decisive<'a>(events: &[&'a Event]) -> Option<&'a Event> {
    // A request that left after a refusal, or after a person found nothing, may have created the post all
    // the same: the run that sent it knew of neither.
    let last = events
        .iter()
        .rposition(|event| matches!(event.kind, EventKind::Probed { .. }));
    let is_overtaken = |place: usize, event: &Event| {
        last.is_some_and(|last| place < last) && is_denial(&event.kind)
    };
    let ranked = events
        .iter()
        .enumerate()
        .filter(|(place, event)| !is_overtaken(*place, event))
        .filter_map(|(_, event)| Some((authority(&event.kind)?, *event)));
    ranked
        .max_by_key(|(authority, _)| *authority)
        .map(|(_, event)| event)
}

/// Returns whether an event says that nothing was created.
fn is_denial(kind: &EventKind) -> bool {
    match kind {
        EventKind::Settled { settlement, .. } => *settlement == Settlement::NotSent,
        EventKind::Failed { code, .. } => code != Code::Duplicate.as_str(),
        _ => false,
    }
}

/// A post that is there, as it was sent or last changed.
fn sent(at: Timestamp, attempt: Attempt, events: &[&Event]) -> DeliveryState {
    let receipt = events.iter().rev().find_map(|event| match &event.kind {
        EventKind::Sent { remote, .. } => Some(remote.clone()),
        _ => None,
    });
    let seen = || {
        events.iter().rev().find_map(|event| match &event.kind {
            EventKind::Settled {
                settlement: Settlement::Sent { remote },
                ..
            } => remote.clone(),
            _ => None,
        })
    };
    let updated = events.iter().rev().find_map(|event| match &event.kind {
        EventKind::Updated { attempt } => Some((event.at, attempt.clone())),
        _ => None,
    });
    DeliveryState::Sent {
        at,
        receipt: receipt.or_else(seen),
        updated: updated.as_ref().map(|(at, _)| *at),
        attempt: updated.map_or(attempt, |(_, attempt)| attempt),
    }
}

fn authority(kind: &EventKind) -> Option<u8> {
    match kind {
        EventKind::Intent { .. } | EventKind::Probed { .. } => Some(0),
        EventKind::Failed { .. } => Some(1),
        EventKind::Unknown { .. } => Some(2),
        // Who names the post has seen it, and that beats a later word that it is not there.
        EventKind::Settled {
            settlement: Settlement::Sent { remote: Some(_) },
            ..
        } => Some(4),
        EventKind::Settled { .. } => Some(3),
        EventKind::Updated { .. } => Some(5),
        EventKind::Sent { .. } => Some(6),
        EventKind::Retracted { .. } => Some(7),
        EventKind::Created { .. }
        | EventKind::Known { .. }
        | EventKind::Closed { .. }
        | EventKind::Adopted { .. }
        | EventKind::Approved { .. }
        | EventKind::Moved { .. }
        | EventKind::Other(_) => None,
    }
}

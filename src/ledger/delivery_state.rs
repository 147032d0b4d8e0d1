//! Computes the state of a delivery from its events.
//!
//! The state depends only on the set of events, each with its time and attempt. If events contradict
//! each other, the state that cannot lead to a second post wins.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use syndicate_api::{Code, Receipt};

use super::claim::Claim;
use super::order::in_time;
use super::{Attempt, Event, EventKind, Settlement};

/// The message of an attempt that has an intent and no outcome.
const INTERRUPTED: &str = "the run ended before the platform's answer was on record";

/// The state of a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DeliveryState {
    /// Nothing is recorded, or only attempts that the user settled as not sent.
    New,
    /// The item existed before the ledger, and is not sent automatically.
    Adopted {
        /// When it was adopted.
        at: Timestamp,
    },
    /// The post is on the platform.
    Sent {
        /// When this was recorded.
        at: Timestamp,
        /// The attempt that created it, with the hash and the digests of the current text.
        attempt: Arc<Attempt>,
        /// The platform's receipt; `None` if only the user confirmed the post.
        receipt: Option<Receipt>,
        /// When the post was last updated.
        updated: Option<Timestamp>,
        /// The names of the steps after the creating request that have not succeeded yet.
        follow_ups: Vec<String>,
    },
    /// The post may exist: its request got no clear answer, or the run ended before one was recorded.
    /// No other run can be about to finish it, since the ledger is locked.
    Unknown {
        /// When this was recorded.
        at: Timestamp,
        /// The attempt in question.
        attempt: Arc<Attempt>,
        /// The reason, for display.
        message: String,
        /// The run that made the last request, if no answer is recorded.
        claim: Option<Claim>,
    },
    /// The platform refused the post because it has an equal one.
    Duplicate {
        /// When this was recorded.
        at: Timestamp,
        /// The attempt that was refused.
        attempt: Arc<Attempt>,
        /// The equal post, if the platform named it.
        existing: Option<Receipt>,
        /// The reason, for display.
        message: String,
    },
    /// The last attempt certainly created nothing; another attempt may be made.
    Failed {
        /// When it failed.
        at: Timestamp,
        /// The attempt that failed.
        attempt: Arc<Attempt>,
        /// The stable code of the reason.
        code: String,
        /// The reason, for display.
        message: String,
    },
    /// The post existed and was retracted.
    Retracted {
        /// When it was retracted.
        at: Timestamp,
        /// The attempt that created the post.
        attempt: Arc<Attempt>,
    },
}

impl DeliveryState {
    /// Returns the precedence of this state over those of other attempts and adoptions; the highest wins.
    /// A failure ranks below an adoption: a known post whose explicit sending failed must not be sent
    /// again automatically.
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

    /// Returns `true` if the delivery is less protected from being sent in this state than in `other`.
    #[must_use]
    pub(crate) fn is_freer_than(&self, other: &Self) -> bool {
        // A failure holds a delivery back no more than a missing record does.
        self.weight().max(1) < other.weight().max(1)
    }

    /// Returns `true` if the post exists, may exist, existed, or was known before anything was sent.
    #[must_use]
    pub(crate) fn is_on_record(&self) -> bool {
        !matches!(self, Self::New | Self::Failed { .. })
    }
}

/// Returns the attempts of one delivery whose posts exist. There are several after a merge of the
/// ledgers of two machines that both sent it.
pub(super) fn live_attempts(events: &[&Event]) -> Vec<(Arc<Attempt>, Option<Receipt>)> {
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

/// Returns the state that results from `events`, all of one delivery.
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

/// Returns the state of one attempt from its events, given in time order. Precedence: retracted,
/// sent, the user's last settlement, unknown, failed, open intent.
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
        | EventKind::FollowedUp { .. }
        | EventKind::Other(_) => return None,
    };
    Some((at, state))
}

/// Returns the claim of a repetition that has no answer and began after all recorded answers. Its
/// run may still be about to send, even if the first request is settled.
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

/// Turns a duplicate refusal into a failure if the equal post was retracted since: the platform
/// remembers the text for a while, but no post exists.
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
            } => remote.id.is_some() && remote.id == existing.id,
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

/// Returns the event of an attempt that determines its outcome: the one whose kind has the greatest
/// `authority`, the last one of several such events. Returns `None` if no event has any.
pub(super) fn decisive<'a>(events: &[&'a Event]) -> Option<&'a Event> {
    // A request sent after a refusal, or after the user found no post, may have created the post anyway:
    // the run that sent it had seen neither.
    let last = events
        .iter()
        .rposition(|event| matches!(event.kind, EventKind::Probed { .. }));
    let is_overtaken = |index: usize, event: &Event| {
        last.is_some_and(|last| index < last) && is_denial(&event.kind)
    };
    let ranked = events
        .iter()
        .enumerate()
        .filter(|(index, event)| !is_overtaken(*index, event))
        .filter_map(|(_, event)| Some((authority(&event.kind)?, *event)));
    ranked
        .max_by_key(|(authority, _)| *authority)
        .map(|(_, event)| event)
}

/// Returns `true` if the event states that nothing was created.
fn is_denial(kind: &EventKind) -> bool {
    match kind {
        EventKind::Settled { settlement, .. } => *settlement == Settlement::NotSent,
        EventKind::Failed { code, .. } => code != Code::Duplicate.as_str(),
        _ => false,
    }
}

/// Returns the `Sent` state of a post, as sent or last updated.
fn sent(at: Timestamp, attempt: Arc<Attempt>, events: &[&Event]) -> DeliveryState {
    let receipt = events.iter().rev().find_map(|event| match &event.kind {
        EventKind::Sent { remote, .. } => Some(remote.clone()),
        EventKind::Updated { remote, .. } => remote.clone(),
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
        EventKind::Updated { attempt, .. } => Some((event.at, attempt.clone())),
        _ => None,
    });
    DeliveryState::Sent {
        at,
        receipt: receipt.or_else(seen),
        updated: updated.as_ref().map(|(at, _)| *at),
        follow_ups: open_follow_ups(events),
        attempt: updated.map_or(attempt, |(_, attempt)| attempt),
    }
}

/// Returns the names of the steps after the creating request that have not succeeded. An attempt whose answer was lost
/// has only its intent to name them.
pub(super) fn open_follow_ups(events: &[&Event]) -> Vec<String> {
    let is_done = |name: &String| {
        let mut kinds = events.iter().map(|event| &event.kind);
        kinds.any(|kind| matches!(kind, EventKind::FollowedUp { step, .. } if step == name))
    };
    let is_found = |event: &&Event| {
        matches!(
            event.kind,
            EventKind::Settled {
                settlement: Settlement::Sent { remote: Some(_) },
                ..
            }
        )
    };
    let of_sent = events.iter().find_map(|event| match &event.kind {
        EventKind::Sent { follow_ups, .. } => Some(follow_ups),
        _ => None,
    });
    let of_intent = || {
        let is_there = events.iter().any(is_found);
        let mut kinds = events.iter().map(|event| &event.kind);
        kinds.find_map(|kind| match kind {
            EventKind::Intent { follow_ups, .. } if is_there => Some(follow_ups),
            _ => None,
        })
    };
    let named = of_sent.or_else(of_intent);
    let names = named.into_iter().flatten().filter(|name| !is_done(name));
    names.cloned().collect()
}

fn authority(kind: &EventKind) -> Option<u8> {
    match kind {
        EventKind::Intent { .. } | EventKind::Probed { .. } => Some(0),
        EventKind::Failed { .. } => Some(1),
        EventKind::Unknown { .. } => Some(2),
        // A settlement that names the post proves that it exists, which beats a later "not sent".
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
        | EventKind::FollowedUp { .. }
        | EventKind::Other(_) => None,
    }
}

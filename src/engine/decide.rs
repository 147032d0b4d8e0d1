//! What only a person can decide: whether an unknown attempt arrived, and whether a payload may go
//! out. Each decision is an event of the ledger like any other.

use jiff::Timestamp;
use syndicate_api::{Context, Receipt};

use super::keepsake::keep;
use super::{Action, Entry, Plan};
use crate::ledger::{
    Attempt, Book, Claim, Event, GroupId, Ids, Kind, LedgerError, Session, Settlement, State,
};

/// An attempt whose outcome is unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OpenAttempt {
    /// The attempt.
    pub attempt: Attempt,
    /// What happened, for people.
    pub message: String,
    /// Which run made the last request, where no answer is on record.
    pub claim: Option<Claim>,
    /// Whether the platform refused it as equal to a post that it has.
    pub is_duplicate: bool,
}

impl OpenAttempt {
    /// Returns until when another run may send what this attempt began.
    #[must_use]
    pub(crate) fn claimed_until(&self, book: &Book, now: Timestamp) -> Option<Timestamp> {
        let claim = self.claim.as_ref()?;
        book.live().claimed_until(claim, now)
    }
}

/// Returns the open attempts of the posts with these groups of events; all of them without groups.
/// `sink` leaves only those to one sink.
#[must_use]
pub(crate) fn open_attempts(
    book: &Book,
    groups: Option<&[GroupId]>,
    sink: Option<&str>,
) -> Vec<OpenAttempt> {
    let mut open = Vec::new();
    for history in book.histories() {
        if groups.is_some_and(|groups| !groups.contains(&history.group)) {
            continue;
        }
        for delivery in history.deliveries {
            let of_state = match delivery.state {
                State::Unknown {
                    attempt,
                    message,
                    claim,
                    ..
                } => OpenAttempt {
                    attempt,
                    message,
                    claim,
                    is_duplicate: false,
                },
                State::Duplicate {
                    attempt, message, ..
                } => OpenAttempt {
                    attempt,
                    message,
                    claim: None,
                    is_duplicate: true,
                },
                _ => continue,
            };
            if sink.is_none_or(|sink| sink == of_state.attempt.sink) {
                open.push(of_state);
            }
        }
    }
    open
}

/// Records what an unknown attempt came to.
///
/// # Errors
/// When the ledger cannot be written.
pub(crate) async fn settle(
    session: &mut dyn Session,
    open: &OpenAttempt,
    sent: Option<Receipt>,
    cx: &Context,
    ids: &dyn Ids,
) -> Result<(), LedgerError> {
    let settlement = match sent {
        Some(receipt) => Settlement::Sent {
            remote: Some(receipt),
        },
        None => Settlement::NotSent,
    };
    let attempt = open.attempt.clone();
    let kind = Kind::Settled {
        attempt,
        settlement,
    };
    session.append(Event::new(ids, cx.now(), kind)).await
}

/// Records that the payloads of these entries of `plan` may go out. Returns them.
///
/// # Errors
/// When the ledger cannot be written.
pub(crate) async fn approve<'p>(
    session: &mut dyn Session,
    plan: &'p Plan,
    cx: &Context,
    ids: &dyn Ids,
) -> Result<Vec<&'p Entry>, LedgerError> {
    let wanting = |entry: &&Entry| {
        entry.action != Action::Skip
            && entry.composed.is_some()
            && !is_approved(session.book(), entry)
    };
    let approved: Vec<&Entry> = plan.entries.iter().filter(wanting).collect();
    let events = approved.iter().filter_map(|entry| {
        let kind = Kind::Approved {
            item: entry.item.id().to_owned(),
            keys: entry.item.keys.clone(),
            sink: entry.sink.clone(),
            hash: entry.composed.as_ref()?.hash.clone(),
        };
        Some(Event::new(ids, cx.now(), kind))
    });
    session.append_all(events.collect()).await?;
    for composed in approved.iter().filter_map(|entry| entry.composed.as_ref()) {
        keep(cx, composed);
    }
    Ok(approved)
}

fn is_approved(book: &Book, entry: &Entry) -> bool {
    let hash = entry
        .composed
        .as_ref()
        .map(|composed| composed.hash.as_str());
    hash.is_some_and(|hash| book.is_approved_of(&entry.groups, &entry.sink, hash))
}

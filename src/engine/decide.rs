//! What only a person can decide: whether an unknown attempt arrived, and whether a payload may go
//! out. Each decision is an event of the ledger like any other.

use syndicate_api::{Context, Receipt, normalise_url};

use super::keepsake::keep;
use super::{Action, Entry, Plan};
use crate::ledger::{Attempt, Book, Event, Ids, Kind, LedgerError, Session, Settlement, State};

/// An attempt whose outcome is unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenAttempt {
    /// The attempt.
    pub attempt: Attempt,
    /// What happened, for people.
    pub message: String,
}

/// The open attempts of the posts that `name` stands for: an address, a file or a key; all of them
/// without a name. `sink` leaves only those to one sink.
#[must_use]
pub fn open_attempts(book: &Book, name: Option<&str>, sink: Option<&str>) -> Vec<OpenAttempt> {
    let mut open = Vec::new();
    for history in book.histories() {
        let keys = history.keys.iter().copied();
        if name.is_some_and(|name| !is_named(keys, name)) {
            continue;
        }
        for delivery in history.deliveries {
            if let State::Unknown {
                attempt, message, ..
            } = delivery.state
                && sink.is_none_or(|sink| sink == attempt.sink)
            {
                open.push(OpenAttempt { attempt, message });
            }
        }
    }
    open
}

pub(super) fn is_named<'k>(mut keys: impl Iterator<Item = &'k str>, name: &str) -> bool {
    let address = normalise_url(name);
    let file = name.trim_start_matches("./");
    keys.any(|key| {
        let by_file = key.split_once(':').is_some_and(|(_, path)| path == file);
        key == name || by_file || Some(key) == address.as_deref()
    })
}

/// Records what an unknown attempt came to.
///
/// # Errors
/// When the ledger cannot be written.
pub async fn settle(
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
pub async fn approve<'p>(
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
    hash.is_some_and(|hash| book.is_approved(&entry.item.keys, &entry.sink, hash))
}

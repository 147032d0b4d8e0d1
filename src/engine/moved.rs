//! Posts that move: an item that is on record goes by keys that were not, as its file was renamed or
//! its address changed. They are put on record while the old ones still tell which post it is, so that
//! a second move finds it again.

use syndicate_api::Context;

use super::Scanned;
use crate::ledger::{Event, Ids, Kind, LedgerError, Session};

/// Records the new keys of every item on record.
///
/// # Errors
/// When the ledger cannot be written.
pub(super) async fn record(
    scanned: &Scanned,
    session: &mut dyn Session,
    cx: &Context,
    ids: &dyn Ids,
) -> Result<(), LedgerError> {
    let book = session.book();
    let moved = scanned.items.iter().map(|(_, item)| item);
    let moved = moved.filter(|item| book.lacks(&item.keys));
    let events: Vec<Event> = moved
        .map(|item| {
            let kind = Kind::Moved {
                item: item.id().to_owned(),
                keys: item.keys.clone(),
            };
            Event::new(ids, cx.now(), kind)
        })
        .collect();
    if events.is_empty() {
        return Ok(());
    }
    session.append_all(events).await
}

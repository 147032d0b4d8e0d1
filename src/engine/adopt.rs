//! How a ledger begins. What is on the site by then may be taken as known (`adopted`) or as new; a
//! ledger that is simply not there is neither, and nothing is sent without one.

use std::time::Duration;

use syndicate_api::Context;

use super::Scanned;
use crate::ledger::{Event, Ids, Kind, LedgerError, Store};

/// What becomes of the posts that are there when a ledger begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beginning {
    /// They are known, and never sent by themselves.
    Baseline,
    /// They are new, under the policy.
    Backfill,
}

/// Makes the ledger. Returns how many posts were adopted.
///
/// # Errors
/// When there is a ledger already, or it cannot be written.
pub async fn begin(
    store: &dyn Store,
    scanned: &Scanned,
    beginning: Beginning,
    cx: &Context,
    ids: &dyn Ids,
) -> Result<usize, LedgerError> {
    store
        .create(Event::new(ids, cx.now(), Kind::Created))
        .await?;
    if beginning == Beginning::Backfill {
        return Ok(0);
    }
    let mut session = store.lock(Duration::ZERO).await?;
    let adopted = scanned.items.iter().map(|(_, item)| {
        let kind = Kind::Adopted {
            item: item.id().to_owned(),
            keys: item.keys.clone(),
            sink: None,
        };
        Event::new(ids, cx.now(), kind)
    });
    session.append_all(adopted.collect()).await?;
    Ok(scanned.items.len())
}

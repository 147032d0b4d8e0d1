//! Records the user's approval of payloads, by hash.

use syndicate_api::Context;

use super::sent_text_cache::keep;
use super::{Action, Plan, PlanEntry};
use crate::ledger::{Event, EventKind, Ids, LedgerError, LedgerSession, LedgerState};

/// Records that the payloads of the entries of `plan` may be sent. Returns the newly approved entries.
///
/// # Errors
/// If the ledger cannot be written.
pub(crate) async fn approve<'p>(
    session: &mut dyn LedgerSession,
    plan: &'p Plan,
    cx: &Context,
    ids: &dyn Ids,
) -> Result<Vec<&'p PlanEntry>, LedgerError> {
    let wanting = |entry: &&PlanEntry| {
        entry.action != Action::Skip
            && entry.composed.is_some()
            && !is_approved(session.ledger_state(), entry)
    };
    let approved: Vec<&PlanEntry> = plan.entries.iter().filter(wanting).collect();
    let events = approved.iter().filter_map(|entry| {
        let kind = EventKind::Approved {
            item: entry.item.id().to_owned(),
            keys: entry.item.keys.clone(),
            sink: entry.sink.clone(),
            hash: entry.composed.as_deref()?.hash.clone(),
        };
        Some(Event::new(ids, cx.now(), kind))
    });
    session.append_all(events.collect()).await?;
    for composed in approved
        .iter()
        .filter_map(|entry| entry.composed.as_deref())
    {
        keep(cx, composed);
    }
    Ok(approved)
}

fn is_approved(ledger_state: &LedgerState, entry: &PlanEntry) -> bool {
    let hash = entry
        .composed
        .as_ref()
        .map(|composed| composed.hash.as_str());
    hash.is_some_and(|hash| ledger_state.is_approved_of(&entry.groups, &entry.sink, hash))
}

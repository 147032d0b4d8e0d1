//! What an earlier run left open is found out before anything is planned, where the sink has a way to
//! do so by itself and the time for it is not over.

use tokio_util::sync::CancellationToken;

use super::probe::ProbeContext;
use super::{Selection, open_attempts};
use crate::ledger::{LedgerError, LedgerSession};

/// Finds out what it can. Returns what to say about it.
///
/// # Errors
/// When the ledger cannot be written.
pub(super) async fn resolve(
    probe: &ProbeContext<'_>,
    selection: &Selection,
    stop: &CancellationToken,
    session: &mut dyn LedgerSession,
) -> Result<Vec<String>, LedgerError> {
    let mut notes = Vec::new();
    for open in open_attempts(session.ledger_state(), None, None) {
        let attempt = &open.attempt;
        let claimed = open.claimed_until(session.ledger_state(), probe.cx.now());
        if open.is_duplicate || claimed.is_some() {
            continue;
        }
        let mut items = probe.scanned.items.iter().map(|(_, item)| item);
        let item = items.find(|item| item.keys.iter().any(|key| attempt.keys.contains(key)));
        if !item.is_some_and(|item| selection.may_select(item)) {
            continue;
        }
        if let Some(receipt) = probe.probe_automatically(&open, session, stop).await? {
            notes.push(format!(
                "`{}` got no clear answer before and is out on `{}` as `{}`",
                attempt.item, attempt.sink, receipt.id
            ));
        }
    }
    Ok(notes)
}

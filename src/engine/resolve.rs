//! Resolves the open attempts of earlier runs before planning, where the sink permits automatic probes
//! and the window for them is open.

use tokio_util::sync::CancellationToken;

use super::probe::ProbeContext;
use super::{Selection, open_attempts};
use crate::ledger::{LedgerError, LedgerSession};

/// Resolves open attempts, and adds notes for the user to `notes`, until the run is stopped.
///
/// # Errors
/// If the ledger cannot be written; [`LedgerError::Overtaken`] if another run resolves an attempt.
pub(super) async fn resolve(
    probe: &ProbeContext<'_>,
    selection: &Selection,
    (stop, notes): (&CancellationToken, &mut Vec<String>),
    session: &mut dyn LedgerSession,
) -> Result<(), LedgerError> {
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
    Ok(())
}

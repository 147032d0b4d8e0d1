//! Locks the ledger for commands that change it and send nothing.

use std::time::Duration;

use jiff::Timestamp;

use super::print::eprint_status;
use crate::cli::failure::CliError;
use crate::ledger::{self, LedgerError};
use crate::session::{Session, format_unsendable};

/// Locks the ledger of `session`, waiting at most `seconds`. Prints a warning if the ledger would
/// keep a run from sending, because these commands work all the same. Only a ledger that was moved is
/// an error: what is written into it would not be seen.
pub(crate) async fn lock_ledger(
    session: &Session,
    timeout: Duration,
) -> Result<Box<dyn ledger::LedgerSession>, CliError> {
    let ledger = session.store().lock(timeout).await?;
    if let Err(trouble) = ledger.verify() {
        if matches!(trouble, LedgerError::Moved { .. }) {
            return Err(trouble.into());
        }
        eprint_status(&format!("warning: {}", format_unsendable(&trouble)))?;
    }
    Ok(ledger)
}

/// Formats the message for a delivery that another run may be sending.
pub(crate) fn format_claimed(until: Timestamp) -> String {
    let until = until.strftime("%Y-%m-%d %H:%M UTC");
    format!("another run is sending it, until {until} at the latest")
}

//! Warnings of what will keep sinks from sending soon.

use super::print::eprint_status;
use crate::engine::UpcomingWarning;

/// Prints `warnings`.
pub(crate) fn warn_upcoming(warnings: &[UpcomingWarning]) -> anyhow::Result<()> {
    for UpcomingWarning {
        sink,
        message,
        hint,
    } in warnings
    {
        eprint_status(&format!("warning: sink `{sink}`: {message}\nhint: {hint}"))?;
    }
    Ok(())
}

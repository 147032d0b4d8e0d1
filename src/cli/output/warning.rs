//! Warnings of what will keep sinks from sending soon.

use super::print::eprint_warning;
use crate::engine::UpcomingWarning;

/// Prints `warnings`.
pub(crate) fn warn_upcoming(warnings: &[UpcomingWarning]) -> anyhow::Result<()> {
    for UpcomingWarning {
        sink,
        message,
        hint,
    } in warnings
    {
        eprint_warning(&format!("sink `{sink}`: {message}"), hint)?;
    }
    Ok(())
}

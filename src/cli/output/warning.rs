//! Prints warnings before a run, such as a token that expires soon.

use super::print::eprint_warning;
use crate::engine::UpcomingWarning;

/// Prints each warning with its hint.
pub(crate) fn warn_upcoming(warnings: &[UpcomingWarning]) -> anyhow::Result<()> {
    for UpcomingWarning {
        about,
        message,
        hint,
    } in warnings
    {
        eprint_warning(&format!("{about}: {message}"), hint)?;
    }
    Ok(())
}

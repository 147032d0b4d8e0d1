//! Prints warnings about upcoming problems, such as a token that expires soon.

use super::print::eprint_warning;
use crate::engine::UpcomingWarning;

/// Prints each warning with its hint.
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

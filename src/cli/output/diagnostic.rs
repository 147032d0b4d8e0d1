//! Problems of a site's files.

use syndicate_api::Diagnostic;

use super::print::eprint_status;

/// Prints a problem of a file with its hint.
pub(crate) fn eprint_fault(fault: &Diagnostic) -> anyhow::Result<()> {
    eprint_status(&format!("error: {fault}"))?;
    if let Some(hint) = &fault.hint {
        eprint_status(&format!("hint: {hint}"))?;
    }
    Ok(())
}

//! `syndicate status --reconcile`: compares the ledger with the platforms.

mod json;
mod text;

use super::options::StatusOptions;
use crate::cli::ExitStatus;
use crate::cli::failure::CliError;
use crate::cli::output::print_json;
use crate::engine::reconcile::ComparisonResult;
use crate::session::Session;

/// Prints the comparison, and records the found posts if the options say so. A listing that is incomplete, or of
/// another account, is a failure.
pub(super) async fn run(
    is_json: bool,
    session: &Session,
    options: &StatusOptions,
) -> Result<ExitStatus, CliError> {
    let timeout = options.lock_timeout;
    let sink = options.sink.as_deref();
    let reconciliation = session.reconcile(sink, options.yes, timeout).await?;
    if is_json {
        print_json(&json::reconciliation_json(&reconciliation))?;
    } else {
        text::print(&reconciliation)?;
    }
    let mut results = reconciliation.reports.iter().map(|report| &report.result);
    let is_unusable = results.any(|result| match result {
        ComparisonResult::Incomplete { .. } | ComparisonResult::OtherAccount { .. } => true,
        ComparisonResult::Unsupported | ComparisonResult::Compared(_) => false,
    });
    Ok(match is_unusable {
        true => ExitStatus::Partial,
        false => ExitStatus::Success,
    })
}

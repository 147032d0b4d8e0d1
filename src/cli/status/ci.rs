//! Shows open outcomes on a CI service, where a later run stays red until they are settled.

use std::borrow::Cow;
use std::path::Path;

use syndicate_api::{Code, Diagnostic};

use super::state::RunStatus;
use crate::cli::ExitStatus;
use crate::cli::failure::CliError;
use crate::cli::output::{CiReport, OutputFormat};
use crate::ledger::{DeliveryState, History};
use crate::session::{Session, sent_option_of};
use crate::terminal::shell_word;

/// Shows each delivery of unknown outcome as an error. With a CI service, the exit code says whether there
/// is one.
pub(super) fn show(
    format: OutputFormat,
    session: &Session,
    histories: &[History<'_>],
    runs: &RunStatus,
) -> Result<ExitStatus, CliError> {
    // The ledger is shown even if the pipeline is broken.
    let stages = session.load_unstarted().ok();
    let mut deliveries = Vec::new();
    let mut unknown = 0;
    for history in histories {
        for delivery in &history.deliveries {
            let sink = delivery.sink.unwrap_or("every sink");
            let name = file_or_name(history, session);
            let item = shell_word(&name).into_owned();
            let (code, message, step) = match &delivery.state {
                DeliveryState::Unknown { message, .. }
                    if runs.claimed_until(&delivery.state).is_none() =>
                {
                    unknown += 1;
                    let sent = sent_option_of(stages.as_ref(), sink);
                    let step = format!(
                        "check whether the post exists, then run `syndicate settle {item} --sink \
                         {sink} {sent}` or `--not-sent`"
                    );
                    (Code::OutcomeUnknown, message, step)
                }
                DeliveryState::Duplicate { message, .. } => {
                    let step = format!(
                        "if that is this post, run `syndicate adopt {item} ID --sink {sink}`; if \
                         not, run `syndicate settle {item} --not-sent` and change its text"
                    );
                    (Code::Duplicate, message, step)
                }
                _ => continue,
            };
            let diagnostic = Diagnostic::new(code, message.clone()).with_hint(step);
            deliveries.push((name.into_owned(), sink, diagnostic));
        }
    }
    let report = CiReport::new(format, "status", &session.cx().env, session.file());
    report.show_deliveries(&deliveries, unknown)?;
    Ok(match unknown {
        0 => ExitStatus::Success,
        _ => ExitStatus::Unknown,
    })
}

/// Returns the file of a post if it still exists, so that it can be annotated; otherwise the name in the
/// ledger.
fn file_or_name<'h>(history: &'h History<'_>, session: &Session) -> Cow<'h, str> {
    let base = session.file().parent().unwrap_or(Path::new(""));
    let keys = history.keys.iter().filter_map(|key| key.split_once(':'));
    let mut files = keys.map(|(_, path)| path);
    match files.find(|path| base.join(path).is_file()) {
        Some(path) => path.to_owned().into(),
        None => history.item.into(),
    }
}

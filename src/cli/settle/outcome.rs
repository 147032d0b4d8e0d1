//! `settle` with an outcome: records the outcome of an attempt.

use jiff::Timestamp;
use serde_json::json;
use syndicate_api::{Code, Diagnostic};

use crate::cli::failure::CliError;
use crate::cli::output::{print_json, print_result};
use crate::engine::OpenAttempt;
use crate::ledger;
use crate::session::{AttemptOutcome, LoadedPipeline, Session, SessionError};

/// Records `answer` as the outcome of the one attempt in `open`.
pub(super) async fn record_outcome(
    is_json: bool,
    session: &Session,
    pipeline: Result<LoadedPipeline, SessionError>,
    (item, open, answer): (&str, &[OpenAttempt], AttemptOutcome<'_>),
    ledger: &mut dyn ledger::LedgerSession,
) -> Result<(), CliError> {
    let [one] = open else {
        return Err(not_one(item, open));
    };
    let is_sent = matches!(answer, AttemptOutcome::Sent(_));
    if let Some(until) = one.claimed_until(ledger.ledger_state(), session.cx().now())
        && !is_sent
    {
        return Err(claimed(item, until));
    }
    let words = session.settle(pipeline, one, answer, ledger).await?;
    ledger.finish().await?;
    let (item, sink) = (&one.attempt.item, &one.attempt.sink);
    if is_json {
        print_json(&json!({"v": 1, "item": item, "sink": sink, "as": words}))?;
    } else {
        print_result(&format!("settled as {words}: {item} → {sink}"))?;
    }
    Ok(())
}

/// Returns the error for an attempt that another run may still be sending: a missing post proves
/// nothing during that time.
fn claimed(item: &str, until: Timestamp) -> CliError {
    let until = until.strftime("%Y-%m-%d %H:%M UTC");
    CliError::hinted(
        format!("another run may be sending `{item}` until {until}"),
        "check the platform after that, then run this command again",
    )
}

/// Returns the error for an item without an attempt of unknown outcome.
pub(super) fn nothing_open(item: &str) -> Diagnostic {
    let message = format!("nothing about `{item}` is open");
    Diagnostic::new(Code::CommandFailed, message)
}

fn not_one(item: &str, open: &[OpenAttempt]) -> CliError {
    let hinted = if open.is_empty() {
        nothing_open(item).with_hint("run `syndicate settle` to list open attempts")
    } else {
        let sinks: Vec<String> = open
            .iter()
            .map(|open| format!("`{}`", open.attempt.sink))
            .collect();
        Diagnostic::new(
            Code::CommandFailed,
            format!(
                "`{item}` has open attempts to several sinks: {}",
                sinks.join(", ")
            ),
        )
        .with_hint("name one with `--sink`")
    };
    CliError::Other(anyhow::Error::new(hinted))
}

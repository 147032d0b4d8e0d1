//! `settle --skip-steps`: records that steps after a post are not sent again.

use serde_json::{Value, json};

use super::outcome::nothing_open;
use crate::cli::failure::CliError;
use crate::cli::output::{print_json, print_result};
use crate::engine::{OpenFollowUps, skip_follow_ups};
use crate::ledger::LedgerSession;
use crate::session::Session;

/// Gives up the steps that are still to be sent after the posts of `item`.
pub(super) async fn skip(
    is_json: bool,
    session: &Session,
    (item, open): (&str, &[OpenFollowUps]),
    ledger: &mut dyn LedgerSession,
) -> Result<(), CliError> {
    if open.is_empty() {
        let hinted = nothing_open(item).with_hint("run `syndicate settle` to list open steps");
        return Err(CliError::Other(anyhow::Error::new(hinted)));
    }
    for open in open {
        let skipped = skip_follow_ups(ledger, open, session.cx(), session.ids()).await;
        skipped.map_err(|error| CliError::Other(anyhow::Error::new(error)))?;
    }
    ledger
        .finish()
        .await
        .map_err(|error| CliError::Other(anyhow::Error::new(error)))?;
    if is_json {
        let skipped: Vec<Value> = open.iter().map(steps_json).collect();
        return Ok(print_json(&json!({"v": 1, "skipped": skipped}))?);
    }
    for OpenFollowUps { attempt, steps, .. } in open {
        print_result(&format!(
            "skipped `{}`: {} → {}",
            steps.join("`, `"),
            attempt.item,
            attempt.sink
        ))?;
    }
    Ok(())
}

/// Returns the steps that are still to be sent after a post as a JSON object.
pub(super) fn steps_json(open: &OpenFollowUps) -> Value {
    json!({"item": open.attempt.item, "sink": open.attempt.sink, "steps": open.steps})
}

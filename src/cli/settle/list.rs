//! `settle` without an outcome: lists the attempts of unknown outcome and the steps that are still to be sent.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::steps::steps_json;
use crate::cli::output::{eprint_status, format_claimed, print_json, print_lines};
use crate::engine::{OpenAttempt, OpenFollowUps, StageChain};
use crate::ledger::LedgerState;
use crate::session::sent_option_of;
use crate::terminal::escape_value;

/// Prints the attempts of unknown outcome, and the steps that are still to be sent after posts.
pub(super) fn print_open(
    is_json: bool,
    (open, steps): (&[OpenAttempt], &[OpenFollowUps]),
    (ledger_state, now): (&LedgerState, Timestamp),
    stages: Option<&StageChain>,
) -> anyhow::Result<()> {
    if is_json {
        let list = open.iter().map(|open| {
            let attempt = &open.attempt;
            json!({
                "item": attempt.item,
                "sink": attempt.sink,
                "hash": attempt.hash,
                "message": open.message,
                "duplicate": open.is_duplicate,
                "claimed_until": open.claimed_until(ledger_state, now),
            })
        });
        let list: Vec<Value> = list.collect();
        let steps: Vec<Value> = steps.iter().map(steps_json).collect();
        return print_json(&json!({"v": 1, "open": list, "steps": steps}));
    }
    let mut sinks = BTreeSet::new();
    let mut count = 0;
    for open in open {
        let attempt = &open.attempt;
        let (word, detail) = match (open.claimed_until(ledger_state, now), open.is_duplicate) {
            (Some(until), _) => ("claimed", format_claimed(until)),
            (None, true) => ("duplicate", open.message.clone()),
            (None, false) => ("unknown", open.message.clone()),
        };
        if word != "claimed" {
            count += 1;
            sinks.insert(attempt.sink.as_str());
        }
        print_lines(&format!(
            "{word} {} → {}\n        {}",
            escape_value(&attempt.item),
            escape_value(&attempt.sink),
            escape_value(&detail)
        ))?;
    }
    for open in steps {
        print_lines(&format!(
            "sent {} → {}\n        step `{}` is still to be sent; `--skip-steps` gives it up",
            escape_value(&open.attempt.item),
            escape_value(&open.attempt.sink),
            escape_value(&open.steps.join("`, `"))
        ))?;
    }
    let hint = match count {
        0 => String::new(),
        _ => format!(
            "; settle each with {} or `--not-sent`; `adopt` records an equal post",
            format_sent_options(&sinks, stages)
        ),
    };
    eprint_status(&format!("{count} open{hint}"))
}

/// Returns the option that records a post as sent, with the sinks that need no identifier if others do.
fn format_sent_options(sinks: &BTreeSet<&str>, stages: Option<&StageChain>) -> String {
    let (without, with): (Vec<&str>, Vec<&str>) = sinks
        .iter()
        .partition(|sink| sent_option_of(stages, sink) == "--sent");
    match (without.as_slice(), with.as_slice()) {
        ([], _) => "`--sent ID`".to_owned(),
        (_, []) => "`--sent`".to_owned(),
        _ => format!(
            "`--sent ID` (`--sent` alone for `{}`)",
            escape_value(&without.join("`, `"))
        ),
    }
}

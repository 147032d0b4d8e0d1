//! `settle` without an outcome: lists the attempts of unknown outcome.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::cli::output::{eprint_status, format_claimed, print_json, print_lines};
use crate::engine::OpenAttempt;
use crate::ledger::LedgerState;
use crate::terminal::escape_value;

/// Prints the attempts of unknown outcome.
pub(super) fn print_open(
    is_json: bool,
    open: &[OpenAttempt],
    (ledger_state, now): (&LedgerState, Timestamp),
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
        return print_json(&json!({"v": 1, "open": list}));
    }
    let mut count = 0;
    for open in open {
        let attempt = &open.attempt;
        let (word, detail) = match (open.claimed_until(ledger_state, now), open.is_duplicate) {
            (Some(until), _) => ("claimed", format_claimed(until)),
            (None, true) => ("duplicate", open.message.clone()),
            (None, false) => ("unknown", open.message.clone()),
        };
        count += usize::from(word != "claimed");
        print_lines(&format!(
            "{word} {} → {}\n        {}",
            escape_value(&attempt.item),
            escape_value(&attempt.sink),
            escape_value(&detail)
        ))?;
    }
    let hint = match count {
        0 => "",
        _ => "; settle each with `--sent ID` or `--not-sent`; `adopt` records an equal post",
    };
    eprint_status(&format!("{count} open{hint}"))
}

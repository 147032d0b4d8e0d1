//! `syndicate ledger export`: prints the events of the ledger.

use std::path::PathBuf;

use clap::{Args, ValueHint};
use serde_json::{Value, json};
use syndicate_api::text::plural;

use crate::cli::output::{eprint_status, print_json, print_json_lines};
use crate::cli::{CliError, ExitStatus, GlobalOptions, open_session};
use crate::ledger::{LedgerState, LedgerStore as _, ledger_line};

/// Options of `ledger export`.
#[derive(Args, Debug)]
#[command(after_help = "\
  syndicate ledger export > backup.jsonl
      keep a copy
  syndicate ledger import backup.jsonl
      bring back what the ledger lacks")]
pub(super) struct ExportOptions {
    /// Write the lines into FILE instead of standard output
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
}

pub(super) async fn run(
    global: &GlobalOptions,
    options: &ExportOptions,
) -> Result<ExitStatus, CliError> {
    let session = open_session(global, false)?;
    // The store itself, without the journal: a copy has exactly the events of the ledger.
    let ledger_state = session.ledger().read().await?;
    let count = ledger_state.event_count();
    if let Some(file) = &options.output {
        std::fs::write(file, lines(&ledger_state))
            .map_err(|error| CliError::unwritable(file, &error))?;
        if global.json {
            print_json(&json!({"v": 1, "written": file, "events": count}))?;
        }
        let events = plural(count, "event");
        let file = global.path_from_start(file);
        eprint_status(&format!("wrote {events} to `{}`", file.display()))?;
    } else if global.json {
        let events: Vec<Value> = ledger_state
            .events()
            .iter()
            .map(|event| json!(event))
            .collect();
        print_json(&json!({"v": 1, "events": events}))?;
    } else {
        let events = ledger_state.events().into_iter();
        let lines = events.map(|event| ledger_line(event).trim_end().to_owned());
        print_json_lines(lines)?;
    }
    Ok(ExitStatus::Success)
}

/// Returns the events in time order, one JSON object per line.
fn lines(ledger_state: &LedgerState) -> String {
    ledger_state.events().into_iter().map(ledger_line).collect()
}

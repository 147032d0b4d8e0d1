//! `syndicate ledger import`: appends events that the ledger lacks.

use std::io::Read as _;
use std::time::Duration;

use clap::{Args, ValueHint};
use serde_json::json;
use syndicate_api::text::plural;

use crate::cli::duration::parse_duration;
use crate::cli::output::{eprint_status, print_json, print_result};
use crate::cli::{CliError, ExitStatus, GlobalOptions, open_session};
use crate::ledger::read_lines;

/// Options of `ledger import`.
#[derive(Args, Debug)]
#[command(after_help = "\
A run that cannot record an outcome prints it as a line. Paste these lines:
  syndicate ledger import <<'EOF'
  {\"v\":1,…}
  EOF

Events that the ledger has are passed over, so an import can be repeated. Lines
of another ledger are refused, and so is an import that would free a post for
being sent again. Only `failed` and `not_sent` lines do, for their own attempt.")]
pub(super) struct ImportOptions {
    /// The file with the lines; `-` is standard input
    #[arg(value_name = "FILE", default_value = "-", value_hint = ValueHint::FilePath)]
    file: String,
    /// Wait at most this long for another run, such as 90s or 5m
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = parse_duration)]
    lock_timeout: Duration,
}

pub(super) async fn run(
    global: &GlobalOptions,
    options: &ImportOptions,
) -> Result<ExitStatus, CliError> {
    let session = open_session(global, false)?;
    let name = match options.file.as_str() {
        "-" => "standard input",
        file => file,
    };
    let text = read(&options.file).map_err(|error| {
        CliError::hinted(
            format!("cannot read `{name}`: {error}"),
            "name a file with lines of a ledger, or `-` for standard input",
        )
    })?;
    let to_error =
        |faults| CliError::Other(anyhow::Error::new::<syndicate_api::Diagnostics>(faults));
    let events = read_lines(name, &text).map_err(to_error)?;
    if events.is_empty() {
        return Err(CliError::hinted(
            format!("`{name}` has no lines"),
            "give the lines that a run printed, or the output of `syndicate ledger export`",
        ));
    }
    let timeout = options.lock_timeout;
    let imported = session.ledger().import(name, &events, timeout).await?;
    let import = imported.map_err(to_error)?;
    let (new, known) = (import.new.len(), import.known);
    if global.json {
        let closed = import.closed;
        print_json(&json!({"v": 1, "imported": new, "known": known, "skipped": closed}))?;
    } else {
        let new = plural(new, "event");
        print_result(&format!("imported {new}; the ledger had {known} already"))?;
    }
    if import.closed > 0 {
        eprint_status(
            "note: lines `closed` are not imported; `syndicate ledger move` writes them",
        )?;
    }
    Ok(ExitStatus::Success)
}

fn read(file: &str) -> std::io::Result<Vec<u8>> {
    if file != "-" {
        return std::fs::read(file);
    }
    let mut text = Vec::new();
    std::io::stdin().read_to_end(&mut text)?;
    Ok(text)
}

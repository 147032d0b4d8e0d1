//! `syndicate ledger`: moves the ledger to another store, prints its events and imports events.

mod export;
mod import;
mod move_report;
mod move_store;
mod pipeline_edit;

use clap::{Args, Subcommand};

use super::{CliError, ExitStatus, GlobalOptions};

/// Options of `ledger`.
#[derive(Args, Debug)]
pub(super) struct LedgerOptions {
    #[command(subcommand)]
    verb: LedgerVerb,
}

#[derive(Debug, Subcommand)]
enum LedgerVerb {
    /// Move the ledger to another store, and name that store in pipeline.yaml
    Move(move_store::MoveOptions),
    /// Print the ledger's events, one JSON object per line
    Export(export::ExportOptions),
    /// Append events that a run printed or `export` wrote
    Import(import::ImportOptions),
}

pub(super) async fn run(
    global: &GlobalOptions,
    options: &LedgerOptions,
) -> Result<ExitStatus, CliError> {
    match &options.verb {
        LedgerVerb::Move(options) => move_store::run(global, options).await,
        LedgerVerb::Export(options) => export::run(global, options).await,
        LedgerVerb::Import(options) => import::run(global, options).await,
    }
}

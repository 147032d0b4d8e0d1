//! `syndicate ledger`: moves the ledger to another store, prints its events and imports events.

mod export;
mod import;

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
        LedgerVerb::Export(options) => export::run(global, options).await,
        LedgerVerb::Import(options) => import::run(global, options).await,
    }
}

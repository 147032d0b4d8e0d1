//! `syndicate export`: writes data about the posts for the site itself.

mod links;

use clap::{Args, Subcommand};

use super::{CliError, ExitStatus, GlobalOptions};

/// Options of `export`.
#[derive(Args, Debug)]
pub(super) struct ExportOptions {
    #[command(subcommand)]
    verb: ExportVerb,
}

#[derive(Debug, Subcommand)]
enum ExportVerb {
    /// Write the addresses of sent posts, and the links that pages contain about their posts
    Links(links::LinksOptions),
}

pub(super) async fn run(
    global: &GlobalOptions,
    options: &ExportOptions,
) -> Result<ExitStatus, CliError> {
    match &options.verb {
        ExportVerb::Links(options) => links::run(global, options).await,
    }
}

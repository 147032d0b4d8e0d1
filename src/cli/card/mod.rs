//! `syndicate card`: the drawn cards of posts.

mod preview;

use clap::{Args, Subcommand};

use super::{CliError, ExitStatus, GlobalOptions};

/// Options of `card`.
#[derive(Args, Debug)]
pub(super) struct CardOptions {
    #[command(subcommand)]
    verb: CardVerb,
}

#[derive(Debug, Subcommand)]
enum CardVerb {
    /// Draw the card of a post into a file
    Preview(preview::PreviewOptions),
}

pub(super) async fn run(
    global: &GlobalOptions,
    options: &CardOptions,
) -> Result<ExitStatus, CliError> {
    match &options.verb {
        CardVerb::Preview(options) => preview::run(global, options).await,
    }
}

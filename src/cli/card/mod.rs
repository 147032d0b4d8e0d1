//! `syndicate card`: the drawn cards of posts.

mod preview;
mod write;

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
    /// Add the cards to the pages of the built site
    Write(write::WriteOptions),
}

pub(super) async fn run(
    global: &GlobalOptions,
    options: &CardOptions,
) -> Result<ExitStatus, CliError> {
    match &options.verb {
        CardVerb::Preview(options) => preview::run(global, options).await,
        CardVerb::Write(options) => write::run(global, options).await,
    }
}

//! Sink for Bluesky. It publishes posts for one account: text with marked links, hashtags and mentions, and a card
//! with its picture, or pictures instead of the card.
//!
//! A post is a record in the account's repository. Its key is computed from time and id of the attempt, so that a
//! repeat of the request writes the same record and changes nothing.
//!
//! The modules from the bottom up:
//!
//! - `identifier`, `language`, `tid`, `slots`, `xrpc`, `options` and `errors` are the vocabulary.
//! - `rich_text` encodes text, and `compose` encodes a post without any request.
//! - `identity` finds the account's server, `session` signs in, and `client` sends requests.
//! - `records` reads and deletes records, `write` writes them.
//! - `standard_site` encodes and writes the records of standard.site.
//! - `prepare` and `seal` run before a post is created, and `create` sends it; `edit`, `find` and `locate` work with
//!   existing posts.
//! - `server`, `appearance` and `check` describe server, layout and account.
//! - `sink` implements the trait of the plugin API.

mod appearance;
mod check;
mod client;
mod compose;
mod create;
mod edit;
mod errors;
mod find;
mod identifier;
mod identity;
mod language;
mod locate;
mod options;
mod page_rules;
mod prepare;
mod records;
mod rich_text;
mod seal;
mod server;
mod session;
mod sign_in;
mod sink;
mod slots;
mod standard_site;
#[cfg(test)]
mod tests;
mod tid;
mod write;
mod xrpc;

use syndicate_api::{ComponentContext, Diagnostic, Result, Sink, SinkOptions, SinkPlugin};

use crate::options::Options;
use crate::sink::Bluesky;

/// The declaration of this sink.
pub const PLUGIN: SinkPlugin = SinkPlugin::of::<Options>(None);

impl SinkOptions for Options {
    const NAME: &'static str = compose::SINK;
    const SUMMARY: &'static str =
        "Publishes posts on Bluesky, each with a link card and its picture.";
    const EXAMPLE: &'static str = "handle: jane.bsky.social\nthumbnail: require\n";

    fn validate(&self) -> Vec<Diagnostic> {
        self.diagnostics()
    }

    fn build(&self, _: &ComponentContext) -> Result<Box<dyn Sink>> {
        Ok(Box::new(Bluesky::new(self)))
    }
}

//! Sink for Mastodon and other servers with its API, such as GoToSocial, Hollo, Pleroma and snac. It publishes a
//! text with a link, from which the server makes the card, or a text with attached pictures or a video.
//!
//! It does not publish polls, replies and scheduled posts: Mastodon ignores the idempotency key of a scheduled post.
//!
//! The modules from the bottom up:
//!
//! - `endpoint`, `options`, `errors` and `server_limits` are the vocabulary.
//! - `text` encodes a text and counts it as the server does; `compose` encodes a post without any request.
//! - `client` sends requests with the token, and `status` parses the server's posts.
//! - `account` and `software` ask the server who posts and what it runs; `discover` adds its limits.
//! - `upload` runs before a post is created; `listing`, `find` and `locate` read posts, and `edit` and `retract`
//!   change them.
//! - `page_rules` states what the server reads from the page of a post.
//! - `token` finds the token and `check` validates it; `sink` and `sign_in` implement the traits of the plugin API.

mod account;
mod appearance;
mod check;
mod client;
mod compose;
mod discover;
mod edit;
mod errors;
mod find;
mod listing;
mod locate;
mod options;
mod page_rules;
mod retract;
mod server_limits;
mod sign_in;
mod sink;
mod software;
mod status;
#[cfg(test)]
mod tests;
mod text;
mod token;
mod upload;

use syndicate_api::{ComponentContext, Diagnostic, Result, Sink, SinkOptions, SinkPlugin};

use crate::options::Options;
use crate::sink::Mastodon;

/// The declaration of this sink.
pub const PLUGIN: SinkPlugin = SinkPlugin::of::<Options>(None);

impl SinkOptions for Options {
    const NAME: &'static str = "mastodon";
    const SUMMARY: &'static str =
        "Publishes posts on Mastodon and other servers with its API, whose card the server makes.";
    const EXAMPLE: &'static str = "endpoint: https://mastodon.social\ntoken: ${MASTODON_TOKEN}\n";

    fn validate(&self) -> Vec<Diagnostic> {
        self.diagnostics()
    }

    fn build(&self, context: &ComponentContext) -> Result<Box<dyn Sink>> {
        Ok(Box::new(Mastodon::new(self, &context.name)?))
    }
}

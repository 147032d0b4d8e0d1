//! Sink for LinkedIn. It publishes posts for a member or a page: commentary with an article card
//! and its picture, or with pictures, a document, a video, a poll or another post instead of the
//! card.
//!
//! Three dialects of LinkedIn's API are supported. The sink does not read posts, because the tokens
//! that are available to everyone lack the right to read them.
//!
//! The modules from the bottom up:
//!
//! - `urn`, `author`, `versions`, `endpoint`, `slots` and `options` are the vocabulary.
//! - `compose` encodes a post without any request; `little_text` and `plain_text` encode its
//!   commentary.
//! - `client` sends requests with the token, and `errors` maps their responses to errors.
//! - `account` and `media` run before a post is created, `create` and `edit` send it, and `locate`
//!   parses the URLs of posts.
//! - `page_rules` states what LinkedIn reads from pages that people share.
//! - `oauth_provider`, `scopes` and `token` find the token; `check` and `check_online` validate it.
//! - `sink` and `sign_in` implement the traits of the plugin API.

mod account;
mod appearance;
mod author;
mod check;
mod check_online;
mod client;
mod compose;
mod create;
mod dialect;
mod edit;
mod endpoint;
mod errors;
#[cfg(test)]
mod fixture;
mod little_text;
mod locate;
mod media;
mod oauth_provider;
mod options;
mod page_rules;
mod plain_text;
mod scopes;
mod sign_in;
mod sink;
mod slots;
#[cfg(test)]
mod tests;
mod token;
mod urn;
mod versions;
mod wire;

use syndicate_api::{ComponentContext, Diagnostic, Result, Sink, SinkOptions, SinkPlugin};

use crate::options::Options;
use crate::sink::LinkedIn;

/// The declaration of this sink.
pub const PLUGIN: SinkPlugin = SinkPlugin::of::<Options>(Some(&[("token", "sandbox")]));

impl SinkOptions for Options {
    const NAME: &'static str = "linkedin";
    const SUMMARY: &'static str =
        "Publishes posts on LinkedIn, each with an article card and its picture.";
    const EXAMPLE: &'static str = "author: me\nthumbnail: require\n";

    fn validate(&self) -> Vec<Diagnostic> {
        self.diagnostics()
    }

    fn build(&self, place: &ComponentContext) -> Result<Box<dyn Sink>> {
        Ok(Box::new(LinkedIn::new(self, &place.base)?))
    }
}

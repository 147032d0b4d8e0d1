//! Sink: LinkedIn. It publishes a post for a member or a page: commentary with an article card and its
//! own picture, or with pictures, a document, a video, a poll or another post in the card's place.
//! Three dialects of LinkedIn's interface can be chosen from; reading is not here, since tokens that
//! anybody can get may not read posts.
//!
//! From the bottom up: `urn`, `author`, `versions`, `endpoint`, `slots` and `options` are the
//! vocabulary; `compose` writes a post down without looking at anything else, with `little_text` or
//! `plain_text` for its commentary; `client` holds the token; `errors` says what a refusal means for
//! the delivery; `account` and `media` fetch what only LinkedIn knows, `create` and `edit` send what
//! readers see, `locate` reads the addresses that people copy. `oauth_provider`, `scopes` and `token`
//! find the token, `check` and `check_online` say whether it will do, and `sink` and `sign_in`
//! implement the contract with them.

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
mod plain_text;
mod sanitize;
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
        self.faults()
    }

    fn build(&self, place: &ComponentContext) -> Result<Box<dyn Sink>> {
        Ok(Box::new(LinkedIn::new(self, &place.base)?))
    }
}

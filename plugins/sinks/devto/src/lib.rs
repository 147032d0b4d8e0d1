//! Sink for DEV (dev.to) and other sites of the software Forem. It publishes the whole text of an item as an
//! article with a canonical URL, as a draft unless the options say otherwise.
//!
//! The articles of the account are read before an article is created and after an unclear answer, because they
//! are the only evidence of what exists: DEV has no idempotency key.
//!
//! The modules from the bottom up:
//!
//! - `endpoint`, `options`, `errors` and `pace` are the vocabulary.
//! - `compose` encodes a post without any request; `liquid` keeps template tags in its text visible.
//! - `client` sends requests with the API key; `own_articles` reads the articles of the account, and `account` its
//!   name.
//! - `create`, `search` and `edit` send and find articles, `check` validates options and API key.
//! - `sink` implements the trait of the plugin API.

mod account;
mod article_path;
mod check;
mod client;
mod compose;
mod create;
mod edit;
mod errors;
mod liquid;
mod options;
mod own_articles;
mod pace;
mod search;
mod sink;
#[cfg(test)]
mod tests;

use syndicate_api::{ComponentContext, Diagnostic, Result, Sink, SinkOptions, SinkPlugin};

use crate::options::Options;
use crate::sink::DevTo;

/// The declaration of this sink.
pub const PLUGIN: SinkPlugin = SinkPlugin::of::<Options>(None);

impl SinkOptions for Options {
    const NAME: &'static str = "devto";
    const SUMMARY: &'static str =
        "Publishes whole posts on DEV (dev.to) with a canonical URL, as drafts by default.";
    const EXAMPLE: &'static str = "api_key: ${DEVTO_API_KEY}\n";

    fn validate(&self) -> Vec<Diagnostic> {
        self.diagnostics()
    }

    fn build(&self, _: &ComponentContext) -> Result<Box<dyn Sink>> {
        Ok(Box::new(DevTo::new(self)?))
    }
}

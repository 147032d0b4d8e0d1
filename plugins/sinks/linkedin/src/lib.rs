//! Sink: LinkedIn. It publishes a post for a member or a page: commentary with an article card and its
//! own picture, or with pictures, a document, a video, a poll or another post in the card's place.
//! Three dialects of LinkedIn's interface can be chosen from; reading is not here, since tokens that
//! anybody can get may not read posts.
//!
//! A post goes through these rooms: `compose` writes it down without looking at anything else, with
//! `little_text` or `plain` for its words; `author` and `media` fetch what only LinkedIn knows;
//! `create` sends the one creating request; `errors` says what a refusal means for the delivery;
//! `locate` reads the addresses that people copy.
//! `sign_in` tells how a token is had, `token` which one is used, `check` and `online` whether it
//! will do.

mod appearance;
mod author;
mod check;
mod client;
mod compose;
mod create;
mod dialect;
mod endpoint;
mod errors;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod kinds_tests;
mod little_text;
mod locate;
mod media;
mod online;
mod options;
mod plain;
mod printable;
mod revise;
mod sign_in;
mod sink;
#[cfg(test)]
mod tests;
mod token;
mod urn;
mod versions;
mod wire;

use syndicate_api::SinkPlugin;

use crate::options::Options;

/// The declaration of this sink.
pub const PLUGIN: SinkPlugin = SinkPlugin::of::<Options>(Some(&[("token", "sandbox")]));

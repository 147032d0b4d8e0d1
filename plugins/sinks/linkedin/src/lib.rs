//! Sink: LinkedIn. It publishes a post through the Posts API as commentary with an article card
//! and the card's own picture, for a member or a page. It knows one wire dialect, `posts`; reading,
//! editing and deleting are not here, since tokens that anybody can get may not read posts.
//!
//! A post goes through these rooms: `compose` and `little_text` write it down without looking
//! at anything else; `author` and `picture` fetch what only LinkedIn knows; `create` sends the
//! one creating request; `errors` says what a refusal means for the delivery. `sign_in` tells how a
//! token is had, `token` which one is used, `check` and `online` whether it will do.

mod author;
mod check;
mod client;
mod compose;
mod create;
mod endpoint;
mod errors;
#[cfg(test)]
mod fixture;
mod little_text;
mod online;
mod options;
mod picture;
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

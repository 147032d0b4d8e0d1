//! The API of dev.to for articles, from Forem's API description (v1) and the rules of its open source:
//! the validations of an article, the limits of requests, and the handling of front matter and Liquid.
//! The error texts are those that its users report.
//!
//! One user exists, `alice`, with the key [`API_KEY`]. Where Forem accepts a request and publishes
//! something else than was meant, the fake refuses it by default: unknown fields, another `Accept`
//! header, and Liquid syntax errors, which Forem publishes as the text of the article.
//!
//! Two facts differ from what is often written. Only published articles must have a unique canonical
//! URL in the Forem of 2026 ([`Devto::with_unique_drafts`] has the older rule). And
//! `PUT /api/articles/:id/unpublish` needs the role of a moderator: an author sends
//! `{"article": {"published": false}}` instead.

mod article;
mod body;
mod entities;
mod errors;
mod fake;
mod fields;
mod front_matter;
mod liquid;
mod listing;
mod routes;
mod server;
mod tags;
#[cfg(test)]
mod tests;
mod validate;
mod write;

pub use self::article::Article;
pub use self::server::{API_KEY, Devto, MODERATOR_KEY};

//! The client API of Mastodon 4.5, from the documentation at docs.joinmastodon.org (pages `statuses`,
//! `media`, `accounts`, `apps`, `oauth`, `instance` of "API methods", "Rate limits", "OAuth scopes").
//! The words of the errors and the order of the checks come from Mastodon's own messages, and the
//! defects of `Idempotency-Key` from its issues 30039 and 40399.
//!
//! One account exists, `@alice`, and one token of it, [`TOKEN`]. Parameters that Mastodon ignores
//! because it does not know them are refused by default. Polls, replies and quotes are missing.

mod access;
mod account;
mod apps;
mod count;
mod entities;
mod errors;
mod fake;
mod format;
mod idempotency;
mod instance;
mod limits;
mod media;
mod oauth;
mod quote_policy;
mod records;
mod routes;
mod scopes;
mod server;
mod statuses;
#[cfg(test)]
mod tests;
mod timeline;

pub use self::idempotency::IdempotencyKeys;
pub use self::records::{Medium, ScheduledStatus, Status};
pub use self::server::{Mastodon, TOKEN};

//! A webhook of Discord, from its developer documentation ("Webhook Resource", "Message Resource",
//! "Rate Limits", "Opcodes and Status Codes"): execute with `wait`, and get, edit and delete a message
//! by its identifier.
//!
//! Discord ignores unknown fields and the fields of embeds that only it can set; the fake refuses them.
//! Files, components and polls are missing.

mod embeds;
mod errors;
mod fake;
mod fields;
mod form_errors;
mod message;
mod routes;
mod server;
#[cfg(test)]
mod tests;

pub use self::message::Message;
pub use self::server::{Discord, WEBHOOK_PATH};

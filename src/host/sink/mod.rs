//! Sinks that are other programs. The plugin encodes posts as data, and the host sends them: the creating request is
//! sent as that of a built-in sink, and its response is read by the plugin's answer table. For requests that may be
//! repeated, the plugin asks the host, which adds the credentials, sends them to declared hosts and returns the
//! responses. The plugin needs no network and gets no secret.
//!
//! ```text
//! limits · compose · seal                 ─▶ first process, which answers at once
//! discover · prepare · find · update · …  ─▶ second process, whose requests wait for the network
//! ```
//!
//! Two processes serve a sink, so that a preview does not wait for a delivery.

mod access;
mod account;
mod auth;
mod checks;
mod compose;
mod creation;
mod dialogue;
mod guard;
mod hosts;
mod limits;
mod login;
mod login_rule;
mod outcome;
mod own_send;
mod post;
mod program_sink;
mod published;
mod receipt;
mod redaction;
mod requests;
mod seal;
mod settings;
mod slots;
mod step_rules;
#[cfg(test)]
mod tests;
mod transport;

pub(super) use self::compose::check_composed;
pub(crate) use self::login::PLUGIN_PLATFORM;
pub(crate) use self::program_sink::ConfiguredSink;
pub(crate) use self::settings::SinkKeys;
pub(super) use self::settings::check_manifest;

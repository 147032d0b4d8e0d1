//! Keeps the items that match every given rule and skips the rest, saying which rule they met. It
//! changes nothing, and it never looks at dates, drafts or what was sent: those are the policy's.

mod options;
mod rules;
#[cfg(test)]
mod tests;

pub use crate::options::Options;

/// The registry's row.
pub const PLUGIN: syndicate_api::TransformPlugin = syndicate_api::TransformPlugin::of::<Options>();

//! Keeps the items that match every rule and skips the others with the rule as the reason. It changes nothing and
//! ignores dates, drafts and deliveries, which are the policy's.

mod authors;
mod expression;
mod names;
mod options;
mod rules;
#[cfg(test)]
mod tests;

pub use crate::options::Options;

/// The plugin as the program registers it.
pub const PLUGIN: syndicate_api::TransformPlugin = syndicate_api::TransformPlugin::of::<Options>();

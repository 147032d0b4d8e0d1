//! Replaces text in fields of an item by regular expressions.

mod field;
mod fields;
mod options;
mod references;
#[cfg(test)]
mod tests;

pub use crate::options::Options;

/// The plugin as the program registers it.
pub const PLUGIN: syndicate_api::TransformPlugin = syndicate_api::TransformPlugin::of::<Options>();

//! Adds campaign parameters to the link of an item, so that statistics of the site tell where readers come from. The
//! item's URL stays as it is.

mod link;
mod options;
#[cfg(test)]
mod tests;

pub use crate::options::Options;

/// The plugin as the program registers it.
pub const PLUGIN: syndicate_api::TransformPlugin = syndicate_api::TransformPlugin::of::<Options>();

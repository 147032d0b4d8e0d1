//! Writes each payload as a JSON file with its media next to it, for a script or for inspection.

mod options;
mod sink;
#[cfg(test)]
mod tests;

pub use crate::options::Options;

/// The plugin as the program registers it.
pub const PLUGIN: syndicate_api::SinkPlugin = syndicate_api::SinkPlugin::of::<Options>(None);

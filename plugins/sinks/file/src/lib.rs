//! Writes each payload as a JSON file, its picture beside it: for a look, for a script that takes it
//! from there, and as the proof that the contract is not one platform in disguise.

mod options;
mod sink;
#[cfg(test)]
mod tests;

pub use crate::options::Options;

/// The registry's row.
pub const PLUGIN: syndicate_api::SinkPlugin = syndicate_api::SinkPlugin::of::<Options>(None);

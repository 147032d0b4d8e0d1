//! Turns the tags of an item into hashtags: single words that platforms link. Templates print them with
//! `{{hashtags tags}}`.

mod case;
mod options;
mod tags;
#[cfg(test)]
mod tests;

pub use crate::options::Options;

/// The plugin as the program registers it.
pub const PLUGIN: syndicate_api::TransformPlugin = syndicate_api::TransformPlugin::of::<Options>();

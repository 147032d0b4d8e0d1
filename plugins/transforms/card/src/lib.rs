//! Gives posts without a picture a card: a drawing of their title and other fields. The card is drawn when a delivery
//! needs it, and not by this transform, which runs for every post of every run.

mod declaration;
mod design;
mod drawer;
mod files;
mod options;
#[cfg(test)]
mod tests;
mod text;
mod transform;

pub use crate::options::Options;

/// The plugin as the program registers it.
pub const PLUGIN: syndicate_api::TransformPlugin = syndicate_api::TransformPlugin::of::<Options>();

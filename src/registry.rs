//! The built-in plugins. The rows come from the plugin crates in `[dependencies]` of Cargo.toml:
//! `build.rs` writes one constant for each kind. Rows are an explicit table instead of link-time
//! registration, because the linker drops a crate that no code names.

use syndicate_api::{SinkPlugin, SourcePlugin, TransformPlugin};

include!(concat!(env!("OUT_DIR"), "/built_in.rs"));

/// The types of components that a pipeline can name.
#[derive(Clone, Copy)]
pub struct Registry {
    /// Types of sources, which read items.
    pub sources: &'static [SourcePlugin],
    /// Types of transforms, which change or skip items.
    pub transforms: &'static [TransformPlugin],
    /// Types of sinks, which publish posts.
    pub sinks: &'static [SinkPlugin],
}

/// The plugins of this program, in alphabetical order.
pub const BUILT_IN: Registry = Registry {
    sources: SOURCES,
    transforms: TRANSFORMS,
    sinks: SINKS,
};

//! Lists the built-in plugins. `build.rs` writes one constant for each kind of plugin from the
//! plugin crates in `[dependencies]` of Cargo.toml. The table is explicit because the linker drops
//! a crate that no code refers to, so registration at link time would be unreliable.

use syndicate_api::{SinkPlugin, SourcePlugin, TransformPlugin};

include!(concat!(env!("OUT_DIR"), "/built_in.rs"));

/// The component types that a pipeline can use.
#[derive(Clone, Copy)]
pub struct Registry {
    /// Source types, which read items.
    pub sources: &'static [SourcePlugin],
    /// Transform types, which change or skip items.
    pub transforms: &'static [TransformPlugin],
    /// Sink types, which publish posts.
    pub sinks: &'static [SinkPlugin],
}

/// The plugins of this program, sorted by name.
pub const BUILT_IN: Registry = Registry {
    sources: SOURCES,
    transforms: TRANSFORMS,
    sinks: SINKS,
};

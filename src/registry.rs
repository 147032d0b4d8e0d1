//! The built-in plugins, a row each: the one place that names them. Adding a plugin is a folder
//! under `plugins/` and a row here. It is a table and not link-time magic, since a plugin that is
//! named nowhere in code is silently left out of the program.

use syndicate_api::{SinkPlugin, SourcePlugin, TransformPlugin};

/// The types of components that a pipeline can name.
#[derive(Clone, Copy)]
pub struct Registry {
    /// Where items come from.
    pub sources: &'static [SourcePlugin],
    /// What happens to them on their way.
    pub transforms: &'static [TransformPlugin],
    /// Where posts go.
    pub sinks: &'static [SinkPlugin],
}

/// What comes with the program, in alphabetical order.
pub const BUILT_IN: Registry = Registry {
    sources: &[syndicate_source_feed::PLUGIN, syndicate_source_site::PLUGIN],
    transforms: &[syndicate_transform_filter::PLUGIN],
    sinks: &[syndicate_sink_file::PLUGIN, syndicate_sink_linkedin::PLUGIN],
};

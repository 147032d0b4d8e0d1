//! The context in which pipeline.yaml is read.

use syndicate_api::Env;

use super::parsed_file::ParsedFile;
use crate::host::PluginPool;
use crate::registry::Registry;

/// The plugins, environment variables and mode for reading a pipeline.
#[derive(Clone, Copy)]
pub(crate) struct LoadContext<'a> {
    /// The available component types.
    pub registry: Registry,
    /// The environment variables.
    pub env: &'a Env,
    /// Base URL of the sandbox in a sandbox run, otherwise `None`. Sinks that support the sandbox send to
    /// this URL, the others are skipped.
    pub sandbox: Option<&'a str>,
    /// The use of plugins that are other programs.
    pub plugins: PluginUse<'a>,
    /// The tree of the file, if it was read before.
    pub parsed: &'a ParsedFile,
}

/// The use of plugins that are other programs.
#[derive(Clone, Copy)]
pub(crate) enum PluginUse<'a> {
    /// Plugins are found and not started; their options are not checked.
    Find,
    /// Plugins are started.
    Start(&'a PluginPool),
}

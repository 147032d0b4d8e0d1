//! The context in which pipeline.yaml is read.

use syndicate_api::Env;

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
}

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
    /// The sandbox's address in a sandbox run. Supported sinks send to this address, the others are
    /// skipped.
    pub sandbox: Option<&'a str>,
}

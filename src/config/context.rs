//! What reading pipeline.yaml needs besides the file.

use syndicate_api::Env;

use crate::registry::Registry;

/// The plugins, the variables and the mode that a pipeline is read with.
#[derive(Clone, Copy)]
pub(crate) struct LoadContext<'a> {
    /// The types of components there are.
    pub registry: Registry,
    /// The variables.
    pub env: &'a Env,
    /// The sandbox's address, when this run is a rehearsal: sinks that it can stand in for are
    /// pointed at it, the others are marked.
    pub sandbox: Option<&'a str>,
}

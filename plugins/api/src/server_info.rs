//! The values that a sink learned from its server.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The values that [`Sink::discover`](crate::Sink::discover) learned from the server, such as limits and software.
/// The default is empty: the documented defaults of the platform apply.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerInfo {
    /// The values, under names of the sink. They contain no secret.
    pub values: Map<String, Value>,
    /// The time at which the server answered. `None` if it was not asked.
    pub as_of: Option<Timestamp>,
}

impl ServerInfo {
    /// Returns the number under `name`.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<u64> {
        self.values.get(name)?.as_u64()
    }

    /// Returns the text under `name`.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name)?.as_str()
    }
}

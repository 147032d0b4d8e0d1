//! The names that a ledger records of its pipeline: sites, sources and sinks. They reveal a ledger
//! copied into another site, a renamed sink and a new source.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::release::version;

/// The names in a `created` or `known` event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PipelineNames {
    /// The program that wrote the event, with its version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub program: Option<String>,
    /// The public hosts of the sites, without `www.` and port.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<String>,
    /// The sources.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<SourceName>,
    /// The sinks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sinks: Vec<SinkName>,
}

/// A source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct SourceName {
    /// The name in pipeline.yaml.
    pub name: String,
    /// The type, such as `site`.
    pub kind: String,
}

/// A sink.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct SinkName {
    /// The name in pipeline.yaml.
    pub name: String,
    /// The type, such as `linkedin`.
    #[serde(rename = "type")]
    pub kind: String,
}

impl PipelineNames {
    /// Creates the names of a pipeline, with the name and version of this program.
    #[must_use]
    pub(crate) fn new(
        sites: BTreeSet<String>,
        sources: BTreeSet<SourceName>,
        sinks: BTreeSet<SinkName>,
    ) -> Self {
        Self {
            program: Some(format!("syndicate {}", version())),
            sites: sites.into_iter().collect(),
            sources: sources.into_iter().collect(),
            sinks: sinks.into_iter().collect(),
        }
    }
}

//! What a ledger was begun for: the sites, sources and sinks that it knows. A ledger that was copied
//! into another site, a sink under another name and a new source are found by it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// The head of a ledger, as `created` and `known` events record it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PipelineNames {
    /// The program that wrote it, with its version.
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

/// A source by its name in pipeline.yaml.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct SourceName {
    /// The name.
    pub name: String,
    /// The type, such as `site`.
    pub kind: String,
}

/// A sink by its name in pipeline.yaml.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct SinkName {
    /// The name.
    pub name: String,
    /// The type, such as `linkedin`.
    #[serde(rename = "type")]
    pub kind: String,
}

impl PipelineNames {
    /// Returns the head of a pipeline with these sites, sources and sinks, as this program writes it.
    #[must_use]
    pub(crate) fn new(
        sites: BTreeSet<String>,
        sources: BTreeSet<SourceName>,
        sinks: BTreeSet<SinkName>,
    ) -> Self {
        Self {
            program: Some(concat!("syndicate ", env!("CARGO_PKG_VERSION")).to_owned()),
            sites: sites.into_iter().collect(),
            sources: sources.into_iter().collect(),
            sinks: sinks.into_iter().collect(),
        }
    }
}

//! What a ledger was begun for: the sites, sources and sinks that it knows. A ledger that was copied
//! into another site, a sink under another name and a new source are found by it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Event, Kind};

/// The head of a ledger, as `created` and `known` events record it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
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
pub struct SourceName {
    /// The name.
    pub name: String,
    /// The type, such as `site`.
    pub kind: String,
}

/// A sink by its name in pipeline.yaml.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SinkName {
    /// The name.
    pub name: String,
    /// The type, such as `linkedin`.
    #[serde(rename = "type")]
    pub kind: String,
}

impl Head {
    /// Returns the head of a pipeline with these sites, sources and sinks, as this program writes it.
    #[must_use]
    pub fn new(
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

/// What a ledger knows of pipelines, from all of its events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The public hosts of the sites.
    pub sites: BTreeSet<String>,
    /// The sources; `None` where the ledger names none at all.
    pub sources: Option<BTreeSet<String>>,
    /// The sinks; `None` where the ledger names none at all.
    pub sinks: Option<BTreeSet<String>>,
    /// The last type known of each source by name.
    pub source_types: BTreeMap<String, String>,
    /// The last type known of each sink by name.
    pub sink_types: BTreeMap<String, String>,
    /// Whether an event of this version says so, and not the attempts of a ledger of 0.1.0.
    pub is_stated: bool,
}

impl Seen {
    /// Returns what `events`, in time order, know. Where no event states it, as in ledgers of 0.1.0,
    /// the sinks are those that attempts name, and the sources those of their paths.
    #[must_use]
    pub fn of(events: &[&Event]) -> Self {
        let mut seen = Self::default();
        for event in events {
            let (Kind::Created { head } | Kind::Known { head, .. }) = &event.kind else {
                continue;
            };
            if *head == Head::default() {
                continue;
            }
            seen.is_stated = true;
            seen.sites.extend(head.sites.iter().cloned());
            for source in &head.sources {
                seen.sources
                    .get_or_insert_default()
                    .insert(source.name.clone());
                seen.source_types
                    .insert(source.name.clone(), source.kind.clone());
            }
            for sink in &head.sinks {
                seen.sinks.get_or_insert_default().insert(sink.name.clone());
                seen.sink_types.insert(sink.name.clone(), sink.kind.clone());
            }
        }
        if !seen.is_stated {
            seen.take_from_attempts(events);
        }
        seen
    }

    fn take_from_attempts(&mut self, events: &[&Event]) {
        for event in events {
            if let Some(sink) = event.sink() {
                self.sinks.get_or_insert_default().insert(sink.to_owned());
            }
            for key in event.keys() {
                if let Some(source) = super::key::source(key) {
                    self.sources
                        .get_or_insert_default()
                        .insert(source.to_owned());
                }
            }
        }
    }
}

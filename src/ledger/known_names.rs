//! The sites, sources and sinks that are recorded in a ledger.

use std::collections::{BTreeMap, BTreeSet};

use super::{Event, EventKind, PipelineNames};

/// The names that a ledger has recorded of its pipeline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct KnownNames {
    /// The public hosts of the sites.
    pub sites: BTreeSet<String>,
    /// The sources; `None` if the ledger records none.
    pub sources: Option<BTreeSet<String>>,
    /// The sinks; `None` if the ledger records none.
    pub sinks: Option<BTreeSet<String>>,
    /// The last recorded type of each source, by name.
    pub source_types: BTreeMap<String, String>,
    /// The last recorded type of each sink, by name.
    pub sink_types: BTreeMap<String, String>,
    /// `true` if the names are from recorded events, `false` if they are inferred from the attempts in a
    /// ledger of version 0.1.0.
    pub is_stated: bool,
}

impl KnownNames {
    /// Collects the names from `events`, given in time order. In ledgers of 0.1.0, which do not record
    /// names, the sinks are inferred from attempts and the sources from path keys.
    #[must_use]
    pub(crate) fn of(events: &[&Event]) -> Self {
        let mut seen = Self::default();
        for event in events {
            let (EventKind::Created { pipeline_names } | EventKind::Known { pipeline_names, .. }) =
                &event.kind
            else {
                continue;
            };
            if *pipeline_names == PipelineNames::default() {
                continue;
            }
            seen.is_stated = true;
            seen.sites.extend(pipeline_names.sites.iter().cloned());
            for source in &pipeline_names.sources {
                seen.sources
                    .get_or_insert_default()
                    .insert(source.name.clone());
                seen.source_types
                    .insert(source.name.clone(), source.kind.clone());
            }
            for sink in &pipeline_names.sinks {
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
                add(self.sinks.get_or_insert_default(), sink);
            }
            for key in event.keys() {
                if let Some(source) = super::key::source(key) {
                    add(self.sources.get_or_insert_default(), source);
                }
            }
        }
    }
}

fn add(names: &mut BTreeSet<String>, name: &str) {
    if !names.contains(name) {
        names.insert(name.to_owned());
    }
}

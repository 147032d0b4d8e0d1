//! Compares the ledger's recorded names with the pipeline: whether the ledger belongs to another site,
//! and which sources and sinks it does not contain.

use std::collections::{BTreeMap, BTreeSet};

use syndicate_api::{Context, Item, url_host};

use super::{PipelineScan, SourceStage, StageChain};
use crate::ledger::{
    Event, EventKind, Ids, LedgerError, LedgerState, PipelineNames, SinkName, SourceName,
};

/// Example hosts that generators and `init` write into new config files, until the user replaces them.
const EXAMPLE_HOSTS: &[&str] = &[
    "example.com",
    "example.net",
    "example.org",
    "your-docusaurus-site.example.com",
];

/// Returns the names that a new ledger of this pipeline records. An example host names no site: a ledger
/// that records one would belong to another site as soon as the user sets the real address.
pub(crate) fn of(stages: &StageChain, scanned: &PipelineScan) -> PipelineNames {
    of_sinks(stages, scanned, |_| true)
}

/// Returns the names that a new ledger records if it knows only the sinks that `is_meant` selects.
pub(super) fn of_sinks(
    stages: &StageChain,
    scanned: &PipelineScan,
    is_meant: impl Fn(&str) -> bool,
) -> PipelineNames {
    let sources = stages.sources.iter().map(source_name).collect();
    let mut sites = sites(scanned);
    sites.retain(|host| !is_example_host(host));
    PipelineNames::new(sites, sources, sinks(stages, is_meant))
}

/// Returns `true` if `host`, without `www.`, is an example host of a new config file.
pub(super) fn is_example_host(host: &str) -> bool {
    EXAMPLE_HOSTS.contains(&host)
}

/// Returns the names to record when the source or sink `name` is added.
pub(super) fn with(stages: &StageChain, name: &str) -> PipelineNames {
    let sources = stages.sources.iter().filter(|source| source.name == name);
    let sources = sources.map(source_name).collect();
    PipelineNames::new(BTreeSet::new(), sources, sinks(stages, |sink| sink == name))
}

/// Returns the public hosts of the sites of all posts, without `www.` and port.
pub(crate) fn sites(scanned: &PipelineScan) -> BTreeSet<String> {
    let addresses = scanned.items.iter().map(|(_, item)| site_address(item));
    let mut sites = BTreeSet::new();
    let mut last = None;
    for address in addresses {
        // Almost all items of a source have the same one.
        if address != last {
            sites.extend(address.and_then(url_host));
            last = address;
        }
    }
    sites
}

/// Returns the public host of an item's site, without `www.` and port.
pub(super) fn site_of(item: &Item) -> Option<String> {
    url_host(site_address(item)?)
}

/// Returns the URL of an item's site, or the item's own.
fn site_address(item: &Item) -> Option<&str> {
    item.site.url.as_deref().or(item.url.as_deref())
}

fn source_name(source: &SourceStage) -> SourceName {
    SourceName {
        name: source.name.clone(),
        kind: source.kind.to_string(),
    }
}

fn sinks(stages: &StageChain, is_meant: impl Fn(&str) -> bool) -> BTreeSet<SinkName> {
    let sinks = stages.sinks.iter().filter(|sink| is_meant(&sink.name));
    sinks
        .map(|sink| SinkName {
            name: sink.name.clone(),
            kind: sink.kind.to_string(),
        })
        .collect()
}

/// Checks that the ledger belongs to one of the pipeline's sites, if it names any.
///
/// # Errors
/// [`LedgerError::Foreign`] if it does not.
pub(crate) fn check(
    ledger_state: &LedgerState,
    stages: &StageChain,
    scanned: &PipelineScan,
) -> Result<(), LedgerError> {
    let known = &ledger_state.seen().sites;
    let own = sites(scanned);
    if known.is_empty() || own.is_empty() || !known.is_disjoint(&own) {
        return Ok(());
    }
    Err(LedgerError::Foreign {
        ledger: stages.ledger_name(),
        sites: known.clone(),
        own,
    })
}

/// Returns the error for a missing ledger. Omits the ledger that the local journal remembers for that
/// path if it belonged to another site.
pub(crate) fn missing(error: LedgerError, scanned: &PipelineScan) -> LedgerError {
    let own = sites(scanned);
    match error {
        LedgerError::Missing {
            ledger,
            remembered: Some(sites),
        } if !sites.is_empty() && !own.is_empty() && sites.is_disjoint(&own) => {
            LedgerError::Missing {
                ledger,
                remembered: None,
            }
        }
        error => error,
    }
}

/// Returns the `known` event with names that the ledger lacks and that need no decision of the user:
/// all names for a ledger of version 0.1.0, and additional sites.
pub(super) fn known_event(
    ledger_state: &LedgerState,
    (stages, scanned): (&StageChain, &PipelineScan),
    cx: &Context,
    ids: &dyn Ids,
) -> Option<Event> {
    if ledger_state.ledger_ids().is_empty() {
        return None;
    }
    let seen = ledger_state.seen();
    let mut pipeline_names = of(stages, scanned);
    pipeline_names
        .sites
        .retain(|site| !seen.sites.contains(site));
    if seen.is_stated {
        if pipeline_names.sites.is_empty() {
            return None;
        }
        pipeline_names.sources.clear();
        pipeline_names.sinks.clear();
    } else {
        if let Some(names) = &seen.sources {
            pipeline_names
                .sources
                .retain(|source| names.contains(&source.name));
            let gone = names
                .iter()
                .filter(|name| stages.sources.iter().all(|of| of.name != **name));
            pipeline_names.sources.extend(gone.map(|name| SourceName {
                name: name.clone(),
                kind: String::new(),
            }));
        }
        if let Some(names) = &seen.sinks {
            pipeline_names
                .sinks
                .retain(|sink| names.contains(&sink.name));
            let gone = names
                .iter()
                .filter(|name| !stages.sink_names().contains(&name.as_str()));
            pipeline_names.sinks.extend(gone.map(|name| SinkName {
                name: name.clone(),
                kind: String::new(),
            }));
        }
    }
    let kind = EventKind::Known {
        pipeline_names,
        backfill: Vec::new(),
    };
    Some(Event::new(ids, cx.now(), kind))
}

/// Returns the event that accepts the pipeline's sites for the ledger.
pub(super) fn same_site_event(scanned: &PipelineScan, cx: &Context, ids: &dyn Ids) -> Event {
    let pipeline_names = PipelineNames::new(sites(scanned), BTreeSet::new(), BTreeSet::new());
    let kind = EventKind::Known {
        pipeline_names,
        backfill: Vec::new(),
    };
    Event::new(ids, cx.now(), kind)
}

/// The sources and sinks of a pipeline that the ledger does not contain.
#[derive(Debug, Default)]
pub(super) struct UnrecordedNames {
    sources: BTreeSet<String>,
    sinks: BTreeSet<String>,
}

impl UnrecordedNames {
    /// Returns the sources and sinks of `stages` that the ledger does not contain, or contains with another
    /// type. A ledger without a first event, as in the sandbox, accepts all of them.
    pub(super) fn of(ledger_state: &LedgerState, stages: &StageChain) -> Self {
        if ledger_state.ledger_ids().is_empty() {
            return Self::default();
        }
        let seen = ledger_state.seen();
        let sources = stages.sources.iter().filter(|source| {
            is_unseen(
                seen.sources.as_ref(),
                &seen.source_types,
                &source.name,
                &source.kind,
            )
        });
        let sinks = stages.sinks.iter().filter(|sink| {
            is_unseen(
                seen.sinks.as_ref(),
                &seen.sink_types,
                &sink.name,
                &sink.kind,
            )
        });
        Self {
            sources: sources.map(|source| source.name.clone()).collect(),
            sinks: sinks.map(|sink| sink.name.clone()).collect(),
        }
    }

    pub(super) fn has_source(&self, name: &str) -> bool {
        self.sources.contains(name)
    }

    pub(super) fn has_sink(&self, name: &str) -> bool {
        self.sinks.contains(name)
    }
}

fn is_unseen(
    names: Option<&BTreeSet<String>>,
    types: &BTreeMap<String, String>,
    name: &str,
    kind: &str,
) -> bool {
    let is_new = names.is_some_and(|names| !names.contains(name));
    // A ledger of 0.1.0 has no type for a component that is no longer in the pipeline.
    let known = types.get(name).filter(|known| !known.is_empty());
    is_new || known.is_some_and(|known| known != kind)
}

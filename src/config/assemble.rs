//! From the tree of the whole file to the typed pipeline: which keys it may have, that no name is
//! given twice, the policy, and the order in which the rest is read. What a component says is read in
//! `reader`, how they are joined in `wiring`.

use std::path::PathBuf;

use syndicate_api::{Overrides, load_options, options_schema, suggest};

use super::environment::{expand, schema_value};
use super::fault::ConfigFault;
use super::reader::Reader;
use super::tree::{Entry, Node};
use super::wiring::{Wire, routes};
use super::{Pipeline, Policy, Surroundings, mentions};

/// The keys of pipeline.yaml.
const TOP_LEVEL: &[&str] = &[
    "mentions",
    "policy",
    "site",
    "sinks",
    "sources",
    "transforms",
];

pub(super) fn assemble(
    root: &mut Node,
    file: String,
    base: PathBuf,
    surroundings: Surroundings<'_>,
    faults: &mut Vec<ConfigFault>,
) -> Pipeline {
    let mut reader = Reader {
        surroundings,
        faults,
        defaults: root.clone(),
    };
    reader.check_top_level(root);
    let (source_wires, sources) = reader.sources(root);
    let (transform_wires, transforms) = reader.transforms(root);
    let (sink_wires, sinks) = reader.sinks(root);
    let policy = reader.policy(root);
    reader.check_unique(
        source_wires
            .iter()
            .chain(&transform_wires)
            .chain(&sink_wires),
    );
    reader.check_addressable(root);
    let mentions = mentions::read(root, &sink_wires, surroundings, faults);
    let routes = routes(&source_wires, &transform_wires, &sink_wires, faults);
    Pipeline {
        file,
        base,
        sources,
        transforms,
        sinks,
        routes,
        policy,
        mentions,
    }
}

impl Reader<'_> {
    fn check_top_level(&mut self, root: &Node) {
        let Some(entries) = root.entries() else {
            let fault = ConfigFault::at(root.place, "a pipeline is a mapping")
                .hinted("begin with `sources:`");
            self.faults.push(fault);
            return;
        };
        for entry in entries {
            if !TOP_LEVEL.contains(&entry.key.as_str()) {
                let message = format!("unknown key `{}`", entry.key);
                let hint = suggest(&entry.key, TOP_LEVEL);
                self.faults.push(ConfigFault {
                    place: Some(entry.place),
                    message,
                    hint,
                });
            }
        }
        if root
            .get("sources")
            .and_then(|entry| entry.node.entries())
            .is_none_or(<[_]>::is_empty)
        {
            let place = root.get("sources").map_or(root.place, |entry| entry.place);
            let fault = ConfigFault::at(place, "a pipeline needs a source")
                .hinted("for example `sources: {blog: {type: site, path: .}}`");
            self.faults.push(fault);
        }
    }

    fn check_unique<'w>(&mut self, wires: impl Iterator<Item = &'w Wire>) {
        let mut seen: Vec<&str> = Vec::new();
        for wire in wires {
            if seen.contains(&wire.name.as_str()) {
                let message = format!("two components are named `{}`", wire.name);
                self.faults.push(ConfigFault::at(wire.place, message));
            }
            seen.push(&wire.name);
        }
    }

    /// Refuses sinks that no post could speak to, since its front matter has their names for something
    /// else.
    fn check_addressable(&mut self, root: &Node) {
        let sinks = root.get("sinks").and_then(|entry| entry.node.entries());
        for Entry { key, place, node } in sinks.into_iter().flatten() {
            if !Overrides::is_key(key) {
                continue;
            }
            let kind = node.get("type").and_then(|kind| kind.node.text());
            let message = format!("a sink cannot be named `{key}`");
            let fault = ConfigFault::at(*place, message).hinted(format!(
                "`syndicate: {{{key}: …}}` in front matter means something else; name it \
                 otherwise, such as `{}-{key}`",
                kind.unwrap_or("my")
            ));
            self.faults.push(fault);
        }
    }

    fn policy(&mut self, root: &Node) -> Policy {
        let Some(entry) = root.get("policy") else {
            return Policy::default();
        };
        let mut node = entry.node.clone();
        if node.to_value().is_null() {
            return Policy::default();
        }
        let schema = schema_value(options_schema::<Policy>());
        expand(&mut node, &schema, self.surroundings.env, self.faults);
        let policy = load_options::<Policy>(&node.to_value()).and_then(|policy| {
            let faults = policy.faults();
            if faults.is_empty() {
                Ok(policy)
            } else {
                Err(faults)
            }
        });
        policy.unwrap_or_else(|faults| {
            self.report(&node, entry.place, faults);
            Policy::default()
        })
    }
}

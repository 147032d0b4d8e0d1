//! From the tree to the typed pipeline: finds the plugin of each component, takes out the keys that
//! are the engine's own, and lets the plugin check the rest.

use std::path::PathBuf;

use serde_json::Value;
use syndicate_api::{
    BuildSink, BuildSource, BuildTransform, OptionFault, SinkPlugin, SourcePlugin, TransformPlugin,
    load_options, options_schema, suggest,
};

use super::environment::{expand, schema_value};
use super::fault::ConfigFault;
use super::split::{Split, split};
use super::tree::{Entry, Kind, Node, Place};
use super::wiring::{Wire, routes};
use super::{Pipeline, Policy, Surroundings, mentions};

/// The keys of pipeline.yaml.
pub(super) const TOP_LEVEL: &[&str] = &[
    "mentions",
    "policy",
    "site",
    "sinks",
    "sources",
    "transforms",
];

/// A component and its checked options.
pub struct Component<B: ?Sized> {
    /// Its name in pipeline.yaml.
    pub name: String,
    /// Where it stands there.
    pub place: Place,
    /// Its options, ready to be built.
    pub options: Box<B>,
}

/// A sink and what it says.
pub struct SinkComponent {
    /// Its name in pipeline.yaml.
    pub name: String,
    /// Its type.
    pub kind: &'static str,
    /// Where it stands there.
    pub place: Place,
    /// Where its text comes from.
    pub wording: Wording,
    /// Whether this run is a rehearsal that it cannot take part in.
    pub left_out: bool,
    /// Its options, ready to be built.
    pub options: Box<dyn BuildSink>,
}

/// Where a sink's commentary comes from, unless the post says it itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wording {
    /// The template that comes with the program.
    BuiltIn,
    /// A template file, relative to pipeline.yaml.
    File(String, Place),
    /// A template in pipeline.yaml itself.
    Inline(String, Place),
}

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

struct Reader<'a> {
    surroundings: Surroundings<'a>,
    faults: &'a mut Vec<ConfigFault>,
    /// The whole file, for blocks such as `site:` that give defaults to components.
    defaults: Node,
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

    fn sources(&mut self, root: &Node) -> (Vec<Wire>, Vec<Component<dyn BuildSource>>) {
        let plugins = self.surroundings.registry.sources;
        let known: Vec<&str> = plugins
            .iter()
            .map(|plugin: &SourcePlugin| plugin.name)
            .collect();
        let mut wires = Vec::new();
        let mut components = Vec::new();
        for entry in components_of(root, "sources", self.faults) {
            let Some(mut parts) = split(entry, false, self.faults) else {
                continue;
            };
            wires.push(Wire {
                name: entry.key.clone(),
                place: entry.place,
                inputs: None,
            });
            if let Some((_, place)) = parts.inputs.as_ref().and_then(|inputs| inputs.first()) {
                self.faults
                    .push(ConfigFault::at(*place, "a source has no `inputs`"));
            }
            let Some(index) = self.find(&parts, &known, "source") else {
                continue;
            };
            let plugin = &plugins[index];
            if let Some(block) = plugin.defaults {
                self.add_defaults(&mut parts.rest, block);
            }
            let schema = schema_value((plugin.schema)());
            if let Some(options) = self.load(&mut parts.rest, &schema, entry.place, plugin.load) {
                components.push(Component {
                    name: entry.key.clone(),
                    place: entry.place,
                    options,
                });
            }
        }
        (wires, components)
    }

    fn transforms(&mut self, root: &Node) -> (Vec<Wire>, Vec<Component<dyn BuildTransform>>) {
        let plugins = self.surroundings.registry.transforms;
        let known: Vec<&str> = plugins
            .iter()
            .map(|plugin: &TransformPlugin| plugin.name)
            .collect();
        let mut wires = Vec::new();
        let mut components = Vec::new();
        for entry in components_of(root, "transforms", self.faults) {
            let Some(mut parts) = split(entry, false, self.faults) else {
                continue;
            };
            let inputs = parts.inputs.clone();
            wires.push(Wire {
                name: entry.key.clone(),
                place: entry.place,
                inputs,
            });
            let Some(index) = self.find(&parts, &known, "transform") else {
                continue;
            };
            let schema = schema_value((plugins[index].schema)());
            let load = plugins[index].load;
            if let Some(options) = self.load(&mut parts.rest, &schema, entry.place, load) {
                components.push(Component {
                    name: entry.key.clone(),
                    place: entry.place,
                    options,
                });
            }
        }
        (wires, components)
    }

    fn sinks(&mut self, root: &Node) -> (Vec<Wire>, Vec<SinkComponent>) {
        let plugins = self.surroundings.registry.sinks;
        let known: Vec<&str> = plugins
            .iter()
            .map(|plugin: &SinkPlugin| plugin.name)
            .collect();
        let mut wires = Vec::new();
        let mut components = Vec::new();
        for entry in components_of(root, "sinks", self.faults) {
            let Some(mut parts) = split(entry, true, self.faults) else {
                continue;
            };
            let inputs = parts.inputs.clone();
            wires.push(Wire {
                name: entry.key.clone(),
                place: entry.place,
                inputs,
            });
            let wording = parts.wording(self.faults);
            let Some(index) = self.find(&parts, &known, "sink") else {
                continue;
            };
            let plugin = &plugins[index];
            let left_out = self.rehearse(&mut parts.rest, plugin);
            let schema = schema_value((plugin.schema)());
            if let Some(options) = self.load(&mut parts.rest, &schema, entry.place, plugin.load) {
                let (name, place, kind) = (entry.key.clone(), entry.place, plugin.name);
                components.push(SinkComponent {
                    name,
                    kind,
                    place,
                    wording,
                    left_out,
                    options,
                });
            }
        }
        (wires, components)
    }

    /// In a rehearsal, points a sink at the sandbox; says whether it cannot take part.
    fn rehearse(&self, options: &mut Node, plugin: &SinkPlugin) -> bool {
        let Some(endpoint) = self.surroundings.sandbox else {
            return false;
        };
        let Some(replaced) = plugin.rehearsal else {
            return true;
        };
        let pairs = replaced.iter().copied().chain([("endpoint", endpoint)]);
        for (key, value) in pairs {
            set(options, key, value);
        }
        false
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

    fn find(&mut self, split: &Split, known: &[&str], noun: &str) -> Option<usize> {
        let index = known.iter().position(|name| *name == split.kind);
        if index.is_none() {
            let message = format!("there is no {noun} of type `{}`", split.kind);
            let hint = suggest(&split.kind, known);
            self.faults.push(ConfigFault {
                place: Some(split.kind_place),
                message,
                hint,
            });
        }
        index
    }

    fn add_defaults(&self, options: &mut Node, block: &str) {
        let defaults = self
            .defaults
            .get(block)
            .and_then(|entry| entry.node.entries());
        let Kind::Map(own) = &mut options.kind else {
            return;
        };
        for entry in defaults.into_iter().flatten() {
            if own.iter().all(|option| option.key != entry.key) {
                own.push(entry.clone());
            }
        }
    }

    fn load<B: ?Sized>(
        &mut self,
        options: &mut Node,
        schema: &Value,
        place: Place,
        load: fn(&Value) -> Result<Box<B>, Vec<OptionFault>>,
    ) -> Option<Box<B>> {
        let before = self.faults.len();
        expand(options, schema, self.surroundings.env, self.faults);
        let unset = self.faults.len() > before;
        match load(&options.to_value()) {
            Ok(built) => Some(built),
            // What an unset variable leaves behind is no second fault of the user's.
            Err(_) if unset => None,
            Err(faults) => {
                self.report(options, place, faults);
                None
            }
        }
    }

    fn report(&mut self, node: &Node, place: Place, faults: Vec<OptionFault>) {
        for fault in faults {
            let at = if fault.message.starts_with("unknown key") {
                node.key_place(&fault.path)
            } else {
                node.value_place(&fault.path)
            };
            let at = at.unwrap_or(place);
            self.faults.push(ConfigFault {
                place: Some(at),
                message: fault.message,
                hint: fault.hint,
            });
        }
    }
}

fn components_of<'n>(root: &'n Node, key: &str, faults: &mut Vec<ConfigFault>) -> &'n [Entry] {
    let Some(entry) = root.get(key) else {
        return &[];
    };
    entry.node.entries().unwrap_or_else(|| {
        let message = format!("`{key}` must be a mapping of names to components");
        faults.push(ConfigFault::at(entry.place, message));
        &[]
    })
}

fn set(options: &mut Node, key: &str, value: &str) {
    let place = options.place;
    let node = Node {
        place,
        kind: Kind::Scalar(value.into()),
    };
    let Kind::Map(entries) = &mut options.kind else {
        return;
    };
    entries.retain(|entry| entry.key != key);
    entries.push(Entry {
        key: key.to_owned(),
        place,
        node,
    });
}

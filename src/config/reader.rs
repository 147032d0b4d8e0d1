//! Reads one component: finds its plugin, extracts the keys of the engine, and has the plugin check the
//! other options. Sources, transforms and sinks are read alike; each has a method for its differences.

use std::path::PathBuf;

use schemars::Schema;
use serde_json::Value;
use syndicate_api::{
    BuildSource, BuildTransform, Diagnostic, FileSpan, SinkPlugin, did_you_mean, load_options,
    options_schema, suggest,
};

use super::component::{Component, SinkComponent};
use super::context::LoadContext;
use super::environment::expand;
use super::fault::{invalid, known};
use super::policy::{Policy, SINK_POLICY_KEYS};
use super::row::RegistryRow;
use super::spans::OptionSpans;
use super::split::{ComponentSplit, split};
use super::tree::{ConfigNode, NodeKind, TreeEntry};
use super::wiring::WiredComponent;

/// Reads the components of a file and collects errors.
pub(super) struct ConfigReader<'a> {
    pub(super) context: LoadContext<'a>,
    pub(super) faults: &'a mut Vec<Diagnostic>,
    /// The whole file, for blocks such as `site:` that give components default values.
    pub(super) defaults: ConfigNode,
    /// The path of the file as the user gave it.
    pub(super) file: String,
    /// The folder of the file.
    pub(super) base: PathBuf,
}

impl ConfigReader<'_> {
    pub(super) fn sources(
        &mut self,
        root: &ConfigNode,
    ) -> (Vec<WiredComponent>, Vec<Component<dyn BuildSource>>) {
        let plugins = self.context.registry.sources;
        let (mut wires, sources) = self.block(root, "sources", |reader, entry, mut parts| {
            let Some(plugin) = find(plugins, &parts) else {
                return reader.program(plugins, entry, parts);
            };
            if let Some(block) = plugin.defaults {
                reader.add_defaults(&mut parts.rest, block);
            }
            reader.component(plugin, entry, parts)
        });
        for inputs in wires.iter_mut().filter_map(|wire| wire.inputs.take()) {
            if let Some((_, span)) = inputs.first() {
                let fault = invalid(*span, "a source has no `inputs`");
                self.faults.push(fault);
            }
        }
        (wires, sources)
    }

    pub(super) fn transforms(
        &mut self,
        root: &ConfigNode,
    ) -> (Vec<WiredComponent>, Vec<Component<dyn BuildTransform>>) {
        let plugins = self.context.registry.transforms;
        self.block(root, "transforms", |reader, entry, parts| {
            match find(plugins, &parts) {
                Some(plugin) => reader.component(plugin, entry, parts),
                None => reader.program(plugins, entry, parts),
            }
        })
    }

    pub(super) fn sinks(&mut self, root: &ConfigNode) -> (Vec<WiredComponent>, Vec<SinkComponent>) {
        let plugins = self.context.registry.sinks;
        self.block(root, "sinks", |reader, entry, mut parts| {
            let text_source = parts.text_source(reader.faults);
            let policy = reader.sink_policy(&parts.policy);
            let (component, skipped_in_sandbox) = match find(plugins, &parts) {
                Some(plugin) => {
                    let is_skipped = reader.use_sandbox(&mut parts.rest, plugin);
                    (reader.component(plugin, entry, parts)?, is_skipped)
                }
                None => {
                    let is_skipped = reader.context.sandbox.is_some();
                    (reader.program(plugins, entry, parts)?, is_skipped)
                }
            };
            let Component {
                name,
                kind,
                options,
                program,
                spans,
            } = component;
            Some(SinkComponent {
                name,
                kind,
                text_source,
                policy,
                skipped_in_sandbox,
                options,
                program,
                spans,
            })
        })
    }

    /// Returns the pipeline's policy with the keys that a sink sets for itself. Reports only errors in these keys,
    /// because those of the section `policy` are reported once.
    fn sink_policy(&mut self, own: &ConfigNode) -> Policy {
        let section = self.defaults.get("policy").map(|entry| &entry.node);
        let shared = section.and_then(ConfigNode::entries).unwrap_or_default();
        let own_entries = own.entries().unwrap_or_default();
        let is_own = |key: &str| own_entries.iter().any(|entry| entry.key == key);
        let shared = shared.iter().filter(|entry| !is_own(&entry.key));
        let mut shared = ConfigNode {
            span: own.span,
            kind: NodeKind::Map(shared.cloned().collect()),
        };
        let mut own = own.clone();
        let (schema, env) = (options_schema::<Policy>, self.context.env);
        expand(&mut shared, schema, env, &mut Vec::new());
        expand(&mut own, schema, env, self.faults);
        let mut merged = shared;
        if let (NodeKind::Map(all), NodeKind::Map(own)) = (&mut merged.kind, &own.kind) {
            all.extend(own.iter().cloned());
        }
        let faults = match load_options::<Policy>(&merged.to_value()) {
            Ok(policy) => {
                let faults = policy.faults();
                if faults.is_empty() {
                    return policy;
                }
                faults
            }
            Err(faults) => faults,
        };
        let faults = faults.into_iter();
        let faults = faults.filter(|fault| fault.keys().first().is_some_and(|key| is_own(key)));
        self.report(&own, own.span, faults.collect());
        Policy::default()
    }

    /// Reads the components of `block` with `read`. Also returns all of them for the wiring, including
    /// invalid ones, so that references to these cause no further errors.
    fn block<C>(
        &mut self,
        root: &ConfigNode,
        block: &str,
        mut read: impl FnMut(&mut Self, &TreeEntry, ComponentSplit) -> Option<C>,
    ) -> (Vec<WiredComponent>, Vec<C>) {
        let (mut wires, mut components) = (Vec::new(), Vec::new());
        for entry in components_of(root, block, self.faults) {
            let Some(parts) = split(entry, block == "sinks", self.context.env, self.faults) else {
                continue;
            };
            wires.push(WiredComponent {
                name: entry.key.clone(),
                span: entry.span,
                inputs: parts.inputs.clone(),
            });
            components.extend(read(self, entry, parts));
        }
        (wires, components)
    }

    fn component<R: RegistryRow>(
        &mut self,
        row: &R,
        entry: &TreeEntry,
        parts: ComponentSplit,
    ) -> Option<Component<R::Options>> {
        let mut node = parts.rest;
        let before = self.faults.len();
        expand(&mut node, || row.schema(), self.context.env, self.faults);
        let unset = self.faults.len() > before;
        match row.load(&node.to_value()) {
            Ok(options) => Some(Component {
                name: entry.key.clone(),
                kind: row.name(),
                options,
                program: None,
                spans: OptionSpans::new(entry.span, node),
            }),
            // An unset variable is already reported; its empty value must not cause a second error.
            Err(_) if unset => None,
            Err(faults) => {
                let faults = faults.into_iter();
                let faults = faults.map(|fault| suggest_key(fault, row));
                self.report(&node, entry.span, faults.collect());
                None
            }
        }
    }

    /// Points a sink at the sandbox in a sandbox run. Returns `true` if the sandbox does not support it.
    fn use_sandbox(&self, options: &mut ConfigNode, plugin: &SinkPlugin) -> bool {
        let Some(endpoint) = self.context.sandbox else {
            return false;
        };
        let Some(replaced) = plugin.sandbox_options else {
            return true;
        };
        let pairs = replaced.iter().copied().chain([("endpoint", endpoint)]);
        for (key, value) in pairs {
            set(options, key, value);
        }
        false
    }

    fn add_defaults(&self, options: &mut ConfigNode, block: &str) {
        let defaults = self
            .defaults
            .get(block)
            .and_then(|entry| entry.node.entries());
        let NodeKind::Map(own) = &mut options.kind else {
            return;
        };
        for entry in defaults.into_iter().flatten() {
            if own.iter().all(|option| option.key != entry.key) {
                own.push(entry.clone());
            }
        }
    }

    /// Reports each error at its position in `node`, otherwise at `span`.
    pub(super) fn report(&mut self, node: &ConfigNode, span: FileSpan, faults: Vec<Diagnostic>) {
        for fault in faults {
            let at = if fault.message.starts_with("unknown key") {
                node.key_span(fault.keys())
            } else {
                node.value_span(fault.keys())
            };
            self.faults.push(fault.at(known(at.unwrap_or(span))));
        }
    }
}

/// Returns the row of the component's type.
fn find<'r, R: RegistryRow>(rows: &'r [R], split: &ComponentSplit) -> Option<&'r R> {
    rows.iter().find(|row| row.name() == split.kind)
}

/// Adds a "did you mean" hint to an error about an unknown key. The candidates are the keys of `row`, the
/// engine's keys, and those of `policy`, which users often look for in a component.
fn suggest_key<R: RegistryRow>(fault: Diagnostic, row: &R) -> Diagnostic {
    let [key] = fault.keys() else { return fault };
    if !fault.message.starts_with("unknown key") {
        return fault;
    }
    let keys = |schema: Schema| -> Vec<String> {
        let properties = schema.get("properties").and_then(Value::as_object);
        properties
            .into_iter()
            .flatten()
            .map(|(key, _)| key.clone())
            .collect()
    };
    let options = keys(row.schema());
    let shared = match R::CAN_OVERRIDE_POLICY {
        true => SINK_POLICY_KEYS,
        false => &[],
    };
    let known: Vec<&str> = options
        .iter()
        .map(String::as_str)
        .chain(R::KEYS.iter().chain(shared).copied())
        .collect();
    let policy = keys(options_schema::<Policy>());
    let hint = match did_you_mean(key, known.iter().copied()) {
        None if policy.contains(key) => Some(format!(
            "move it to the section `policy`: `policy: {{{key}: …}}`"
        )),
        None => suggest(key, &known),
        hint => hint,
    };
    fault.with_optional_hint(hint)
}

fn components_of<'n>(
    root: &'n ConfigNode,
    key: &str,
    faults: &mut Vec<Diagnostic>,
) -> &'n [TreeEntry] {
    let Some(entry) = root.get(key) else {
        return &[];
    };
    entry.node.entries().unwrap_or_else(|| {
        let message = format!("`{key}` must be a mapping of names to components");
        let example = match key {
            "sources" => "{blog: {type: site, path: .}}",
            "transforms" => "{utm: {type: utm}}",
            _ => "{linkedin: {type: linkedin}}",
        };
        let hint = format!("for example `{key}: {example}`");
        faults.push(invalid(entry.span, message).with_hint(hint));
        &[]
    })
}

fn set(options: &mut ConfigNode, key: &str, value: &str) {
    let span = options.span;
    let node = ConfigNode {
        span,
        kind: NodeKind::Scalar(value.into()),
    };
    let NodeKind::Map(entries) = &mut options.kind else {
        return;
    };
    entries.retain(|entry| entry.key != key);
    entries.push(TreeEntry {
        key: key.to_owned(),
        span,
        node,
    });
}

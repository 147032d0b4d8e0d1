//! Builds the typed pipeline from the tree of the file: checks the top-level keys and duplicate names,
//! reads the policy, and reads the rest in order. `reader` reads components, `wiring` connects them.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use syndicate_api::{BuildTransform, Diagnostic, Overrides, load_options, options_schema, suggest};

use super::context::LoadContext;
use super::environment::expand;
use super::fault::invalid;
use super::ledger::LedgerOptions;
use super::mentions;
use super::pipeline::Pipeline;
use super::policy::Policy;
use super::reader::ConfigReader;
use super::tree::{ConfigNode, NodeKind, TreeEntry};
use super::wiring::{WiredComponent, routes};
use crate::registry::Registry;

/// The keys of pipeline.yaml.
const TOP_LEVEL: &[&str] = &[
    "ledger",
    "mentions",
    "policy",
    "site",
    "sinks",
    "sources",
    "transforms",
];

/// Prefixes of identity keys that are not paths. The path keys of a source with such a name would look
/// like a URL, or like an id from front matter.
const KEY_PREFIXES: [&str; 3] = ["id", "http", "https"];

pub(super) fn assemble(
    root: &mut ConfigNode,
    file: String,
    base: PathBuf,
    context: LoadContext<'_>,
    faults: &mut Vec<Diagnostic>,
) -> Pipeline {
    let mut reader = ConfigReader {
        context,
        faults,
        defaults: root.clone(),
        file: file.clone(),
        base: base.clone(),
    };
    reader.check_top_level(root);
    let (source_wires, sources) = reader.sources(root);
    let (transform_wires, transforms) = reader.transforms(root);
    let (sink_wires, sinks) = reader.sinks(root);
    let default_card = default_card(&context.registry);
    let policy = reader.section(root, "policy", Policy::faults);
    let ledger = reader.section(root, "ledger", LedgerOptions::faults);
    reader.check_unique(
        source_wires
            .iter()
            .chain(&transform_wires)
            .chain(&sink_wires),
    );
    reader.check_addressable(root);
    reader.check_source_names(root);
    let mentions = mentions::read(root, &sink_wires, context, faults);
    let routes = routes(&source_wires, &transform_wires, &sink_wires, faults);
    Pipeline {
        file,
        base,
        sources,
        transforms,
        default_card,
        sinks,
        routes,
        policy,
        ledger,
        mentions,
    }
}

/// Returns the built-in transform `card` without options.
fn default_card(registry: &Registry) -> Option<Box<dyn BuildTransform>> {
    let mut transforms = registry.transforms.iter();
    let card = transforms.find(|plugin| plugin.name == "card")?;
    (card.load)(&json!({})).ok()
}

/// Reads the section `ledger` alone.
pub(super) fn ledger_options(
    root: &ConfigNode,
    context: LoadContext<'_>,
    faults: &mut Vec<Diagnostic>,
) -> LedgerOptions {
    let mut reader = ConfigReader {
        context,
        faults,
        defaults: root.clone(),
        file: String::new(),
        base: PathBuf::new(),
    };
    reader.section(root, "ledger", LedgerOptions::faults)
}

impl ConfigReader<'_> {
    fn check_top_level(&mut self, root: &ConfigNode) {
        let Some(entries) = root.entries() else {
            let fault = invalid(root.span, "expected a mapping")
                .with_hint("start the file with `sources:`");
            self.faults.push(fault);
            return;
        };
        for entry in entries {
            if !TOP_LEVEL.contains(&entry.key.as_str()) {
                let message = format!("unknown key `{}`", entry.key);
                let hint = suggest(&entry.key, TOP_LEVEL);
                self.faults
                    .push(invalid(entry.span, message).with_optional_hint(hint));
            }
        }
        // Another value than a mapping has an error of its own.
        let is_missing = root
            .get("sources")
            .is_none_or(|entry| entry.node.entries().is_some_and(<[_]>::is_empty));
        if is_missing {
            let span = root.get("sources").map_or(root.span, |entry| entry.span);
            let fault = invalid(span, "missing `sources`")
                .with_hint("for example `sources: {blog: {type: site, path: .}}`");
            self.faults.push(fault);
        }
    }

    fn check_unique<'w>(&mut self, wires: impl Iterator<Item = &'w WiredComponent>) {
        let mut seen: Vec<&str> = Vec::new();
        for wire in wires {
            if seen.contains(&wire.name.as_str()) {
                let message = format!("duplicate component name `{}`", wire.name);
                self.faults.push(invalid(wire.span, message));
            }
            seen.push(&wire.name);
        }
    }

    /// Rejects sinks whose name has another meaning in front matter, because a post could not set options
    /// for them.
    fn check_addressable(&mut self, root: &ConfigNode) {
        let sinks = root.get("sinks").and_then(|entry| entry.node.entries());
        for TreeEntry { key, span, node } in sinks.into_iter().flatten() {
            if !Overrides::is_key(key) {
                continue;
            }
            let kind = node.get("type").and_then(|kind| kind.node.text());
            let message = format!("a sink cannot be named `{key}`");
            let fault = invalid(*span, message).with_hint(format!(
                "`syndicate: {{{key}: …}}` has another meaning in front matter; name it \
                 otherwise, such as `{}-{key}`",
                kind.unwrap_or("my")
            ));
            self.faults.push(fault);
        }
    }

    /// Rejects sources with a name that makes the path keys of their items ambiguous.
    fn check_source_names(&mut self, root: &ConfigNode) {
        let sources = root.get("sources").and_then(|entry| entry.node.entries());
        for TreeEntry { key, span, .. } in sources.into_iter().flatten() {
            if KEY_PREFIXES
                .iter()
                .any(|prefix| key.eq_ignore_ascii_case(prefix))
            {
                let message = format!("a source cannot be named `{key}`");
                let fault = invalid(*span, message).with_hint(format!(
                    "the ledger would read `{key}:PATH` as an address or an id; choose another \
                     name, such as `blog`"
                ));
                self.faults.push(fault);
            }
        }
    }

    /// Reads the options of the top-level key `name`; `check` finds errors that their types cannot express.
    fn section<T: Default + DeserializeOwned + JsonSchema>(
        &mut self,
        root: &ConfigNode,
        name: &str,
        check: impl Fn(&T) -> Vec<Diagnostic>,
    ) -> T {
        let Some(entry) = root.get(name) else {
            return T::default();
        };
        let mut node = entry.node.clone();
        if node.to_value().is_null() {
            return T::default();
        }
        if node.entries().is_none() {
            let message = format!("`{name}` must be a mapping of options to values");
            let hint = format!(
                "write options in it, such as `{name}: {}`",
                example(name, &node)
            );
            self.faults
                .push(invalid(node.span, message).with_hint(hint));
            return T::default();
        }
        expand(
            &mut node,
            options_schema::<T>,
            self.context.env,
            self.faults,
        );
        let options = load_options::<T>(&node.to_value()).and_then(|options| {
            let faults = check(&options);
            if faults.is_empty() {
                Ok(options)
            } else {
                Err(faults)
            }
        });
        options.unwrap_or_else(|faults| {
            self.report(&node, entry.span, faults);
            T::default()
        })
    }
}

/// Returns an example of the section `name`: the one that `node`, which is not a mapping, probably means, or else a
/// common one.
fn example(name: &str, node: &ConfigNode) -> &'static str {
    let node = match &node.kind {
        NodeKind::List(nodes) => nodes.first().map(|node| &node.kind),
        kind => Some(kind),
    };
    let text = match node {
        Some(NodeKind::Scalar(Value::String(text))) => text.as_str(),
        _ => "",
    };
    match name {
        "ledger" if text.starts_with("postgres") => "{postgres: \"${DATABASE_URL}\"}",
        "ledger" if text == "ci" => "{ci: true}",
        "ledger" => "{git: true}",
        _ => "{since: 2026-12-01}",
    }
}

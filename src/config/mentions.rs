//! Accounts that templates can mention, with their display name and their identifier on each platform.
//! Each sink checks the form of its identifiers.

use std::collections::BTreeMap;

use schemars::Schema;
use serde_json::Value;
use syndicate_api::{Diagnostic, FileSpan, suggest};

use super::context::LoadContext;
use super::environment::expand;
use super::fault::{invalid, known};
use super::tree::{ConfigNode, TreeEntry};
use super::wiring::WiredComponent;

/// Mentionable accounts, keyed by their name in templates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mentions(pub BTreeMap<String, Mention>);

/// A mentionable account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mention {
    /// The displayed name.
    pub name: String,
    /// The identifiers, by the type or the name of a sink.
    pub on: BTreeMap<String, String>,
    /// The positions of the identifiers in pipeline.yaml.
    pub spans: BTreeMap<String, FileSpan>,
}

impl Mention {
    /// Returns the key of `on` that applies to the sink `name` of the type `kind`. The sink's own name has
    /// precedence over its type.
    pub(crate) fn key_on<'k>(&self, name: &'k str, kind: &'k str) -> Option<&'k str> {
        [name, kind]
            .into_iter()
            .find(|key| self.on.contains_key(*key))
    }
}

/// Reads the block `mentions` of `root`; its sinks are given by these names or types.
pub(super) fn read(
    root: &ConfigNode,
    sinks: &[WiredComponent],
    context: LoadContext<'_>,
    faults: &mut Vec<Diagnostic>,
) -> Mentions {
    let Some(entry) = root.get("mentions") else {
        return Mentions::default();
    };
    let mut ledger_state = entry.node.clone();
    expand(&mut ledger_state, Schema::default, context.env, faults);
    let types = context.registry.sinks.iter().map(|plugin| plugin.name);
    let names = sinks.iter().map(|wire| wire.name.as_str());
    let sinks: Vec<&str> = types.chain(names).collect();
    let Some(entries) = ledger_state.entries() else {
        let message = "`mentions` must be a mapping of names to accounts";
        let hint =
            "for example `mentions: {jane: {name: Jane Doe, linkedin: \"urn:li:person:abc\"}}`";
        faults.push(invalid(entry.span, message).with_hint(hint));
        return Mentions::default();
    };
    let read = entries.iter().filter_map(|entry| {
        let mention = mention(entry, &sinks, faults)?;
        Some((entry.key.clone(), mention))
    });
    Mentions(read.collect())
}

fn mention(entry: &TreeEntry, sinks: &[&str], faults: &mut Vec<Diagnostic>) -> Option<Mention> {
    let key = &entry.key;
    let before = faults.len();
    let mut mention = Mention::default();
    for field in entry.node.entries().unwrap_or_default() {
        let text = match field.node.to_value() {
            Value::String(text) => text.trim().to_owned(),
            // The sink has a better hint for an identifier reduced to its number.
            Value::Number(number) if field.key != "name" => number.to_string(),
            _ => String::new(),
        };
        if field.key != "name" && !sinks.contains(&field.key.as_str()) {
            let known: Vec<&str> = ["name"].into_iter().chain(sinks.iter().copied()).collect();
            let message = format!("unknown sink or sink type `{}`", field.key);
            let hint = suggest(&field.key, &known);
            faults.push(invalid(field.span, message).with_optional_hint(hint));
        } else if !text.is_empty() {
            if field.key == "name" {
                mention.name = text;
            } else {
                mention.on.insert(field.key.clone(), text);
                mention
                    .spans
                    .extend(known(field.node.span).map(|span| (field.key.clone(), span)));
            }
        } else {
            let message = format!("`mentions.{key}.{}` is to be a text", field.key);
            faults.push(invalid(field.span, message));
        }
    }
    if faults.len() == before && mention.name.is_empty() {
        let fault = invalid(entry.span, format!("missing `mentions.{key}.name`")).with_hint(
            format!("write `{key}: {{name: …, linkedin: urn:li:organization:…}}`"),
        );
        faults.push(fault);
    }
    (faults.len() == before).then_some(mention)
}

//! The mention book: who may be mentioned in templates, by which name readers see them, and who they
//! are on each platform. What an identifier looks like is each platform's affair, so it is not judged
//! here.

use std::collections::BTreeMap;

use serde_json::Value;
use syndicate_api::{Diagnostic, FileSpan, suggest};

use super::context::LoadContext;
use super::environment::expand;
use super::fault::{invalid, known};
use super::tree::{ConfigNode, TreeEntry};
use super::wiring::WiredComponent;

/// Who may be mentioned, by what templates know them by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mentions(pub BTreeMap<String, Mention>);

/// Somebody who may be mentioned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mention {
    /// The name that readers see.
    pub name: String,
    /// Who they are, by the type or the name of a sink.
    pub on: BTreeMap<String, String>,
    /// Where in pipeline.yaml that is written.
    pub spans: BTreeMap<String, FileSpan>,
}

impl Mention {
    /// Returns the key of `on` that counts for the sink `name` of the type `kind`. The sink's own name
    /// goes before its type.
    pub(crate) fn key_on<'k>(&self, name: &'k str, kind: &'k str) -> Option<&'k str> {
        [name, kind]
            .into_iter()
            .find(|key| self.on.contains_key(*key))
    }
}

/// Reads the block `mentions` of `root`, in which sinks are named by these names or by their types.
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
    expand(&mut ledger_state, &Value::Null, context.env, faults);
    let types = context.registry.sinks.iter().map(|plugin| plugin.name);
    let names = sinks.iter().map(|wire| wire.name.as_str());
    let sinks: Vec<&str> = types.chain(names).collect();
    let Some(entries) = ledger_state.entries() else {
        let message = "`mentions` must be a mapping of names to whom they mean";
        faults.push(invalid(entry.span, message));
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
            // The sink has a better hint for an identifier that is cut short to its number.
            Value::Number(number) if field.key != "name" => number.to_string(),
            _ => String::new(),
        };
        if field.key != "name" && !sinks.contains(&field.key.as_str()) {
            let known: Vec<&str> = ["name"].into_iter().chain(sinks.iter().copied()).collect();
            let message = format!("`{}` is no sink, and no type of sinks", field.key);
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
        let fault = invalid(entry.span, format!("`mentions.{key}` gives no name")).with_hint(
            format!("write `{key}: {{name: …, linkedin: urn:li:organization:…}}`"),
        );
        faults.push(fault);
    }
    (faults.len() == before).then_some(mention)
}

//! Separates the engine's keys from a component's options, so that its plugin gets only its own options.

use schemars::Schema;
use syndicate_api::{Diagnostic, Env, FileSpan};

use super::component::TextSource;
use super::environment::expand;
use super::fault::invalid;
use super::policy::SINK_POLICY_KEYS;
use super::tree::{ConfigNode, NodeKind, TreeEntry};

/// The engine's keys of a component.
pub(super) struct ComponentSplit {
    pub(super) kind: String,
    pub(super) kind_span: FileSpan,
    pub(super) inputs: Option<Vec<(String, FileSpan)>>,
    template: Option<(String, FileSpan)>,
    commentary: Option<(String, FileSpan)>,
    /// The keys of the policy that a sink sets for itself.
    pub(super) policy: ConfigNode,
    pub(super) rest: ConfigNode,
}

/// Returns the hint for a component without a type.
fn type_hint(entry: &TreeEntry) -> String {
    format!("write `{}: {{type: NAME}}` with its options", entry.key)
}

pub(super) fn split(
    entry: &TreeEntry,
    is_sink: bool,
    env: &Env,
    faults: &mut Vec<Diagnostic>,
) -> Option<ComponentSplit> {
    let Some(entries) = entry.node.entries() else {
        let message = format!("`{}` must be a mapping with a `type`", entry.key);
        faults.push(invalid(entry.span, message).with_hint(type_hint(entry)));
        return None;
    };
    let (mut rest, mut policy) = (Vec::new(), Vec::new());
    let (mut kind, mut inputs, mut template, mut commentary) = (None, None, None, None);
    for option in entries {
        match option.key.as_str() {
            "type" => kind = text(option, faults),
            "inputs" => inputs = Some(names(option, faults)),
            "template" if is_sink => template = expanded_text(option, env, faults),
            "commentary" if is_sink => commentary = expanded_text(option, env, faults),
            key if is_sink && SINK_POLICY_KEYS.contains(&key) => policy.push(option.clone()),
            _ => rest.push(option.clone()),
        }
    }
    let Some((kind, kind_span)) = kind else {
        if entries.iter().all(|option| option.key != "type") {
            let message = format!("`{}` has no `type`", entry.key);
            faults.push(invalid(entry.span, message).with_hint(type_hint(entry)));
        }
        return None;
    };
    let node = |entries| ConfigNode {
        span: entry.node.span,
        kind: NodeKind::Map(entries),
    };
    Some(ComponentSplit {
        kind,
        kind_span,
        inputs,
        template,
        commentary,
        policy: node(policy),
        rest: node(rest),
    })
}

impl ComponentSplit {
    /// Returns the source of the sink's commentary.
    pub(super) fn text_source(&self, faults: &mut Vec<Diagnostic>) -> TextSource {
        match (&self.template, &self.commentary) {
            (Some(_), Some((_, span))) => {
                let fault = invalid(*span, "a sink has `template` or `commentary`, not both");
                faults.push(fault.with_hint("remove one of them"));
                TextSource::BuiltIn
            }
            (Some((file, span)), None) => TextSource::File(file.clone(), *span),
            (None, Some((text, span))) => TextSource::Inline(text.clone(), *span),
            (None, None) => TextSource::BuiltIn,
        }
    }
}

/// Returns the text of an option with its variables expanded.
fn expanded_text(
    option: &TreeEntry,
    env: &Env,
    faults: &mut Vec<Diagnostic>,
) -> Option<(String, FileSpan)> {
    let mut option = option.clone();
    expand(&mut option.node, Schema::default, env, faults);
    text(&option, faults)
}

fn text(option: &TreeEntry, faults: &mut Vec<Diagnostic>) -> Option<(String, FileSpan)> {
    let text = option.node.text();
    if text.is_none() {
        let message = format!("`{}` must be text", option.key);
        faults.push(invalid(option.node.span, message));
    }
    text.map(|text| (text.to_owned(), option.node.span))
}

fn names(option: &TreeEntry, faults: &mut Vec<Diagnostic>) -> Vec<(String, FileSpan)> {
    let nodes = match &option.node.kind {
        NodeKind::List(nodes) => nodes.as_slice(),
        _ => std::slice::from_ref(&option.node),
    };
    let names: Option<Vec<_>> = nodes
        .iter()
        .map(|node| Some((node.text()?.to_owned(), node.span)))
        .collect();
    match names {
        Some(names) if !names.is_empty() => names,
        _ => {
            let fault = invalid(option.span, "`inputs` must be a list of names");
            faults.push(fault.with_hint("for example `inputs: [blog]`"));
            Vec::new()
        }
    }
}

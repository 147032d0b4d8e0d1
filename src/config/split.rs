//! Takes the keys that are the engine's own out of a component, so that its plugin sees its options
//! and nothing else.

use super::component::Wording;
use super::fault::ConfigFault;
use super::tree::{Entry, Kind, Node, Place};

/// What the engine takes out of a component before its plugin sees it.
pub(super) struct Split {
    pub(super) kind: String,
    pub(super) kind_place: Place,
    pub(super) inputs: Option<Vec<(String, Place)>>,
    template: Option<(String, Place)>,
    commentary: Option<(String, Place)>,
    pub(super) rest: Node,
}

pub(super) fn split(entry: &Entry, is_sink: bool, faults: &mut Vec<ConfigFault>) -> Option<Split> {
    let Some(entries) = entry.node.entries() else {
        let message = format!("`{}` must be a mapping with a `type`", entry.key);
        faults.push(ConfigFault::at(entry.place, message));
        return None;
    };
    let mut rest = Vec::new();
    let (mut kind, mut inputs, mut template, mut commentary) = (None, None, None, None);
    for option in entries {
        match option.key.as_str() {
            "type" => kind = text(option, faults),
            "inputs" => inputs = Some(names(option, faults)),
            "template" if is_sink => template = text(option, faults),
            "commentary" if is_sink => commentary = text(option, faults),
            _ => rest.push(option.clone()),
        }
    }
    let Some((kind, kind_place)) = kind else {
        if entries.iter().all(|option| option.key != "type") {
            let message = format!("`{}` has no `type`", entry.key);
            faults.push(ConfigFault::at(entry.place, message));
        }
        return None;
    };
    let rest = Node {
        place: entry.node.place,
        kind: Kind::Map(rest),
    };
    Some(Split {
        kind,
        kind_place,
        inputs,
        template,
        commentary,
        rest,
    })
}

impl Split {
    /// Where the sink's commentary comes from.
    pub(super) fn wording(&self, faults: &mut Vec<ConfigFault>) -> Wording {
        match (&self.template, &self.commentary) {
            (Some(_), Some((_, place))) => {
                let fault =
                    ConfigFault::at(*place, "a sink has `template` or `commentary`, not both");
                faults.push(fault.hinted("take one of them out"));
                Wording::BuiltIn
            }
            (Some((file, place)), None) => Wording::File(file.clone(), *place),
            (None, Some((text, place))) => Wording::Inline(text.clone(), *place),
            (None, None) => Wording::BuiltIn,
        }
    }
}

fn text(option: &Entry, faults: &mut Vec<ConfigFault>) -> Option<(String, Place)> {
    let text = option.node.text();
    if text.is_none() {
        let message = format!("`{}` must be text", option.key);
        faults.push(ConfigFault::at(option.node.place, message));
    }
    text.map(|text| (text.to_owned(), option.node.place))
}

fn names(option: &Entry, faults: &mut Vec<ConfigFault>) -> Vec<(String, Place)> {
    let nodes = match &option.node.kind {
        Kind::List(nodes) => nodes.as_slice(),
        _ => std::slice::from_ref(&option.node),
    };
    let names: Option<Vec<_>> = nodes
        .iter()
        .map(|node| Some((node.text()?.to_owned(), node.place)))
        .collect();
    match names {
        Some(names) if !names.is_empty() => names,
        _ => {
            let fault = ConfigFault::at(option.place, "`inputs` must be a list of names");
            faults.push(fault.hinted("for example `inputs: [blog]`"));
            Vec::new()
        }
    }
}

//! pipeline.yaml as a tree in which every key and value has its position in the file. The tree is neither
//! typed nor checked; it exists so that later errors can give line and column.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use serde_saphyr::{Location, Spanned};
use syndicate_api::FileSpan;

/// Converts the parser's location to a span; line 0 means an unknown position.
pub(super) fn span_of(location: &Location) -> FileSpan {
    let number = |value: u64| usize::try_from(value).unwrap_or(usize::MAX);
    FileSpan::at(number(location.line()), number(location.column()))
        .with_length(number(location.span().len()).max(1))
}

/// A value with its position.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ConfigNode {
    /// The position of the value.
    pub(super) span: FileSpan,
    /// The value.
    pub(super) kind: NodeKind,
}

/// The value of a node.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum NodeKind {
    /// Null, boolean, number or text.
    Scalar(Value),
    /// A sequence.
    List(Vec<ConfigNode>),
    /// A mapping, in the order of the file.
    Map(Vec<TreeEntry>),
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TreeEntry {
    /// The key.
    pub(super) key: String,
    /// The position of the key.
    pub(super) span: FileSpan,
    /// The value.
    pub(super) node: ConfigNode,
}

impl ConfigNode {
    /// Returns the entries of a mapping. Null counts as an empty mapping, because users have `sources:`
    /// without a value while they edit the file.
    #[must_use]
    pub(super) fn entries(&self) -> Option<&[TreeEntry]> {
        match &self.kind {
            NodeKind::Map(entries) => Some(entries),
            NodeKind::Scalar(Value::Null) => Some(&[]),
            NodeKind::Scalar(_) | NodeKind::List(_) => None,
        }
    }

    /// Returns the entry of a key, if this is a mapping that has it.
    #[must_use]
    pub(super) fn get(&self, key: &str) -> Option<&TreeEntry> {
        self.entries()?.iter().find(|entry| entry.key == key)
    }

    /// Returns the text, if this is a string.
    #[must_use]
    pub(super) fn text(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar(Value::String(text)) => Some(text),
            _ => None,
        }
    }

    /// Converts the node to a value without positions.
    #[must_use]
    pub(super) fn to_value(&self) -> Value {
        match &self.kind {
            NodeKind::Scalar(value) => value.clone(),
            NodeKind::List(nodes) => Value::Array(nodes.iter().map(Self::to_value).collect()),
            NodeKind::Map(entries) => Value::Object(
                entries
                    .iter()
                    .map(|entry| (entry.key.clone(), entry.node.to_value()))
                    .collect::<Map<_, _>>(),
            ),
        }
    }

    /// Returns the position of the value at `path`, if it exists.
    #[must_use]
    pub(super) fn value_span(&self, path: &[String]) -> Option<FileSpan> {
        let (first, rest) = path.split_first()?;
        let node = match &self.kind {
            NodeKind::Map(_) => &self.get(first)?.node,
            NodeKind::List(nodes) => nodes.get(first.parse::<usize>().ok()?)?,
            NodeKind::Scalar(_) => return None,
        };
        if rest.is_empty() {
            Some(node.span)
        } else {
            node.value_span(rest)
        }
    }

    /// Returns the position of the last key of `path`, if it exists.
    #[must_use]
    pub(super) fn key_span(&self, path: &[String]) -> Option<FileSpan> {
        let (first, rest) = path.split_first()?;
        match &self.kind {
            NodeKind::Map(_) if rest.is_empty() => Some(self.get(first)?.span),
            NodeKind::Map(_) => self.get(first)?.node.key_span(rest),
            NodeKind::List(nodes) => nodes.get(first.parse::<usize>().ok()?)?.key_span(rest),
            NodeKind::Scalar(_) => None,
        }
    }
}

impl ConfigNode {
    /// Returns the key whose value is at `span`.
    #[must_use]
    pub(super) fn key_at(&self, span: FileSpan) -> Option<&str> {
        match &self.kind {
            NodeKind::Map(entries) => entries.iter().find_map(|entry| {
                let is_here = entry.node.span == span;
                let own = is_here.then_some(entry.key.as_str());
                own.or_else(|| entry.node.key_at(span))
            }),
            NodeKind::List(nodes) => nodes.iter().find_map(|node| node.key_at(span)),
            NodeKind::Scalar(_) => None,
        }
    }
}

impl<'de> Deserialize<'de> for ConfigNode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<NodeKind>::deserialize(deserializer)?;
        Ok(Self {
            span: span_of(&spanned.referenced),
            kind: spanned.value,
        })
    }
}

impl<'de> Deserialize<'de> for NodeKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(KindVisitor)
    }
}

struct KindVisitor;

impl<'de> Visitor<'de> for KindVisitor {
    type Value = NodeKind;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<NodeKind, E> {
        Ok(NodeKind::Scalar(value.into()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<NodeKind, E> {
        Ok(NodeKind::Scalar(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<NodeKind, E> {
        Ok(NodeKind::Scalar(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<NodeKind, E> {
        let number = Number::from_f64(value).ok_or_else(|| E::custom("not a finite number"))?;
        Ok(NodeKind::Scalar(Value::Number(number)))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<NodeKind, E> {
        Ok(NodeKind::Scalar(value.into()))
    }

    fn visit_unit<E: Error>(self) -> Result<NodeKind, E> {
        Ok(NodeKind::Scalar(Value::Null))
    }

    fn visit_none<E: Error>(self) -> Result<NodeKind, E> {
        self.visit_unit()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<NodeKind, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = access.next_element()? {
            nodes.push(node);
        }
        Ok(NodeKind::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<NodeKind, A::Error> {
        let mut entries = Vec::new();
        while let Some((key, node)) = access.next_entry::<Spanned<String>, ConfigNode>()? {
            let span = span_of(&key.referenced);
            entries.push(TreeEntry {
                key: key.value,
                span,
                node,
            });
        }
        Ok(NodeKind::Map(entries))
    }
}

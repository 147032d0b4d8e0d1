//! pipeline.yaml as a tree in which every key and value knows its place in the file. It is neither
//! typed nor checked: it exists so that every later fault can point at line and column.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use serde_saphyr::{Location, Spanned};
use syndicate_api::FileSpan;

/// Returns the parser's location as a span; line 0 means that it is not known.
pub(super) fn span_of(location: &Location) -> FileSpan {
    let number = |value: u64| usize::try_from(value).unwrap_or(usize::MAX);
    FileSpan::at(number(location.line()), number(location.column()))
        .with_length(number(location.span().len()).max(1))
}

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    /// Where it stands.
    pub(super) span: FileSpan,
    /// What it is.
    pub(super) kind: Kind,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// Null, boolean, number or text.
    Scalar(Value),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping, in the order of the file.
    Map(Vec<Entry>),
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    /// The key.
    pub(super) key: String,
    /// Where the key stands.
    pub(super) span: FileSpan,
    /// The value.
    pub(super) node: Node,
}

impl Node {
    /// The entries, if this is a mapping. Null counts as an empty one: `sources:` with nothing below
    /// it is what a user has while typing.
    #[must_use]
    pub(super) fn entries(&self) -> Option<&[Entry]> {
        match &self.kind {
            Kind::Map(entries) => Some(entries),
            Kind::Scalar(Value::Null) => Some(&[]),
            Kind::Scalar(_) | Kind::List(_) => None,
        }
    }

    /// The entry of a key, if this is a mapping that has it.
    #[must_use]
    pub(super) fn get(&self, key: &str) -> Option<&Entry> {
        self.entries()?.iter().find(|entry| entry.key == key)
    }

    /// The text, if this is text.
    #[must_use]
    pub(super) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar(Value::String(text)) => Some(text),
            _ => None,
        }
    }

    /// The value without places.
    #[must_use]
    pub(super) fn to_value(&self) -> Value {
        match &self.kind {
            Kind::Scalar(value) => value.clone(),
            Kind::List(nodes) => Value::Array(nodes.iter().map(Self::to_value).collect()),
            Kind::Map(entries) => Value::Object(
                entries
                    .iter()
                    .map(|entry| (entry.key.clone(), entry.node.to_value()))
                    .collect::<Map<_, _>>(),
            ),
        }
    }

    /// Where the value at `path` stands, if it is there.
    #[must_use]
    pub(super) fn value_span(&self, path: &[String]) -> Option<FileSpan> {
        let (first, rest) = path.split_first()?;
        let node = match &self.kind {
            Kind::Map(_) => &self.get(first)?.node,
            Kind::List(nodes) => nodes.get(first.parse::<usize>().ok()?)?,
            Kind::Scalar(_) => return None,
        };
        if rest.is_empty() {
            Some(node.span)
        } else {
            node.value_span(rest)
        }
    }

    /// Where the last key of `path` stands, if it is there.
    #[must_use]
    pub(super) fn key_span(&self, path: &[String]) -> Option<FileSpan> {
        let (first, rest) = path.split_first()?;
        match &self.kind {
            Kind::Map(_) if rest.is_empty() => Some(self.get(first)?.span),
            Kind::Map(_) => self.get(first)?.node.key_span(rest),
            Kind::List(nodes) => nodes.get(first.parse::<usize>().ok()?)?.key_span(rest),
            Kind::Scalar(_) => None,
        }
    }
}

impl Node {
    /// Returns the key whose value is at `span`.
    #[must_use]
    pub(super) fn key_at(&self, span: FileSpan) -> Option<&str> {
        match &self.kind {
            Kind::Map(entries) => entries.iter().find_map(|entry| {
                let is_here = entry.node.span == span;
                let own = is_here.then_some(entry.key.as_str());
                own.or_else(|| entry.node.key_at(span))
            }),
            Kind::List(nodes) => nodes.iter().find_map(|node| node.key_at(span)),
            Kind::Scalar(_) => None,
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<Kind>::deserialize(deserializer)?;
        Ok(Self {
            span: span_of(&spanned.referenced),
            kind: spanned.value,
        })
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(KindVisitor)
    }
}

struct KindVisitor;

impl<'de> Visitor<'de> for KindVisitor {
    type Value = Kind;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Kind, E> {
        Ok(Kind::Scalar(value.into()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Kind, E> {
        Ok(Kind::Scalar(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Kind, E> {
        Ok(Kind::Scalar(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Kind, E> {
        let number = Number::from_f64(value).ok_or_else(|| E::custom("not a finite number"))?;
        Ok(Kind::Scalar(Value::Number(number)))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Kind, E> {
        Ok(Kind::Scalar(value.into()))
    }

    fn visit_unit<E: Error>(self) -> Result<Kind, E> {
        Ok(Kind::Scalar(Value::Null))
    }

    fn visit_none<E: Error>(self) -> Result<Kind, E> {
        self.visit_unit()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Kind, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = access.next_element()? {
            nodes.push(node);
        }
        Ok(Kind::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Kind, A::Error> {
        let mut entries = Vec::new();
        while let Some((key, node)) = access.next_entry::<Spanned<String>, Node>()? {
            let span = span_of(&key.referenced);
            entries.push(Entry {
                key: key.value,
                span,
                node,
            });
        }
        Ok(Kind::Map(entries))
    }
}

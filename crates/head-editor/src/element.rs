//! The elements that can be added to a head.

use std::fmt;

use crate::references::escape;

/// An element of a head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadElement {
    pub(crate) kind: ElementKind,
    /// The name of the property, or the relation of the link.
    pub(crate) key: String,
    /// The content of the property, or the address of the link.
    pub(crate) value: String,
}

/// The notation of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ElementKind {
    /// `<meta property="…" content="…">`
    Property,
    /// `<meta name="…" content="…">`
    Name,
    /// `<link rel="…" href="…">`
    Link,
}

impl HeadElement {
    /// Creates `<meta property="KEY" content="CONTENT">`.
    #[must_use]
    pub fn property(key: impl Into<String>, content: impl Into<String>) -> Self {
        Self::new(ElementKind::Property, key.into(), content.into())
    }

    /// Creates `<meta name="KEY" content="CONTENT">`.
    #[must_use]
    pub fn name(key: impl Into<String>, content: impl Into<String>) -> Self {
        Self::new(ElementKind::Name, key.into(), content.into())
    }

    /// Creates a `<meta>` with the attribute that its vocabulary uses: `property` for Open Graph and its extensions
    /// (`og:`, `article:`, `book:`, `fb:`, `profile:`), `name` for all others.
    #[must_use]
    pub fn meta(key: impl Into<String>, content: impl Into<String>) -> Self {
        const OPEN_GRAPH: &[&str] = &["og", "article", "book", "fb", "profile"];
        let key = key.into();
        let prefix = key.split_once(':').map(|(prefix, _)| prefix);
        let kind = match prefix {
            Some(prefix) if OPEN_GRAPH.contains(&prefix) => ElementKind::Property,
            _ => ElementKind::Name,
        };
        Self::new(kind, key, content.into())
    }

    /// Creates `<link rel="RELATION" href="HREF">`.
    #[must_use]
    pub fn link(relation: impl Into<String>, href: impl Into<String>) -> Self {
        Self::new(ElementKind::Link, relation.into(), href.into())
    }

    fn new(kind: ElementKind, key: String, value: String) -> Self {
        Self { kind, key, value }
    }

    /// Writes the element. With `is_ascii`, other letters become character references.
    pub(crate) fn write(&self, is_ascii: bool) -> String {
        let (key, value) = (escape(&self.key, is_ascii), escape(&self.value, is_ascii));
        match self.kind {
            ElementKind::Property => format!("<meta property=\"{key}\" content=\"{value}\">"),
            ElementKind::Name => format!("<meta name=\"{key}\" content=\"{value}\">"),
            ElementKind::Link => format!("<link rel=\"{key}\" href=\"{value}\">"),
        }
    }
}

/// Formats the element as HTML.
impl fmt::Display for HeadElement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.write(false))
    }
}

//! Parses an XML document into a tree for the readers of RSS and Atom. `xml:base` and `xml:lang` are
//! inherited. Only the predefined entities are expanded, so a document cannot grow, and depth and
//! number of elements are limited.

use std::borrow::Cow;
use std::rc::Rc;

use quick_xml::NsReader;
use quick_xml::escape::{minimal_escape, unescape};
use quick_xml::events::{BytesRef, BytesStart, Event};
use syndicate_api::{Diagnostic, FileSpan};
use url::Url;

use super::namespace::Namespace;
use super::values::{non_empty, resolve};
use crate::invalid::invalid;

/// The deepest nesting of elements. XHTML content nests, but no real feed comes close to this.
const MAX_DEPTH: usize = 200;

/// The largest number of elements. An archive of ten thousand posts has fewer.
const MAX_ELEMENTS: usize = 400_000;

/// An XML element.
#[derive(Debug)]
pub(super) struct XmlElement {
    pub(super) namespace: Namespace,
    /// The name of the element, without a prefix.
    pub(super) name: String,
    /// The line in which its start tag ends.
    pub(super) line: usize,
    /// The base URL of relative URLs in the element (`xml:base`).
    pub(super) base: Option<Rc<Url>>,
    /// The language of the element (`xml:lang`).
    pub(super) lang: Option<Rc<str>>,
    attributes: Vec<(String, String)>,
    nodes: Vec<XmlNode>,
}

#[derive(Debug)]
enum XmlNode {
    Element(XmlElement),
    Text(String),
}

impl XmlElement {
    /// Returns the child elements.
    pub(super) fn children(&self) -> impl Iterator<Item = &Self> + Clone {
        self.nodes.iter().filter_map(|node| match node {
            XmlNode::Element(element) => Some(element),
            XmlNode::Text(_) => None,
        })
    }

    /// Returns the child elements of this name.
    pub(super) fn children_named<'a>(
        &'a self,
        namespace: Namespace,
        name: &'a str,
    ) -> impl Iterator<Item = &'a Self> + Clone {
        self.children()
            .filter(move |child| child.namespace == namespace && child.name == name)
    }

    /// Returns the content of the first child element of this name that is not empty.
    pub(super) fn text_of(&self, namespace: Namespace, name: &str) -> Option<String> {
        self.children_named(namespace, name)
            .find_map(|child| non_empty(&child.content()))
    }

    /// Returns the value of the attribute `name`, if the element has it.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Returns the text inside the element; as markup if it contains elements.
    pub(super) fn content(&self) -> String {
        let mut text = String::new();
        if self.children().next().is_some() {
            self.write(&mut text);
        } else {
            for node in &self.nodes {
                if let XmlNode::Text(part) = node {
                    text.push_str(part);
                }
            }
        }
        text
    }

    /// Returns the value of an attribute. A URL is resolved against `xml:base`, which is lost when
    /// XHTML content becomes HTML.
    fn resolved_value<'a>(&self, name: &str, value: &'a str) -> Cow<'a, str> {
        match &self.base {
            Some(base) if matches!(name, "src" | "href") => resolve(value, Some(base)).into(),
            _ => value.into(),
        }
    }

    /// Writes the content as markup. The recursion is limited by [`MAX_DEPTH`].
    fn write(&self, markup: &mut String) {
        for node in &self.nodes {
            match node {
                XmlNode::Text(text) => markup.push_str(&minimal_escape(text)),
                XmlNode::Element(element) => {
                    markup.push_str(&format!("<{}", element.name));
                    for (name, value) in &element.attributes {
                        let value = element.resolved_value(name, value);
                        let value = minimal_escape(&*value).replace('"', "&quot;");
                        markup.push_str(&format!(" {name}=\"{value}\""));
                    }
                    markup.push('>');
                    element.write(markup);
                    markup.push_str(&format!("</{}>", element.name));
                }
            }
        }
    }
}

/// Parses the root element, or returns `None` if `text` has no element. Text after the root is
/// not read.
pub(super) fn parse(text: &str, feed_url: Option<&Url>) -> Result<Option<XmlElement>, Diagnostic> {
    let mut reader = NsReader::from_str(text);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.allow_dangling_amp = true;
    let mut open: Vec<XmlElement> = Vec::new();
    let mut lines = LineCounter::new(text);
    let mut remaining = MAX_ELEMENTS;
    loop {
        let (namespace, event) = match reader.read_resolved_event() {
            Ok((resolved, event)) => (Namespace::of(&resolved), event),
            Err(error) => {
                let offset = usize::try_from(reader.error_position()).unwrap_or(usize::MAX);
                let diagnostic = invalid(format!("invalid XML: {error}"));
                return Err(diagnostic
                    .at(FileSpan::at_offset(text, offset))
                    .with_hint(BROKEN_HINT));
            }
        };
        match event {
            Event::Start(tag) => {
                let line = lines.line_at(usize::try_from(reader.buffer_position()).unwrap_or(0));
                let too_much = |message: String| {
                    Err(invalid(message)
                        .at(FileSpan::of_line(line))
                        .with_hint(BROKEN_HINT))
                };
                if open.len() == MAX_DEPTH {
                    return too_much(format!("elements are nested more than {MAX_DEPTH} deep"));
                }
                if remaining == 0 {
                    return too_much(format!("the feed has more than {MAX_ELEMENTS} elements"));
                }
                remaining -= 1;
                open.push(read_start_tag(&tag, namespace, line, open.last(), feed_url));
            }
            Event::End(_) => {
                let Some(element) = open.pop() else { continue };
                match open.last_mut() {
                    Some(parent) => parent.nodes.push(XmlNode::Element(element)),
                    None => return Ok(Some(element)),
                }
            }
            Event::Text(text) => push_text(&mut open, &text),
            Event::CData(text) => push_text(&mut open, &text),
            Event::GeneralRef(reference) => push_text(&mut open, &reference_text(&reference)),
            Event::Eof => {
                let Some(element) = open.pop() else {
                    return Ok(None);
                };
                let diagnostic = invalid(format!("the feed ends inside `{}`", element.name));
                return Err(diagnostic
                    .at(FileSpan::of_line(element.line))
                    .with_hint(BROKEN_HINT));
            }
            _ => {}
        }
    }
}

const BROKEN_HINT: &str = "fix the feed; no entry is read until all of it is valid";

fn push_text(open: &mut [XmlElement], part: &str) {
    let Some(element) = open.last_mut() else {
        return;
    };
    match element.nodes.last_mut() {
        Some(XmlNode::Text(text)) => text.push_str(part),
        _ => element.nodes.push(XmlNode::Text(part.to_owned())),
    }
}

/// Resolves a character reference or predefined entity. Others, such as those of HTML, stay as
/// written and are decoded when the text is read as HTML.
fn reference_text(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    match quick_xml::escape::resolve_predefined_entity(reference) {
        Some(text) => text.to_owned(),
        None => format!("&{};", &**reference),
    }
}

fn read_start_tag(
    tag: &BytesStart<'_>,
    namespace: Namespace,
    line: usize,
    parent: Option<&XmlElement>,
    feed_url: Option<&Url>,
) -> XmlElement {
    // Some feeds declare a namespace twice, so invalid attributes are skipped and the others kept.
    let mut attributes = tag.attributes();
    let attributes: Vec<(String, String)> = attributes
        .with_checks(false)
        .flatten()
        .map(|attribute| {
            let value: &str = &attribute.value;
            let value =
                unescape(value).map_or_else(|_| value.to_owned(), |value| value.into_owned());
            (attribute.key.as_ref().to_owned(), value)
        })
        .collect();
    let own = |name: &str| attributes.iter().find(|(key, _)| key == name);
    let outer = parent.and_then(|parent| parent.base.clone());
    let base = match own("xml:base") {
        Some((_, base)) => Url::options()
            .base_url(outer.as_deref().or(feed_url))
            .parse(base.trim())
            .map_or(outer, |base| Some(Rc::new(base))),
        None => outer,
    };
    let lang = match own("xml:lang") {
        Some((_, lang)) => Some(Rc::from(lang.as_str())),
        None => parent.and_then(|parent| parent.lang.clone()),
    };
    XmlElement {
        namespace,
        name: tag.local_name().as_ref().to_owned(),
        line,
        base,
        lang,
        attributes,
        nodes: Vec::new(),
    }
}

/// Counts lines in one pass over the text.
struct LineCounter<'a> {
    text: &'a [u8],
    line: usize,
    offset: usize,
}

impl<'a> LineCounter<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text: text.as_bytes(),
            line: 1,
            offset: 0,
        }
    }

    /// Returns the line of the byte at `offset`, which must not be before the previous offset.
    fn line_at(&mut self, offset: usize) -> usize {
        let passed = self.text.get(self.offset..offset).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count();
        self.offset = self.offset.max(offset);
        self.line
    }
}

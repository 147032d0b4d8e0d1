//! Expands a template: removes the elements of fields that a card does not have, and puts fitted text in the place of
//! the others.

use std::ops::Range;

use resvg::usvg::roxmltree::{Document, Node};

use super::area::FieldStyle;
use super::palette::{GRADIENT, Palette};
use super::tokens::Canvas;
use crate::error::DrawError;

/// The text of a field, as SVG elements.
pub(crate) type FieldText<'a> = dyn FnMut(&str, &FieldStyle) -> Result<String, DrawError> + 'a;

/// The attributes of a text element that the renderer reads, and that its replacement does not have.
const OWN: [&str; 2] = ["font-family", "font-weight"];

/// An expanded template.
pub(crate) struct Expanded {
    /// The document.
    pub(crate) svg: String,
    /// `true` if the document lacks its first element, a rectangle that fills the picture with the gradient of the
    /// background.
    pub(crate) lacks_background: bool,
}

/// Expands `svg` to a document of `size` pixels. `has` returns `true` for the fields of the card, and `text` returns the
/// elements of a field.
pub(crate) fn expand(
    svg: &str,
    ((width, height), canvas): ((u32, u32), Canvas),
    palette: &Palette,
    has: &dyn Fn(&str) -> bool,
    text: &mut FieldText<'_>,
) -> Result<Expanded, DrawError> {
    let document = super::svg_document(svg)?;
    let root = document.root_element();
    let background = root.first_element_child().filter(is_background);
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let mut node = root.first_child();
    while let Some(current) = node {
        let replacement = match background == Some(current) {
            true => Some(String::new()),
            false => replacement(current, canvas, has, text)?,
        };
        let is_replaced = replacement.is_some();
        if let Some(replacement) = replacement {
            edits.push((current.range(), replacement));
        }
        node = next(&document, current, is_replaced);
    }
    let mut body = String::new();
    let inner = inner_range(root, svg);
    let mut at = inner.start;
    for (range, replacement) in edits {
        body.push_str(&svg[at..range.start]);
        body.push_str(&replacement);
        at = range.end;
    }
    body.push_str(&svg[at..inner.end]);
    let gradient = palette.gradient();
    let gradient = gradient
        .map(|it| format!("<defs>{it}</defs>"))
        .unwrap_or_default();
    let Canvas {
        width: view_width,
        height: view_height,
        ..
    } = canvas;
    let namespaces = root.namespaces().map(|namespace| match namespace.name() {
        Some(name) => format!(" xmlns:{name}=\"{}\"", namespace.uri()),
        None => format!(" xmlns=\"{}\"", namespace.uri()),
    });
    let namespaces: String = namespaces.collect();
    Ok(Expanded {
        svg: format!(
            "<svg{namespaces} width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {view_width} {view_height}\">{gradient}{body}</svg>"
        ),
        lacks_background: background.is_some(),
    })
}

/// Returns `true` for a rectangle that fills the picture with the gradient of the background.
fn is_background(node: &Node<'_, '_>) -> bool {
    let is = |name, value: &str| node.attribute(name) == Some(value);
    node.has_tag_name("rect")
        && node.attributes().len() == 3
        && is("width", "100%")
        && is("height", "100%")
        && is("fill", &format!("url(#{GRADIENT})"))
}

/// Returns the replacement of an element, or `None` if it stays.
fn replacement(
    node: Node<'_, '_>,
    canvas: Canvas,
    has: &dyn Fn(&str) -> bool,
    text: &mut FieldText<'_>,
) -> Result<Option<String>, DrawError> {
    let needs = node.attribute("data-if");
    let excludes = node.attribute("data-unless");
    if needs.is_some_and(|field| !has(field)) || excludes.is_some_and(has) {
        return Ok(Some(String::new()));
    }
    let Some(field) = node.attribute("data-field") else {
        return Ok(None);
    };
    if !has(field) {
        return Ok(Some(String::new()));
    }
    let inner = text(field, &FieldStyle::of(node, canvas)?)?;
    let attributes = node.attributes().filter(|attribute| {
        let name = attribute.name();
        !name.starts_with("data-") && !OWN.contains(&name)
    });
    let attributes: String = attributes
        .map(|attribute| format!(" {}=\"{}\"", attribute.name(), escape(attribute.value())))
        .collect();
    Ok(Some(format!("<g{attributes}>{inner}</g>")))
}

/// Returns the next node of the document; if `is_replaced`, the one after the descendants of `node`.
fn next<'a, 'i>(
    document: &Document<'_>,
    node: Node<'a, 'i>,
    is_replaced: bool,
) -> Option<Node<'a, 'i>> {
    if !is_replaced && let Some(child) = node.first_child() {
        return Some(child);
    }
    let root = document.root_element().id();
    let mut current = node;
    loop {
        if let Some(sibling) = current.next_sibling() {
            return Some(sibling);
        }
        current = current.parent().filter(|parent| parent.id() != root)?;
    }
}

/// Returns the range of the content of `root`.
fn inner_range(root: Node<'_, '_>, svg: &str) -> Range<usize> {
    let (Some(first), Some(last)) = (root.first_child(), root.last_child()) else {
        let end = svg.len();
        return end..end;
    };
    first.range().start..last.range().end
}

/// Escapes a text for XML, in attributes and between elements.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(character),
        }
    }
    escaped
}

//! Writes the article of a page as HTML, without the parts that a theme adds around the text.

use ego_tree::iter::Edge;
use scraper::{ElementRef, Node};

use crate::article_text::is_excluded;
use crate::tree::name;

/// Elements without content and end tag.
const VOID_ELEMENTS: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Elements whose content is text without character references.
const RAW_ELEMENTS: &[&str] = &["iframe", "noembed", "noframes", "style", "xmp"];

/// Returns the content of `scope` as HTML.
pub(crate) fn write(scope: ElementRef<'_>) -> String {
    let mut html = String::new();
    let mut excluded = None;
    for edge in scope.traverse() {
        match edge {
            Edge::Close(node) if excluded == Some(node.id()) => excluded = None,
            _ if excluded.is_some() => {}
            Edge::Open(node) => match (node.value(), ElementRef::wrap(node)) {
                (Node::Text(text), _) => push_text(text, node.parent(), &mut html),
                (_, Some(element)) if node.id() != scope.id() => {
                    if is_excluded(element) {
                        excluded = Some(node.id());
                    } else {
                        push_start_tag(element, &mut html);
                    }
                }
                _ => {}
            },
            Edge::Close(node) => {
                let element = ElementRef::wrap(node).filter(|_| node.id() != scope.id());
                if let Some(element) = element.filter(|element| !is_void(*element)) {
                    html.push_str(&format!("</{}>", element.value().name()));
                }
            }
        }
    }
    html
}

fn is_void(element: ElementRef<'_>) -> bool {
    VOID_ELEMENTS.contains(&name(element))
}

fn push_start_tag(element: ElementRef<'_>, html: &mut String) {
    html.push('<');
    html.push_str(element.value().name());
    for (key, value) in element.value().attrs() {
        html.push_str(&format!(
            " {key}=\"{}\"",
            encode(value).replace('"', "&quot;")
        ));
    }
    html.push('>');
}

fn push_text(text: &str, parent: Option<ego_tree::NodeRef<'_, Node>>, html: &mut String) {
    let parent = parent.and_then(ElementRef::wrap);
    if parent.is_some_and(|parent| RAW_ELEMENTS.contains(&name(parent))) {
        html.push_str(text);
    } else {
        html.push_str(&encode(text));
    }
}

fn encode(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

//! Parses a page into a tree and iterates over it.
//!
//! Depth and size are limited, because the parser's work grows with the square of the depth: for
//! most tags it searches all open elements. A page beyond a limit is read up to that point. No
//! function recurses, so a deep page cannot overflow the stack.

use ego_tree::NodeRef;
use html5ever::driver::{self, ParseOpts};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use scraper::{ElementRef, Html, HtmlTreeSink};

/// Maximum depth of nested elements. Browsers have a similar limit.
const MAX_DEPTH: usize = 512;

/// Maximum number of nodes (elements, texts and comments) of a page.
const MAX_NODES: usize = 250_000;

/// Maximum number of possible attributes in one tag or comment. The parser compares each attribute
/// of a tag with all others. A `data:` URL of half a megabyte in an attribute stays below the
/// limit.
const MAX_PENDING: usize = 16_000;

/// Size in bytes of the chunks after which the limits are checked.
const CHUNK_BYTES: usize = 2048;

/// A node of a page.
pub(crate) type Node<'a> = NodeRef<'a, scraper::Node>;

/// Parses a page. Also returns `true` if all of it was read.
///
/// Scripting is disabled, so the content of `<noscript>` is part of the tree.
pub(crate) fn parse(text: &str) -> (Html, bool) {
    let opts = ParseOpts {
        tree_builder: TreeBuilderOpts {
            scripting_enabled: false,
            ..TreeBuilderOpts::default()
        },
        ..ParseOpts::default()
    };
    let mut parser = driver::parse_document(HtmlTreeSink::new(Html::new_document()), opts);
    let mut size = TreeSize::default();
    let mut pending = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(rest.floor_char_boundary(CHUNK_BYTES.min(rest.len())));
        parser.process(StrTendril::from_slice(chunk));
        rest = after;
        let html = parser.tokenizer.sink.sink.0.borrow();
        let grown = TreeSize::of(&html);
        pending = if grown == size {
            pending + estimate_attributes(chunk)
        } else {
            0
        };
        if pending > MAX_PENDING || exceeds_limits(&html, size.nodes) {
            break;
        }
        size = grown;
    }
    (parser.finish(), rest.is_empty())
}

/// The size of a tree, compared after each chunk to detect growth.
#[derive(Debug, Default, PartialEq)]
struct TreeSize {
    nodes: usize,
    /// Size of the last text in bytes. A long script is appended to it in pieces.
    text: usize,
}

impl TreeSize {
    fn of(html: &Html) -> Self {
        let last = html.tree.nodes().next_back();
        let text = last.and_then(|node| node.value().as_text());
        Self {
            nodes: html.tree.nodes().len(),
            text: text.map_or(0, |text| text.len()),
        }
    }
}

/// Returns an upper bound for the number of attributes in `chunk`.
fn estimate_attributes(chunk: &str) -> usize {
    chunk.split_ascii_whitespace().count() + chunk.matches(['/', '"', '\'']).count()
}

/// Returns `true` if the tree has too many nodes, or if a node after the first `seen` is too deep.
fn exceeds_limits(html: &Html, seen: usize) -> bool {
    let nodes = html.tree.nodes();
    let grown = nodes.len().saturating_sub(seen);
    nodes.len() > MAX_NODES
        || nodes
            .rev()
            .take(grown)
            .any(|node| node.ancestors().nth(MAX_DEPTH).is_some())
}

/// Returns the descendants of `root` in document order. Elements for which `skip` returns `true`
/// are left out with all their descendants.
pub(crate) fn descendants<'a>(
    root: Node<'a>,
    skip: impl Fn(ElementRef<'a>) -> bool,
) -> impl Iterator<Item = Node<'a>> {
    let mut next = root.first_child();
    std::iter::from_fn(move || {
        loop {
            let node = next?;
            if ElementRef::wrap(node).is_some_and(&skip) {
                next = next_outside(node, root);
                continue;
            }
            next = node.first_child().or_else(|| next_outside(node, root));
            return Some(node);
        }
    })
}

/// Returns the first node after the subtree of `node`, within the subtree of `root`.
fn next_outside<'a>(node: Node<'a>, root: Node<'a>) -> Option<Node<'a>> {
    let mut at = node;
    while at != root {
        if let Some(sibling) = at.next_sibling() {
            return Some(sibling);
        }
        at = at.parent()?;
    }
    None
}

/// Returns the elements in `root`, without the content of templates.
pub(crate) fn elements<'a>(root: Node<'a>) -> impl Iterator<Item = ElementRef<'a>> {
    elements_outside(root, &["template"])
}

/// Returns the elements in `root`. Elements named in `outside` are left out with all their
/// descendants.
pub(crate) fn elements_outside<'a>(
    root: Node<'a>,
    outside: &'static [&'static str],
) -> impl Iterator<Item = ElementRef<'a>> {
    descendants(root, move |element| outside.contains(&name(element))).filter_map(ElementRef::wrap)
}

/// Returns the name of an element in lower case. Returns `foreign` for an element inside an SVG, so
/// that its `<title>` is not read as the title of the page.
pub(crate) fn name(element: ElementRef<'_>) -> &str {
    let name = &element.value().name;
    if &*name.ns == "http://www.w3.org/2000/svg" && &*name.local != "svg" {
        "foreign"
    } else {
        &name.local
    }
}

/// Returns the trimmed value of an attribute, or `None` if it is blank.
pub(crate) fn attribute<'a>(element: ElementRef<'a>, name: &str) -> Option<&'a str> {
    let (_, value) = element.value().attrs().find(|(key, _)| *key == name)?;
    Some(value.trim()).filter(|value| !value.is_empty())
}

/// Returns `true` if an attribute with a list of words, such as `rel`, contains `word`. Case is
/// ignored.
pub(crate) fn has_word(element: ElementRef<'_>, attribute_name: &str, word: &str) -> bool {
    attribute_words(element, attribute_name).any(|own| own.eq_ignore_ascii_case(word))
}

/// Returns the words of an attribute that is a list, such as `class`.
pub(crate) fn attribute_words<'a>(
    element: ElementRef<'a>,
    attribute_name: &str,
) -> impl Iterator<Item = &'a str> {
    attribute(element, attribute_name)
        .unwrap_or_default()
        .split_ascii_whitespace()
}

/// Returns `true` if an ancestor of `element` has one of these names.
pub(crate) fn has_ancestor(element: ElementRef<'_>, names: &[&str]) -> bool {
    element
        .ancestors()
        .filter_map(ElementRef::wrap)
        .any(|ancestor| names.contains(&name(ancestor)))
}

//! A page as a tree, and ways through it. A page that is nested too deeply or holds too much is
//! read up to that point: the parser walks the open elements for most tags, so depth costs its
//! square. No function recurses, so that no page exhausts the stack.

use ego_tree::NodeRef;
use html5ever::driver::{self, ParseOpts};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use scraper::{ElementRef, Html, HtmlTreeSink};

/// Elements within elements; browsers stop at about as many.
const MAX_DEPTH: usize = 512;

/// Elements, texts and comments of a page. A long page that is more than tags has fewer.
const MAX_NODES: usize = 250_000;

/// Words, quotes and slashes of one tag or comment. The parser compares each attribute of a tag
/// with all others; a picture of half a megabyte within an attribute has fewer.
const MAX_PENDING: usize = 16_000;

/// How much text the parser gets between two looks at what has grown, in bytes.
const PIECE: usize = 2048;

/// A node of a page.
pub(crate) type Node<'a> = NodeRef<'a, scraper::Node>;

/// Parses a page. Returns as well whether all of it was read.
///
/// Scripts do not run here, so the content of `<noscript>` is part of the tree.
pub(crate) fn parse(text: &str) -> (Html, bool) {
    let opts = ParseOpts {
        tree_builder: TreeBuilderOpts {
            scripting_enabled: false,
            ..TreeBuilderOpts::default()
        },
        ..ParseOpts::default()
    };
    let mut parser = driver::parse_document(HtmlTreeSink::new(Html::new_document()), opts);
    let mut size = Size::default();
    let mut pending = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE.min(rest.len())));
        parser.process(StrTendril::from_slice(piece));
        rest = after;
        let html = parser.tokenizer.sink.sink.0.borrow();
        let grown = Size::of(&html);
        pending = if grown == size {
            pending + parts(piece)
        } else {
            0
        };
        if pending > MAX_PENDING || is_overgrown(&html, size.nodes) {
            break;
        }
        size = grown;
    }
    (parser.finish(), rest.is_empty())
}

/// The size of a tree, to see it grow.
#[derive(Debug, Default, PartialEq)]
struct Size {
    nodes: usize,
    /// Of the last text, in bytes: scripts come in pieces.
    text: usize,
}

impl Size {
    fn of(html: &Html) -> Self {
        let last = html.tree.nodes().next_back();
        let text = last.and_then(|node| node.value().as_text());
        Self {
            nodes: html.tree.nodes().len(),
            text: text.map_or(0, |text| text.len()),
        }
    }
}

/// Estimates the largest number of attributes that `piece` can hold.
fn parts(piece: &str) -> usize {
    piece.split_ascii_whitespace().count() + piece.matches(['/', '"', '\'']).count()
}

/// Returns whether the tree is too large, or too deep where it has grown since it had `seen` nodes.
fn is_overgrown(html: &Html, seen: usize) -> bool {
    let nodes = html.tree.nodes();
    let grown = nodes.len().saturating_sub(seen);
    nodes.len() > MAX_NODES
        || nodes
            .rev()
            .take(grown)
            .any(|node| node.ancestors().nth(MAX_DEPTH).is_some())
}

/// Returns the descendants of `root` in document order, without the elements for which `skip` holds
/// and their descendants.
pub(crate) fn walk<'a>(
    root: Node<'a>,
    skip: impl Fn(ElementRef<'a>) -> bool,
) -> impl Iterator<Item = Node<'a>> {
    let mut next = root.first_child();
    std::iter::from_fn(move || {
        loop {
            let node = next?;
            if ElementRef::wrap(node).is_some_and(&skip) {
                next = after(node, root);
                continue;
            }
            next = node.first_child().or_else(|| after(node, root));
            return Some(node);
        }
    })
}

/// Returns the first node behind `node` and all that is in it, below `root`.
fn after<'a>(node: Node<'a>, root: Node<'a>) -> Option<Node<'a>> {
    let mut at = node;
    while at != root {
        if let Some(sibling) = at.next_sibling() {
            return Some(sibling);
        }
        at = at.parent()?;
    }
    None
}

/// Returns the elements below `root`, without what is in templates.
pub(crate) fn elements<'a>(root: Node<'a>) -> impl Iterator<Item = ElementRef<'a>> {
    elements_outside(root, &["template"])
}

/// Returns the elements below `root` that neither have one of the names in `outside` nor are within
/// one that has.
pub(crate) fn elements_outside<'a>(
    root: Node<'a>,
    outside: &'static [&'static str],
) -> impl Iterator<Item = ElementRef<'a>> {
    walk(root, move |element| outside.contains(&name(element))).filter_map(ElementRef::wrap)
}

/// Returns the element's name, in lower case. All that is in an SVG is `foreign`: its `<title>` is
/// not that of the page.
pub(crate) fn name(element: ElementRef<'_>) -> &str {
    let name = &element.value().name;
    if &*name.ns == "http://www.w3.org/2000/svg" && &*name.local != "svg" {
        "foreign"
    } else {
        &name.local
    }
}

/// Returns the value of an attribute without white space around it, unless it is empty.
pub(crate) fn attribute<'a>(element: ElementRef<'a>, name: &str) -> Option<&'a str> {
    let (_, value) = element.value().attrs().find(|(key, _)| *key == name)?;
    Some(value.trim()).filter(|value| !value.is_empty())
}

/// Returns whether an attribute that is a list of words, such as `rel`, has this one, regardless of
/// case.
pub(crate) fn has_word(element: ElementRef<'_>, attribute_name: &str, word: &str) -> bool {
    words(element, attribute_name).any(|own| own.eq_ignore_ascii_case(word))
}

/// Returns the words of an attribute.
pub(crate) fn words<'a>(
    element: ElementRef<'a>,
    attribute_name: &str,
) -> impl Iterator<Item = &'a str> {
    attribute(element, attribute_name)
        .unwrap_or_default()
        .split_ascii_whitespace()
}

/// Returns whether `element` is within an element with one of these names.
pub(crate) fn is_within(element: ElementRef<'_>, names: &[&str]) -> bool {
    element
        .ancestors()
        .filter_map(ElementRef::wrap)
        .any(|ancestor| names.contains(&name(ancestor)))
}

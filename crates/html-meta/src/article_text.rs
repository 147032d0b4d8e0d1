//! Extracts the text of the article on a page, without its title and byline and without the parts
//! that a theme adds around the text.

use scraper::{ElementRef, Node};

use crate::text::{is_inline, is_omitted};
use crate::tree::{self, attribute, attribute_words, name};

/// Elements that are not part of the article text.
const EXCLUDED_ELEMENTS: &[&str] = &[
    "aside", "dialog", "footer", "form", "h1", "header", "nav", "time",
];

/// Classes and ids of the parts that themes add around the text. Names are compared as a whole,
/// because a theme may call the article itself `post-with-toc`.
const EXCLUDED_NAMES: &[&str] = &[
    "author-box",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "comment-list",
    "comments",
    "disqus_thread",
    "entry-meta",
    "giscus",
    "meta",
    "newsletter",
    "pager",
    "pagination",
    "post-meta",
    "post-nav",
    "post-navigation",
    "post-tags",
    "read-next",
    "related",
    "related-articles",
    "related-content",
    "related-posts",
    "share",
    "share-buttons",
    "sharing",
    "sidebar",
    "social-share",
    "subscribe",
    "table-of-contents",
    "tableofcontents",
    "tags",
    "toc",
];

/// Returns the text of the article in `scope`.
pub(crate) fn read(scope: ElementRef<'_>) -> String {
    let mut text = String::new();
    for node in tree::descendants(*scope, is_excluded) {
        match node.value() {
            Node::Text(part) => text.push_str(part),
            Node::Element(_) if !ElementRef::wrap(node).is_some_and(is_inline) => text.push(' '),
            _ => {}
        }
    }
    text
}

/// Returns `true` if `element` is not part of the article text.
pub(crate) fn is_excluded(element: ElementRef<'_>) -> bool {
    let id = attribute(element, "id");
    let mut names = attribute_words(element, "class").chain(id);
    is_omitted(element)
        || EXCLUDED_ELEMENTS.contains(&name(element))
        || names.any(|name| EXCLUDED_NAMES.contains(&name.to_ascii_lowercase().as_str()))
}

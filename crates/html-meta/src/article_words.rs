//! The words of the article on a page, without its title, its byline, and what a theme puts around
//! and below the text.

use scraper::{ElementRef, Node};

use crate::text::{is_inline, is_silent};
use crate::tree::{self, attribute, name, words};

/// Elements that are not the text of an article.
const AROUND: &[&str] = &[
    "aside", "dialog", "footer", "form", "h1", "header", "nav", "time",
];

/// Classes and ids of the parts that themes put around a text. They are compared as a whole, since
/// a theme may name the article itself `post-with-toc`.
const THEME_PARTS: &[&str] = &[
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

/// Returns the words of the article in `scope`.
pub(crate) fn read(scope: ElementRef<'_>) -> String {
    let mut text = String::new();
    for node in tree::walk(*scope, is_left_out) {
        match node.value() {
            Node::Text(part) => text.push_str(part),
            Node::Element(_) if !ElementRef::wrap(node).is_some_and(is_inline) => text.push(' '),
            _ => {}
        }
    }
    text
}

fn is_left_out(element: ElementRef<'_>) -> bool {
    let id = attribute(element, "id");
    let mut names = words(element, "class").chain(id);
    is_silent(element)
        || AROUND.contains(&name(element))
        || names.any(|name| THEME_PARTS.contains(&name.to_ascii_lowercase().as_str()))
}

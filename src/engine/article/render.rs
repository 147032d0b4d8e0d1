//! Renders Markdown as HTML.

use super::markdown::parse;

/// Returns the HTML of `markdown`. HTML in the text stays as the author wrote it.
pub(super) fn html(markdown: &str) -> String {
    let mut html = String::with_capacity(markdown.len() * 3 / 2);
    pulldown_cmark::html::push_html(&mut html, parse(markdown).map(|(event, _)| event));
    html
}

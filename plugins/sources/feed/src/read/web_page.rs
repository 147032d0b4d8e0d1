//! Detects a web page that is given instead of a feed, the most common mistake. The page often links
//! to the feed (RSS autodiscovery), which becomes the hint.

use syndicate_api::Diagnostic;
use url::Url;

use super::values::resolve;
use crate::html;
use crate::invalid::invalid;

/// Returns `true` if a text is a web page and not a feed.
pub(super) fn is_page(text: &str) -> bool {
    let head: String = text
        .chars()
        .take(2000)
        .collect::<String>()
        .to_ascii_lowercase();
    let begins = |names: &[&str]| names.iter().filter_map(|name| head.find(name)).min();
    match (
        begins(&["<!doctype html", "<html"]),
        begins(&["<rss", "<feed", "<rdf:rdf"]),
    ) {
        (Some(page), Some(feed)) => page < feed,
        (page, _) => page.is_some(),
    }
}

/// Returns the diagnostic of a web page.
pub(super) fn diagnostic(page: &str, feed_url: Option<&Url>) -> Diagnostic {
    let diagnostic = invalid("expected a feed, found a web page");
    match linked_feed(page, feed_url) {
        Some(feed) => {
            diagnostic.with_hint(format!("use the feed that the page links to: `{feed}`"))
        }
        None => diagnostic.with_hint("set `url` or `path` to an RSS, Atom or JSON feed"),
    }
}

/// Returns the URL of the first feed that a page links to.
fn linked_feed(page: &str, feed_url: Option<&Url>) -> Option<String> {
    html::link_elements(page).find_map(|link| {
        let is = |value: &Option<String>, wanted: &[&str]| {
            let value = value.as_deref().unwrap_or_default().to_ascii_lowercase();
            value.split([' ', ';']).any(|word| wanted.contains(&word))
        };
        let feeds = [
            "application/rss+xml",
            "application/atom+xml",
            "application/feed+json",
        ];
        let is_feed = is(&link.relation, &["alternate"]) && is(&link.media_type, &feeds);
        is_feed.then(|| Some(resolve(link.target.as_deref()?, feed_url)))?
    })
}

//! A web page where a feed should be: the commonest slip, and the page itself often tells the
//! feed's address (the `alternate` links of RSS autodiscovery).

use syndicate_api::Diagnostic;
use url::Url;

use super::values::resolve;
use crate::html;
use crate::invalid::invalid;

/// Whether a text is a page rather than a feed.
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

/// Returns the diagnostic of a page.
pub(super) fn diagnostic(page: &str, address: Option<&Url>) -> Diagnostic {
    let diagnostic = invalid("it is a web page and no feed");
    match linked_feed(page, address) {
        Some(feed) => diagnostic.with_hint(format!("the page names a feed: `{feed}`")),
        None => diagnostic.with_hint("give the address of an RSS, Atom or JSON feed"),
    }
}

/// The first feed that a page names.
fn linked_feed(page: &str, address: Option<&Url>) -> Option<String> {
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
        is_feed.then(|| Some(resolve(link.target.as_deref()?, address)))?
    })
}

//! Finds the signals by which a post is distinguished from other pages.

use crate::article::Scopes;
use crate::collector::Collector;
use crate::head::Head;
use crate::json_ld::Schema;
use crate::page::PageSignals;
use crate::text::collapse;
use crate::tree::{Node, attribute, has_word};
use crate::{microdata, microformats, redirect};

/// The media types of feeds.
const FEEDS: &[&str] = &[
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
];

/// The titles of pages for missing pages, in lower case.
const NOT_FOUND: &[&str] = &[
    "404",
    "404 error",
    "404 not found",
    "404 page not found",
    "content not found",
    "error 404",
    "not found",
    "page not found",
];

/// Reads the signals of a page whose fields `collector` holds.
pub(crate) fn read(
    root: Node<'_>,
    head: &Head<'_>,
    schema: &Schema<'_>,
    scopes: &Scopes<'_>,
    collector: &Collector,
) -> PageSignals {
    let canonical = head.canonical().and_then(|href| collector.resolve(href));
    let redirect = redirect::target(root, scopes.weight());
    let redirect = redirect.map(|target| collector.resolve(&target).unwrap_or(target));
    let mut types: Vec<String> = schema.types().map(str::to_owned).collect();
    types.extend(microdata::kinds(root));
    types.sort_unstable();
    types.dedup();
    PageSignals {
        canonical,
        redirect,
        noindex: ["robots", "googlebot"]
            .iter()
            .any(|key| head.all(key).any(is_noindex)),
        og_type: head.first("og:type").map(str::to_ascii_lowercase),
        types,
        generator: head.first("generator").map(collapse),
        feeds: feeds(head, collector),
        paginated: ["prev", "next"]
            .iter()
            .any(|key| head.links_with(key).next().is_some()),
        articles: scopes.articles(),
        is_feed: microformats::has_feed(root),
        is_not_found: is_not_found(collector),
    }
}

fn is_noindex(content: &str) -> bool {
    let mut rules = content.split(',').map(str::trim);
    rules.any(|rule| rule.eq_ignore_ascii_case("noindex") || rule.eq_ignore_ascii_case("none"))
}

fn feeds(head: &Head<'_>, collector: &Collector) -> Vec<String> {
    head.links_with("alternate")
        .filter(|link| FEEDS.iter().any(|kind| has_word(*link, "type", kind)))
        .filter_map(|link| collector.resolve(attribute(link, "href")?))
        .collect()
}

/// Returns whether one of the titles is that of such a page, alone or beside the site's name.
fn is_not_found(collector: &Collector) -> bool {
    collector.page().title.iter().any(|title| {
        let separated = title
            .value
            .to_lowercase()
            .replace([':', '|', '·', '–', '—', '-', '!'], "\n");
        separated
            .lines()
            .map(|part| part.trim().trim_end_matches('.'))
            .any(|part| NOT_FOUND.contains(&part))
    })
}

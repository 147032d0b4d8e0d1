//! The facts by which a post is told from a list of posts, a page of the site, a redirect or an
//! error page. No single one is reliable: some themes call every page an `article`, some none.

use super::article::Scopes;
use super::collector::Collector;
use super::head::Head;
use super::json_ld::Schema;
use super::text::collapse;
use super::tree::{Node, attribute, has_word};
use super::{microdata, microformats, redirect};

/// What a page shows of its kind. Whether it names an address or a date of its own is told by the
/// fields of [`super::Page`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Signs {
    /// The address that it wants to be known by, which may be one of another site.
    pub(crate) canonical: Option<String>,
    /// The address that it sends its readers on to; as it is written where nothing tells what it is
    /// relative to.
    pub(crate) redirect: Option<String>,
    /// Whether search engines are asked to leave it out.
    pub(crate) noindex: bool,
    /// `og:type`, in lower case: `article`, `website`, …
    pub(crate) og_type: Option<String>,
    /// The types of schema.org that it uses, without namespaces, each once.
    pub(crate) types: Vec<String>,
    /// The generator that it names, with its version.
    pub(crate) generator: Option<String>,
    /// The feeds that it links to.
    pub(crate) feeds: Vec<String>,
    /// Whether it names a page before or after itself, as pages of lists do, and some posts.
    pub(crate) paginated: bool,
    /// How many `<article>` elements stand beside each other.
    pub(crate) articles: usize,
    /// Whether it marks itself as a list of entries (`h-feed`).
    pub(crate) is_feed: bool,
    /// Whether its title or heading says that nothing is here.
    pub(crate) is_not_found: bool,
}

/// The media types of feeds.
const FEEDS: &[&str] = &[
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
];

/// What pages for missing pages are called, in lower case.
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

/// Reads the signs of a page whose fields `collector` holds.
pub(super) fn read(
    root: Node<'_>,
    head: &Head<'_>,
    schema: &Schema<'_>,
    scopes: &Scopes<'_>,
    collector: &Collector<'_>,
) -> Signs {
    let canonical = head.canonical().and_then(|href| collector.resolve(href));
    let redirect = redirect::target(root, scopes.weight());
    let redirect = redirect.map(|target| collector.resolve(&target).unwrap_or(target));
    let mut types: Vec<String> = schema.types().map(str::to_owned).collect();
    types.extend(microdata::kinds(root));
    types.sort_unstable();
    types.dedup();
    Signs {
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

fn feeds(head: &Head<'_>, collector: &Collector<'_>) -> Vec<String> {
    head.links_with("alternate")
        .filter(|link| FEEDS.iter().any(|kind| has_word(*link, "type", kind)))
        .filter_map(|link| collector.resolve(attribute(link, "href")?))
        .collect()
}

/// Whether one of the titles, as a whole or beside the site's name, is what such pages are called.
fn is_not_found(collector: &Collector<'_>) -> bool {
    collector.page().title.iter().any(|(title, _)| {
        let separated = title
            .to_lowercase()
            .replace([':', '|', '·', '–', '—', '-', '!'], "\n");
        separated
            .lines()
            .map(|part| part.trim().trim_end_matches('.'))
            .any(|part| NOT_FOUND.contains(&part))
    })
}

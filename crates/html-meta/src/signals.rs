//! Finds the signals by which a post is distinguished from other pages.

use scraper::ElementRef;

use crate::article::Scopes;
use crate::collector::Collector;
use crate::head::Head;
use crate::json_ld::Schema;
use crate::page::PageSignals;
use crate::text::{collapse, is_hidden, weight};
use crate::tree::{self, Node, attribute, has_word, name};
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
    "page cannot be found",
    "page doesn't exist",
    "page does not exist",
    "page introuvable",
    "page non trouvée",
    "page not found",
    "page not found 404",
    "pagina niet gevonden",
    "pagina non trovata",
    "post not found",
    "página no encontrada",
    "página não encontrada",
    "seite nicht gefunden",
    "siden finnes ikke",
    "siden blev ikke fundet",
    "sidan hittades inte",
    "strona nie została znaleziona",
    "страница не найдена",
    "ページが見つかりません",
    "页面未找到",
    "找不到页面",
];

/// Parts of a page that hold forms of the site.
const BESIDE_POST: &[&str] = &["aside", "dialog", "footer", "header", "nav", "template"];

/// The size of the text, in bytes, above which a page shows more than the request for a password.
const PROMPT: usize = 1500;

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
        is_noindex: ["robots", "googlebot"]
            .iter()
            .any(|key| head.all(key).any(is_noindex)),
        og_type: head.first("og:type").map(str::to_ascii_lowercase),
        types,
        generator: head.first("generator").map(collapse),
        feeds: feeds(head, collector),
        is_paginated: ["prev", "next"]
            .iter()
            .any(|key| head.links_with(key).next().is_some()),
        article_count: scopes.articles(),
        is_feed: microformats::has_feed(root),
        is_not_found: is_not_found(collector),
        has_password_prompt: has_password_prompt(scopes.post()),
    }
}

/// Returns whether the part that should hold the post has a field for a password and little text. A
/// site may offer a sign-in beside its posts.
fn has_password_prompt(post: ElementRef<'_>) -> bool {
    let fields = tree::walk(*post, |element| {
        BESIDE_POST.contains(&name(element)) || is_hidden(element)
    });
    let is_password = |element| {
        name(element) == "input"
            && attribute(element, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("password"))
    };
    weight(post) <= PROMPT && fields.filter_map(ElementRef::wrap).any(is_password)
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

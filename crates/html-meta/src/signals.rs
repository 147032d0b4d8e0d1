//! Reads the signals that distinguish a post from other pages.

use scraper::ElementRef;

use crate::article::SearchScopes;
use crate::collector::Collector;
use crate::head::HeadElements;
use crate::json_ld::JsonLd;
use crate::page::PageSignals;
use crate::text::{collapse_whitespace, is_hidden, text_len};
use crate::tree::{self, Node, attribute, has_word, name};
use crate::{microdata, microformats, redirect};

/// The media types of feeds.
const FEEDS: &[&str] = &[
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
];

/// Titles of "page not found" pages, in lower case.
const NOT_FOUND_TITLES: &[&str] = &[
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

/// Elements that contain forms of the site instead of the post.
const FORM_ELEMENTS: &[&str] = &["aside", "dialog", "footer", "header", "nav", "template"];

/// Maximum size of the text around a password form in bytes. A page with more text shows its
/// content.
const MAX_PROMPT_LEN: usize = 1500;

/// Reads the signals of a page. `collector` must contain the page's fields.
pub(crate) fn read(
    root: Node<'_>,
    head: &HeadElements<'_>,
    schema: &JsonLd<'_>,
    scopes: &SearchScopes<'_>,
    collector: &Collector,
) -> PageSignals {
    let canonical = head.canonical().and_then(|href| collector.resolve(href));
    let redirect = redirect::redirect_target(root, scopes.text_len());
    let redirect = redirect.map(|target| collector.resolve(&target).unwrap_or(target));
    let mut types: Vec<String> = schema.types().map(str::to_owned).collect();
    types.extend(microdata::item_types(root));
    types.sort_unstable();
    types.dedup();
    PageSignals {
        canonical,
        redirect,
        is_noindex: ["robots", "googlebot"]
            .iter()
            .any(|key| head.contents(key).any(is_noindex)),
        og_type: head.first_content("og:type").map(str::to_ascii_lowercase),
        types,
        generator: head.first_content("generator").map(collapse_whitespace),
        feeds: feeds(head, collector),
        is_paginated: ["prev", "next"]
            .iter()
            .any(|key| head.links_with(key).next().is_some()),
        article_count: scopes.article_count(),
        is_feed: microformats::has_feed(root),
        is_not_found: is_not_found(collector),
        has_password_prompt: has_password_prompt(scopes.post()),
    }
}

/// Returns `true` if the post's scope has a password field and little text. A password field
/// elsewhere belongs to the sign-in of the site.
fn has_password_prompt(post: ElementRef<'_>) -> bool {
    let fields = tree::descendants(*post, |element| {
        FORM_ELEMENTS.contains(&name(element)) || is_hidden(element)
    });
    let is_password = |element| {
        name(element) == "input"
            && attribute(element, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("password"))
    };
    text_len(post) <= MAX_PROMPT_LEN && fields.filter_map(ElementRef::wrap).any(is_password)
}

fn is_noindex(content: &str) -> bool {
    let mut rules = content.split(',').map(str::trim);
    rules.any(|rule| rule.eq_ignore_ascii_case("noindex") || rule.eq_ignore_ascii_case("none"))
}

fn feeds(head: &HeadElements<'_>, collector: &Collector) -> Vec<String> {
    head.links_with("alternate")
        .filter(|link| FEEDS.iter().any(|kind| has_word(*link, "type", kind)))
        .filter_map(|link| collector.resolve(attribute(link, "href")?))
        .collect()
}

/// Returns `true` if a title is one of [`NOT_FOUND_TITLES`], alone or combined with the site's
/// name.
fn is_not_found(collector: &Collector) -> bool {
    collector.page().title.iter().any(|title| {
        let separated = title
            .value
            .to_lowercase()
            .replace([':', '|', '·', '–', '—', '-', '!'], "\n");
        separated
            .lines()
            .map(|part| part.trim().trim_end_matches('.'))
            .any(|part| NOT_FOUND_TITLES.contains(&part))
    })
}

//! Reads the signals that distinguish a post from other pages.

use scraper::ElementRef;

use crate::article::SearchScopes;
use crate::collector::Collector;
use crate::head::{HeadElements, has_word};
use crate::json_ld::JsonLd;
use crate::page::PageSignals;
use crate::text::{collapse_whitespace, is_hidden, text_len};
use crate::tree::{self, Node, attribute, name};
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

/// Words of which each of [`NOT_FOUND_TITLES`] contains one.
pub(crate) const NOT_FOUND_WORDS: &[&str] = &[
    "404",
    "encontrada",
    "exist",
    "found",
    "gefunden",
    "gevonden",
    "hittades",
    "ikke",
    "trouv",
    "trovata",
    "znaleziona",
    "найдена",
    "見つかりません",
    "未找到",
    "找不到",
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
    let redirect = redirect::redirect_target(root, scopes.text_len());
    let mut signals = of_head(head, schema, collector);
    signals.types.extend(microdata::item_types(root));
    signals.types.sort_unstable();
    signals.types.dedup();
    PageSignals {
        redirect: redirect.map(|target| collector.resolve(&target).unwrap_or(target)),
        has_several_articles: scopes.article_count() > 1,
        is_feed: microformats::has_feed(root),
        has_password_prompt: has_password_prompt(scopes.post()),
        ..signals
    }
}

/// Reads the signals in the head of a page. `collector` must contain the page's fields.
pub(crate) fn of_head(
    head: &HeadElements<'_>,
    schema: &JsonLd<'_>,
    collector: &Collector,
) -> PageSignals {
    let mut types: Vec<String> = schema.types().map(str::to_owned).collect();
    types.sort_unstable();
    types.dedup();
    PageSignals {
        canonical: head.canonical().and_then(|href| collector.resolve(href)),
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
        is_not_found: is_not_found(collector),
        ..PageSignals::default()
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
        .filter(|link| FEEDS.iter().any(|kind| has_word(&link.kind, kind)))
        .filter_map(|link| collector.resolve(&link.href))
        .collect()
}

/// Returns `true` if a title is one of [`NOT_FOUND_TITLES`], alone or combined with the site's
/// name.
fn is_not_found(collector: &Collector) -> bool {
    let mut last = None;
    let titles = collector.page().title.iter().map(|title| &title.value);
    // Pages repeat the same title.
    let mut distinct = titles.filter(|title| last.replace(*title) != Some(*title));
    distinct.any(|title| {
        title
            .split([':', '|', '·', '–', '—', '-', '!', '\n'])
            .map(|part| part.trim().trim_end_matches('.'))
            .any(is_not_found_title)
    })
}

/// Returns `true` if a text is one of [`NOT_FOUND_TITLES`], in any case.
fn is_not_found_title(text: &str) -> bool {
    if text.is_ascii() {
        let mut titles = NOT_FOUND_TITLES.iter();
        titles.any(|title| title.eq_ignore_ascii_case(text))
    } else {
        NOT_FOUND_TITLES.contains(&text.to_lowercase().as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::{NOT_FOUND_TITLES, NOT_FOUND_WORDS};

    #[test]
    fn every_error_title_has_word() {
        for title in NOT_FOUND_TITLES {
            assert!(
                NOT_FOUND_WORDS.iter().any(|word| title.contains(word)),
                "{title}"
            );
        }
    }
}

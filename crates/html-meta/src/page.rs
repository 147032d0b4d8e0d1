//! The metadata of a page as plain values.

use crate::candidates::Candidates;

/// The metadata of a page, with all candidate values of each field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The URL that the page gives for itself. Its host may be wrong, such as `localhost`.
    pub url: Candidates<String>,
    /// The title. Titles from the head often include the site's name.
    pub title: Candidates<String>,
    /// The description. A value from the visible content is the start of the text and may be long.
    pub description: Candidates<String>,
    /// The pictures. Pictures of the same origin are in document order.
    pub images: Candidates<PageImage>,
    /// The date of publication.
    pub published: Candidates<DateText>,
    /// The date of the last change.
    pub updated: Candidates<DateText>,
    /// The tags. Each candidate holds all tags of one origin.
    pub tags: Candidates<Vec<String>>,
    /// The author. Several names are separated by commas.
    pub author: Candidates<String>,
    /// The language as a BCP 47 tag.
    pub lang: Candidates<String>,
    /// The name of the site, which may be part of the titles.
    pub site_name: Candidates<String>,
    /// Signals that distinguish a post from other pages.
    pub signals: PageSignals,
    /// `true` if the page was too long, too large or too deeply nested to be read completely.
    pub is_truncated: bool,
}

/// A picture of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageImage {
    /// The absolute URL, with the scheme `http` or `https`.
    pub url: String,
    /// The alternative text.
    pub alt: Option<String>,
}

/// A date in the notation of the page. It may be invalid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateText {
    /// The value of an attribute or property, or else the text of the element.
    pub text: String,
    /// The visible text of a `<time>`, if [`DateText::text`] is its `datetime` attribute. It is the
    /// fallback if a mistake in a template made the attribute invalid.
    pub visible: Option<String>,
}

impl From<String> for DateText {
    fn from(text: String) -> Self {
        Self {
            text,
            visible: None,
        }
    }
}

impl From<&str> for DateText {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// Signals that distinguish a post from a list of posts, another page of the site, a redirect or an
/// error page. No single signal is reliable: some themes mark every page as an `article`, some mark
/// none. The URL and the date of a page are signals too; see [`Page::url`] and [`Page::published`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageSignals {
    /// The canonical URL. It may be on another site.
    pub canonical: Option<String>,
    /// The target of the page's redirect. It is relative if the page's own URL is unknown.
    pub redirect: Option<String>,
    /// `true` if the page has a `noindex` rule for search engines.
    pub is_noindex: bool,
    /// The value of `og:type` in lower case: `article`, `website`, …
    pub og_type: Option<String>,
    /// The schema.org types that the page uses, sorted, without namespaces and duplicates.
    pub types: Vec<String>,
    /// The value of `<meta name=generator>`, usually with a version.
    pub generator: Option<String>,
    /// The URLs of the feeds that the page links to.
    pub feeds: Vec<String>,
    /// `true` if the page links to a previous or next page. Pages of lists do, and some posts.
    pub is_paginated: bool,
    /// `true` if the page has several `<article>` elements that are not inside another `<article>`.
    pub has_several_articles: bool,
    /// `true` if the page is marked as a list of entries (`h-feed`).
    pub is_feed: bool,
    /// `true` if a title or heading is a known text of "page not found" pages.
    pub is_not_found: bool,
    /// `true` if the page shows a password form instead of its text.
    pub has_password_prompt: bool,
}

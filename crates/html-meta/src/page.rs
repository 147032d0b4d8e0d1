//! The metadata of a page, as plain values.

use crate::candidates::Candidates;

/// The metadata of a page: for each field every value that the page offers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The page's own address, as the page gives it; the host may be a wrong one, such as
    /// `localhost`.
    pub url: Candidates<String>,
    /// The title; those of the head often include the site's name.
    pub title: Candidates<String>,
    /// A summary. A value that the page only shows is the beginning of its text, which may be long.
    pub description: Candidates<String>,
    /// The pictures; several from one place are in the page's order.
    pub images: Candidates<PageImage>,
    /// The date of publication.
    pub published: Candidates<DateText>,
    /// The date of the last change.
    pub updated: Candidates<DateText>,
    /// The tags; each value has all tags of one place.
    pub tags: Candidates<Vec<String>>,
    /// The author; several names are separated by commas.
    pub author: Candidates<String>,
    /// The language, as a BCP 47 tag.
    pub lang: Candidates<String>,
    /// The name of the site, which titles may include.
    pub site_name: Candidates<String>,
    /// The signals by which a post is distinguished from other pages.
    pub signals: PageSignals,
    /// The text of the article without its title, byline and surroundings; only
    /// [`read_with_article`](crate::read_with_article) fills it.
    pub article: Option<String>,
    /// Whether the page was too long, too large or too deeply nested to be read to its end.
    pub is_truncated: bool,
}

/// A picture of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageImage {
    /// The absolute address, `http` or `https`.
    pub url: String,
    /// The alternative text.
    pub alt: Option<String>,
}

/// A date as the page writes it, in any notation. It may not be a valid date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateText {
    /// The text of an attribute or property, or of an element without one.
    pub text: String,
    /// The text that readers see, if [`DateText::text`] is the `datetime` attribute of a `<time>`.
    /// It is the better value where a template's mistake made the attribute invalid.
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

/// The signals by which a post is distinguished from a list of posts, another page of the site, a
/// redirect or an error page. No single one is reliable: some themes call every page an `article`,
/// some none. The address and date that a page gives are signals as well; see the fields of
/// [`Page`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageSignals {
    /// The canonical address, which may be one of another site.
    pub canonical: Option<String>,
    /// The address that the page redirects to; a relative one if the page's own address is unknown.
    pub redirect: Option<String>,
    /// Whether search engines are asked to leave the page out.
    pub is_noindex: bool,
    /// `og:type`, in lower case: `article`, `website`, …
    pub og_type: Option<String>,
    /// The types of schema.org that the page uses, sorted, without namespaces, each once.
    pub types: Vec<String>,
    /// The generator that the page names, with its version.
    pub generator: Option<String>,
    /// The addresses of the feeds that the page links to.
    pub feeds: Vec<String>,
    /// Whether the page names a previous or next page, as pages of lists do, and some posts.
    pub is_paginated: bool,
    /// The number of `<article>` elements that are not within another one.
    pub article_count: usize,
    /// Whether the page marks itself as a list of entries (`h-feed`).
    pub is_feed: bool,
    /// Whether the title or heading is that of a page for missing pages.
    pub is_not_found: bool,
    /// Whether the page asks for a password where its text should be.
    pub has_password_prompt: bool,
}

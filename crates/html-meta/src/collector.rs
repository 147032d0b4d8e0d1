//! Collects values in order of precedence and normalizes them: white space is collapsed, URLs are
//! made absolute, and unusable values are dropped.

use std::borrow::Cow;
use std::collections::BTreeSet;

use memchr::memchr;

use crate::base_url::BaseUrl;
use crate::candidates::{Candidate, Candidates, MAX_CANDIDATES};
use crate::page::{DateText, Page, PageImage};
use crate::text::{collapse_whitespace, visible_text};
use crate::tree;

/// The origin of a value, mostly a text of this program.
type Origin = Cow<'static, str>;

/// Builds a [`Page`] from the values that the readers find.
pub(crate) struct Collector {
    page: Page,
    base: BaseUrl,
    is_metadata: bool,
}

impl Collector {
    pub(crate) fn new(base: BaseUrl) -> Self {
        Self {
            page: Page::default(),
            base,
            is_metadata: true,
        }
    }

    pub(crate) fn finish(self) -> Page {
        self.page
    }

    /// Returns the values collected so far.
    pub(crate) fn page(&self) -> &Page {
        &self.page
    }

    /// Marks all later values as visible content instead of metadata.
    pub(crate) fn start_visible_content(&mut self) {
        self.is_metadata = false;
    }

    fn push<T>(
        &mut self,
        field: fn(&mut Page) -> &mut Candidates<T>,
        value: T,
        origin: impl Into<Origin>,
    ) {
        field(&mut self.page).push(Candidate {
            value,
            origin: origin.into(),
            is_metadata: self.is_metadata,
        });
    }

    /// Returns the absolute URL that `reference` resolves to, or `None` if it cannot be resolved.
    pub(crate) fn resolve(&self, reference: &str) -> Option<String> {
        self.base.resolve(reference)
    }

    /// Returns the path and query of the URL that `reference` resolves to, if it is on the same
    /// site.
    pub(crate) fn same_site_path(&self, reference: &str) -> Option<String> {
        self.base.same_site_path(reference)
    }

    pub(crate) fn add_url(&mut self, reference: &str, origin: impl Into<Origin>) {
        if let Some(url) = self.resolve(reference) {
            self.push(|page| &mut page.url, url, origin);
        }
    }

    pub(crate) fn add_title(&mut self, text: &str, origin: impl Into<Origin>) {
        if let Some(title) = non_empty_text(text) {
            self.push(|page| &mut page.title, title, origin);
        }
    }

    /// Adds a description. Markup is removed first, because some themes copy HTML from the body
    /// into the head.
    pub(crate) fn add_description(&mut self, text: &str, origin: impl Into<Origin>) {
        self.add_excerpt(&strip_markup(text), origin);
    }

    /// Adds a description that is already plain text.
    pub(crate) fn add_excerpt(&mut self, text: &str, origin: impl Into<Origin>) {
        if let Some(description) = non_empty_text(text) {
            self.push(|page| &mut page.description, description, origin);
        }
    }

    pub(crate) fn add_site_name(&mut self, text: &str, origin: impl Into<Origin>) {
        if let Some(name) = non_empty_text(text) {
            self.push(|page| &mut page.site_name, name, origin);
        }
    }

    pub(crate) fn add_image(
        &mut self,
        reference: &str,
        alt: Option<&str>,
        origin: impl Into<Origin>,
    ) {
        if let Some(url) = self.resolve(reference) {
            let alt = alt.and_then(non_empty_text);
            self.push(|page| &mut page.images, PageImage { url, alt }, origin);
        }
    }

    pub(crate) fn add_published(&mut self, date: impl Into<DateText>, origin: impl Into<Origin>) {
        if let Some(date) = non_empty_date(date) {
            self.push(|page| &mut page.published, date, origin);
        }
    }

    pub(crate) fn add_updated(&mut self, date: impl Into<DateText>, origin: impl Into<Origin>) {
        if let Some(date) = non_empty_date(date) {
            self.push(|page| &mut page.updated, date, origin);
        }
    }

    /// Adds the tags of one origin. Duplicates are removed, ignoring case.
    pub(crate) fn add_tags<T: AsRef<str>>(
        &mut self,
        tags: impl IntoIterator<Item = T>,
        origin: impl Into<Origin>,
    ) {
        let mut kept: Vec<String> = Vec::new();
        let mut known = BTreeSet::new();
        for tag in tags {
            let tag = collapse_whitespace(tag.as_ref().trim().trim_start_matches('#'));
            if !tag.is_empty() && known.insert(tag.to_lowercase()) {
                kept.push(tag);
            }
        }
        if !kept.is_empty() {
            self.push(|page| &mut page.tags, kept, origin);
        }
    }

    /// Adds the authors of one origin. Profile URLs and account names such as `@ada` are dropped.
    pub(crate) fn add_authors<T: AsRef<str>>(
        &mut self,
        names: impl IntoIterator<Item = T>,
        origin: impl Into<Origin>,
    ) {
        let mut kept: Vec<String> = Vec::new();
        for name in names.into_iter().take(MAX_CANDIDATES) {
            let name = collapse_whitespace(name.as_ref());
            let is_name = !name.is_empty() && !name.contains("://") && !name.starts_with('@');
            if is_name && !kept.contains(&name) {
                kept.push(name);
            }
        }
        if !kept.is_empty() {
            self.push(|page| &mut page.author, kept.join(", "), origin);
        }
    }

    /// Adds a language if it is a plausible BCP 47 tag, such as `en` or `zh_CN`.
    pub(crate) fn add_lang(&mut self, text: &str, origin: impl Into<Origin>) {
        // Many sites write `zh_CN` instead of `zh-CN`.
        let tag = text.trim().replace('_', "-");
        let mut parts = tag.split('-');
        let is_language = parts
            .next()
            .is_some_and(|part| matches!(part.len(), 2 | 3) && is_alphabetic(part));
        let is_plain = |part: &str| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        if is_language && parts.all(is_plain) {
            self.push(|page| &mut page.lang, tag, origin);
        }
    }
}

/// Returns the date, or `None` if its text is blank.
fn non_empty_date(date: impl Into<DateText>) -> Option<DateText> {
    Some(date.into()).filter(|date| !date.text.trim().is_empty())
}

/// Returns the text with collapsed white space, or `None` if it is blank.
fn non_empty_text(text: &str) -> Option<String> {
    Some(collapse_whitespace(text)).filter(|text| !text.is_empty())
}

/// Elements that mark a text in the head as HTML.
const MARKUP_ELEMENTS: &[&str] = &[
    "a", "b", "code", "div", "em", "i", "li", "p", "span", "strong",
];

/// Returns the visible text of a value that contains HTML, and any other value unchanged. Only a
/// pair of tags counts as HTML, so `Option<T>`, `i <3 u` and `what </head> does` are unchanged.
fn strip_markup(text: &str) -> Cow<'_, str> {
    if memchr(b'<', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let is_html = MARKUP_ELEMENTS.iter().any(|name| {
        let opened = text.split_once(&format!("<{name}"));
        opened.is_some_and(|(_, inside)| {
            inside.starts_with([' ', '>']) && inside.contains(&format!("</{name}>"))
        })
    });
    if !is_html {
        return Cow::Borrowed(text);
    }
    let (html, _) = tree::parse(text);
    let root = tree::elements(html.tree.root()).next();
    root.map_or(Cow::Borrowed(text), |root| Cow::Owned(visible_text(root)))
}

fn is_alphabetic(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

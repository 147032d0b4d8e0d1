//! Takes values in the order of precedence and keeps those that are usable: text with its white
//! space collapsed, addresses made absolute, names that are names.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::base::Base;
use crate::candidates::{Candidate, Candidates, MAX};
use crate::page::{DateText, Page, PageImage};
use crate::text::{collapse, visible};
use crate::tree;

/// The page that is being filled.
pub(crate) struct Collector {
    page: Page,
    base: Base,
    is_metadata: bool,
}

impl Collector {
    pub(crate) fn new(base: Base) -> Self {
        Self {
            page: Page::default(),
            base,
            is_metadata: true,
        }
    }

    pub(crate) fn finish(self) -> Page {
        self.page
    }

    /// Returns what was taken so far.
    pub(crate) fn page(&self) -> &Page {
        &self.page
    }

    /// Marks all further values as what readers see rather than metadata.
    pub(crate) fn start_visible_content(&mut self) {
        self.is_metadata = false;
    }

    fn push<T>(&mut self, field: fn(&mut Page) -> &mut Candidates<T>, value: T, origin: &str) {
        field(&mut self.page).push(Candidate {
            value,
            origin: origin.to_owned(),
            is_metadata: self.is_metadata,
        });
    }

    /// Returns the absolute address that `reference` means.
    pub(crate) fn resolve(&self, reference: &str) -> Option<String> {
        self.base.resolve(reference)
    }

    /// Returns path and query of the address that `reference` means if it is one of the page's site.
    pub(crate) fn own_path(&self, reference: &str) -> Option<String> {
        self.base.own_path(reference)
    }

    pub(crate) fn url(&mut self, reference: &str, origin: &str) {
        if let Some(url) = self.resolve(reference) {
            self.push(|page| &mut page.url, url, origin);
        }
    }

    pub(crate) fn title(&mut self, text: &str, origin: &str) {
        if let Some(title) = filled(text) {
            self.push(|page| &mut page.title, title, origin);
        }
    }

    /// Takes a description, which may hold HTML where a theme put it into the head as it is in the
    /// body.
    pub(crate) fn description(&mut self, text: &str, origin: &str) {
        self.excerpt(&without_markup(text), origin);
    }

    /// Takes a description that is text as readers see it.
    pub(crate) fn excerpt(&mut self, text: &str, origin: &str) {
        if let Some(description) = filled(text) {
            self.push(|page| &mut page.description, description, origin);
        }
    }

    pub(crate) fn site_name(&mut self, text: &str, origin: &str) {
        if let Some(name) = filled(text) {
            self.push(|page| &mut page.site_name, name, origin);
        }
    }

    pub(crate) fn image(&mut self, reference: &str, alt: Option<&str>, origin: &str) {
        if let Some(url) = self.resolve(reference) {
            let alt = alt.and_then(filled);
            self.push(|page| &mut page.images, PageImage { url, alt }, origin);
        }
    }

    pub(crate) fn published(&mut self, date: impl Into<DateText>, origin: &str) {
        if let Some(date) = written(date) {
            self.push(|page| &mut page.published, date, origin);
        }
    }

    pub(crate) fn updated(&mut self, date: impl Into<DateText>, origin: &str) {
        if let Some(date) = written(date) {
            self.push(|page| &mut page.updated, date, origin);
        }
    }

    /// Takes the tags of one place, each once regardless of case.
    pub(crate) fn tags<T: AsRef<str>>(&mut self, tags: impl IntoIterator<Item = T>, origin: &str) {
        let mut kept: Vec<String> = Vec::new();
        let mut known = BTreeSet::new();
        for tag in tags {
            let tag = collapse(tag.as_ref().trim().trim_start_matches('#'));
            if !tag.is_empty() && known.insert(tag.to_lowercase()) {
                kept.push(tag);
            }
        }
        if !kept.is_empty() {
            self.push(|page| &mut page.tags, kept, origin);
        }
    }

    /// Takes the authors that one place names. A profile's address or an account is not a name.
    pub(crate) fn authors<T: AsRef<str>>(
        &mut self,
        names: impl IntoIterator<Item = T>,
        origin: &str,
    ) {
        let mut kept: Vec<String> = Vec::new();
        for name in names.into_iter().take(MAX) {
            let name = collapse(name.as_ref());
            let is_name = !name.is_empty() && !name.contains("://") && !name.starts_with('@');
            if is_name && !kept.contains(&name) {
                kept.push(name);
            }
        }
        if !kept.is_empty() {
            self.push(|page| &mut page.author, kept.join(", "), origin);
        }
    }

    /// Takes a language if it looks like a tag of BCP 47: `en`, `zh_CN`, not `english language`.
    pub(crate) fn lang(&mut self, text: &str, origin: &str) {
        // Many sites write `zh_CN`.
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

/// Returns a date if it has any text.
fn written(date: impl Into<DateText>) -> Option<DateText> {
    Some(date.into()).filter(|date| !date.text.trim().is_empty())
}

/// Returns the text with its white space collapsed, unless it is empty.
fn filled(text: &str) -> Option<String> {
    Some(collapse(text)).filter(|text| !text.is_empty())
}

/// Elements that texts in the head are wrapped in where they are HTML.
const MARKUP: &[&str] = &[
    "a", "b", "code", "div", "em", "i", "li", "p", "span", "strong",
];

/// Returns the words of a text that is HTML. Only a pair of tags is a sign of it: `Option<T>`, `i
/// <3 u` and `what </head> does` are words.
fn without_markup(text: &str) -> Cow<'_, str> {
    let is_html = MARKUP.iter().any(|name| {
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
    root.map_or(Cow::Borrowed(text), |root| Cow::Owned(visible(root)))
}

fn is_alphabetic(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

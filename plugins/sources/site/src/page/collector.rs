//! Takes values in the order of precedence and keeps those that are any good: text with its white
//! space collapsed, addresses made absolute, dates that can be read, names that are names.

use std::borrow::Cow;
use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use syndicate_api::{Image, Moment};

use super::Page;
use super::base::Base;
use super::candidates::MAX;
use super::text::{collapse, visible};
use super::tree;
use crate::moment;
use crate::site::language_tag;

/// The page that is being filled.
pub(super) struct Collector<'a> {
    page: Page,
    base: Base,
    zone: &'a TimeZone,
}

impl<'a> Collector<'a> {
    pub(super) fn new(base: Base, zone: &'a TimeZone) -> Self {
        Self {
            page: Page::default(),
            base,
            zone,
        }
    }

    pub(super) fn finish(self) -> Page {
        self.page
    }

    /// What was taken so far.
    pub(super) fn page(&self) -> &Page {
        &self.page
    }

    /// Notes that whatever comes now is what readers see, and no statement of the page about itself.
    pub(super) fn end_of_statements(&mut self) {
        let page = &mut self.page;
        page.url.end_of_statements();
        page.title.end_of_statements();
        page.description.end_of_statements();
        page.images.end_of_statements();
        page.published.end_of_statements();
        page.updated.end_of_statements();
        page.tags.end_of_statements();
        page.author.end_of_statements();
        page.lang.end_of_statements();
        page.site_name.end_of_statements();
    }

    /// The absolute address that `reference` means.
    pub(super) fn resolve(&self, reference: &str) -> Option<String> {
        self.base.resolve(reference)
    }

    pub(super) fn url(&mut self, reference: &str, origin: &str) {
        if let Some(url) = self.resolve(reference) {
            self.page.url.push(url, origin);
        }
    }

    pub(super) fn title(&mut self, text: &str, origin: &str) {
        if let Some(title) = filled(text) {
            self.page.title.push(title, origin);
        }
    }

    /// Takes a description, which may hold HTML where a theme put it into the head as it is in the
    /// body.
    pub(super) fn description(&mut self, text: &str, origin: &str) {
        self.excerpt(&without_markup(text), origin);
    }

    /// Takes a description that is text as readers see it.
    pub(super) fn excerpt(&mut self, text: &str, origin: &str) {
        if let Some(description) = filled(text) {
            self.page.description.push(description, origin);
        }
    }

    pub(super) fn site_name(&mut self, text: &str, origin: &str) {
        if let Some(name) = filled(text) {
            self.page.site_name.push(name, origin);
        }
    }

    pub(super) fn image(&mut self, reference: &str, alt: Option<&str>, origin: &str) {
        if let Some(url) = self.resolve(reference) {
            let image = Image {
                url: Some(url),
                file: None,
                alt: alt.and_then(filled),
            };
            self.page.images.push(image, origin);
        }
    }

    pub(super) fn published(&mut self, text: &str, origin: &str) {
        if let Some(moment) = self.moment(text) {
            self.page.published.push(moment, origin);
        }
    }

    pub(super) fn updated(&mut self, text: &str, origin: &str) {
        if let Some(moment) = self.moment(text) {
            self.page.updated.push(moment, origin);
        }
    }

    /// Takes the tags of one place, each once whatever its case.
    pub(super) fn tags<T: AsRef<str>>(&mut self, tags: impl IntoIterator<Item = T>, origin: &str) {
        let mut kept: Vec<String> = Vec::new();
        let mut known = BTreeSet::new();
        for tag in tags {
            let tag = collapse(tag.as_ref().trim().trim_start_matches('#'));
            if !tag.is_empty() && known.insert(tag.to_lowercase()) {
                kept.push(tag);
            }
        }
        if !kept.is_empty() {
            self.page.tags.push(kept, origin);
        }
    }

    /// Takes the authors that one place names. A profile's address or an account is no name.
    pub(super) fn authors<T: AsRef<str>>(
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
            self.page.author.push(kept.join(", "), origin);
        }
    }

    /// Takes a language if it looks like a tag of BCP 47: `en`, `zh_CN`, not `english language`.
    pub(super) fn lang(&mut self, text: &str, origin: &str) {
        let tag = language_tag(text);
        let mut parts = tag.split('-');
        let is_language = parts
            .next()
            .is_some_and(|part| matches!(part.len(), 2 | 3) && is_alphabetic(part));
        let is_plain = |part: &str| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        if is_language && parts.all(is_plain) {
            self.page.lang.push(tag, origin);
        }
    }

    /// Whether `text` is a date that can be read.
    pub(super) fn is_date(&self, text: &str) -> bool {
        self.moment(text).is_some()
    }

    /// A date; scripts also write `Sun Jan 12 2015 10:40:00 GMT+0100 (CET)`. The first day of the first
    /// year is Go's zero time, which themes of Hugo print for pages without a date.
    fn moment(&self, text: &str) -> Option<Moment> {
        let text = text.split(" (").next().unwrap_or(text);
        let text = text.replace("GMT+", "+").replace("GMT-", "-");
        let moment = moment::parse(&text, self.zone)?.moment;
        (moment.at.year() > 1).then_some(moment)
    }
}

/// The text with its white space collapsed; `None` where nothing is left.
fn filled(text: &str) -> Option<String> {
    Some(collapse(text)).filter(|text| !text.is_empty())
}

/// Elements that texts in the head are wrapped in where they are HTML.
const MARKUP: &[&str] = &[
    "a", "b", "code", "div", "em", "i", "li", "p", "span", "strong",
];

/// The words of a text that is HTML. Only a pair of tags is a sign of it: `Option<T>`, `i <3 u` and
/// `what </head> does` are words.
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

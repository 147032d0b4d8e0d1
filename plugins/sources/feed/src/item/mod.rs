//! Turns an entry into an item: its fields with their origins, its keys, its diagnostics.

mod fields;

use std::sync::Arc;

use jiff::tz::TimeZone;
use syndicate_api::dates::parse_feed_date;
use syndicate_api::text::language_tag;
use syndicate_api::{
    BodyFormat, Diagnostic, FieldOrigin, FieldOrigins, FileSpan, Item, ItemAuthor, ItemField,
    ItemText, PostDate, Site, TextDigest, TextKind, normalise_url, record_origin,
};

use crate::feed::{Entry, Feed, FeedText, FromElement};
use crate::html::{self, VisibleContent};
use crate::identity::{SharedLinks, entry_label, entry_url};
use crate::invalid::invalid;

use fields::{authors, description, image, origin, tags, title};

/// The settings and values that all entries of a feed share.
pub(crate) struct EntryContext<'a> {
    /// The source's name in pipeline.yaml.
    pub(crate) source: &'a str,
    /// The time zone of dates without an offset.
    pub(crate) zone: &'a TimeZone,
    /// The links that do not identify an entry.
    pub(crate) shared: &'a SharedLinks,
    pub(crate) updated_as_published: bool,
    pub(crate) authors: &'a [String],
    pub(crate) lang: Option<&'a str>,
    pub(crate) site: Arc<Site>,
}

/// Returns the site that a feed belongs to.
pub(crate) fn site(feed: &Feed, timezone: Option<&str>) -> Site {
    let plain_text = |text: &Option<FeedText>| {
        text.as_ref()
            .map(FeedText::plain)
            .filter(|text| !text.is_empty())
    };
    let home = feed
        .home
        .as_deref()
        .filter(|home| normalise_url(home).is_some());
    Site {
        title: plain_text(&feed.title),
        description: plain_text(&feed.description),
        url: home.map(|home| home.trim_end_matches('/').to_owned()),
        author: ItemAuthor::joined_names(&authors(&feed.authors)),
        lang: feed.lang.as_deref().map(language_tag),
        timezone: timezone.map(str::to_owned),
    }
}

impl EntryContext<'_> {
    /// Builds the item of an entry.
    pub(crate) fn item(&self, entry: &Entry) -> Result<Item, Diagnostic> {
        let at_entry = |diagnostic: Diagnostic| diagnostic.at(entry.line.map(FileSpan::of_line));
        let url = entry_url(entry).map_err(at_entry)?;
        let keys = self.shared.keys(self.source, entry, url.as_ref());
        let keys = keys.map_err(at_entry)?;
        let body = entry.content.as_ref().or(entry.summary.as_ref());
        let visible = body
            .map(|(text, _)| visible_content(text))
            .unwrap_or_default();
        let published = self.date(entry, &entry.published).map_err(at_entry)?;
        let updated = self.date(entry, &entry.updated).map_err(at_entry)?;
        let published = published.or_else(|| updated.clone().filter(|_| self.updated_as_published));

        let mut origins = FieldOrigins::new();
        let page = url.as_ref().map(|(url, _)| url.clone());
        let base = entry.base.as_ref().or(page.as_ref());
        let authors = self.authors(entry);
        let authors = record_origin(&mut origins, ItemField::Author, authors).unwrap_or_default();
        let mut item = Item {
            keys,
            source: self.source.to_owned(),
            title: record_origin(&mut origins, ItemField::Title, title(entry)),
            description: record_origin(
                &mut origins,
                ItemField::Description,
                description(entry, &visible),
            ),
            image: record_origin(&mut origins, ItemField::Image, image(entry, &visible, base)),
            published: record_origin(&mut origins, ItemField::Published, published),
            updated: record_origin(&mut origins, ItemField::Updated, updated),
            tags: record_origin(&mut origins, ItemField::Tags, tags(entry)).unwrap_or_default(),
            author: ItemAuthor::joined_names(&authors),
            authors,
            lang: record_origin(&mut origins, ItemField::Lang, self.lang(entry)),
            text: ItemText::held(
                body.map_or("", |(text, _)| text.as_written()),
                TextDigest::of(TextKind::Feed, &visible.text),
            ),
            body_format: body.map_or(BodyFormat::Html, |(text, _)| body_format(text)),
            site: Arc::clone(&self.site),
            ..Item::default()
        };
        let url = url.map(|(url, element)| (url.to_string(), origin(element)));
        item.url = record_origin(&mut origins, ItemField::Url, url);
        item.link = item.url.clone();
        item.origin = origins.shared();
        Ok(item)
    }

    fn date(
        &self,
        entry: &Entry,
        found: &Option<FromElement<String>>,
    ) -> Result<Option<(PostDate, FieldOrigin)>, Diagnostic> {
        let Some((text, element)) = found else {
            return Ok(None);
        };
        match parse_feed_date(text, self.zone) {
            Ok(date) => Ok(Some((date, origin(element)))),
            Err(_) => {
                let text: String = html::collapse(text).chars().take(60).collect();
                let message = format!("{}: invalid `{element}` `{text}`", entry_label(entry));
                Err(invalid(message).with_hint("write dates like `2026-11-22T09:30:00Z` in Atom and JSON, and like `Sun, 22 Nov 2026 09:30:00 GMT` in RSS"))
            }
        }
    }

    /// Returns the authors of an entry, otherwise those of the feed.
    fn authors(&self, entry: &Entry) -> Option<(Vec<ItemAuthor>, FieldOrigin)> {
        [
            (entry.authors.as_slice(), "author"),
            (self.authors, "feed author"),
        ]
        .into_iter()
        .map(|(names, element)| (authors(names), origin(element)))
        .find(|(authors, _)| !authors.is_empty())
    }

    fn lang(&self, entry: &Entry) -> Option<(String, FieldOrigin)> {
        let own = entry.lang.as_deref().map(|lang| (lang, "entry language"));
        let (lang, element) = own.or_else(|| Some((self.lang?, "language")))?;
        Some((language_tag(lang), origin(element)))
    }
}

fn body_format(text: &FeedText) -> BodyFormat {
    match text {
        FeedText::Html(_) | FeedText::Line(_) => BodyFormat::Html,
        FeedText::Plain(_) => BodyFormat::Text,
    }
}

fn visible_content(text: &FeedText) -> VisibleContent {
    match text {
        FeedText::Html(html) | FeedText::Line(html) => html::read_visible(html),
        FeedText::Plain(_) => VisibleContent {
            text: text.plain(),
            pictures: Vec::new(),
        },
    }
}

//! A built page in the terms of an item: the metadata that `html_meta` reads, with dates read in
//! the site's time zone and a description of a card's length. Which value wins, whether the page is
//! a post and which file of the site a picture is are decided in `built`.

mod candidates;
#[cfg(test)]
mod tests;

use html_meta::{Candidate, DateText, PageImage, PageSignals};
use jiff::tz::TimeZone;
use syndicate_api::dates::parse_date;
use syndicate_api::text::shorten;
use syndicate_api::{Image, PostDate, TextDigest, TextKind};
use url::Url;

pub(crate) use candidates::Candidates;
pub(crate) use html_meta::{MAX_BYTES, is_article_type};

/// What a page offers; the fields are those of [`html_meta::Page`].
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Page {
    pub(crate) url: Candidates<String>,
    pub(crate) title: Candidates<String>,
    pub(crate) description: Candidates<String>,
    pub(crate) images: Candidates<Image>,
    pub(crate) published: Candidates<PostDate>,
    pub(crate) updated: Candidates<PostDate>,
    pub(crate) tags: Candidates<Vec<String>>,
    pub(crate) author: Candidates<String>,
    pub(crate) lang: Candidates<String>,
    pub(crate) site_name: Candidates<String>,
    pub(crate) signals: PageSignals,
    /// The digest of the article's words, if it was asked for.
    pub(crate) text: Option<TextDigest>,
    pub(crate) partial: bool,
}

/// Reads a page that is at `address`. Dates without an offset are meant in `zone`.
pub(crate) fn read(bytes: &[u8], address: Option<&Url>, zone: &TimeZone) -> Page {
    Page::new(html_meta::read(bytes, address), zone)
}

/// Reads a page together with the words of its article, which takes longer.
pub(crate) fn read_with_text(bytes: &[u8], address: Option<&Url>, zone: &TimeZone) -> Page {
    Page::new(html_meta::read_with_article(bytes, address), zone)
}

impl Page {
    fn new(page: html_meta::Page, zone: &TimeZone) -> Self {
        let read = Self {
            url: page.url.into(),
            title: page.title.into(),
            description: Candidates::read(page.description, |text| Some(description(text))),
            images: Candidates::read(page.images, |image| Some(picture(image.value))),
            published: Candidates::read(page.published, |date| read_date(&date.value, zone)),
            updated: Candidates::read(page.updated, |date| read_date(&date.value, zone)),
            tags: page.tags.into(),
            author: page.author.into(),
            lang: page.lang.into(),
            site_name: page.site_name.into(),
            signals: page.signals,
            text: page
                .article
                .and_then(|text| TextDigest::of(TextKind::Page, &text)),
            partial: page.is_truncated,
        };
        let is_protected = read.signals.has_password_prompt;
        read.for_all_readers(is_protected)
    }
}

impl Page {
    /// Returns the page without what may come from its text, if that is for some readers alone: its
    /// theme may print a cipher, a prompt or the very text for a description, and a picture of the text.
    pub(crate) fn for_all_readers(mut self, is_protected: bool) -> Self {
        if is_protected {
            self.description = Candidates::default();
            self.images = Candidates::default();
        }
        self
    }
}

/// Returns a description as it is stated; a text that the page only shows is cut to size.
fn description(text: Candidate<String>) -> String {
    if text.is_metadata {
        text.value
    } else {
        shorten(&text.value)
    }
}

fn picture(image: PageImage) -> Image {
    Image {
        url: Some(image.url),
        alt: image.alt,
        ..Image::default()
    }
}

fn read_date(date: &DateText, zone: &TimeZone) -> Option<PostDate> {
    let visible = || parse(date.visible.as_deref()?, zone);
    parse(&date.text, zone).or_else(visible)
}

/// Parses a date; scripts also write `Sun Jan 12 2015 10:40:00 GMT+0100 (CET)`. The first day of
/// the first year is Go's zero time, which themes of Hugo print for pages without a date.
fn parse(text: &str, zone: &TimeZone) -> Option<PostDate> {
    let text = text.split(" (").next().unwrap_or(text);
    let text = text.replace("GMT+", "+").replace("GMT-", "-");
    let date = parse_date(&text, zone).ok()?.date;
    (date.at.year() > 1).then_some(date)
}

/// Returns the letters and digits of all text that a page shows, as [`fold`] does, for finding a
/// sentence in it: each generator has its own idea of quotation marks and dashes.
pub(crate) fn words(bytes: &[u8]) -> String {
    fold(&html_meta::text_content(bytes))
}

/// Returns the letters and digits of a text, in lower case.
pub(crate) fn fold(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

//! Converts a built page to the terms of an item: the metadata from `html_meta`, with dates in the
//! site's time zone and a description of a card's length. The module `built` decides which value wins,
//! whether the page is a post, and which files its pictures are.

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

/// The metadata of a page; the fields correspond to those of [`html_meta::Page`].
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
    pub(crate) partial: bool,
    pub(crate) extent: Extent,
}

/// The part of a page that was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Extent {
    #[default]
    Whole,
    /// Only the head, without the visible values, among them the headings.
    Head {
        /// `true` if the page may show a value for a field that has none.
        lacks_values: bool,
    },
}

/// Reads a page at the URL `url`. Dates without an offset are in `zone`.
pub(crate) fn read(bytes: &[u8], url: Option<&Url>, zone: &TimeZone) -> Page {
    Page::new(html_meta::read(bytes, url), zone)
}

/// Reads the metadata in the head of a page. Returns `None` if the whole page has to be read.
pub(crate) fn read_head(bytes: &[u8], url: Option<&Url>, zone: &TimeZone) -> Option<Page> {
    let head = html_meta::read_head(bytes, url)?;
    let has_dates = [&head.page.published, &head.page.updated].map(|dates| dates.best().is_some());
    let page = Page::new(head.page, zone);
    // Without a valid date, a visible one counts.
    let are_valid = [&page.published, &page.updated].map(|dates| dates.best().is_some());
    let lacks_values = head.lacks_values || has_dates != are_valid;
    Some(Page {
        extent: Extent::Head { lacks_values },
        ..page
    })
}

/// Returns the digest of the words of the article on a page.
pub(crate) fn text_digest(bytes: &[u8]) -> Option<TextDigest> {
    TextDigest::of(TextKind::Page, &html_meta::article_text(bytes))
}

impl Page {
    fn new(page: html_meta::Page, zone: &TimeZone) -> Self {
        let read = Self {
            url: page.url.into(),
            title: page.title.into(),
            description: Candidates::read(page.description, |text| Some(description(text))),
            images: Candidates::read(page.images, |image| Some(picture(image.value))),
            published: read_dates(page.published, zone),
            updated: read_dates(page.updated, zone),
            tags: page.tags.into(),
            author: page.author.into(),
            lang: page.lang.into(),
            site_name: page.site_name.into(),
            signals: page.signals,
            partial: page.is_truncated,
            extent: Extent::Whole,
        };
        let is_protected = read.signals.has_password_prompt;
        read.redact_if_protected(is_protected)
    }
}

impl Page {
    /// Returns `true` if only the head was read.
    pub(crate) fn is_head(&self) -> bool {
        self.extent != Extent::Whole
    }

    /// Returns `true` if only the head was read and the page may show a value for a field that has none.
    pub(crate) fn lacks_values(&self) -> bool {
        self.extent == Extent::Head { lacks_values: true }
    }

    /// Removes the values that may reveal protected text: a theme may print ciphertext, a prompt or the
    /// text itself as the description, and a picture from the text.
    pub(crate) fn redact_if_protected(mut self, is_protected: bool) -> Self {
        if is_protected {
            self.description = Candidates::default();
            self.images = Candidates::default();
        }
        self
    }
}

/// Returns a stated description as it is; visible text is shortened.
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

/// Parses the dates of a field. Pages repeat the same date, which is parsed once.
fn read_dates(dates: html_meta::Candidates<DateText>, zone: &TimeZone) -> Candidates<PostDate> {
    let mut last: Option<(DateText, Option<PostDate>)> = None;
    Candidates::read(dates, |date| {
        let known = last.take().filter(|(known, _)| *known == date.value);
        let (text, read) = known.unwrap_or_else(|| {
            let read = read_date(&date.value, zone);
            (date.value, read)
        });
        last = Some((text, read.clone()));
        read
    })
}

fn read_date(date: &DateText, zone: &TimeZone) -> Option<PostDate> {
    let visible = || parse_page_date(date.visible.as_deref()?, zone);
    parse_page_date(&date.text, zone).or_else(visible)
}

/// Parses a date; scripts also write `Sun Jan 12 2015 10:40:00 GMT+0100 (CET)`. The first day of the
/// year 1 is Go's zero time, which Hugo's themes print for pages without a date.
fn parse_page_date(text: &str, zone: &TimeZone) -> Option<PostDate> {
    let text = text.split(" (").next().unwrap_or(text);
    let text = text.replace("GMT+", "+").replace("GMT-", "-");
    let date = parse_date(&text, zone).ok()?.date;
    (date.at.year() > 1).then_some(date)
}

/// Returns the letters and digits of a page's visible text, folded by [`fold`], to search for sentences.
/// Quotation marks and dashes are dropped because each generator prints them differently.
pub(crate) fn visible_letters(bytes: &[u8]) -> String {
    fold(&html_meta::text_content(bytes))
}

/// Returns the letters and digits of a text, in lower case.
pub(crate) fn fold(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

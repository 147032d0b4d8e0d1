//! The values of a reading as rows of a table, which all outputs share.

use syndicate_api::{Medium, PagePart};

use crate::engine::{PageGap, PagePicture, PageReading};
use crate::preview::view::human_bytes;

/// A value of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReadingRow {
    /// The name of the part.
    pub label: &'static str,
    /// The value.
    pub value: String,
    /// The element that it is from; for a picture also its type and size.
    pub origin: String,
}

/// Returns the rows of a reading, in the order of the parts.
#[must_use]
pub(crate) fn reading_rows(reading: &PageReading) -> Vec<ReadingRow> {
    let parts = reading.parts.iter();
    let parts = parts.map(|read| (read.part, read.text.clone(), read.origin.clone()));
    let mut rows: Vec<(PagePart, String, String)> = parts.collect();
    if let Some(picture) = &reading.picture {
        rows.push((PagePart::Picture, picture.url.clone(), origin(picture)));
        let alt = picture.alt.clone();
        rows.extend(alt.map(|alt| (PagePart::PictureAlt, alt, String::new())));
    }
    rows.sort_by_key(|(part, ..)| *part);
    let rows = rows.into_iter();
    rows.map(|(part, value, origin)| ReadingRow {
        label: part.name(),
        value,
        origin,
    })
    .collect()
}

fn origin(picture: &PagePicture) -> String {
    let file = match &picture.medium {
        Some(medium) => describe(medium),
        None => "not in the built site".to_owned(),
    };
    format!("{}, {file}", picture.origin)
}

fn describe(medium: &Medium) -> String {
    let pixels = medium.pixels;
    let pixels = pixels.map(|(width, height)| format!("{width}×{height} "));
    let size = human_bytes(medium.bytes.length());
    format!(
        "{}{}, {size}",
        pixels.unwrap_or_default(),
        medium.media_type
    )
}

/// Returns the heading of a reading, as part of a sentence.
#[must_use]
pub(crate) fn reading_title(reading: &PageReading) -> String {
    match &reading.page {
        Some(page) => format!("what {} reads from `{page}`", reading.crawler),
        None => format!("what {} may read from the page", reading.crawler),
    }
}

/// Formats a gap, without the element that closes it.
#[must_use]
pub(crate) fn gap_text(gap: &PageGap) -> String {
    format!("{}: {}", gap.message, gap.effect)
}

//! The reading of a page that is not there: the metadata of the published page probably has the values of the post.

use syndicate_api::{Item, PagePart};

use super::gap::{GapKind, PageGap};
use super::reading::{PageCrawler, PagePicture, PageReading, ReadPart};
use crate::engine::gather::Pictures;
use crate::engine::render::clean_line;

/// The origin of a value that is not from the page.
const ITEM: &str = "post";

/// Returns the values of `item`, with the reason why the page was not read.
pub(super) fn unread(
    item: &Item,
    crawler: PageCrawler<'_>,
    pictures: &Pictures,
    why: String,
) -> PageReading {
    let values = [
        (PagePart::Title, &item.title),
        (PagePart::Description, &item.description),
        (PagePart::Site, &item.site.title),
    ];
    let parts = values.into_iter().filter_map(|(part, text)| {
        let text = clean_line(text.as_deref()?);
        (!text.is_empty()).then(|| ReadPart {
            part,
            text,
            origin: ITEM.to_owned(),
        })
    });
    let image = item.image.as_ref();
    let picture = image.and_then(|image| {
        let file = image.file.as_deref();
        Some(PagePicture {
            url: image.url.clone().or_else(|| image.file.clone())?,
            alt: image.alt.clone(),
            origin: ITEM.to_owned(),
            medium: file.and_then(|file| pictures.unchanged(file).ok()),
        })
    });
    let effect = "the card shows the values of the post, and the platform may read others";
    PageReading {
        crawler: crawler.name.to_owned(),
        makes_card: crawler.makes_card,
        page: None,
        parts: parts.collect(),
        picture,
        gaps: vec![PageGap::new(PagePart::Title, GapKind::Unread, why, effect)],
    }
}

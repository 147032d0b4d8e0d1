//! Reads the built page of a post as the crawler of a platform will read the published one, by the rules that the sink
//! declares. It never affects a payload.

mod built_file;
mod gap;
mod parts;
mod picture;
mod proof;
mod reading;
mod suggestion;
#[cfg(test)]
mod tests;
mod unread;
mod values;

use html_meta::HeadValues;
use syndicate_api::Item;
use url::Url;

#[cfg(test)]
pub(super) use self::gap::GapKind;
pub(crate) use self::gap::PageGap;
use self::parts::read_parts;
use self::proof::read_proof;
pub(super) use self::reading::PageCrawler;
pub(crate) use self::reading::{PagePicture, PageReading, ReadPart};
use self::unread::unread;
use super::gather::Pictures;

/// Reads the page of `item`. Of a page that cannot be read, the reading has the values of the item.
pub(super) fn read_page(item: &Item, crawler: PageCrawler<'_>, pictures: &Pictures) -> PageReading {
    let Some(name) = &item.page else {
        let why = "the built page is not known";
        return unread(item, crawler, pictures, why.to_owned());
    };
    let Some(html) = pictures.read_page(name) else {
        return unread(
            item,
            crawler,
            pictures,
            format!("cannot read the page `{name}`"),
        );
    };
    let url = item.url.as_deref().and_then(|url| Url::parse(url).ok());
    let head = HeadValues::read(&html, url.as_ref());
    read_head(item, crawler, pictures, &head)
}

/// Reads the head of the page of `item`.
pub(super) fn read_head(
    item: &Item,
    crawler: PageCrawler<'_>,
    pictures: &Pictures,
    head: &HeadValues,
) -> PageReading {
    let mut reading = PageReading {
        crawler: crawler.name.to_owned(),
        makes_card: crawler.makes_card,
        page: item.page.clone(),
        ..PageReading::default()
    };
    if let Some(rules) = crawler.rules {
        read_parts(item, rules, head, pictures, &mut reading);
    }
    read_proof(crawler.links, head, &mut reading);
    reading
}

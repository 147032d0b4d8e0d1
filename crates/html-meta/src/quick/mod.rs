//! Reads the head of a page without building a tree, for pages whose head contains all metadata. Anything unusual in
//! the head, and anything in the rest of the page that may be metadata, is left to the tree.

mod head;
mod headings;
mod references;
mod rest;
mod signs;
mod tag;

use memchr::memchr_iter;
use url::Url;

use crate::charset;
use crate::collector::Collector;
use crate::json_ld::JsonLd;
use crate::page::Page;
use crate::read::MAX_BYTES;
use crate::signals;
use head::Head;
use rest::{Additions, Missing, Rest};

/// The metadata in the head of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct HeadMetadata {
    /// The metadata. The visible values are missing, and of tags, authors, descriptions, pictures and dates the values
    /// after the best one may be missing as well.
    pub page: Page,
    /// `true` if the page may show a value for a field without a best one.
    pub lacks_values: bool,
}

/// Reads the metadata in the head of a page. This takes a fraction of the time of [`read`](crate::read). Returns
/// `None` if there is metadata in the rest of the page, or if anything is unusual; such a page has to be read with
/// [`read`](crate::read).
#[must_use]
pub fn read_head(bytes: &[u8], page_url: Option<&Url>) -> Option<HeadMetadata> {
    let html = charset::utf_8(bytes).filter(|_| bytes.len() <= MAX_BYTES)?;
    let head = head::scan(html)?;
    let documents = head.documents();
    let schema = JsonLd::new(&documents);

    let mut collector = Collector::new(head.elements.base(page_url));
    head.elements.collect_sharing(&mut collector);
    schema.read(&mut collector);
    let structured = Missing::of(collector.page());
    head.elements.collect_general(&mut collector);
    let missing = Missing {
        author: structured.author,
        tags: structured.tags,
        ..Missing::of(collector.page())
    };
    let signals = signals::of_head(&head.elements, &schema, &collector);
    let page = Page {
        signals,
        ..collector.finish()
    };
    let rest = Rest(&html[head.end..]);
    let additions = rest.additions(&head.elements, missing);
    Some(HeadMetadata {
        lacks_values: match additions {
            Additions::Metadata => return None,
            Additions::Values => true,
            Additions::None => page.title.best().is_none() || page.description.best().is_none(),
        },
        page,
    })
}

/// Returns the elements of the head of a page, if they are certainly all that the page has. Returns `None` if there is
/// metadata in the rest of the page, or if anything is unusual.
pub(crate) fn whole_head(bytes: &[u8]) -> Option<Head<'_>> {
    const NONE: Missing = Missing {
        images: false,
        published: false,
        updated: false,
        author: false,
        tags: false,
    };
    let html = charset::utf_8(bytes).filter(|_| bytes.len() <= MAX_BYTES)?;
    let head = head::scan(html)?;
    let rest = &html[head.end..];
    let additions = Rest(rest).additions(&head.elements, NONE);
    // A link of any relation may matter.
    let has_link = memchr_iter(b'<', rest).any(|at| {
        let name = rest.get(at + 1..at + 5);
        name.is_some_and(|name| name.eq_ignore_ascii_case(b"link"))
    });
    (additions != Additions::Metadata && !has_link).then_some(head)
}

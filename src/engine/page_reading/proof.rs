//! Looks for the links by which a page confirms records of a platform.

use head_editor::HeadElement;
use html_meta::HeadValues;
use syndicate_api::{PageLink, PagePart};

use super::gap::{GapKind, PageGap};
use super::reading::{PageReading, ReadPart};

/// Adds the links that the page has to `reading`, and gaps for the others.
pub(super) fn read_proof(links: &[PageLink], head: &HeadValues, reading: &mut PageReading) {
    for link in links {
        let origin = format!("link rel={}", link.rel);
        if head.links(&link.rel).any(|href| href == link.href) {
            reading.parts.push(ReadPart {
                part: PagePart::Proof,
                text: link.href.clone(),
                origin,
            });
            continue;
        }
        let (kind, message) = match head.links(&link.rel).next() {
            Some(other) => (
                GapKind::Value,
                format!(
                    "the page's `{origin}` is `{other}`, and not `{}`",
                    link.href
                ),
            ),
            None => (GapKind::Missing, format!("the page has no `{origin}`")),
        };
        let effect = "readers of the record cannot confirm that the page belongs to it";
        let element = HeadElement::link(&*link.rel, link.href.as_str());
        let gap = PageGap::new(PagePart::Proof, kind, message, effect);
        reading.gaps.push(gap.with_element(Some(element)));
    }
}

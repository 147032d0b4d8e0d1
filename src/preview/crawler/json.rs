//! Renders a reading as JSON.

use serde_json::{Value, json};
use syndicate_api::PageOccasion;

use crate::engine::{PageGap, PagePicture, PageReading, ReadPart};

/// Renders a reading.
#[must_use]
pub(crate) fn reading_json(reading: &PageReading) -> Value {
    json!({
        "crawler": reading.crawler,
        "makes_card": reading.makes_card,
        "page": reading.page,
        "parts": reading.parts.iter().map(part_json).collect::<Vec<_>>(),
        "picture": reading.picture.as_ref().map(picture_json),
        "gaps": reading.gaps.iter().map(gap_json).collect::<Vec<_>>(),
    })
}

fn part_json(read: &ReadPart) -> Value {
    json!({"part": read.part.as_str(), "value": read.text, "origin": read.origin})
}

fn picture_json(picture: &PagePicture) -> Value {
    let medium = picture.medium.as_ref();
    let pixels = medium.and_then(|medium| medium.pixels);
    json!({
        "url": picture.url,
        "alt": picture.alt,
        "origin": picture.origin,
        "file": medium.map(|medium| &medium.file),
        "type": medium.map(|medium| &medium.media_type),
        "bytes": medium.map(|medium| medium.bytes.length()),
        "width": pixels.map(|(width, _)| width),
        "height": pixels.map(|(_, height)| height),
    })
}

fn gap_json(gap: &PageGap) -> Value {
    json!({
        "part": gap.part.as_str(),
        "kind": gap.kind.as_str(),
        "important": gap.is_important,
        "occasion": match gap.occasion {
            PageOccasion::EachPost => "each_post",
            PageOccasion::SharedLinks => "shared_links",
        },
        "message": gap.message,
        "effect": gap.effect,
        "add": gap.add,
    })
}

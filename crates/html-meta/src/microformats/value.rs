//! The values of properties (microformats2 parsing specification).

use scraper::ElementRef;

use crate::text::visible;
use crate::tree::{attribute, name};

/// Returns the value of a `p-` property.
pub(super) fn plain(element: ElementRef<'_>) -> String {
    let value = match name(element) {
        "abbr" | "link" => attribute(element, "title"),
        "data" | "input" => attribute(element, "value"),
        "img" | "area" => attribute(element, "alt"),
        _ => None,
    };
    value.map_or_else(|| visible(element), str::to_owned)
}

/// Returns the value of a `dt-` property.
pub(super) fn date(element: ElementRef<'_>) -> String {
    attribute(element, "datetime").map_or_else(|| plain(element), str::to_owned)
}

/// Returns the value of a `u-` property.
pub(super) fn address<'a>(element: ElementRef<'a>) -> &'a str {
    let keys = ["href", "src", "data", "poster", "value"];
    let mut values = keys.into_iter().filter_map(|key| attribute(element, key));
    values.next().unwrap_or_default()
}

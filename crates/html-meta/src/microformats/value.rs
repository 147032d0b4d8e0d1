//! Reads the values of properties (microformats2 parsing specification).

use scraper::ElementRef;

use crate::text::visible_text;
use crate::tree::{attribute, name};

/// Returns the value of a `p-` property.
pub(super) fn text_value(element: ElementRef<'_>) -> String {
    let value = match name(element) {
        "abbr" | "link" => attribute(element, "title"),
        "data" | "input" => attribute(element, "value"),
        "img" | "area" => attribute(element, "alt"),
        _ => None,
    };
    value.map_or_else(|| visible_text(element), str::to_owned)
}

/// Returns the value of a `dt-` property.
pub(super) fn date_value(element: ElementRef<'_>) -> String {
    attribute(element, "datetime").map_or_else(|| text_value(element), str::to_owned)
}

/// Returns the value of a `u-` property.
pub(super) fn url_value<'a>(element: ElementRef<'a>) -> &'a str {
    let keys = ["href", "src", "data", "poster", "value"];
    let mut values = keys.into_iter().filter_map(|key| attribute(element, key));
    values.next().unwrap_or_default()
}

//! HTML of a text: absolute URLs in its attributes, and its Markdown. The converter is our own, because `htmd` would
//! bring a second copy of `html5ever`.

mod notation;
mod to_markdown;
mod writer;

use std::ops::Range;

use syndicate_api::text::html::{HtmlToken, attribute_ranges, decode, token_ranges};

pub(super) use self::to_markdown::to_markdown;
use super::base::LinkBase;
use super::edits::TextEdits;

/// Attributes with a URL.
const URL_ATTRIBUTES: &[&str] = &["href", "src", "poster", "cite", "data"];

/// Attributes with a list of pictures and their sizes.
const SOURCE_SETS: &[&str] = &["srcset", "imagesrcset"];

/// Returns `html` with absolute URLs.
pub(super) fn with_absolute_links(html: &str, base: &LinkBase) -> String {
    let mut edits = TextEdits::default();
    absolute_links(html, 0..html.len(), base, &mut edits);
    edits.apply(html)
}

/// Replaces the URLs in the HTML in `range` of `text`.
pub(super) fn absolute_links(
    text: &str,
    range: Range<usize>,
    base: &LinkBase,
    edits: &mut TextEdits,
) {
    for (token, tag) in token_ranges(&text[range.clone()]) {
        let HtmlToken::Open(name, attributes) = token else {
            continue;
        };
        let start = range.start + tag.start + 1 + name.len();
        for (name, value) in attribute_ranges(attributes) {
            let name = &attributes[name];
            let written = &attributes[value.clone()];
            let known = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
            let resolved = if known(URL_ATTRIBUTES) {
                base.resolve(decode(written).trim())
            } else if known(SOURCE_SETS) {
                resolve_source_set(&decode(written), base)
            } else {
                None
            };
            if let Some(resolved) = resolved {
                edits.replace(start + value.start..start + value.end, encode(&resolved));
            }
        }
    }
}

/// Returns a `srcset` with absolute URLs; `None` if nothing changes.
fn resolve_source_set(sources: &str, base: &LinkBase) -> Option<String> {
    let mut is_changed = false;
    let resolved = sources.split(", ").map(|source| {
        let source = source.trim();
        let (url, size) = source.split_once(' ').unwrap_or((source, ""));
        let resolved = base.resolve(url);
        is_changed |= resolved.is_some();
        let url = resolved.unwrap_or_else(|| url.to_owned());
        format!("{url} {size}").trim_end().to_owned()
    });
    let resolved = resolved.collect::<Vec<_>>().join(", ");
    is_changed.then_some(resolved)
}

/// Returns `value` as the value of an attribute in quotes of any kind.
fn encode(value: &str) -> String {
    value
        .replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

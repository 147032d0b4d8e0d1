//! Keeps template tags of a text visible. Forem renders every article as a Liquid template: `{{ x }}` vanishes,
//! and an unknown `{% tag %}` replaces the whole article by an error message. Text inside of `{% raw %}` is shown.
//!
//! Forem itself puts code into such blocks ([`code`]). They do not nest, so a second one around code would end at
//! the inner `{% endraw %}`, and the outer one would be an unknown tag. Therefore code stays as it is, and a raw
//! block of the author with code inside is taken apart.

mod code;
mod tags;

use std::borrow::Cow;
use std::ops::Range;

use self::tags::{LiquidTag, end_tag, next_tag};

const RAW: &str = "{% raw %}";
const END_RAW: &str = "{% endraw %}";

/// Returns `text` so that its template tags are shown.
pub(crate) fn protect(text: &str) -> String {
    let text = &with_known_end_tags(text);
    let code = code::regions(text);
    let mut protected = String::with_capacity(text.len() + 64);
    let mut at = 0;
    // A block without an end here has none later either.
    let mut has_end = true;
    while let Some(tag) = next_tag(text, at, &code) {
        protected.push_str(&text[at..tag.range.start]);
        at = tag.range.end;
        let mut end = None;
        if tag.name == "raw" && has_end {
            end = end_of_raw(text, at, &code);
            has_end = end.is_some();
        }
        match end {
            Some(end) if contains_code(&code, tag.range.start..end.start) => {
                protect_pieces(text, at..end.start, &code, &mut protected);
                at = end.end;
            }
            // A block without code protects its content already.
            Some(end) => {
                protected.push_str(&text[tag.range.start..end.end]);
                at = end.end;
            }
            None => push_tag(text, &tag, &mut protected),
        }
    }
    protected.push_str(&text[at..]);
    protected
}

/// Returns `text` with each end tag of a raw block in code in the one spelling that Forem recognises there. Any other,
/// such as `{%- endraw -%}`, would end the block of that code.
fn with_known_end_tags(text: &str) -> Cow<'_, str> {
    if !text.contains("endraw") {
        return Cow::Borrowed(text);
    }
    let mut known = String::with_capacity(text.len());
    let mut at = 0;
    for region in code::regions(text) {
        let mut from = region.start;
        while let Some(tag) = end_tag(text, from..region.end) {
            known.push_str(&text[at..tag.start]);
            known.push_str(END_RAW);
            (at, from) = (tag.end, tag.end);
        }
    }
    known.push_str(&text[at..]);
    Cow::Owned(known)
}

/// Writes the content of an author's raw block: code as it is, other tags each in a block of its own.
fn protect_pieces(
    text: &str,
    content: Range<usize>,
    code: &[Range<usize>],
    protected: &mut String,
) {
    let mut at = content.start;
    while let Some(tag) = next_tag(text, at, code).filter(|tag| tag.range.start < content.end) {
        protected.push_str(&text[at..tag.range.start]);
        push_tag(text, &tag, protected);
        at = tag.range.end;
    }
    if at < content.end {
        protected.push_str(&text[at..content.end]);
    }
}

/// Writes a tag in a raw block. Of a tag that would end the block, or that has no end, the block contains only the
/// opening braces: without them the rest is text.
fn push_tag(text: &str, tag: &LiquidTag<'_>, protected: &mut String) {
    let whole = &text[tag.range.clone()];
    let (inside, outside) = match tag.is_closed && tag.name != "endraw" {
        true => (whole, ""),
        false => whole.split_at(whole.len().min(tags::OPENING)),
    };
    protected.push_str(RAW);
    protected.push_str(inside);
    protected.push_str(END_RAW);
    protected.push_str(outside);
}

/// Returns the range of the tag that ends a raw block whose content begins at `start`.
fn end_of_raw(text: &str, start: usize, code: &[Range<usize>]) -> Option<Range<usize>> {
    let mut from = start;
    for region in &code[code.partition_point(|region| region.end <= start)..] {
        if let Some(tag) = end_tag(text, from..region.start.max(from)) {
            return Some(tag);
        }
        from = region.end;
    }
    end_tag(text, from..text.len())
}

fn contains_code(code: &[Range<usize>], block: Range<usize>) -> bool {
    code.iter()
        .any(|code| code.start < block.end && block.start < code.end)
}

#[cfg(test)]
mod tests;

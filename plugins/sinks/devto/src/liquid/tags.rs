//! Searches template tags of Liquid: `{{ … }}` and `{% … %}`.

use std::ops::Range;

/// The number of bytes of the opening braces.
pub(super) const OPENING: usize = 2;

/// A template tag outside of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LiquidTag<'a> {
    pub(super) range: Range<usize>,
    /// The name of a `{% name … %}`; empty for `{{ … }}` and for a tag without an end.
    pub(super) name: &'a str,
    /// `true` if the tag ends in its line, before any code. Otherwise the range is that of the opening braces, or of
    /// one brace before code: with that of the code's raw block it would open a tag.
    pub(super) is_closed: bool,
}

impl LiquidTag<'_> {
    fn open(range: Range<usize>) -> Self {
        Self {
            range,
            name: "",
            is_closed: false,
        }
    }
}

/// Returns the first tag at or after `at` that does not begin in `code`.
pub(super) fn next_tag<'a>(
    text: &'a str,
    at: usize,
    code: &[Range<usize>],
) -> Option<LiquidTag<'a>> {
    let mut from = at;
    loop {
        let start = from + text[from..].find('{')?;
        let next = code.partition_point(|range| range.end <= start);
        if let Some(range) = code.get(next).filter(|range| range.contains(&start)) {
            from = range.end;
            continue;
        }
        let is_before_code = code.get(next).is_some_and(|range| range.start == start + 1);
        let closing = match text.as_bytes().get(start + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            _ if is_before_code => return Some(LiquidTag::open(start..start + 1)),
            _ => {
                from = start + 1;
                continue;
            }
        };
        let limit = code.get(next).map_or(text.len(), |range| range.start);
        return Some(tag_at(text, start, closing, limit));
    }
}

fn tag_at<'a>(text: &'a str, start: usize, closing: &str, limit: usize) -> LiquidTag<'a> {
    let content = start + OPENING;
    // The opening braces may touch code.
    let rest = &text[content..limit.max(content)];
    let line = rest.split('\n').next().unwrap_or_default();
    // A tag inside of a tag would be cut into pieces.
    let end = line.find(closing).filter(|end| {
        let inside = &line[..*end];
        !inside.contains("{{") && !inside.contains("{%")
    });
    let Some(end) = end else {
        return LiquidTag::open(start..content);
    };
    let name = name_of(&line[..end]);
    LiquidTag {
        range: start..content + end + closing.len(),
        name: if closing == "%}" { name } else { "" },
        is_closed: true,
    }
}

/// Returns the range of the first tag of `part` that ends a raw block. Within such a block, Liquid searches only this
/// tag.
pub(super) fn end_tag(text: &str, part: Range<usize>) -> Option<Range<usize>> {
    let mut from = part.start;
    let mut close = part.start;
    loop {
        let start = from + text[from..part.end].find("{%")?;
        from = start + OPENING;
        if close < from {
            close = from + text[from..part.end].find("%}")?;
        }
        if name_of(&text[from..close]) == "endraw" {
            return Some(start..close + OPENING);
        }
    }
}

fn name_of(inside: &str) -> &str {
    let inside = inside.trim_matches(|c: char| c == '-' || c.is_whitespace());
    inside.split_whitespace().next().unwrap_or_default()
}

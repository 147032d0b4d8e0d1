//! The parts of a text that Forem takes for code before it reads Markdown, with the expression of its
//! `escape_liquid_tags_in_codeblock`. They differ from Markdown's: a lone backtick pairs with the next one, however
//! far away. Only these parts are in raw blocks, so the same rule decides here.

use std::ops::Range;

/// The delimiters in the order in which Forem tries them, with the least number of bytes between them.
const DELIMITERS: &[(&str, usize)] = &[("~~~", 0), ("```", 0), ("``", 1), ("`", 1)];

/// Returns the parts of `text` that Forem takes for code, in order.
pub(super) fn regions(text: &str) -> Vec<Range<usize>> {
    let mut regions = Vec::new();
    // A delimiter without an end here has none later either, which keeps the search linear.
    let mut has_end = [true; DELIMITERS.len()];
    let mut at = 0;
    while let Some(offset) = text[at..].find(['~', '`']) {
        let start = at + offset;
        let end = DELIMITERS
            .iter()
            .zip(&mut has_end)
            .find_map(|(delimiter, has_end)| end_of(text, start, *delimiter, has_end));
        if let Some(end) = end {
            regions.push(start..end);
        }
        at = end.unwrap_or(start + 1);
    }
    regions
}

fn end_of(
    text: &str,
    start: usize,
    (delimiter, least): (&str, usize),
    has_end: &mut bool,
) -> Option<usize> {
    if !*has_end || !text[start..].starts_with(delimiter) {
        return None;
    }
    let content = start + delimiter.len();
    // The first character of a span may have several bytes.
    let first = text[content..].chars().next().map_or(0, char::len_utf8);
    let from = content + if least == 0 { 0 } else { first };
    match text[from..].find(delimiter) {
        Some(offset) => Some(from + offset + delimiter.len()),
        None => {
            *has_end = false;
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Vec<&str> {
        regions(text)
            .into_iter()
            .map(|range| &text[range])
            .collect()
    }

    #[test]
    fn code_is_found_as_forem_does() {
        for (text, expected) in [
            ("a `b` c", &["`b`"][..]),
            ("``a ` b``", &["``a ` b``"]),
            ("```\na\n```\nb", &["```\na\n```"]),
            ("~~~\n`a`\n~~~", &["~~~\n`a`\n~~~"]),
            ("a ` b\n\nc `d` e", &["` b\n\nc `"]),
            ("`é` x", &["`é`"]),
            ("a ` b", &[]),
            ("``", &[]),
            ("~~a~~ `b`", &["`b`"]),
            ("```a `b`", &["```", "`b`"]),
        ] {
            assert_eq!(code(text), expected, "{text}");
        }
    }
}

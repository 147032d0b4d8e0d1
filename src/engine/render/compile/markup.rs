//! Finds the `{{…}}` tags of a template without parsing their content.
//!
//! The parser reports the start of an expression, but not the position of a name in it, and for a
//! missing brace only where parsing stopped. Error messages need both positions.

use std::ops::Range;

/// A `{{…}}` tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// The byte offset of its first brace.
    pub(super) start: usize,
    pub(super) kind: TagKind,
    /// The text between the braces, without `~`, `#`, `/` and similar markers.
    pub(super) inner: &'a str,
    /// The byte offset of [`Tag::inner`].
    pub(super) inner_start: usize,
}

/// The effect of a tag on the nesting of blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TagKind {
    /// `{{! … }}`
    Comment,
    /// `{{#name …}}`
    Open,
    /// `{{/name}}`
    Close,
    /// `{{else}}`, `{{else if …}}`, `{{^}}`
    Else,
    /// `{{name}}`, `{{helper …}}`
    Expression,
    /// `{{` without a matching `}}`
    Unclosed,
}

/// Returns all tags in order.
pub(super) fn tags(source: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(start) = source[at..].find("{{").map(|found| at + found) {
        if is_escaped(source, start) {
            at = start + 2;
            continue;
        }
        let (tag, end) = tag_at(source, start);
        tags.push(tag);
        at = end;
    }
    tags
}

/// Returns `true` if the braces at `start` are text. One backslash escapes them; two backslashes are a
/// literal backslash before a tag.
fn is_escaped(source: &str, start: usize) -> bool {
    let before = &source[..start];
    before.len() - before.trim_end_matches('\\').len() == 1
}

/// Returns the tag whose braces begin at `start`, and the offset after it.
fn tag_at(source: &str, start: usize) -> (Tag<'_>, usize) {
    let tag = |kind, range: Range<usize>| Tag {
        start,
        kind,
        inner_start: range.start,
        inner: &source[range],
    };
    let rest = &source[start..];
    if rest.starts_with("{{!") {
        return match comment_length(rest) {
            Some(length) => (tag(TagKind::Comment, start..start + length), start + length),
            None => (tag(TagKind::Unclosed, start..source.len()), source.len()),
        };
    }
    let braces = run_length(rest, '{').min(4);
    let open = start + braces;
    let Some(length) = inner_length(&source[open..]) else {
        let next = source[open..].find("{{");
        let end = next.map_or(source.len(), |next| open + next);
        return (tag(TagKind::Unclosed, open..end), open);
    };
    let close = open + length;
    let end = close + run_length(&source[close..], '}').min(braces);
    let inner = trimmed(source, open..close, ['~', '{', '}', ' ', '\t', '\n']);
    let text = &source[inner.clone()];
    let (kind, sign) = match text.chars().next() {
        Some('#') => (TagKind::Open, 1),
        Some('/') => (TagKind::Close, 1),
        Some('^') => (TagKind::Else, 1),
        Some('&') => (TagKind::Expression, 1),
        _ if first_word(text) == "else" => (TagKind::Else, 4),
        _ if braces == 4 => (TagKind::Open, 0),
        _ => (TagKind::Expression, 0),
    };
    let words = trimmed(source, inner.start + sign..inner.end, [' ', '\t', '\n']);
    (tag(kind, words), end)
}

/// Returns the number of `c` at the start of `text`.
fn run_length(text: &str, c: char) -> usize {
    text.chars().take_while(|&first| first == c).count()
}

/// Returns the length of the comment that `rest` begins with. A `{{!--` comment may contain `}}`.
fn comment_length(rest: &str) -> Option<usize> {
    let long = rest
        .starts_with("{{!--")
        .then(|| rest.find("--}}"))
        .flatten();
    long.map(|end| end + 4)
        .or_else(|| rest.find("}}").map(|end| end + 2))
}

/// Returns `range` of `source` without the characters of `of` at both ends.
fn trimmed<const N: usize>(source: &str, range: Range<usize>, of: [char; N]) -> Range<usize> {
    let text = &source[range.clone()];
    let start = range.end - text.trim_start_matches(of).len();
    start..start + source[start..range.end].trim_end_matches(of).len()
}

/// Returns the length of the text before `}}`. Braces in quotes do not count.
fn inner_length(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (offset, c) in rest.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if rest[offset..].starts_with("}}") => return Some(offset),
            None if rest[offset..].starts_with("{{") => return None,
            None if matches!(c, '"' | '\'') => {
                // An apostrophe without a partner on its line does not open a quoted string.
                let line = rest[offset + 1..].lines().next().unwrap_or_default();
                quote = line.contains(c).then_some(c);
            }
            None => {}
        }
    }
    None
}

impl Tag<'_> {
    /// Returns the helper or name that the tag begins with.
    pub(super) fn name(&self) -> &str {
        first_word(self.inner)
    }

    /// Returns the maximum nesting of its parentheses.
    pub(super) fn depth(&self) -> usize {
        let mut depth: usize = 0;
        let mut deepest = 0;
        for c in self.inner.chars() {
            match c {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            deepest = deepest.max(depth);
        }
        deepest
    }
}

fn first_word(inner: &str) -> &str {
    inner
        .split(|c: char| c.is_whitespace() || matches!(c, '~' | '}' | '('))
        .next()
        .unwrap_or_default()
}

/// Returns the offset of `name` as a whole word in `text`, outside quotes.
pub(super) fn find_name(text: &str, name: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = None;
    for (offset, c) in text.char_indices() {
        let found = quote.is_none()
            && text[offset..].starts_with(name)
            && !before.is_some_and(is_name)
            && !text[offset + name.len()..].starts_with(is_name);
        if found {
            return Some(offset);
        }
        match quote {
            Some(open) if c == open => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            _ => {}
        }
        before = Some(c);
    }
    None
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '@' | '$' | ':' | '[' | ']')
}

/// Returns the byte offset of a line and column, both counted from 1.
pub(super) fn offset_of(source: &str, (line, column): (usize, usize)) -> usize {
    let start = match line.checked_sub(2) {
        Some(newlines) => source
            .match_indices('\n')
            .nth(newlines)
            .map_or(source.len(), |(offset, _)| offset + 1),
        None => 0,
    };
    source[start..]
        .char_indices()
        .nth(column.saturating_sub(1))
        .map_or(source.len(), |(offset, _)| start + offset)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{TagKind, find_name, offset_of, tags};
    use syndicate_api::FileSpan;

    #[test]
    fn tags_are_found_in_order() {
        let source = "a {{title}} \\{{no}} {{!-- }} --}}{{~#if (eq a \"}}\")~}}{{else if b}}\
                      {{{x}}}{{/if}}{{^}}{{{{raw}}}}\u{e9} {{open";
        let found: Vec<_> = tags(source)
            .iter()
            .map(|tag| (tag.kind, tag.inner))
            .collect();
        let expected = [
            (TagKind::Expression, "title"),
            (TagKind::Comment, "{{!-- }} --}}"),
            (TagKind::Open, "if (eq a \"}}\")"),
            (TagKind::Else, "if b"),
            (TagKind::Expression, "x"),
            (TagKind::Close, "if"),
            (TagKind::Else, ""),
            (TagKind::Open, "raw"),
            (TagKind::Unclosed, "open"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn find_name_matches_whole_words() {
        for (text, name, expected) in [
            ("if titel", "titel", Some(3)),
            ("default \"titel\" titel", "titel", Some(16)),
            ("site.titel titel", "titel", Some(11)),
            ("subtitel", "titel", None),
            ("(upper titel)", "titel", Some(7)),
            ("join x=front.[a b]", "front.[a b]", Some(7)),
        ] {
            assert_eq!(find_name(text, name), expected, "{name} in {text}");
        }
    }

    proptest! {
        #[test]
        fn places_and_offsets_are_the_same(source in r"[aé\n{} ]{0,40}", at in 0_usize..40) {
            let offset = source.char_indices().nth(at).map_or(source.len(), |(offset, _)| offset);
            let FileSpan { line, column, .. } = FileSpan::at_offset(&source, offset);
            prop_assert_eq!(offset_of(&source, (line, column.unwrap())), offset);
        }

        #[test]
        fn no_text_upsets_it(source in r#"(\PC|[{}~#/!^"' \n\\]){0,60}"#) {
            let found = tags(&source);
            prop_assert!(found.is_sorted_by_key(|tag| tag.start));
        }
    }
}

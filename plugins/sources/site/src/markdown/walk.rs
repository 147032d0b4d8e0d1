//! Walks through a Markdown text, skips its code, and lets a rewriter replace notations that are not
//! Markdown. All rewriters therefore agree about code.

use memchr::memchr;

use super::code::{CodeBlocks, CodeSpans};

/// Replaces the notations of one kind in a text.
pub(super) trait Rewrite {
    /// Returns `true` if `byte` may begin a notation. It is in ASCII.
    fn is_trigger(byte: u8) -> bool;

    /// Rewrites a whole line at `at`, which is not code, and returns the number of bytes that were
    /// processed; 0 if the line has no meaning as a whole.
    fn rewrite_whole_line(&mut self, _at: usize, _line: &str, _rewritten: &mut String) -> usize {
        0
    }

    /// Returns a line without the indentation of the block that contains it.
    fn strip_indentation<'a>(&mut self, line: &'a str, _rewritten: &mut String) -> &'a str {
        line
    }

    /// Rewrites the notation at `at` and returns the offset after it; `at` if there is none.
    fn rewrite_at(&mut self, at: usize, rewritten: &mut String) -> usize;
}

/// Returns `text` with the changes of `rewriter`.
pub(super) fn rewrite<R: Rewrite>(text: &str, rewriter: &mut R) -> String {
    let mut rewritten = String::with_capacity(text.len());
    let mut blocks = CodeBlocks::default();
    let mut at = 0;
    // A notation may end within a line; the rest of that line opens no block.
    let mut is_line = true;
    while at < text.len() {
        let end = memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |end| at + end + 1);
        if is_line {
            let line = rewriter.strip_indentation(&text[at..end], &mut rewritten);
            at = end - line.len();
            if blocks.is_code(line) {
                rewritten.push_str(line);
                at = end;
                continue;
            }
            at += rewriter.rewrite_whole_line(at, line, &mut rewritten);
        }
        let reached = rewrite_line(text, (at, end), rewriter, &mut rewritten);
        is_line = reached == end || text[..reached].ends_with('\n');
        at = reached;
    }
    rewritten
}

/// Rewrites the notations that begin in the line between the offsets `start` and `end`. Returns the
/// offset to continue at, which is after `end` if a notation spans several lines.
fn rewrite_line<R: Rewrite>(
    text: &str,
    (start, end): (usize, usize),
    rewriter: &mut R,
    rewritten: &mut String,
) -> usize {
    let mut spans: Option<CodeSpans> = None;
    let mut at = start;
    while at < end {
        let rest = &text[at..end];
        let is_sign = |byte: u8| matches!(byte, b'`' | b'\\') || R::is_trigger(byte);
        let Some(offset) = rest.bytes().position(is_sign) else {
            break;
        };
        rewritten.push_str(&rest[..offset]);
        at += offset;
        let rest = &text[at..end];
        if rest.starts_with('`') {
            let spans = spans.get_or_insert_with(|| CodeSpans::of(&text[start..end]));
            let length = spans.length(rest, at - start);
            rewritten.push_str(&rest[..length]);
            at += length;
            continue;
        }
        let reached = rewriter.rewrite_at(at, rewritten);
        if reached > at {
            at = reached;
            continue;
        }
        // A character after a backslash is literal and opens nothing.
        let is_escaped = rest.starts_with('\\') && rest[1..].starts_with(is_escapable);
        let length = rest.chars().next().map_or(1, char::len_utf8) + usize::from(is_escaped);
        rewritten.push_str(&rest[..length]);
        at += length;
    }
    if at < end {
        rewritten.push_str(&text[at..end]);
        at = end;
    }
    at
}

/// Returns `true` if a backslash can escape `c`. Template tags are processed before Markdown, so a
/// backslash does not escape their `{`.
fn is_escapable(c: char) -> bool {
    c.is_ascii_punctuation() && c != '{'
}

/// Returns `true` if only quote markers and white space are before `at` in its line.
pub(super) fn begins_line(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '\t', '>']);
    before.is_empty() || before.ends_with('\n')
}

/// Returns `true` if only white space is after `at` in its line.
pub(super) fn ends_line(text: &str, at: usize) -> bool {
    let after = text[at..].trim_start_matches([' ', '\t', '\r']);
    after.is_empty() || after.starts_with('\n')
}

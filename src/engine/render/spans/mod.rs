//! Finds hashtags and links in what an author typed, and only there: the same characters in a value
//! (a title `C#`, `#1 bug`, an address in a description) are text. What becomes a span is exactly
//! what a reader would take for one, so that no platform that looks again reads another word.

use std::ops::Range;

use syndicate_api::{RichText, TextSpan};
use unicode_segmentation::UnicodeSegmentation;

use super::marks::TextOrigin;
use super::mention_table::MentionTable;

/// Types the stretches of a text, in which `people` are mentioned.
pub(super) fn spans(stretches: &[(TextOrigin, String)], people: &MentionTable) -> RichText {
    let mut text = String::new();
    let mut runs = Vec::with_capacity(stretches.len());
    for (origin, stretch) in stretches {
        let start = text.len();
        text.push_str(stretch);
        runs.push((*origin, start..text.len()));
    }
    let mut spans = Spans::default();
    let scan = Scan {
        text: &text,
        runs: &runs,
    };
    for (index, (origin, range)) in runs.iter().enumerate() {
        // A link may have run on into this stretch.
        let rest = spans.end.max(range.start)..range.end.max(spans.end);
        match origin {
            _ if rest.is_empty() => {}
            TextOrigin::Value | TextOrigin::Name => spans.text(&text, rest),
            TextOrigin::Mention(index) => spans.mention(&text, rest, people.target(*index)),
            TextOrigin::Link => spans.push(&text, rest, TextSpan::Link),
            TextOrigin::Hashtag => spans.push(&text, rest, TextSpan::Hashtag),
            TextOrigin::Written => scan.written(index, rest, &mut spans),
        }
    }
    RichText(spans.spans)
}

#[derive(Default)]
struct Spans {
    spans: Vec<TextSpan>,
    end: usize,
}

impl Spans {
    fn text(&mut self, text: &str, range: Range<usize>) {
        self.end = range.end;
        match self.spans.last_mut() {
            _ if range.is_empty() => {}
            Some(TextSpan::Text(before)) => before.push_str(&text[range]),
            _ => self.spans.push(TextSpan::Text(text[range].to_owned())),
        }
    }

    /// A mention, unless there is nobody to name on the platform.
    fn mention(&mut self, text: &str, range: Range<usize>, target: Option<&str>) {
        let Some(target) = target else {
            return self.text(text, range);
        };
        self.end = range.end;
        self.spans.push(TextSpan::Mention {
            name: text[range].to_owned(),
            target: target.to_owned(),
        });
    }

    fn push(&mut self, text: &str, range: Range<usize>, kind: fn(String) -> TextSpan) {
        self.end = range.end;
        self.spans.push(kind(text[range].to_owned()));
    }
}

struct Scan<'a> {
    text: &'a str,
    runs: &'a [(TextOrigin, Range<usize>)],
}

impl Scan<'_> {
    /// Types what was written at `rest`, a part of the stretch of this index.
    fn written(&self, index: usize, rest: Range<usize>, spans: &mut Spans) {
        let mut plain = rest.start;
        let mut at = rest.start;
        while at < rest.end {
            let (found, kind): (_, fn(String) -> TextSpan) =
                if let Some(word) = self.hashtag(index, at) {
                    (word, TextSpan::Hashtag)
                } else if let Some(link) = self.link(at) {
                    (link, TextSpan::Link)
                } else {
                    at += self.text[at..].chars().next().map_or(1, char::len_utf8);
                    continue;
                };
            spans.text(self.text, plain..at);
            at = found.end;
            plain = found.end;
            spans.push(self.text, found, kind);
        }
        if plain < rest.end {
            spans.text(self.text, plain..rest.end);
        }
    }

    /// The word of the hashtag whose `#` is at `at`. A value right after the `#` is its word if
    /// the whole value can be one (`#{{lang}}`); a word half written, half value is none.
    fn hashtag(&self, index: usize, at: usize) -> Option<Range<usize>> {
        if !self.text[at..].starts_with('#') || !self.before(at).is_none_or(opens_hashtag) {
            return None;
        }
        let start = at + 1;
        let run_end = self.runs[index].1.end;
        let word = if start < run_end {
            start..start + word_length(&self.text[start..run_end])
        } else {
            match self.runs.get(index + 1)? {
                (TextOrigin::Value, value) => value.clone(),
                _ => return None,
            }
        };
        let goes_on = word_length(&self.text[word.end..]) > 0;
        (!goes_on && is_hashtag(&self.text[word.clone()])).then_some(word)
    }

    /// The link that begins at `at`. It runs on through values up to white space, as it does in
    /// the eye of every reader.
    fn link(&self, at: usize) -> Option<Range<usize>> {
        let rest = &self.text[at..];
        let scheme = ["https://", "http://"].into_iter().find(|scheme| {
            rest.get(..scheme.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        })?;
        if self.before(at).is_some_and(char::is_alphanumeric) {
            return None;
        }
        let length = rest.find(ends_link).unwrap_or(rest.len());
        let link = without_trailing_punctuation(&rest[..length]);
        let host = link.get(scheme.len()..)?.chars().next()?;
        (host.is_alphanumeric() || host == '[').then_some(at..at + link.len())
    }

    fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }
}

fn opens_hashtag(before: char) -> bool {
    before.is_whitespace() || "([{<\"'“‘„‚«‹¿¡（「『【《〈".contains(before)
}

/// The length in bytes of the letters, digits and underscores that `text` begins with.
fn word_length(text: &str) -> usize {
    text.graphemes(true)
        .take_while(|character| is_word_character(character))
        .map(str::len)
        .sum()
}

/// Whether a character as readers see it belongs to a word: its base is a letter, a digit or `_`,
/// and it is no keycap emoji. Marks that Indic and other scripts put on a letter go with it.
pub(super) fn is_word_character(character: &str) -> bool {
    let is_emoji = character.contains(['\u{fe0f}', '\u{20e3}']);
    !is_emoji && character.starts_with(|base: char| base.is_alphanumeric() || base == '_')
}

/// Whether `word` can be a hashtag: a word, and not of digits or underscores alone.
pub(super) fn is_hashtag(word: &str) -> bool {
    word_length(word) == word.len() && word.chars().any(char::is_alphabetic)
}

fn ends_link(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "<>\"`{}|\\^“”„«»".contains(c)
}

/// Sentences end after links, and links stand in brackets; neither belongs to the link, unless the
/// bracket was opened inside it.
fn without_trailing_punctuation(link: &str) -> &str {
    let mut link = link;
    while let Some(last) = link.chars().next_back() {
        let closes = match last {
            ')' => unopened(link, '(', ')'),
            ']' => unopened(link, '[', ']'),
            _ => ".,;:!?'’…。，、！？；：）」』】》".contains(last),
        };
        if !closes {
            break;
        }
        link = &link[..link.len() - last.len_utf8()];
    }
    link
}

fn unopened(link: &str, open: char, close: char) -> bool {
    link.matches(close).count() > link.matches(open).count()
}

#[cfg(test)]
mod tests;

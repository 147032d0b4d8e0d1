//! Finds hashtags and links in text that an author wrote.
//!
//! Values are not searched: a title `C#`, `#1 bug` or a URL in a description stay text. The rules match
//! what readers and platforms recognise, so a platform that parses the text again finds the same spans.

use std::ops::Range;

use syndicate_api::text::{hashtag_length, is_hashtag};
use syndicate_api::{RichText, TextSpan};

use super::mention_table::MentionTable;
use super::placeholders::TextOrigin;

/// Converts the parts of a text to typed spans. Mentions refer to `mentions`.
pub(super) fn spans(parts: &[(TextOrigin, String)], mentions: &MentionTable) -> RichText {
    let mut text = String::new();
    let mut runs = Vec::with_capacity(parts.len());
    for (origin, part) in parts {
        let start = text.len();
        text.push_str(part);
        runs.push((*origin, start..text.len()));
    }
    let mut spans = Spans::default();
    let scan = Scan {
        text: &text,
        runs: &runs,
    };
    for (index, (origin, range)) in runs.iter().enumerate() {
        // A link that began in an earlier part may extend into this one.
        let rest = spans.end.max(range.start)..range.end.max(spans.end);
        match origin {
            _ if rest.is_empty() => {}
            TextOrigin::Value | TextOrigin::Name => spans.text(&text, rest),
            TextOrigin::Mention(index) => spans.mention(&text, rest, mentions.target(*index)),
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

    /// Adds a mention, or plain text if the account has no identifier on the platform.
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
    /// Adds the spans of `rest`, a range of the written part at `index`.
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

    /// Returns the word of the hashtag whose `#` is at `at`. A value directly after `#` is the word if
    /// the whole value is valid (`#{{lang}}`). A word that mixes written text and a value is not a hashtag.
    fn hashtag(&self, index: usize, at: usize) -> Option<Range<usize>> {
        if !self.text[at..].starts_with('#') || !self.before(at).is_none_or(opens_hashtag) {
            return None;
        }
        let start = at + 1;
        let run_end = self.runs[index].1.end;
        let word = if start < run_end {
            start..start + hashtag_length(&self.text[start..run_end])
        } else {
            match self.runs.get(index + 1)? {
                (TextOrigin::Value, value) => value.clone(),
                _ => return None,
            }
        };
        let goes_on = hashtag_length(&self.text[word.end..]) > 0;
        (!goes_on && is_hashtag(&self.text[word.clone()])).then_some(word)
    }

    /// Returns the link that begins at `at`. It continues through values up to the next white space.
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

fn ends_link(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "<>\"`{}|\\^“”„«»".contains(c)
}

/// Returns `link` without the punctuation of the sentence around it. A closing bracket belongs to the
/// link if the bracket was opened inside it.
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

//! Rewrites Markdown by the offsets of its parser, so that code and everything else stay byte for byte.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, LinkType, OffsetIter, Options, Parser, Tag, TagEnd};

use super::base::LinkBase;
use super::edits::TextEdits;
use super::html;

/// Characters that have a meaning in Markdown.
const SPECIAL: &[char] = &[
    '\\', '`', '*', '_', '{', '}', '[', ']', '<', '>', '#', '+', '-', '!', '|', '~', '&', '$',
];

/// Parses Markdown with the extensions that the source of sites reads.
pub(super) fn parse(markdown: &str) -> OffsetIter<'_> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    Parser::new_ext(markdown, options).into_offset_iter()
}

/// Returns `markdown` without a first heading that repeats `title`, which platforms show above the text.
pub(super) fn without_title<'a>(markdown: &'a str, title: &str) -> &'a str {
    let mut heading: Option<String> = None;
    for (event, range) in parse(markdown) {
        match (&mut heading, event) {
            (
                None,
                Event::Start(Tag::Heading {
                    level: HeadingLevel::H1,
                    ..
                }),
            ) => {
                heading = Some(String::new());
            }
            (Some(text), Event::Text(part) | Event::Code(part)) => text.push_str(&part),
            (Some(text), Event::End(TagEnd::Heading(_))) if text.trim() == title.trim() => {
                return markdown[range.end..].trim_start_matches(['\r', '\n']);
            }
            (None, _) | (Some(_), Event::End(TagEnd::Heading(_))) => break,
            (Some(_), _) => {}
        }
    }
    markdown
}

/// Returns `markdown` with absolute URLs in links, pictures, reference definitions and HTML.
pub(super) fn with_absolute_links(markdown: &str, base: &LinkBase) -> String {
    let mut edits = TextEdits::default();
    let events = parse(markdown);
    for (_, definition) in events.reference_definitions().iter() {
        if let Some(url) = base.resolve(&definition.dest) {
            let span = definition.span.clone();
            let label = end_of_label(&markdown[span.clone()]);
            replace_destination(markdown, span.start + label..span.end, &url, &mut edits);
        }
    }
    let mut links = OpenLinks::default();
    for (event, range) in events {
        match event {
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some((url, tail)) = links.close(&range) {
                    // The text of the link ends before its destination.
                    let start = markdown[tail.clone()].find("](").map_or(0, |at| at + 2);
                    replace_destination(markdown, tail.start + start..tail.end, &url, &mut edits);
                }
            }
            Event::Start(
                Tag::Link {
                    link_type,
                    dest_url,
                    ..
                }
                | Tag::Image {
                    link_type,
                    dest_url,
                    ..
                },
            ) => {
                let is_inline = link_type == LinkType::Inline;
                links.open(&range, base.resolve(&dest_url).filter(|_| is_inline));
            }
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => {
                links.cover(&range);
                html::absolute_links(markdown, range, base, &mut edits);
            }
            _ => links.cover(&range),
        }
    }
    edits.apply(markdown)
}

/// The links around the current event, each with its new URL and the end of its content so far.
#[derive(Default)]
struct OpenLinks(Vec<(Option<String>, usize)>);

impl OpenLinks {
    fn open(&mut self, range: &Range<usize>, url: Option<String>) {
        self.0.push((url, range.start));
    }

    /// Extends the content of the innermost link.
    fn cover(&mut self, range: &Range<usize>) {
        if let Some((_, end)) = self.0.last_mut() {
            *end = (*end).max(range.end);
        }
    }

    /// Closes the innermost link. Returns its new URL and the range after its content.
    fn close(&mut self, range: &Range<usize>) -> Option<(String, Range<usize>)> {
        let (url, end) = self.0.pop()?;
        self.cover(range);
        Some((url?, end..range.end))
    }
}

/// Replaces the destination at the beginning of `part`, which continues with an optional title.
fn replace_destination(markdown: &str, part: Range<usize>, url: &str, edits: &mut TextEdits) {
    let text = &markdown[part.clone()];
    // The second line of a definition in a quote begins with its marker.
    let start = text.len() - text.trim_start_matches([' ', '\t', '\r', '\n', '>']).len();
    let length = destination_length(&text[start..]);
    let start = part.start + start;
    let has_parenthesis = url.contains(['(', ')']);
    let written = if has_parenthesis {
        format!("<{url}>")
    } else {
        url.to_owned()
    };
    edits.replace(start..start + length, written);
}

/// Returns the length of the destination that `text` begins with: in angle brackets, or up to white space or a
/// parenthesis without a counterpart.
fn destination_length(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut is_escaped = false;
    let is_bracketed = text.starts_with('<');
    for (at, c) in text.char_indices() {
        if std::mem::take(&mut is_escaped) {
            continue;
        }
        match c {
            '\\' => is_escaped = true,
            '>' if is_bracketed => return at + 1,
            _ if is_bracketed => {}
            '(' => depth += 1,
            ')' if depth == 0 => return at,
            ')' => depth -= 1,
            c if c.is_ascii_whitespace() => return at,
            _ => {}
        }
    }
    text.len()
}

/// Returns the offset after `[label]:` at the beginning of a definition.
fn end_of_label(definition: &str) -> usize {
    let mut is_escaped = false;
    for (at, c) in definition.char_indices() {
        if std::mem::take(&mut is_escaped) {
            continue;
        }
        match c {
            '\\' => is_escaped = true,
            ']' if definition[at..].starts_with("]:") => return at + 2,
            _ => {}
        }
    }
    0
}

/// Returns plain text as Markdown that shows it.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for line in text.trim().lines() {
        let mut line = line.trim();
        // `1.` at the beginning of a line opens a list.
        let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0 && line[digits..].starts_with(['.', ')']) {
            escaped.push_str(&line[..digits]);
            escaped.push('\\');
            escaped.push_str(&line[digits..=digits]);
            line = &line[digits + 1..];
        }
        for c in line.chars() {
            if SPECIAL.contains(&c) {
                escaped.push('\\');
            }
            escaped.push(c);
        }
        escaped.push('\n');
    }
    escaped
}

//! The text of an article without markup, a paragraph a line.

use pulldown_cmark::{Event, Tag, TagEnd};
use syndicate_api::text::html::{HtmlToken, decode, tokens};

use super::markdown::parse;

/// Elements whose content readers do not see as text.
const SILENT: &[&str] = &[
    "audio", "canvas", "head", "iframe", "noscript", "object", "script", "style", "svg",
    "template", "title", "video",
];

/// Elements within a line. All others end one.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u",
    "var", "wbr",
];

/// Returns the text of `markdown`.
pub(super) fn of_markdown(markdown: &str) -> String {
    let mut text = String::new();
    let mut pictures = 0_usize;
    for (event, range) in parse(markdown) {
        match event {
            Event::Start(Tag::Image { .. }) => pictures += 1,
            Event::End(TagEnd::Image) => pictures = pictures.saturating_sub(1),
            _ if pictures > 0 => {}
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::SoftBreak => text.push(' '),
            Event::HardBreak => text.push('\n'),
            Event::Start(Tag::HtmlBlock) => push_html(&markdown[range], &mut text),
            Event::End(TagEnd::TableCell) => text.push('\t'),
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::CodeBlock
                | TagEnd::Item
                | TagEnd::TableHead
                | TagEnd::TableRow
                | TagEnd::HtmlBlock,
            ) => text.push('\n'),
            _ => {}
        }
    }
    tidy(&text)
}

/// Returns the text of `html`.
pub(super) fn of_html(html: &str) -> String {
    let mut text = String::new();
    push_html(html, &mut text);
    tidy(&text)
}

fn push_html(html: &str, text: &mut String) {
    let is =
        |names: &[&str], name: &str| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    let mut silent: Option<&str> = None;
    for token in tokens(html) {
        match (silent, token) {
            (Some(open), HtmlToken::Close(name)) if open.eq_ignore_ascii_case(name) => {
                silent = None
            }
            (Some(_), _) | (None, HtmlToken::Comment(_)) => {}
            (None, HtmlToken::Open(name, _)) if is(SILENT, name) => silent = Some(name),
            (None, HtmlToken::Open(name, _) | HtmlToken::Close(name)) => {
                if !is(INLINE, name) && !text.ends_with('\n') {
                    text.push('\n');
                }
            }
            (None, HtmlToken::Text(part)) => text.push_str(&decode(part)),
        }
    }
}

/// Returns `text` without white space at the ends of its lines and without empty lines.
fn tidy(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

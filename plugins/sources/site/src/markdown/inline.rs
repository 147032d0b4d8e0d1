//! Converts one line of Markdown or HTML, such as a title, to plain text.

use std::collections::HashSet;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use syndicate_api::text::collapse_whitespace;
use syndicate_api::text::html::{HtmlToken, decode, tokens};

/// Elements whose tags are markup in a line of text. Anything else in angle brackets is part of the
/// text: `Option<T>`.
const MARKUP: &[&str] = &[
    "a", "abbr", "b", "big", "br", "center", "cite", "code", "del", "div", "em", "font", "i",
    "img", "ins", "kbd", "mark", "p", "q", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "u", "var", "wbr",
];

/// Elements of [`MARKUP`] without an end tag.
const VOID: &[&str] = &["br", "img", "wbr"];

/// A character put before the text while it is parsed, so that its start cannot open a block: a title
/// may begin with `1.`, `#` or `-`.
const GUARD: char = '\u{fffc}';

/// Returns the visible text of a line of Markdown, with its white space collapsed.
pub(crate) fn plain(text: &str) -> String {
    let line = collapse_whitespace(text);
    if !line.contains(['*', '_', '`', '[', '<', '&', '\\', '~']) {
        return line;
    }
    plain_with(&line, Options::ENABLE_STRIKETHROUGH)
}

/// Like [`plain`], but with typographic quotation marks, dashes and dots.
pub(crate) fn plain_smart(text: &str) -> String {
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_SMART_PUNCTUATION;
    plain_with(&collapse_whitespace(text), options)
}

/// Returns a line without the tags of its HTML elements, with character references decoded and white
/// space collapsed. A tag without its counterpart is text: `Use <b> for bold`.
pub(crate) fn without_tags(text: &str) -> String {
    if !text.contains(['<', '&']) {
        return collapse_whitespace(text);
    }
    let names = |tokens: HtmlToken<'_>| match tokens {
        HtmlToken::Open(name, _) => Some((name.to_ascii_lowercase(), true)),
        HtmlToken::Close(name) => Some((name.to_ascii_lowercase(), false)),
        HtmlToken::Comment(_) | HtmlToken::Text(_) => None,
    };
    let all: HashSet<(String, bool)> = tokens(text).filter_map(names).collect();
    let is_markup = |name: &str| {
        let name = name.to_ascii_lowercase();
        let is_void = VOID.contains(&name.as_str());
        let is_paired =
            || all.contains(&(name.clone(), true)) && all.contains(&(name.clone(), false));
        MARKUP.contains(&name.as_str()) && (is_void || is_paired())
    };
    let mut seen = String::with_capacity(text.len());
    for token in tokens(text) {
        match token {
            HtmlToken::Text(text) => seen.push_str(&decode(text)),
            HtmlToken::Comment(_) => {}
            HtmlToken::Open(name, _) | HtmlToken::Close(name) if is_markup(name) => {
                if matches!(name.to_ascii_lowercase().as_str(), "br" | "p" | "div") {
                    seen.push(' ');
                }
            }
            HtmlToken::Open(name, attributes) => seen.push_str(&format!("<{name}{attributes}>")),
            HtmlToken::Close(name) => seen.push_str(&format!("</{name}>")),
        }
    }
    collapse_whitespace(&seen)
}

fn plain_with(line: &str, options: Options) -> String {
    let guarded = format!("{GUARD} {line}");
    let mut seen = String::with_capacity(line.len());
    let mut images = 0_usize;
    for event in Parser::new_ext(&guarded, options) {
        match event {
            Event::Start(Tag::Image { .. }) => images += 1,
            Event::End(TagEnd::Image) => images = images.saturating_sub(1),
            Event::Text(text) | Event::Code(text) if images == 0 => seen.push_str(&text),
            Event::InlineHtml(html) | Event::Html(html) => push_unless_markup(&mut seen, &html),
            Event::SoftBreak | Event::HardBreak => seen.push(' '),
            _ => {}
        }
    }
    collapse_whitespace(seen.trim_start_matches(GUARD))
}

fn push_unless_markup(seen: &mut String, html: &str) {
    for token in tokens(html) {
        let name = match token {
            HtmlToken::Open(name, _) | HtmlToken::Close(name) => name.to_ascii_lowercase(),
            HtmlToken::Comment(_) => continue,
            HtmlToken::Text(text) => {
                seen.push_str(text);
                continue;
            }
        };
        if name == "br" {
            seen.push(' ');
        } else if !MARKUP.contains(&name.as_str()) {
            seen.push_str(html);
            return;
        }
    }
}

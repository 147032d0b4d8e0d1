//! Writes HTML as Markdown: headings, paragraphs, lists, quotes, code, links and pictures. Tables and elements
//! without a notation in Markdown stay HTML, which Markdown allows.

use std::ops::Range;

use syndicate_api::text::html::{HtmlToken, attribute, decode, token_ranges};

use super::notation::{
    COPIED, DROPPED, InlineNotation, code_block, code_span, destination, escape, inline,
};
use super::writer::Writer;

/// Returns `html` as Markdown.
pub(crate) fn to_markdown(html: &str) -> String {
    let mut converter = Converter::default();
    for (token, range) in token_ranges(html) {
        if !converter.is_in_whole(html, token, &range) {
            converter.token(token, &range);
        }
    }
    // The text of a feed may be cut within an element.
    if let Some(whole) = converter.whole.take() {
        converter.write_whole(&whole, &html[whole.start..]);
    }
    converter.writer.finish()
}

/// An element whose content is treated as a whole.
struct WholeElement {
    name: String,
    /// The number of open elements of this name.
    depth: usize,
    /// The beginning of its start tag.
    start: usize,
    /// The text of code.
    text: String,
    language: String,
}

#[derive(Default)]
struct Converter {
    writer: Writer,
    whole: Option<WholeElement>,
    /// The destinations of the open links.
    links: Vec<Option<String>>,
}

impl Converter {
    /// Handles a token inside of an element that is dropped, copied or code. Returns `false` outside of one.
    fn is_in_whole(&mut self, html: &str, token: HtmlToken<'_>, range: &Range<usize>) -> bool {
        let Some(whole) = &mut self.whole else {
            return false;
        };
        match token {
            HtmlToken::Open(name, attributes) => {
                if name.eq_ignore_ascii_case(&whole.name) {
                    whole.depth += 1;
                }
                if whole.language.is_empty() {
                    whole.language = language(attributes);
                }
                if name.eq_ignore_ascii_case("br") {
                    whole.text.push('\n');
                }
            }
            HtmlToken::Close(name) if name.eq_ignore_ascii_case(&whole.name) => whole.depth -= 1,
            HtmlToken::Text(text) => whole.text.push_str(&decode(text)),
            HtmlToken::Close(_) | HtmlToken::Comment(_) => {}
        }
        if whole.depth == 0
            && let Some(whole) = self.whole.take()
        {
            self.write_whole(&whole, &html[whole.start..range.end]);
        }
        true
    }

    fn write_whole(&mut self, whole: &WholeElement, html: &str) {
        match whole.name.as_str() {
            "pre" => {
                let block = code_block(&whole.text, &whole.language);
                self.writer.verbatim(&block);
            }
            "code" | "tt" if !whole.text.trim().is_empty() => {
                self.writer.notation(&code_span(&whole.text));
            }
            name if COPIED.contains(&name) => {
                // An empty line would end the HTML.
                let lines = html.lines().filter(|line| !line.trim().is_empty());
                self.writer.verbatim(&lines.collect::<Vec<_>>().join("\n"));
            }
            _ => {}
        }
    }

    fn token(&mut self, token: HtmlToken<'_>, range: &Range<usize>) {
        match token {
            HtmlToken::Open(name, attributes) => {
                let name = name.to_ascii_lowercase();
                let is_code = matches!(name.as_str(), "pre" | "code" | "tt");
                if is_code || DROPPED.contains(&&*name) || COPIED.contains(&&*name) {
                    self.whole = Some(WholeElement {
                        language: language(attributes),
                        start: range.start,
                        depth: 1,
                        text: String::new(),
                        name,
                    });
                } else {
                    self.open(&name, attributes);
                }
            }
            HtmlToken::Close(name) => self.close(&name.to_ascii_lowercase()),
            HtmlToken::Text(text) => {
                let text = escape(&decode(text), self.writer.is_at_start());
                self.writer.inline_text(&text);
            }
            HtmlToken::Comment(_) => {}
        }
    }

    fn open(&mut self, name: &str, attributes: &str) {
        match inline(name) {
            Some(InlineNotation::Mark(mark)) => return self.writer.notation(mark),
            Some(InlineNotation::Tag) => return self.writer.notation(&format!("<{name}>")),
            Some(InlineNotation::Transparent) => return,
            None => {}
        }
        match name {
            "a" => {
                let href = attribute(attributes, "href").filter(|href| !href.is_empty());
                if href.is_some() {
                    self.writer.notation("[");
                }
                self.links.push(href);
            }
            "img" => self.picture(attributes),
            "br" => self.writer.notation("\\\n"),
            "hr" => self.writer.verbatim("***"),
            "blockquote" => self.writer.open_quote(),
            "ul" => self.writer.open_list(None),
            "ol" => {
                let first = attribute(attributes, "start").and_then(|start| start.parse().ok());
                self.writer.open_list(Some(first.unwrap_or(1)));
            }
            "li" => self.writer.open_item(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.writer.end_block();
                let level = name[1..].parse().unwrap_or(1);
                self.writer.notation(&format!("{} ", "#".repeat(level)));
            }
            _ => self.writer.end_block(),
        }
    }

    fn close(&mut self, name: &str) {
        match inline(name) {
            Some(InlineNotation::Mark(mark)) => return self.writer.notation(mark),
            Some(InlineNotation::Tag) => return self.writer.notation(&format!("</{name}>")),
            Some(InlineNotation::Transparent) => return,
            None => {}
        }
        match name {
            "a" => {
                if let Some(Some(href)) = self.links.pop() {
                    self.writer.notation(&format!("]({})", destination(&href)));
                }
            }
            "img" | "br" | "hr" => {}
            "blockquote" => self.writer.close_quote(),
            "ul" | "ol" => self.writer.close_list(),
            "li" => self.writer.close_item(),
            _ => self.writer.end_block(),
        }
    }

    fn picture(&mut self, attributes: &str) {
        if let Some(source) = attribute(attributes, "src").filter(|source| !source.is_empty()) {
            let alt = attribute(attributes, "alt").unwrap_or_default();
            let alt = escape(&alt.split_whitespace().collect::<Vec<_>>().join(" "), false);
            let picture = format!("![{alt}]({})", destination(&source));
            self.writer.notation(&picture);
        }
    }
}

/// Returns the language of code, which highlighters name in the class `language-…`.
fn language(attributes: &str) -> String {
    let class = attribute(attributes, "class").unwrap_or_default();
    let mut names = class.split_whitespace();
    let name = names.find_map(|name| name.strip_prefix("language-"));
    name.unwrap_or_default().to_owned()
}

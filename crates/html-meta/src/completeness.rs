//! Checks whether the file of a page is complete. A generator that is still writing, a full disk or
//! an interrupted copy leaves a file that is empty or ends in the middle.
//!
//! A missing `</html>` is not a sign of truncation, because HTML allows it and minifiers remove it.
//! An element that requires an end tag and is still open at the end is one. The check reads the
//! tokens instead of the tree, because the parser closes all open elements in the tree.

use std::cell::{Cell, RefCell};

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use crate::charset;
use crate::read::{MAX_BYTES, truncate};

/// Elements without an end tag.
const VOID_ELEMENTS: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input",
    "keygen", "link", "meta", "param", "source", "track", "wbr",
];

/// Elements whose end tag is optional (HTML standard, "Optional tags").
const OPTIONAL_END_ELEMENTS: &[&str] = &[
    "body", "caption", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option", "p",
    "rb", "rp", "rt", "rtc", "tbody", "td", "tfoot", "th", "thead", "tr",
];

/// Elements that are visible although they contain no text.
const VISIBLE_ELEMENTS: &[&str] = &[
    "audio", "canvas", "embed", "iframe", "img", "object", "svg", "video",
];

/// Elements whose text is not visible.
const HIDDEN_TEXT_ELEMENTS: &[&str] = &["noscript", "script", "style", "template", "title"];

/// Maximum number of open elements that are tracked. Deeper elements count as closed.
const MAX_OPEN: usize = 512;

/// The result of checking the end of a page's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Completeness {
    /// The page ends at a point where a complete page may end.
    Complete,
    /// The page has neither a head nor visible content.
    Empty,
    /// The page has a head but ends before its visible content, without `</body>` or `</html>`. A
    /// fragment without a doctype, `<html>`, `<head>` and `<body>` does not need a body.
    MissingBody,
    /// The page ends inside a tag or a comment.
    CutInTag,
    /// The page ends inside an element that requires an end tag. The value is the name of the
    /// innermost such element.
    CutInElement(String),
}

/// Checks whether the file of a page is complete. A page with content that ends with `</html>` is complete. Returns
/// [`Completeness::Complete`] for a page above [`MAX_BYTES`], because its end is not read.
#[must_use]
pub fn completeness(bytes: &[u8]) -> Completeness {
    if bytes.len() > MAX_BYTES {
        return Completeness::Complete;
    }
    let text = charset::decode(truncate(bytes));
    let tokenizer = Tokenizer::new(OpenElements::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(&text));
    // `feed` returns early only for scripts, and this sink never requests to run one.
    drop(tokenizer.feed(&input));
    tokenizer.sink.at_end.set(true);
    tokenizer.end();
    tokenizer.sink.completeness(is_closed(bytes))
}

/// Returns `true` if the file of a page ends with `</html>`, as a complete page does.
#[must_use]
pub fn is_closed(bytes: &[u8]) -> bool {
    const END: &[u8] = b"</html>";
    let bytes = bytes.trim_ascii_end();
    let end = bytes.len().checked_sub(END.len()).map(|at| &bytes[at..]);
    end.is_some_and(|end| end.eq_ignore_ascii_case(END))
}

/// An open element that requires an end tag.
struct OpenElement {
    name: String,
    /// `true` if the text in the element is not visible.
    is_hidden: bool,
}

/// Tracks the open elements while the page is tokenized.
#[derive(Default)]
struct OpenElements {
    open: RefCell<Vec<OpenElement>>,
    /// `true` if the file is a whole document and not a fragment.
    is_document: Cell<bool>,
    has_head: Cell<bool>,
    has_content: Cell<bool>,
    is_closed: Cell<bool>,
    /// `true` after all input was read. A later parse error means that the input ended too early.
    at_end: Cell<bool>,
    is_within_tag: Cell<bool>,
}

impl OpenElements {
    fn completeness(&self, ends_with_html: bool) -> Completeness {
        let open = self.open.borrow();
        if !self.has_head.get() && !self.has_content.get() && open.is_empty() {
            return match self.is_within_tag.get() {
                true => Completeness::CutInTag,
                false => Completeness::Empty,
            };
        }
        if self.is_closed.get() || ends_with_html {
            return Completeness::Complete;
        }
        match open.last() {
            _ if self.is_within_tag.get() => Completeness::CutInTag,
            Some(element) => Completeness::CutInElement(element.name.clone()),
            None if self.is_document.get() && !self.has_content.get() => Completeness::MissingBody,
            None => Completeness::Complete,
        }
    }

    fn start_tag(&self, tag: &Tag) {
        let name = &*tag.name;
        match name {
            "html" | "head" | "body" => {
                self.is_document.set(true);
                return;
            }
            "title" | "meta" | "link" | "base" | "style" | "script" => self.has_head.set(true),
            _ => {}
        }
        let mut open = self.open.borrow_mut();
        let is_in_hidden = open.last().is_some_and(|outer| outer.is_hidden);
        if VISIBLE_ELEMENTS.contains(&name) && !is_in_hidden {
            self.has_content.set(true);
        }
        let is_closed_later = !tag.self_closing || raw_kind(name).is_some();
        let has_end = !VOID_ELEMENTS.contains(&name) && !OPTIONAL_END_ELEMENTS.contains(&name);
        if is_closed_later && has_end && open.len() < MAX_OPEN {
            open.push(OpenElement {
                name: name.to_owned(),
                is_hidden: is_in_hidden || HIDDEN_TEXT_ELEMENTS.contains(&name),
            });
        }
    }

    fn end_tag(&self, name: &str) {
        if matches!(name, "body" | "html") {
            self.is_closed.set(true);
        }
        let mut open = self.open.borrow_mut();
        if let Some(at) = open.iter().rposition(|element| element.name == name) {
            open.truncate(at);
        }
    }

    fn text(&self, text: &str) {
        let open = self.open.borrow();
        let is_hidden = open.last().is_some_and(|outer| outer.is_hidden);
        if !is_hidden && !text.trim().is_empty() {
            self.has_content.set(true);
        }
    }
}

impl TokenSink for OpenElements {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::DoctypeToken(_) => self.is_document.set(true),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                self.start_tag(&tag);
                if let Some(kind) = raw_kind(&tag.name) {
                    return TokenSinkResult::RawData(kind);
                }
            }
            Token::TagToken(tag) => self.end_tag(&tag.name),
            Token::CharacterTokens(text) => self.text(&text),
            Token::ParseError(_) if self.at_end.get() => self.is_within_tag.set(true),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Returns the tokenizer state for the content of `<name>` if tags inside that element are plain text,
/// as in `<script>`.
fn raw_kind(name: &str) -> Option<RawKind> {
    match name {
        "title" | "textarea" => Some(RawKind::Rcdata),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
        "script" => Some(RawKind::ScriptData),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Completeness, completeness};

    const WHOLE: &str = "<!doctype html><html lang=en><head><meta charset=utf-8><title>A < B</title>\
        <style>a > b {}</style><script>if (a < b) { document.write('<div>') }</script></head>\
        <body><!-- > --><main><h1>A &lt; B</h1><p>One<p>Two <b>more</b><ul><li>x<li>y</ul>\
        <svg viewBox='0 0 1 1'><path d='M0 0'/></svg><br><img src=x></main></body></html>\n";

    #[test]
    fn optional_tags_may_be_missing() {
        for html in [
            WHOLE,
            "<title>A</title><p>Text",
            "<!doctype html><title>A</title><ul><li>One<li>Two</ul>",
            "<table><tr><td>x</table>",
            "<p>Text a < b",
            "plain text",
            "<title>A</title><link rel=canonical href=/a/>",
            "<head><title>A</title></head><body></body>",
            "<meta http-equiv=refresh content='0; url=/x'></html>",
            // Some themes forget an end tag. `</body>` or `</html>` still ends the page.
            "<body><div><p>Text</body></html>",
            "<div><p>Text</div></html>\n<!-- cached -->",
            // A script that is not closed hides the end of the page, but the file is whole.
            "<title>A</title><body>Text<script>let a = 1;</body></html>\n",
        ] {
            assert_eq!(
                completeness(html.as_bytes()),
                Completeness::Complete,
                "{html}"
            );
        }
    }

    #[test]
    fn page_without_content_is_empty() {
        for html in [
            "",
            " \n",
            "\u{feff}",
            "<!doctype html>",
            "<!doctype html>\n<html><head></head><body></body></html>",
            "<!-- built by x -->",
        ] {
            assert_eq!(completeness(html.as_bytes()), Completeness::Empty, "{html}");
        }
    }

    #[test]
    fn truncated_page_names_cut_position() {
        let within = |name: &str| Completeness::CutInElement(name.to_owned());
        for (html, expected) in [
            ("<html><head><title>A", within("title")),
            (
                "<html><head><title>A</title></head>",
                Completeness::MissingBody,
            ),
            ("<title>A</title><body>", Completeness::MissingBody),
            (
                "<title>A</title><meta property=\"og:ti",
                Completeness::CutInTag,
            ),
            ("<html lan", Completeness::CutInTag),
            ("<title>A</title><body><!-- menu", Completeness::CutInTag),
            ("<p>Text</p", Completeness::CutInTag),
            ("<title>A</title><script>let a = '</p>';", within("script")),
            ("<style>a {}", within("style")),
            ("<body><div><article><p>Some te", within("article")),
            ("<body><main><p>Some <a href=/x>te", within("a")),
        ] {
            assert_eq!(completeness(html.as_bytes()), expected, "{html}");
        }
    }

    #[test]
    fn every_truncation_is_detected() {
        let shown = WHOLE.find("</main>").unwrap();
        for at in 0..shown {
            let found = completeness(&WHOLE.as_bytes()[..at]);
            assert_ne!(found, Completeness::Complete, "{}", &WHOLE[..at]);
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_checked(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(!bytes.is_empty() || completeness(&bytes) == Completeness::Empty);
            drop(completeness(&bytes));
        }

        #[test]
        fn any_tags_are_checked(text in "[<>/a-z \"'!=-]{0,60}") {
            let found = completeness(text.as_bytes());
            prop_assert!(!text.trim().is_empty() || found == Completeness::Empty);
        }
    }
}

//! Whether a page is all there. A generator that is still writing, a full disk or a copy that broke
//! off leave a file without content, or one that ends in the middle.
//!
//! A missing `</html>` shows nothing: HTML allows it, and minifiers remove it. An element that has to
//! be closed and is still open at the end does. The tree cannot show that, since the parser closes
//! everything, so the tokens are looked at.

use std::cell::{Cell, RefCell};

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use crate::charset;
use crate::read::{MAX_BYTES, beginning};

/// Elements that have no end tag.
const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input",
    "keygen", "link", "meta", "param", "source", "track", "wbr",
];

/// Elements whose end tag may be left out (HTML standard, "Optional tags").
const OPTIONAL_END: &[&str] = &[
    "body", "caption", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option", "p",
    "rb", "rp", "rt", "rtc", "tbody", "td", "tfoot", "th", "thead", "tr",
];

/// Elements that show something although they hold no text.
const SHOWN: &[&str] = &[
    "audio", "canvas", "embed", "iframe", "img", "object", "svg", "video",
];

/// Elements whose text readers do not see in the page.
const UNSEEN: &[&str] = &["noscript", "script", "style", "template", "title"];

/// The number of open elements that are remembered; deeper ones count as closed.
const MAX_OPEN: usize = 512;

/// How the file of a page ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Completeness {
    /// Where a page may end.
    Complete,
    /// The page has neither a head nor anything to show.
    Empty,
    /// Before the first thing that it would show, without an end tag of the page; not of a fragment,
    /// which has neither a doctype nor one of the tags `<html>`, `<head>` and `<body>`.
    MissingBody,
    /// Within a tag or a comment.
    CutInTag,
    /// Within an element that has to be closed; the innermost one.
    CutInElement(String),
}

/// Returns how the file of a page ends. Of a page that is too large to be read to its end nothing is
/// known, so it counts as complete.
#[must_use]
pub fn completeness(bytes: &[u8]) -> Completeness {
    if bytes.len() > MAX_BYTES {
        return Completeness::Complete;
    }
    let text = charset::decode(beginning(bytes));
    let tokenizer = Tokenizer::new(OpenElements::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(&text));
    // Only a script could stop it, and the sink runs none.
    drop(tokenizer.feed(&input));
    tokenizer.sink.at_end.set(true);
    tokenizer.end();
    tokenizer.sink.completeness()
}

/// An element that has to be closed.
struct OpenElement {
    name: String,
    /// Whether readers do not see its text.
    is_unseen: bool,
}

/// Follows which elements are open.
#[derive(Default)]
struct OpenElements {
    open: RefCell<Vec<OpenElement>>,
    /// Whether the file is more than a fragment of a page.
    is_document: Cell<bool>,
    has_head: Cell<bool>,
    has_content: Cell<bool>,
    is_closed: Cell<bool>,
    /// Whether all input was taken; what is wrong then is that it ended.
    at_end: Cell<bool>,
    is_within_tag: Cell<bool>,
}

impl OpenElements {
    fn completeness(&self) -> Completeness {
        let open = self.open.borrow();
        if !self.has_head.get() && !self.has_content.get() && open.is_empty() {
            return match self.is_within_tag.get() {
                true => Completeness::CutInTag,
                false => Completeness::Empty,
            };
        }
        if self.is_closed.get() {
            return Completeness::Complete;
        }
        match open.last() {
            _ if self.is_within_tag.get() => Completeness::CutInTag,
            Some(element) => Completeness::CutInElement(element.name.clone()),
            None if self.is_document.get() && !self.has_content.get() => Completeness::MissingBody,
            None => Completeness::Complete,
        }
    }

    fn start(&self, tag: &Tag) {
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
        let is_within_unseen = open.last().is_some_and(|outer| outer.is_unseen);
        if SHOWN.contains(&name) && !is_within_unseen {
            self.has_content.set(true);
        }
        let is_closed_later = !tag.self_closing || raw_kind(name).is_some();
        let has_end = !VOID.contains(&name) && !OPTIONAL_END.contains(&name);
        if is_closed_later && has_end && open.len() < MAX_OPEN {
            open.push(OpenElement {
                name: name.to_owned(),
                is_unseen: is_within_unseen || UNSEEN.contains(&name),
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
        let is_unseen = open.last().is_some_and(|outer| outer.is_unseen);
        if !is_unseen && !text.trim().is_empty() {
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
                self.start(&tag);
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

/// Returns how the text within an element is read if no tags count in it.
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
    fn page_may_leave_out_optional_tags() {
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
            // A theme that forgets to close an element closes the page all the same.
            "<body><div><p>Text</body></html>",
            "<div><p>Text</div></html>\n<!-- cached -->",
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
    fn cut_page_says_where_it_ends() {
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
    fn page_cut_anywhere_before_its_end_is_noticed() {
        let shown = WHOLE.find("</main>").unwrap();
        for at in 0..shown {
            let found = completeness(&WHOLE.as_bytes()[..at]);
            assert_ne!(found, Completeness::Complete, "{}", &WHOLE[..at]);
        }
    }

    proptest! {
        #[test]
        fn any_bytes_have_an_ending(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(!bytes.is_empty() || completeness(&bytes) == Completeness::Empty);
            drop(completeness(&bytes));
        }

        #[test]
        fn any_tags_have_an_ending(text in "[<>/a-z \"'!=-]{0,60}") {
            let found = completeness(text.as_bytes());
            prop_assert!(!text.trim().is_empty() || found == Completeness::Empty);
        }
    }
}

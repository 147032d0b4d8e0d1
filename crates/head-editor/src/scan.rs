//! Finds the elements of a page and the place for new ones.

use std::ops::Range;

use memchr::{memchr, memmem};

use crate::element::{ElementKind, HeadElement};
use crate::references::decode;
use crate::tag::{Tag, is_space, skip};

/// The byte order mark of UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Elements whose content is text.
const TEXT: &[&str] = &[
    "iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp",
];

/// Elements without effect on the metadata, which the parser leaves in the head.
const IN_HEAD: &[&str] = &[
    "base", "bgsound", "head", "html", "link", "meta", "noscript", "script", "style", "template",
    "title",
];

/// The elements of a page.
#[derive(Debug, Default)]
pub(crate) struct PageScan {
    pub(crate) elements: Vec<FoundElement>,
    /// The position after the last `<meta>` of the head.
    last_meta: Option<usize>,
    /// The position of the end of the head.
    end: usize,
}

/// A `<meta>` or `<link>` of a page.
#[derive(Debug)]
pub(crate) struct FoundElement {
    is_link: bool,
    /// The names of the property, or the relations of the link, in lower case.
    keys: Vec<String>,
    pub(crate) value: String,
    pub(crate) range: Range<usize>,
}

impl FoundElement {
    /// Returns `true` if it is of the same kind as `element`, with any value.
    pub(crate) fn is_like(&self, element: &HeadElement) -> bool {
        let key = element.key.to_ascii_lowercase();
        self.is_link == (element.kind == ElementKind::Link) && self.keys.contains(&key)
    }
}

impl PageScan {
    pub(crate) fn of(page: &[u8]) -> Self {
        let mut scan = Self::default();
        let mut head = HeadEnd::default();
        let mut at = if page.starts_with(BYTE_ORDER_MARK) {
            BYTE_ORDER_MARK.len()
        } else {
            0
        };
        while at < page.len() {
            let start = memchr(b'<', &page[at..]).map_or(page.len(), |found| at + found);
            let text = skip(page, at, is_space);
            if text < start {
                head.end_at(text);
            }
            let Some(tag) = Tag::read(page, start) else {
                at = match skip_markup(page, start) {
                    Markup::Ends(end) => end,
                    Markup::Text => {
                        head.end_at(start);
                        start + 1
                    }
                    Markup::Unfinished => {
                        head.end_at(start);
                        break;
                    }
                };
                continue;
            };
            at = tag.range.end;
            let is_of_head = IN_HEAD.iter().any(|name| tag.is(name));
            if !is_of_head || tag.is_end && tag.is("head") {
                head.end_at(start);
            }
            if tag.is("noscript") {
                let open = head.noscript.unwrap_or(start);
                head.noscript = (!tag.is_end).then_some(open);
            } else if !tag.is_end && head.noscript.is_none() {
                scan.add(&tag, head.end.is_none());
            }
            if !tag.is_end && TEXT.iter().any(|name| tag.is(name)) {
                let Some(end) = end_of_text(page, at, tag.name) else {
                    head.end_at(start);
                    break;
                };
                at = end;
            }
        }
        head.end_at(page.len());
        scan.end = head.end.unwrap_or(page.len());
        scan
    }

    fn add(&mut self, tag: &Tag<'_>, is_in_head: bool) {
        let words = |name: &str| {
            let value = tag.attribute(name).map(decode).unwrap_or_default();
            let words = value.split_ascii_whitespace();
            words.map(str::to_ascii_lowercase).collect::<Vec<_>>()
        };
        let (is_link, keys, value) = if tag.is("meta") {
            if is_in_head {
                self.last_meta = Some(tag.range.end);
            }
            let keys = [words("property"), words("name")].concat();
            (false, keys, tag.attribute("content"))
        } else if tag.is("link") {
            (true, words("rel"), tag.attribute("href"))
        } else {
            return;
        };
        self.elements.push(FoundElement {
            is_link,
            keys,
            value: value.map(decode).unwrap_or_default(),
            range: tag.range.clone(),
        });
    }

    /// Returns the position for new elements, and the text between them and the element before or after.
    pub(crate) fn place(&self, page: &[u8]) -> Place {
        match self.last_meta {
            Some(at) => {
                let line = line_start(page, at);
                let is_own_line = page[line..at].trim_ascii_start().starts_with(b"<")
                    && memchr(b'\n', &page[at..])
                        .is_some_and(|length| page[at..at + length].trim_ascii().is_empty());
                let indent = skip(page, line, |byte| matches!(byte, b' ' | b'\t'));
                Place {
                    at,
                    before: match is_own_line {
                        true => [line_break(page, line, at), &page[line..indent]].concat(),
                        false => Vec::new(),
                    },
                    after: Vec::new(),
                }
            }
            None => {
                let line = line_start(page, self.end);
                let is_own_line = line > 0 && page[line..self.end].trim_ascii().is_empty();
                match is_own_line {
                    true => Place {
                        at: line,
                        before: indent_of_line_before(page, line).to_vec(),
                        after: line_break(page, line, self.end).to_vec(),
                    },
                    false => Place {
                        at: self.end,
                        before: Vec::new(),
                        after: Vec::new(),
                    },
                }
            }
        }
    }
}

/// The end of the head, as far as it is known.
#[derive(Default)]
struct HeadEnd {
    end: Option<usize>,
    /// The start of the `<noscript>` that is open.
    noscript: Option<usize>,
}

impl HeadEnd {
    /// Ends the head at a position, unless it has ended before. The content of the body ends an open `<noscript>` of the
    /// head, too; what follows it would be hidden.
    fn end_at(&mut self, at: usize) {
        if self.end.is_none() {
            self.end = Some(self.noscript.take().unwrap_or(at));
        }
    }
}

/// The place for new elements.
pub(crate) struct Place {
    pub(crate) at: usize,
    /// The bytes before each element.
    pub(crate) before: Vec<u8>,
    /// The bytes after each element.
    pub(crate) after: Vec<u8>,
}

/// The meaning of a `<` that begins no tag.
enum Markup {
    /// A comment, a doctype or the like, up to this position.
    Ends(usize),
    /// A character of the text.
    Text,
    /// Markup that does not end on the page.
    Unfinished,
}

/// Skips the comment or the like that begins at `start`.
fn skip_markup(page: &[u8], start: usize) -> Markup {
    let inside = page.get(start + 1..).unwrap_or_default();
    let length = match inside {
        // Comments that their first sign ends.
        [b'!', b'-', b'-', b'>', ..] | [b'!', b'-', b'-', b'-', b'>', ..] => memchr(b'>', inside),
        [b'!', b'-', b'-', comment @ ..] => {
            let ends = [&b"-->"[..], b"--!>"];
            let ends = ends.map(|end| Some(memmem::find(comment, end)? + end.len()));
            let first = ends.into_iter().flatten().min();
            first.map(|length| b"!--".len() + length - 1)
        }
        // A tag that does not end.
        [b'/', first, ..] | [first, ..] if first.is_ascii_alphabetic() => None,
        [b'!' | b'?' | b'/', ..] => memchr(b'>', inside),
        [] => None,
        _ => return Markup::Text,
    };
    length.map_or(Markup::Unfinished, |length| {
        Markup::Ends(start + 1 + length + 1)
    })
}

/// Returns the position of the end tag of an element whose content is text.
fn end_of_text(page: &[u8], at: usize, name: &[u8]) -> Option<usize> {
    let mut ends = memmem::find_iter(&page[at..], b"</").map(|found| at + found);
    ends.find(|end| {
        let tag = Tag::read(page, *end);
        tag.is_some_and(|tag| tag.name.eq_ignore_ascii_case(name))
    })
}

fn line_start(page: &[u8], at: usize) -> usize {
    memchr::memrchr(b'\n', &page[..at]).map_or(0, |found| found + 1)
}

/// Returns the line break before the line that begins at `line`, or the one after `at`.
fn line_break(page: &[u8], line: usize, at: usize) -> &'static [u8] {
    let newline = match line {
        0 => memchr(b'\n', &page[at..]).map(|length| at + length),
        line => Some(line - 1),
    };
    let is_crlf = newline.is_some_and(|newline| newline > 0 && page[newline - 1] == b'\r');
    if is_crlf { b"\r\n" } else { b"\n" }
}

fn indent_of_line_before(page: &[u8], line: usize) -> &[u8] {
    let before = line_start(page, line - 1);
    &page[before..skip(page, before, |byte| matches!(byte, b' ' | b'\t'))]
}

//! Scans the elements at the start of a page up to the first one that is visible.

use std::borrow::Cow;

use memchr::memchr;
use memchr::memmem;
use serde_json::Value;

use super::references::{self, Context};
use super::signs;
use super::tag::{Attributes, Undecodable, end_tag, name_at, skip_space};
use crate::head::{HeadElements, Link};
use crate::json_ld;
use crate::redirect;

/// The elements at the start of a page.
#[derive(Default)]
pub(crate) struct Head<'a> {
    pub(crate) elements: HeadElements<'a>,
    /// The contents of the JSON-LD scripts.
    pub(super) json_ld: Vec<&'a str>,
    /// The position of the first visible element.
    pub(super) end: usize,
}

impl Head<'_> {
    /// Parses the JSON-LD scripts.
    pub(crate) fn documents(&self) -> Vec<Value> {
        let scripts = self.json_ld.iter();
        scripts.filter_map(|text| json_ld::parse(text)).collect()
    }
}

/// Scans the head of a page that is in UTF-8. Returns `None` if the parser may see other elements.
pub(super) fn scan(bytes: &[u8]) -> Option<Head<'_>> {
    let mut scanner = Scanner {
        bytes,
        at: 0,
        attributes: Attributes::default(),
        head: Head::default(),
        has_root: false,
        is_in_noscript: false,
    };
    while scanner.scan_node()? {}
    scanner.head.end = scanner.at;
    let is_plain = memchr(0, &bytes[..scanner.at]).is_none();
    (is_plain && !scanner.is_in_noscript).then_some(scanner.head)
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    attributes: Attributes<'a>,
    head: Head<'a>,
    has_root: bool,
    is_in_noscript: bool,
}

impl<'a> Scanner<'a> {
    /// Scans the next tag, comment or space. Returns `false` if the visible part of the page begins.
    fn scan_node(&mut self) -> Option<bool> {
        self.at = skip_space(self.bytes, self.at);
        let rest = &self.bytes[self.at..];
        match rest {
            [b'<', b'!', ..] => self.skip_declaration(&rest[2..])?,
            [b'<', b'?', ..] => self.at += memchr(b'>', rest)? + 1,
            [b'<', b'/', name @ ..] => self.scan_end_tag(name_at(name))?,
            [b'<', first, ..] if first.is_ascii_alphabetic() => return self.scan_element(),
            [b'<', ..] => return None,
            _ => return Some(false),
        }
        Some(true)
    }

    /// Skips a comment or a doctype. `inside` begins after `<!`.
    fn skip_declaration(&mut self, inside: &[u8]) -> Option<()> {
        if let Some(comment) = inside.strip_prefix(b"--") {
            let len = memmem::find(comment, b"-->")?;
            let is_usual = !comment.starts_with(b">")
                && !comment.starts_with(b"->")
                && memmem::find(&comment[..len], b"--!>").is_none();
            self.at += is_usual.then_some(len)? + "<!---->".len();
        } else {
            let is_doctype = inside.get(..7)?.eq_ignore_ascii_case(b"doctype");
            self.at += memchr(b'>', inside).filter(|_| is_doctype)? + "<!>".len();
        }
        Some(())
    }

    fn scan_end_tag(&mut self, name: &[u8]) -> Option<()> {
        if name.eq_ignore_ascii_case(b"noscript") && self.is_in_noscript {
            self.is_in_noscript = false;
        } else if !name.eq_ignore_ascii_case(b"head") || self.is_in_noscript {
            return None;
        }
        self.at = self.attributes.scan(self.bytes, self.at + 2 + name.len())?;
        Some(())
    }

    /// Scans an element. Returns `false` if it is visible.
    fn scan_element(&mut self) -> Option<bool> {
        let start = self.at + 1;
        let name = name_at(&self.bytes[start..]);
        let Some(element) = HeadElement::of(name) else {
            return Some(false);
        };
        self.at = self.attributes.scan(self.bytes, start + name.len())?;
        if signs::is_item(&self.attributes) {
            return None;
        }
        match element {
            HeadElement::Html => self.read_root().ok()??,
            HeadElement::Head => {}
            HeadElement::Meta => self.read_meta().ok()??,
            HeadElement::Link => self.read_link().ok()?,
            HeadElement::Base => {
                let href = self.attributes.get("href").ok()?;
                href.into_iter()
                    .for_each(|href| self.head.elements.set_base(href));
            }
            HeadElement::Title => {
                let text = self.skip_content("title")?;
                let text = references::decode(text, Context::Title)?;
                self.head.elements.set_title(|| text);
            }
            HeadElement::Style => drop(self.skip_content("style")?),
            HeadElement::Script => self.read_script().ok()??,
            HeadElement::Noscript => {
                let is_nested = std::mem::replace(&mut self.is_in_noscript, true);
                return (!is_nested).then_some(true);
            }
        }
        Some(true)
    }

    fn read_root(&mut self) -> Result<Option<()>, Undecodable> {
        if std::mem::replace(&mut self.has_root, true) {
            return Ok(None);
        }
        let lang = match self.attributes.get("lang")? {
            Some(lang) => Some(lang),
            None => self.attributes.get("xml:lang")?,
        };
        lang.into_iter()
            .for_each(|lang| self.head.elements.set_lang(lang));
        Ok(Some(()))
    }

    /// Reads a `<meta>`. Returns `None` for a redirect, which depends on the rest of the page.
    fn read_meta(&mut self) -> Result<Option<()>, Undecodable> {
        let http_equiv = self.attributes.get("http-equiv")?;
        let is_refresh = |key: &Cow<'_, str>| key.eq_ignore_ascii_case("refresh");
        if self.is_in_noscript || http_equiv.as_ref().is_some_and(is_refresh) {
            return Ok(None);
        }
        if let Some(content) = self.attributes.get("content")? {
            let property = self.attributes.get("property")?;
            let name = self.attributes.get("name")?;
            self.head
                .elements
                .add_meta(content, property, [name, http_equiv]);
        }
        Ok(Some(()))
    }

    fn read_link(&mut self) -> Result<(), Undecodable> {
        let link = Link {
            rel: self.attributes.get("rel")?.unwrap_or_default(),
            kind: self.attributes.get("type")?.unwrap_or_default(),
            href: self.attributes.get("href")?.unwrap_or_default(),
        };
        self.head.elements.add_link(link);
        Ok(())
    }

    /// Reads a script. Returns `None` if its end is not certain, or if it may redirect.
    fn read_script(&mut self) -> Result<Option<()>, Undecodable> {
        let kind = self.attributes.get("type")?.unwrap_or_default();
        let Some(content) = self.skip_content("script") else {
            return Ok(None);
        };
        if memmem::find(content, b"<!--").is_some() || redirect::may_redirect(content) {
            return Ok(None);
        }
        if json_ld::is_json_ld(&kind) {
            let content = std::str::from_utf8(content).map_err(|_| Undecodable)?;
            self.head.json_ld.push(content);
        }
        Ok(Some(()))
    }

    /// Skips the text of an element and its end tag. Returns the text.
    fn skip_content(&mut self, name: &str) -> Option<&'a [u8]> {
        let end = end_tag(self.bytes, self.at, name)?;
        let content = &self.bytes[self.at..end];
        self.at = self.attributes.scan(self.bytes, end + 2 + name.len())?;
        Some(content)
    }
}

/// An element without visible content.
enum HeadElement {
    Html,
    Head,
    Meta,
    Link,
    Base,
    Title,
    Style,
    Script,
    Noscript,
}

impl HeadElement {
    fn of(name: &[u8]) -> Option<Self> {
        let mut lower = [0; 8];
        let lower = lower.get_mut(..name.len())?;
        lower.copy_from_slice(name);
        lower.make_ascii_lowercase();
        Some(match &*lower {
            b"html" => Self::Html,
            b"head" => Self::Head,
            b"meta" => Self::Meta,
            b"link" => Self::Link,
            b"base" => Self::Base,
            b"title" => Self::Title,
            b"style" => Self::Style,
            b"script" => Self::Script,
            b"noscript" => Self::Noscript,
            _ => return None,
        })
    }
}

//! Proves that the visible part of a page adds nothing to its metadata. It knows no structure: it looks at every
//! place where an element could begin, even inside a script or a comment, so that it overlooks none.

use std::sync::LazyLock;

use aho_corasick::packed::Searcher;
use memchr::memmem;

use super::headings::may_be_not_found;
use super::tag::{Attributes, Undecodable, is_space};
use crate::head::{HeadElements, has_word};
use crate::page::Page;
use crate::{json_ld, redirect};

/// Relations of `<link>` that belong to the metadata of a page.
const RELATIONS: &[&str] = &["alternate", "canonical", "image_src", "next", "prev"];

/// Parts of the names of folders that contain tag pages, and of parameters that select a tag.
const TAG_PARTS: &[&str] = &["etiqueta", "label", "schlagwort", "tag"];

/// Texts that may change the metadata of a page. The search compares as many letters at once as the shortest text has,
/// so none is shorter than three.
const SIGNS: &[(&str, Sign)] = &[
    ("<abbr", Sign::Date),
    ("<article", Sign::Article),
    ("<base", Sign::Base),
    ("<body", Sign::Root),
    ("<frameset", Sign::Root),
    ("<h1", Sign::Heading),
    ("<h2", Sign::Heading),
    ("<html", Sign::Root),
    ("<image", Sign::Image),
    ("<img", Sign::Image),
    ("<input", Sign::Input),
    ("<link", Sign::Link),
    ("<meta", Sign::Meta),
    ("<script", Sign::Script),
    ("<time", Sign::Date),
    ("<title", Sign::Title),
    ("h-entry", Sign::Item),
    ("h-feed", Sign::Item),
    ("hentry", Sign::Item),
    ("itemscope", Sign::Item),
    ("location", Sign::Location),
];

/// The meaning of a text in [`SIGNS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Article,
    Base,
    Date,
    Heading,
    Image,
    Input,
    Item,
    Link,
    Location,
    Meta,
    Root,
    Script,
    Title,
}

/// Searches for all [`SIGNS`] at once. Processors without vector instructions have no such search.
static SEARCHER: LazyLock<Option<Searcher>> =
    LazyLock::new(|| Searcher::new(SIGNS.iter().map(|(text, _)| text)));

/// The fields for which the head of a page has no value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Missing {
    pub(super) images: bool,
    pub(super) published: bool,
    pub(super) updated: bool,
    /// `true` if no value is better than that of a link in the visible part.
    pub(super) author: bool,
    /// `true` if no value is better than that of a link in the visible part.
    pub(super) tags: bool,
}

impl Missing {
    pub(super) fn of(page: &Page) -> Self {
        Self {
            images: page.images.best().is_none(),
            published: page.published.best().is_none(),
            updated: page.updated.best().is_none(),
            author: page.author.best().is_none(),
            tags: page.tags.best().is_none(),
        }
    }
}

/// The additions of the visible part to the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Additions {
    /// It adds nothing.
    None,
    /// It may show a value that the head lacks.
    Values,
    /// It may contain metadata.
    Metadata,
}

impl Additions {
    fn metadata_if(is_added: bool) -> Self {
        if is_added { Self::Metadata } else { Self::None }
    }

    fn values_if(is_added: bool) -> Self {
        if is_added { Self::Values } else { Self::None }
    }
}

/// The visible part of a page.
pub(super) struct Rest<'a> {
    /// The part; it may begin with `<body`.
    pub(super) bytes: &'a [u8],
    /// The same in lower case.
    pub(super) lower: &'a [u8],
}

impl Rest<'_> {
    /// Returns the additions of the part to `head`, which lacks the fields in `missing`.
    pub(super) fn additions(&self, head: &HeadElements<'_>, missing: Missing) -> Additions {
        let Some(searcher) = &*SEARCHER else {
            return Additions::Metadata;
        };
        let mut has_article = false;
        let mut has_location = false;
        let mut all = Additions::None;
        for found in searcher.find_iter(self.lower) {
            let (_, sign) = SIGNS[found.pattern().as_usize()];
            let at = found.end();
            let is_tag = self.lower[found.start()] == b'<';
            if is_tag && !self.lower.get(at).is_some_and(|byte| ends_name(*byte)) {
                continue;
            }
            let added = match sign {
                Sign::Article => Additions::metadata_if(std::mem::replace(&mut has_article, true)),
                Sign::Base => Additions::metadata_if(!head.has_base()),
                Sign::Heading => Additions::metadata_if(may_be_not_found(&self.bytes[at..])),
                Sign::Image => Additions::values_if(missing.images),
                Sign::Item => Additions::Metadata,
                Sign::Location => {
                    has_location = true;
                    Additions::None
                }
                Sign::Root => Additions::metadata_if(found.start() > 0),
                Sign::Title => Additions::metadata_if(!head.has_title()),
                Sign::Date | Sign::Input | Sign::Link | Sign::Meta | Sign::Script => {
                    let added = self.tag_adds(sign, at, missing);
                    added.unwrap_or(Additions::Metadata)
                }
            };
            all = all.max(added);
            if all == Additions::Metadata {
                return all;
            }
        }
        let mut references = memmem::find_iter(self.lower, "&#");
        if references.any(|at| is_word_reference(&self.lower[at + 2..]))
            || has_location && redirect::may_redirect(self.bytes)
        {
            return Additions::Metadata;
        }
        all.max(self.links_add(missing))
    }

    /// Returns the additions of the tag whose name ends at `at`.
    fn tag_adds(&self, sign: Sign, at: usize, missing: Missing) -> Result<Additions, Undecodable> {
        let mut tag = Attributes::default();
        tag.scan(self.bytes, at).ok_or(Undecodable)?;
        Ok(Additions::metadata_if(match sign {
            Sign::Input => {
                let kind = tag.get("type")?.unwrap_or_default();
                kind.eq_ignore_ascii_case("password")
            }
            Sign::Link => {
                let rel = tag.get("rel")?.unwrap_or_default();
                RELATIONS.iter().any(|relation| has_word(&rel, relation))
            }
            Sign::Meta => ["property", "name", "http-equiv"]
                .iter()
                .any(|key| tag.has(key)),
            Sign::Script => json_ld::is_json_ld(&tag.get("type")?.unwrap_or_default()),
            _ => return date_adds(&tag, missing),
        }))
    }

    /// Returns the additions of the links.
    fn links_add(&self, missing: Missing) -> Additions {
        if !missing.author && !missing.tags {
            return Additions::None;
        }
        let mut tag = Attributes::default();
        let mut all = Additions::None;
        for at in memmem::find_iter(self.lower, "<a").map(|at| at + 2) {
            if self.lower.get(at).is_some_and(|byte| ends_name(*byte)) {
                all = all.max(match tag.scan(self.bytes, at) {
                    Some(_) => link_adds(&tag, missing).unwrap_or(Additions::Metadata),
                    None => Additions::Metadata,
                });
            }
        }
        all
    }
}

/// Returns the additions of a `<time>` or `<abbr>`.
fn date_adds(tag: &Attributes<'_>, missing: Missing) -> Result<Additions, Undecodable> {
    let class = tag.get("class")?.unwrap_or_default().to_ascii_lowercase();
    let property = tag.get("itemprop")?.unwrap_or_default();
    let property = property.to_ascii_lowercase();
    let is_update = [&class, &property]
        .iter()
        .any(|value| value.contains("updated") || value.contains("modified"));
    if has_word(&class, "published") {
        return Ok(Additions::Metadata);
    }
    let is_missing = missing.published || is_update && missing.updated;
    Ok(Additions::values_if(is_missing))
}

fn link_adds(tag: &Attributes<'_>, missing: Missing) -> Result<Additions, Undecodable> {
    let rel = tag.get("rel")?.unwrap_or_default();
    let is_metadata =
        missing.author && has_word(&rel, "author") || missing.tags && has_word(&rel, "tag");
    if is_metadata || !missing.tags {
        return Ok(Additions::metadata_if(is_metadata));
    }
    let href = tag.get("href")?.unwrap_or_default();
    let names_tag = TAG_PARTS.iter().any(|part| href.contains(part));
    Ok(Additions::values_if(names_tag))
}

/// Returns `true` if a numeric reference may stand for a part of a word, such as a class. `code` begins after
/// `&#`.
fn is_word_reference(code: &[u8]) -> bool {
    let (digits, radix) = match code.strip_prefix(b"x") {
        Some(digits) => (digits, 16),
        None => (code, 10),
    };
    let digits: String = digits
        .iter()
        .take(8)
        .map(|digit| char::from(*digit))
        .take_while(|digit| digit.is_digit(radix))
        .collect();
    let code = u32::from_str_radix(&digits, radix).unwrap_or(u32::MAX);
    let character = char::from_u32(code).filter(char::is_ascii);
    character.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/'))
}

fn ends_name(byte: u8) -> bool {
    is_space(byte) || matches!(byte, b'/' | b'>')
}

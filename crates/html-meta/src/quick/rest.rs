//! Proves that the visible part of a page adds nothing to its metadata. It knows no structure: it looks at every
//! place where an element could begin, even inside a script or a comment, so that it overlooks none.

use memchr::{memchr_iter, memmem};

use super::headings::may_be_not_found;
use super::signs::{self, Sign};
use super::tag::{Attributes, Undecodable, end_tag, name_at};
use crate::head::{HeadElements, has_word};
use crate::page::Page;
use crate::{json_ld, redirect};

/// Relations of `<link>` that belong to the metadata of a page.
const RELATIONS: &[&str] = &["alternate", "canonical", "image_src", "next", "prev"];

/// Parts of the names of folders that contain tag pages, and of parameters that select a tag.
const TAG_PARTS: &[&str] = &["etiqueta", "label", "schlagwort", "tag"];

/// The maximum length of an element's name in bytes.
const MAX_NAME: usize = 64;

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

/// The visible part of a page, which may begin with `<body`.
pub(super) struct Rest<'a>(pub(super) &'a [u8]);

impl Rest<'_> {
    /// Returns the additions of the part to `head`, which lacks the fields in `missing`.
    pub(super) fn additions(&self, head: &HeadElements<'_>, missing: Missing) -> Additions {
        let may_have_item = signs::may_have_item(self.0);
        let mut scan = TagScan {
            may_have_item,
            ..TagScan::new(self.0, head, missing)
        };
        let mut all = Additions::None;
        for at in memchr_iter(b'<', self.0) {
            all = all.max(scan.tag_adds(at));
            if all == Additions::Metadata {
                return all;
            }
        }
        match scan.has_unknown_tags {
            true => Additions::Metadata,
            false => all,
        }
    }
}

/// The scan of the tags in the visible part of a page.
struct TagScan<'a, 'h> {
    bytes: &'a [u8],
    head: &'h HeadElements<'h>,
    missing: Missing,
    tag: Attributes<'a>,
    has_article: bool,
    /// `true` if the text may contain a tag that begins an item. Otherwise the attributes of most tags do not matter.
    may_have_item: bool,
    /// `true` if the attributes of some tags are not known: the markup is unusual, or too many tags begin within others.
    has_unknown_tags: bool,
    /// The number of bytes of tags that may still be scanned. It bounds the time for tags within others.
    budget: usize,
    /// The end of the scripts that are known not to redirect.
    scripts_end: usize,
}

impl<'a, 'h> TagScan<'a, 'h> {
    fn new(bytes: &'a [u8], head: &'h HeadElements<'h>, missing: Missing) -> Self {
        Self {
            bytes,
            head,
            missing,
            tag: Attributes::default(),
            has_article: false,
            may_have_item: true,
            has_unknown_tags: false,
            budget: 2 * bytes.len(),
            scripts_end: 0,
        }
    }

    /// Returns the additions of the tag that may begin at `at`.
    fn tag_adds(&mut self, at: usize) -> Additions {
        let inside = &self.bytes[at + 1..];
        let may_begin = match inside {
            // Most tags are those of paragraphs.
            [letter, b'>', ..] => letter.eq_ignore_ascii_case(&b'a'),
            [letter, ..] => letter.is_ascii_alphabetic(),
            [] => false,
        };
        if !may_begin {
            return Additions::None;
        }
        let name = name_at(&inside[..inside.len().min(MAX_NAME)]);
        let Some(after) = inside.get(name.len()) else {
            return Additions::None;
        };
        let sign = Sign::of(name);
        if sign.is_none() && *after == b'>' {
            return Additions::None;
        }
        let at_name_end = at + 1 + name.len();
        match sign {
            Some(sign) if self.depends_on_attributes(sign) => {
                let Some(end) = self.scan(at_name_end) else {
                    return Additions::Metadata;
                };
                if signs::is_item(&self.tag) || sign == Sign::Script && self.script_redirects(end) {
                    return Additions::Metadata;
                }
                let added = self.attributes_add(sign);
                added.unwrap_or(Additions::Metadata)
            }
            _ if self.may_be_item(at_name_end) => Additions::Metadata,
            Some(sign) => self.element_adds(sign, at, at_name_end),
            None => Additions::None,
        }
    }

    /// Returns `true` if the meaning of an element depends on its attributes.
    fn depends_on_attributes(&self, sign: Sign) -> bool {
        match sign {
            Sign::Anchor => self.missing.author || self.missing.tags,
            Sign::Date | Sign::Input | Sign::Link | Sign::Meta | Sign::Script => true,
            _ => false,
        }
    }

    /// Scans the attributes of the tag whose name ends at `at`. Returns the position after the tag, or `None` if that is
    /// not certain or the budget is used up.
    fn scan(&mut self, at: usize) -> Option<usize> {
        if self.budget == 0 {
            return None;
        }
        let end = self.tag.scan(self.bytes, at)?;
        self.budget = self.budget.saturating_sub(end - at);
        Some(end)
    }

    /// Returns `true` if the tag whose name ends at `at` begins an item of microdata or microformats.
    fn may_be_item(&mut self, at: usize) -> bool {
        if !self.may_have_item || self.has_unknown_tags {
            return false;
        }
        self.has_unknown_tags = self.scan(at).is_none();
        !self.has_unknown_tags && signs::is_item(&self.tag)
    }

    /// Returns the additions of an element whose attributes do not matter. It begins at `at`, and its name ends at
    /// `at_name_end`.
    fn element_adds(&mut self, sign: Sign, at: usize, at_name_end: usize) -> Additions {
        match sign {
            Sign::Article => Additions::metadata_if(std::mem::replace(&mut self.has_article, true)),
            Sign::Base => Additions::metadata_if(!self.head.has_base()),
            Sign::Heading => Additions::metadata_if(may_be_not_found(&self.bytes[at_name_end..])),
            Sign::Image => Additions::values_if(self.missing.images),
            Sign::Root => Additions::metadata_if(at > 0),
            Sign::Title => Additions::metadata_if(!self.head.has_title()),
            _ => Additions::None,
        }
    }

    /// Returns the additions of the attributes of the tag.
    fn attributes_add(&self, sign: Sign) -> Result<Additions, Undecodable> {
        let tag = &self.tag;
        Ok(Additions::metadata_if(match sign {
            Sign::Anchor => return link_adds(tag, self.missing),
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
            _ => return date_adds(tag, self.missing),
        }))
    }

    /// Returns `true` if the script whose content begins at `at` may redirect.
    fn script_redirects(&mut self, at: usize) -> bool {
        if at < self.scripts_end {
            return false;
        }
        let end = end_tag(self.bytes, at, "script").unwrap_or(self.bytes.len());
        // A comment may contain another script, which hides the end tag.
        let has_comment = memmem::find(&self.bytes[at..end], b"<!--").is_some();
        self.scripts_end = if has_comment { self.bytes.len() } else { end };
        redirect::may_redirect(&self.bytes[at..self.scripts_end])
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

//! The contract of a generator: data for what it does with every post of a site, hooks for what it
//! decides from file to file.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Debug;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};
use syndicate_api::dates::{DateError, ParsedDate, parse_date};
use syndicate_api::{Code, Diagnostic, FieldOrigin, Result};

use super::model::{
    Acceptance, FileNameParts, Folder, Located, Route, RouteError, RouteInput, SiteConfig,
};
use crate::document::{Dialect, Front};
use crate::markdown::TextRules;
use crate::post_file::PostFile;
use crate::walk::EXTENSIONS;

/// Stands for the date in a file's name among the keys of a date.
pub(crate) const FILE_NAME: &str = ":filename";

/// Keys of a post's date, from the most to the least like one.
const DATE: &[&str] = &[
    "date",
    "published",
    "publish_date",
    "pub_date",
    "pub_datetime",
    "published_date",
    "published_at",
    "date_published",
    "created",
    "created_at",
    "date_created",
    "creation_date",
    FILE_NAME,
];

/// Keys of a description, from the most to the least like one.
const DESCRIPTION: &[&str] = &[
    "description",
    "excerpt",
    "summary",
    "spoiler",
    "tldr",
    "abstract",
    "subtitle",
    "lead",
    "intro",
];

/// The formats that generators read besides Markdown, themselves or by plugins.
const UNREAD: &[&str] = &["adoc", "asciidoc", "mdx", "org", "rst"];

/// A generator whose config was read.
pub(crate) type Loaded = (Conventions, Box<dyn Generator>);

/// Returns whether the front matter has a date, under any of the usual keys.
pub(super) fn has_date(front: &Front) -> bool {
    let is_date = |key: &&str| front.get(key).is_some_and(|value| !value.is_boolean());
    DATE.iter().any(is_date)
}

/// What a generator does with every post of a site. It is built once, when the generator's config is
/// read; a field that a generator leaves out has the value that most generators share.
#[derive(Debug)]
pub(crate) struct Conventions {
    /// What the config says about the site.
    pub(crate) config: SiteConfig,
    /// What it says about each part of the site, such as its languages; [`FileNameParts::part`] is an
    /// index of this list.
    pub(crate) parts: Vec<SiteConfig>,
    /// The folders that hold posts.
    pub(crate) content: Vec<Folder>,
    /// The folders whose files appear at the site's root address, relative to the site's root.
    pub(crate) statics: Vec<String>,
    /// The files, relative to the site's root, that decide about every post.
    pub(crate) config_files: Vec<String>,
    /// The extensions of posts, in lower case.
    pub(crate) extensions: &'static [&'static str],
    /// The extensions of posts in formats that are not read, in lower case.
    pub(crate) unread: &'static [&'static str],
    /// What front matter may look like.
    pub(crate) dialect: Dialect,
    /// The keys of the date of publication, the first to be looked at first; [`FILE_NAME`] stands for
    /// the date in the file's name.
    pub(crate) date_keys: Vec<String>,
    /// The keys of a description, from the most to the least like one.
    pub(crate) description_keys: &'static [&'static str],
    /// How tags are written and shown.
    pub(crate) tags: TagRules,
    /// How posts name their authors.
    pub(crate) authors: Authors,
    /// What aliases are relative to.
    pub(crate) aliases: Aliases,
    /// Tags whose posts a plugin of the generator encrypts.
    pub(crate) protected_tags: Vec<String>,
    /// How the generator reads the text besides plain Markdown.
    pub(crate) text: TextRules,
    /// How the generator reads titles in the front matter.
    pub(crate) titles: TextFormat,
    /// How it reads descriptions there.
    pub(crate) descriptions: TextFormat,
    /// The keys of descriptions that it reads as Markdown although the others are text.
    pub(crate) markdown_keys: Vec<String>,
    /// Whether a picture that the front matter names without a leading slash, and that is not beside
    /// the post, is one below the site's root.
    pub(crate) roots_pictures: bool,
    /// What stands in for a description where neither the front matter nor a marker gives one.
    pub(crate) excerpt: Excerpt,
    /// Whether an excerpt contains headings, because the generator strips the tags of the finished page
    /// and no more.
    pub(crate) excerpt_has_headings: bool,
    /// Whether dates without an offset are meant in the time zone of the machine that builds the site,
    /// where the config names none.
    pub(crate) dates_are_local: bool,
    /// Whether addresses have the Unicode form in which files are named on disk.
    pub(crate) keeps_unicode_form: bool,
    /// Remarks about the site as a whole.
    pub(crate) notes: Vec<String>,
    /// Which pages are posts, in a sentence for the user, where that is not obvious.
    pub(crate) post_rule: Option<String>,
}

impl Default for Conventions {
    fn default() -> Self {
        Self {
            config: SiteConfig::default(),
            parts: Vec::new(),
            content: Vec::new(),
            statics: Vec::new(),
            config_files: Vec::new(),
            extensions: EXTENSIONS,
            unread: UNREAD,
            dialect: Dialect::default(),
            date_keys: DATE.iter().map(|key| (*key).to_owned()).collect(),
            description_keys: DESCRIPTION,
            tags: TagRules::default(),
            authors: Authors::AsWritten,
            aliases: Aliases::OfSite,
            protected_tags: Vec::new(),
            text: TextRules::default(),
            titles: TextFormat::default(),
            descriptions: TextFormat::Html,
            markdown_keys: Vec::new(),
            roots_pictures: false,
            excerpt: Excerpt::Beginning,
            excerpt_has_headings: false,
            dates_are_local: false,
            keeps_unicode_form: true,
            notes: Vec::new(),
            post_rule: None,
        }
    }
}

impl Conventions {
    /// Returns what the config says about a part of the site; about the whole for `None`.
    pub(crate) fn config_of(&self, part: Option<usize>) -> &SiteConfig {
        part.and_then(|part| self.parts.get(part))
            .unwrap_or(&self.config)
    }
}

/// What the characters of a title or description mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum TextFormat {
    /// Themselves: `2*3*4`, `__init__` and `<b>` are words.
    #[default]
    Plain,
    /// Themselves, without the tags of HTML elements and with character references replaced.
    Html,
    /// Markdown, of which a card shows the words alone.
    Markdown,
    /// Markdown whose plain quotation marks, dashes and dots become typographic ones.
    SmartMarkdown,
}

/// How tags are written and shown.
#[derive(Debug, Default)]
pub(crate) struct TagRules {
    /// What a string of tags consists of.
    pub(crate) split: TagSplit,
    /// Tags that the site uses for its own ends and does not show.
    pub(crate) hidden: Vec<&'static str>,
    /// What readers see of a tag, by what posts call it.
    pub(crate) labels: BTreeMap<String, String>,
}

impl TagRules {
    /// Returns what readers see of a tag; `None` if they do not see it.
    pub(crate) fn label<'a>(&'a self, tag: &'a str) -> Option<&'a str> {
        let label = self.labels.get(tag).map_or(tag, String::as_str).trim();
        (!label.is_empty() && !self.hidden.contains(&label)).then_some(label)
    }
}

/// What a string of tags consists of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum TagSplit {
    /// One tag.
    #[default]
    Never,
    /// Tags with commas between them.
    Commas,
    /// Tags with semicolons between them, or commas where there are no semicolons.
    Semicolons,
    /// Tags with blanks between them; one tag under the key `tag`.
    Blanks,
}

impl TagSplit {
    /// Splits the string of tags under `key`.
    pub(crate) fn split(self, key: &str, text: &str) -> Vec<String> {
        let owned = str::to_owned;
        match self {
            Self::Semicolons if text.contains(';') => text.split(';').map(owned).collect(),
            Self::Commas | Self::Semicolons => text.split(',').map(owned).collect(),
            Self::Blanks if key != "tag" => text.split_whitespace().map(owned).collect(),
            Self::Never | Self::Blanks => vec![text.to_owned()],
        }
    }
}

/// How posts name their authors.
#[derive(Debug)]
pub(crate) enum Authors {
    /// By their names.
    AsWritten,
    /// By keys of this map of names, or by their names.
    Keys(BTreeMap<String, String>),
    /// As `ann@example.com (Ann)`, or by their names.
    Mailboxes,
}

impl Authors {
    /// Returns the name of the author whom posts call `key`, if it differs from the key.
    pub(crate) fn name(&self, key: &str) -> Option<String> {
        match self {
            Self::AsWritten => None,
            Self::Keys(names) => names.get(key).cloned(),
            Self::Mailboxes => mailbox_name(key),
        }
    }
}

/// Returns the name in `ann@example.com (Ann)`, the form of authors in feeds.
pub(crate) fn mailbox_name(author: &str) -> Option<String> {
    let (mail, name) = author.trim().split_once('(')?;
    let name = name.strip_suffix(')')?.trim();
    (mail.contains('@') && !name.is_empty()).then(|| name.to_owned())
}

/// What aliases of the front matter are relative to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aliases {
    /// The site's address.
    OfSite,
    /// The page's folder, without a leading slash; with one the site's address, which gives the same
    /// alias to all parts of the site, so that it counts for pages outside of them alone.
    OfPage,
}

impl Aliases {
    /// Returns the path of `alias` below the site's address; `None` if it is not of this page alone.
    pub(crate) fn resolve(self, alias: &str, part: Option<usize>, route: &Route) -> Option<String> {
        match self {
            Self::OfSite => Some(alias.to_owned()),
            Self::OfPage if alias.starts_with('/') => part.is_none().then(|| alias.to_owned()),
            Self::OfPage => {
                let page = route.path.trim_end_matches('/');
                let (folder, _) = page.rsplit_once('/')?;
                Some(format!("{folder}/{alias}"))
            }
        }
    }
}

/// How much of a text stands in for a description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Excerpt {
    /// As much of its beginning as fits.
    Beginning,
    /// The first line that has words, even if the author marked an excerpt.
    Line,
    /// The first paragraph that has words.
    Paragraph,
    /// So many words.
    Words(usize),
}

/// What the clock of the machine that builds a site decides about the posts' addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MachineClock {
    /// The day, by the time zone in which the machine writes it.
    Day,
    /// The day and the time of day.
    Time,
    /// The instant that a date without an offset means.
    Instant,
}

/// A generator's decisions about single files.
pub(crate) trait Generator: Debug + Send + Sync {
    /// Returns whether a file can be a post, judged by its path.
    fn accepts(&self, file: &PostFile) -> Acceptance;

    /// Returns whether a page that was read is a post.
    fn is_post(&self, _: &PostFile, _: &Front) -> bool {
        true
    }

    /// Returns the front matter that holds for a page whose own does not say otherwise.
    fn inherited(&self, _: &PostFile, _: &Front) -> Map<String, Value> {
        Map::new()
    }

    /// Returns why a post must not be sent at `now` although it is not a draft.
    ///
    /// # Errors
    /// Returns what cannot be understood of the front matter that decides about it.
    fn skip_reason(
        &self,
        _file: &PostFile,
        _front: &Front,
        _zone: &TimeZone,
        _now: Timestamp,
    ) -> Result<Option<(Code, String)>, Diagnostic> {
        Ok(None)
    }

    /// Returns what the machine's clock decides about addresses by the user's pattern, or the site's own.
    fn machine_clock(&self, _pattern: Option<&str>) -> Option<MachineClock> {
        None
    }

    /// Reads a file's path and name.
    fn name_parts(&self, file: &PostFile) -> FileNameParts;

    /// Returns where a post appears.
    ///
    /// # Errors
    /// Returns what the address needs and the post does not have.
    fn route(&self, post: &RouteInput<'_>) -> Result<Route, RouteError>;

    /// Parses a date of the front matter on a site in `zone`; `is_quoted` says whether it is a quoted
    /// string. `None` leaves it to the generator to find the date by other means, such as the file's
    /// history.
    ///
    /// # Errors
    /// Returns an error if the text is not a date.
    fn date(
        &self,
        text: &str,
        _is_quoted: bool,
        zone: &TimeZone,
    ) -> Result<Option<ParsedDate>, DateError> {
        parse_date(text, zone).map(Some)
    }

    /// Returns the Markdown that a text stands for, where it has notations of the generator's own.
    fn text<'a>(&self, _: &Front, body: &'a str) -> Cow<'a, str> {
        Cow::Borrowed(body)
    }

    /// Finds the picture that a post names in a way of the generator's own.
    fn locate_picture(&self, _: &PostFile, _target: &str) -> Option<Located> {
        None
    }

    /// Returns the picture that a post has by the name of one of its files, as the front matter would
    /// name it.
    fn own_picture(&self, _: &PostFile, _: &Front) -> Option<(String, FieldOrigin)> {
        None
    }
}

//! The interface of a generator: [`Conventions`] apply to all posts of a site, the methods of
//! [`Generator`] decide about single files.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Debug;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};
use syndicate_api::dates::{DateError, ParsedDate, parse_date};
use syndicate_api::{Code, Diagnostic, FieldOrigin, Result};

use super::model::{
    Acceptance, FileNameParts, Folder, LocatedPicture, Route, RouteError, RouteInput, SiteConfig,
};
use crate::document::{FrontMatter, FrontMatterSyntax};
use crate::markdown::TextRules;
use crate::post_file::PostFile;
use crate::walk::EXTENSIONS;

/// Represents the date in a file's name in a list of date keys.
pub(crate) const FILE_NAME_KEY: &str = ":filename";

/// Default keys of a post's date, in order of precedence.
const DATE_KEYS: &[&str] = &[
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
    FILE_NAME_KEY,
];

/// Default keys of a description, in order of precedence.
const DESCRIPTION_KEYS: &[&str] = &[
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

/// Extensions of formats other than Markdown that generators read, directly or by plugins.
const UNSUPPORTED_EXTENSIONS: &[&str] = &["adoc", "asciidoc", "mdx", "org", "rst"];

/// The result of loading a generator's config.
pub(crate) type Loaded = (Conventions, Box<dyn Generator>);

/// Returns `true` if the front matter has a date under one of the default keys.
pub(super) fn has_date(front: &FrontMatter) -> bool {
    let is_date = |key: &&str| front.get(key).is_some_and(|value| !value.is_boolean());
    DATE_KEYS.iter().any(is_date)
}

/// Rules that apply to every post of a site. They are built once from the generator's config; the
/// defaults are the rules that most generators share.
#[derive(Debug)]
pub(crate) struct Conventions {
    /// The site's metadata in the config.
    pub(crate) config: SiteConfig,
    /// The metadata of each part of the site, such as a language. [`FileNameParts::part`] is an index into
    /// this list.
    pub(crate) parts: Vec<SiteConfig>,
    /// The folders that contain posts.
    pub(crate) content: Vec<Folder>,
    /// Folders whose files are copied to the site's root URL, relative to the site's root.
    pub(crate) static_folders: Vec<String>,
    /// Files that affect every post, relative to the site's root.
    pub(crate) config_files: Vec<String>,
    /// Extensions of posts, in lower case.
    pub(crate) extensions: &'static [&'static str],
    /// Extensions of posts in formats that cannot be read, in lower case.
    pub(crate) unsupported_extensions: &'static [&'static str],
    /// The accepted syntax of front matter.
    pub(crate) syntax: FrontMatterSyntax,
    /// Keys of the publication date, in order of precedence. [`FILE_NAME_KEY`] represents the date in the
    /// file's name.
    pub(crate) date_keys: Vec<String>,
    /// Keys of the description, in order of precedence.
    pub(crate) description_keys: &'static [&'static str],
    /// Rules for tags.
    pub(crate) tags: TagRules,
    /// The form in which posts name their authors.
    pub(crate) authors: AuthorFormat,
    /// The base of relative aliases.
    pub(crate) aliases: AliasBase,
    /// Tags of posts that a plugin of the generator encrypts.
    pub(crate) protected_tags: Vec<String>,
    /// Deviations of the text from plain Markdown.
    pub(crate) text: TextRules,
    /// The format of titles in the front matter.
    pub(crate) titles: TextFormat,
    /// The format of descriptions in the front matter.
    pub(crate) descriptions: TextFormat,
    /// Keys of descriptions that are Markdown although other descriptions are not.
    pub(crate) markdown_keys: Vec<String>,
    /// `true` if a relative picture path in the front matter is resolved from the site's root when no such
    /// file is beside the post.
    pub(crate) has_rooted_pictures: bool,
    /// The text used as a description if neither the front matter nor an excerpt marker gives one.
    pub(crate) excerpt: Excerpt,
    /// `true` if an excerpt includes the text of headings, because the generator only strips the tags of the
    /// rendered page.
    pub(crate) excerpt_has_headings: bool,
    /// `true` if dates without an offset are in the time zone of the build machine, unless the config names
    /// one.
    pub(crate) dates_are_local: bool,
    /// `true` if URLs keep the Unicode normalization form of the file names on disk.
    pub(crate) keeps_unicode_form: bool,
    /// `true` if a link to a post is not another post.
    pub(crate) reads_linked_posts_once: bool,
    /// Notes about the site for the user.
    pub(crate) notes: Vec<String>,
    /// A sentence for the user that explains which pages are posts, if that is not obvious.
    pub(crate) post_rule: Option<String>,
}

impl Default for Conventions {
    fn default() -> Self {
        Self {
            config: SiteConfig::default(),
            parts: Vec::new(),
            content: Vec::new(),
            static_folders: Vec::new(),
            config_files: Vec::new(),
            extensions: EXTENSIONS,
            unsupported_extensions: UNSUPPORTED_EXTENSIONS,
            syntax: FrontMatterSyntax::default(),
            date_keys: DATE_KEYS.iter().map(|key| (*key).to_owned()).collect(),
            description_keys: DESCRIPTION_KEYS,
            tags: TagRules::default(),
            authors: AuthorFormat::AsWritten,
            aliases: AliasBase::Site,
            protected_tags: Vec::new(),
            text: TextRules::default(),
            titles: TextFormat::default(),
            descriptions: TextFormat::Html,
            markdown_keys: Vec::new(),
            has_rooted_pictures: false,
            excerpt: Excerpt::Beginning,
            excerpt_has_headings: false,
            dates_are_local: false,
            keeps_unicode_form: true,
            reads_linked_posts_once: false,
            notes: Vec::new(),
            post_rule: None,
        }
    }
}

impl Conventions {
    /// Returns the metadata of a part of the site, or of the whole site for `None`.
    pub(crate) fn config_of(&self, part: Option<usize>) -> &SiteConfig {
        part.and_then(|part| self.parts.get(part))
            .unwrap_or(&self.config)
    }
}

/// The format of a title or description.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum TextFormat {
    /// Plain text: `2*3*4`, `__init__` and `<b>` are kept as written.
    #[default]
    Plain,
    /// Text whose HTML tags are removed and whose character references are replaced.
    Html,
    /// Markdown, of which only the text is kept.
    Markdown,
    /// Markdown with typographic replacement of quotation marks, dashes and dots.
    SmartMarkdown,
}

/// Rules for reading and displaying tags.
#[derive(Debug, Default)]
pub(crate) struct TagRules {
    /// The separator in a string of tags.
    pub(crate) split: TagSplit,
    /// Tags for internal use that the site does not display.
    pub(crate) hidden: Vec<&'static str>,
    /// Displayed labels by tag key.
    pub(crate) labels: BTreeMap<String, String>,
}

impl TagRules {
    /// Returns the displayed label of a tag; `None` if the site does not display it.
    pub(crate) fn label<'a>(&'a self, tag: &'a str) -> Option<&'a str> {
        let label = self.labels.get(tag).map_or(tag, String::as_str).trim();
        (!label.is_empty() && !self.hidden.contains(&label)).then_some(label)
    }
}

/// The separator in a string of tags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum TagSplit {
    /// No separator: the string is one tag.
    #[default]
    Never,
    /// Commas.
    Commas,
    /// Semicolons, or commas if the string has no semicolon.
    Semicolons,
    /// White space. Under the key `tag`, the string is one tag.
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

/// The form in which posts name their authors.
#[derive(Debug)]
pub(crate) enum AuthorFormat {
    /// The author's name.
    AsWritten,
    /// A key of this map of names, or a name.
    Keys(BTreeMap<String, String>),
    /// `ann@example.com (Ann)`, or a name.
    Mailboxes,
}

impl AuthorFormat {
    /// Returns the name of the author `key`; `None` if the key is the name.
    pub(crate) fn name(&self, key: &str) -> Option<String> {
        match self {
            Self::AsWritten => None,
            Self::Keys(names) => names.get(key).cloned(),
            Self::Mailboxes => mailbox_name(key),
        }
    }
}

/// Returns the name in `ann@example.com (Ann)`, the form used in feeds.
pub(crate) fn mailbox_name(author: &str) -> Option<String> {
    let (mail, name) = author.trim().split_once('(')?;
    let name = name.strip_suffix(')')?.trim();
    (mail.contains('@') && !name.is_empty()).then(|| name.to_owned())
}

/// The base of aliases in the front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AliasBase {
    /// The site's URL.
    Site,
    /// The page's folder. An alias with a leading slash is relative to the site's URL. Such an alias is the
    /// same in all parts of the site, so it is only used for pages outside of parts.
    Page,
}

impl AliasBase {
    /// Returns the path of `alias` below the site's URL; `None` if other pages may have the same alias.
    pub(crate) fn resolve(self, alias: &str, part: Option<usize>, route: &Route) -> Option<String> {
        match self {
            Self::Site => Some(alias.to_owned()),
            Self::Page if alias.starts_with('/') => part.is_none().then(|| alias.to_owned()),
            Self::Page => {
                let page = route.path.trim_end_matches('/');
                let (folder, _) = page.rsplit_once('/')?;
                Some(format!("{folder}/{alias}"))
            }
        }
    }
}

/// The part of a text that is used as a description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Excerpt {
    /// The beginning, shortened.
    Beginning,
    /// The first line with text, even if the text has an excerpt marker.
    Line,
    /// The first paragraph with text.
    Paragraph,
    /// This number of words.
    Words(usize),
}

/// The part of a post's URL that depends on the time zone of the build machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MachineClock {
    /// The day.
    Day,
    /// The day and the time of day.
    Time,
    /// The instant of a date without an offset.
    Instant,
}

/// The rules of a generator for single files.
pub(crate) trait Generator: Debug + Send + Sync {
    /// Returns whether a file can be a post, judging by its path.
    fn accepts(&self, file: &PostFile) -> Acceptance;

    /// Returns `true` if a parsed page is a post.
    fn is_post(&self, _: &PostFile, _: &FrontMatter) -> bool {
        true
    }

    /// Returns default front matter for a page, which its own front matter overrides.
    fn inherited(&self, _: &PostFile, _: &FrontMatter) -> Map<String, Value> {
        Map::new()
    }

    /// Returns the reason why a post that is not a draft must not be sent at `now`.
    ///
    /// # Errors
    /// Returns a diagnostic if a value of the front matter that decides about it is invalid.
    fn skip_reason(
        &self,
        _file: &PostFile,
        _front: &FrontMatter,
        _zone: &TimeZone,
        _now: Timestamp,
    ) -> Result<Option<(Code, String)>, Diagnostic> {
        Ok(None)
    }

    /// Returns `true` if a page is read differently once other pages are added or removed.
    fn depends_on_other_pages(&self) -> bool {
        false
    }

    /// Returns the part of URLs that depends on the build machine, if any. `pattern` is the user's
    /// permalink pattern; if it is `None`, the site's own pattern counts.
    fn machine_clock(&self, _pattern: Option<&str>) -> Option<MachineClock> {
        None
    }

    /// Parses the path and name of a file.
    fn name_parts(&self, file: &PostFile) -> FileNameParts;

    /// Returns the route of a post.
    ///
    /// # Errors
    /// Returns an error if the URL depends on a value that the post does not have.
    fn route(&self, post: &RouteInput<'_>) -> Result<Route, RouteError>;

    /// Parses a front matter date in the time zone of the site; `is_quoted` returns `true` for a quoted string.
    /// Returns `None` if the generator takes the date from elsewhere, such as the file's history.
    ///
    /// # Errors
    /// Returns an error if the text is not a date.
    fn date(
        &self,
        text: &str,
        _is_quoted: &dyn Fn() -> bool,
        zone: &TimeZone,
    ) -> Result<Option<ParsedDate>, DateError> {
        parse_date(text, zone).map(Some)
    }

    /// Converts syntax of the generator in a post's text to Markdown.
    fn text<'a>(&self, _: &FrontMatter, body: &'a str) -> Cow<'a, str> {
        Cow::Borrowed(body)
    }

    /// Resolves a picture reference in syntax of the generator.
    fn locate_picture(&self, _: &PostFile, _target: &str) -> Option<LocatedPicture> {
        None
    }

    /// Returns the picture that the generator assigns to a post by the name of a file, as the front matter
    /// would reference it, and its origin.
    fn picture_by_name(&self, _: &PostFile, _: &FrontMatter) -> Option<(String, FieldOrigin)> {
        None
    }
}

//! The terms in which a generator is asked and answers.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use syndicate_api::FieldOrigin;
use syndicate_api::dates::ParsedDate;

use crate::address::Base;
use crate::document::Front;
use crate::permalink::date_part;
use crate::post_file::PostFile;
use crate::value::scalar;

/// The generator whose rules to follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum GeneratorKind {
    /// Whichever is recognised in the folder, else plain.
    #[default]
    Auto,
    /// Astro.
    Astro,
    /// Docusaurus.
    Docusaurus,
    /// Eleventy.
    Eleventy,
    /// Gatsby.
    Gatsby,
    /// Hexo.
    Hexo,
    /// Hugo.
    Hugo,
    /// Jekyll.
    Jekyll,
    /// Next.js.
    Next,
    /// Pelican.
    Pelican,
    /// Zola.
    Zola,
    /// A folder of Markdown files.
    Plain,
}

/// Whether a file can be a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Acceptance {
    Never,
    /// If it has front matter.
    WithFrontMatter,
    Always,
}

impl Acceptance {
    /// Returns [`Self::Always`] for `true` and [`Self::Never`] for `false`.
    pub(crate) fn always_if(is_accepted: bool) -> Self {
        if is_accepted {
            Self::Always
        } else {
            Self::Never
        }
    }

    /// Returns [`Self::Always`] for `true` and [`Self::WithFrontMatter`] for `false`.
    pub(crate) fn bare_if(needs_no_front_matter: bool) -> Self {
        if needs_no_front_matter {
            Self::Always
        } else {
            Self::WithFrontMatter
        }
    }
}

/// A picture found by a generator's own rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Located {
    /// The file, relative to the site's root; it may be missing.
    pub(crate) file: String,
    /// The path on the site at which it appears; `None` where the generator gives it a new name.
    pub(crate) path: Option<String>,
}

/// A folder of posts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Folder {
    /// Relative to the site's root, `.` for the root itself.
    pub(crate) path: String,
    /// Whether it is an error if the folder is missing.
    pub(crate) required: bool,
}

impl Folder {
    pub(crate) fn required(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            required: true,
        }
    }

    pub(crate) fn optional(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            required: false,
        }
    }
}

/// What a config file says about the site. Any of it may be missing or wrong.
#[derive(Clone, Debug, Default)]
pub(crate) struct SiteConfig {
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) lang: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) timezone: Option<String>,
    /// What looks wrong with the address, in sentences for the user.
    pub(crate) url_notes: Vec<String>,
}

/// The keys under which programs and data files of a kind of site keep its facts, each list from the
/// most usual.
pub(crate) struct ConfigKeys {
    pub(crate) title: &'static [&'static str],
    pub(crate) description: &'static [&'static str],
    pub(crate) author: &'static [&'static str],
    pub(crate) lang: &'static [&'static str],
    pub(crate) url: &'static [&'static str],
}

impl SiteConfig {
    /// Fills in what is not known yet from the first of `maps` that has it. An author may be a map with
    /// a `name`, and an address that is not a web address is passed over.
    pub(crate) fn fill(&mut self, maps: &[&Map<String, Value>], keys: &ConfigKeys) {
        let text = |keys: &[&str]| {
            let mut maps = maps.iter();
            let found = maps.find_map(|map| keys.iter().find_map(|key| scalar(map.get(*key)?)))?;
            Some(found.trim().to_owned()).filter(|text| !text.is_empty())
        };
        let url = || text(keys.url).filter(|url| Base::parse(url).is_some());
        let named = || {
            let mut maps = maps.iter();
            maps.find_map(|map| scalar(map.get("author")?.get("name")?))
        };
        self.url = self.url.take().or_else(url);
        self.title = self.title.take().or_else(|| text(keys.title));
        let description = || text(keys.description);
        self.description = self.description.take().or_else(description);
        let author = || named().or_else(|| text(keys.author));
        self.author = self.author.take().or_else(author);
        self.lang = self.lang.take().or_else(|| text(keys.lang));
    }

    /// Returns a sentence about a config without the site's address: `setting` names the key and its file,
    /// `given` is the address of an example that is there in its place, and `advice` says what to do.
    pub(crate) fn note_without_url(setting: &str, given: Option<&str>, advice: &str) -> String {
        match given {
            Some(given) => format!("{setting} is still that of an example, `{given}`: {advice}"),
            None => format!("{setting} is not set: {advice}"),
        }
    }

    /// Puts the path that the site's addresses begin with behind its address.
    pub(crate) fn append_path(&mut self, path: &str) {
        let path = path.trim_matches('/');
        if let Some(url) = self.url.as_mut().filter(|_| !path.is_empty()) {
            *url = format!("{}/{path}", url.trim_end_matches('/'));
        }
    }
}

/// What the path and name of a file say about its post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FileNameParts {
    /// What the placeholder `:title` stands for.
    pub(crate) slug: String,
    /// The date.
    pub(crate) date: Option<Date>,
    /// The title of a post whose front matter has none, where the generator makes it of the name.
    pub(crate) title: Option<String>,
    /// The part of the site that the post belongs to, as an index of the parts of its conventions;
    /// `None` for the main one.
    pub(crate) part: Option<usize>,
    /// The folder of files that belongs to this post alone, relative to the site's root.
    pub(crate) asset_folder: Option<String>,
    /// Values of further placeholders.
    pub(crate) extra: Vec<(String, String)>,
}

/// What is known about a post when its address is asked for.
#[derive(Clone, Copy)]
pub(crate) struct RouteInput<'a> {
    pub(crate) file: &'a PostFile,
    pub(crate) name: &'a FileNameParts,
    pub(crate) front: &'a Front,
    pub(crate) title: &'a str,
    /// The date of publication, whichever key gave it.
    pub(crate) published: Option<&'a ParsedDate>,
    /// The site's time zone.
    pub(crate) zone: &'a TimeZone,
    /// The user's `permalink` option.
    pub(crate) pattern: Option<&'a str>,
    /// Whether the post is joined with its built page, which shows whether the address is right.
    pub(crate) is_joined: bool,
}

impl RouteInput<'_> {
    /// Returns what a placeholder or parameter stands for on most sites: a part of the date, else the
    /// value of that name in the front matter.
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        let at = self.published.map(|dated| dated.date.at.datetime());
        self.value_at(name, at)
    }

    /// Returns the same, with the date on the clock of UTC.
    pub(crate) fn value_in_utc(&self, name: &str) -> Option<String> {
        let at = |dated: &ParsedDate| dated.date.at.with_time_zone(TimeZone::UTC).datetime();
        self.value_at(name, self.published.map(at))
    }

    fn value_at(&self, name: &str, at: Option<DateTime>) -> Option<String> {
        let date = at.and_then(|at| date_part(name, at));
        date.or_else(|| scalar(self.front.get(name)?))
    }
}

/// Where a post appears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Route {
    /// The path below the site's address, not yet percent-encoded, or a whole address.
    pub(crate) path: String,
    /// The rule that gave it.
    pub(crate) origin: FieldOrigin,
}

impl Route {
    /// Returns a route that a key of the front matter gives.
    pub(crate) fn from_front_matter(path: impl Into<String>, key: &str) -> Self {
        Self {
            path: path.into(),
            origin: FieldOrigin::FrontMatter(key.to_owned()),
        }
    }

    /// Returns a route that a permalink pattern gives.
    pub(crate) fn from_pattern(path: impl Into<String>, pattern: &str) -> Self {
        Self {
            path: path.into(),
            origin: FieldOrigin::Permalink(pattern.to_owned()),
        }
    }

    /// Returns the path, with a slash at its end, at which the files of the post's own folder appear.
    pub(crate) fn asset_path(&self) -> String {
        let page = self.path.strip_suffix(".html").unwrap_or(&self.path);
        format!("{}/", page.trim_end_matches('/'))
    }
}

/// Why a post has no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RouteError {
    /// A permalink pattern has a placeholder for which the post lacks a value.
    Placeholder {
        pattern: String,
        /// Without the colon that some patterns put before it.
        name: String,
    },
    /// The generator's rules are not known; the text says what to do.
    UnknownRules(String),
}

impl RouteError {
    pub(crate) fn new(pattern: &str, placeholder: impl Into<String>) -> Self {
        Self::Placeholder {
            pattern: pattern.to_owned(),
            name: placeholder.into(),
        }
    }

    /// Returns a function that makes the error of a placeholder of `pattern`.
    pub(crate) fn of(pattern: &str) -> impl Fn(String) -> Self + '_ {
        |placeholder| Self::new(pattern, placeholder)
    }

    /// Returns the placeholder that has no value.
    pub(crate) fn placeholder(&self) -> Option<&str> {
        match self {
            Self::Placeholder { name, .. } => Some(name),
            Self::UnknownRules(_) => None,
        }
    }

    /// Returns a clause that completes "the post has no address, since".
    pub(crate) fn reason(&self) -> String {
        match self {
            Self::Placeholder { pattern, name } => {
                let has_colon = pattern.contains(&format!(":{name}"));
                let colon = if has_colon { ":" } else { "" };
                format!("the permalink `{pattern}` needs a value for `{colon}{name}`")
            }
            Self::UnknownRules(advice) => advice.clone(),
        }
    }
}

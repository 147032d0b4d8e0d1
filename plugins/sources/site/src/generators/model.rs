//! Types that describe the input and output of a generator.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use syndicate_api::FieldOrigin;
use syndicate_api::dates::ParsedDate;

use crate::document::FrontMatter;
use crate::permalink::date_part;
use crate::post_file::PostFile;
use crate::urls::BaseUrl;
use crate::value::scalar;

/// The generator whose rules apply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum GeneratorKind {
    /// The one that is detected in the folder, otherwise plain.
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
    /// No generator: a folder of Markdown files.
    Plain,
}

/// The condition under which a file can be a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Acceptance {
    Never,
    /// Only with front matter.
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
    pub(crate) fn without_front_matter_if(needs_no_front_matter: bool) -> Self {
        if needs_no_front_matter {
            Self::Always
        } else {
            Self::WithFrontMatter
        }
    }
}

/// A picture that was resolved by a generator's own rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LocatedPicture {
    /// The file, relative to the site's root. It may not exist.
    pub(crate) file: String,
    /// The URL path of the picture; `None` if the generator gives it a new name.
    pub(crate) path: Option<String>,
}

/// A folder of posts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Folder {
    /// The path relative to the site's root, `.` for the root itself.
    pub(crate) path: String,
    /// `true` if it is an error that the folder does not exist.
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

/// The site's metadata in a config file. Any value may be missing or invalid.
#[derive(Clone, Debug, Default)]
pub(crate) struct SiteConfig {
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) lang: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) timezone: Option<String>,
    /// Notes for the user about an invalid or missing URL, in sentences.
    pub(crate) url_notes: Vec<String>,
}

/// Keys of the metadata in programs and data files of a kind of site, each list in order of precedence.
pub(crate) struct ConfigKeys {
    pub(crate) title: &'static [&'static str],
    pub(crate) description: &'static [&'static str],
    pub(crate) author: &'static [&'static str],
    pub(crate) lang: &'static [&'static str],
    pub(crate) url: &'static [&'static str],
}

impl SiteConfig {
    /// Fills in missing values from the first of `maps` that has them. An author may be a map with a
    /// `name`. A URL without the scheme `http` or `https` is ignored.
    pub(crate) fn fill_from(&mut self, maps: &[&Map<String, Value>], keys: &ConfigKeys) {
        let text = |keys: &[&str]| {
            let mut maps = maps.iter();
            let found = maps.find_map(|map| keys.iter().find_map(|key| scalar(map.get(*key)?)))?;
            Some(found.trim().to_owned()).filter(|text| !text.is_empty())
        };
        let url = || text(keys.url).filter(|url| BaseUrl::parse(url).is_some());
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

    /// Returns a note about a config without a URL. `setting` names the key and its file, `given` is a
    /// placeholder value, and `advice` is an imperative clause.
    pub(crate) fn missing_url_note(setting: &str, given: Option<&str>, advice: &str) -> String {
        match given {
            Some(given) => format!("{setting} is still the placeholder `{given}`: {advice}"),
            None => format!("{setting} is not set: {advice}"),
        }
    }

    /// Appends the path prefix of the site to its URL.
    pub(crate) fn append_path(&mut self, path: &str) {
        let path = path.trim_matches('/');
        if let Some(url) = self.url.as_mut().filter(|_| !path.is_empty()) {
            *url = format!("{}/{path}", url.trim_end_matches('/'));
        }
    }
}

/// Values in the path and name of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FileNameParts {
    /// The value of the placeholder `:title`.
    pub(crate) slug: String,
    /// The date.
    pub(crate) date: Option<Date>,
    /// The default title that the generator makes from the name.
    pub(crate) title: Option<String>,
    /// The part of the site that contains the post, an index into [`Conventions::parts`]; `None` for the
    /// main part.
    ///
    /// [`Conventions::parts`]: super::Conventions::parts
    pub(crate) part: Option<usize>,
    /// The folder with the post's own files, relative to the site's root.
    pub(crate) asset_folder: Option<String>,
    /// Values of other placeholders.
    pub(crate) extra: Vec<(String, String)>,
}

/// The values of a post from which its route is derived.
#[derive(Clone, Copy)]
pub(crate) struct RouteInput<'a> {
    pub(crate) file: &'a PostFile,
    pub(crate) name: &'a FileNameParts,
    pub(crate) front: &'a FrontMatter,
    pub(crate) title: &'a str,
    /// The date of publication, from any key.
    pub(crate) published: Option<&'a ParsedDate>,
    /// The site's time zone.
    pub(crate) zone: &'a TimeZone,
    /// The user's `permalink` option.
    pub(crate) pattern: Option<&'a str>,
    /// `true` if the post is joined with its built page, which confirms or replaces the URL.
    pub(crate) is_joined: bool,
}

impl RouteInput<'_> {
    /// Returns the usual value of a placeholder or parameter: a part of the date, otherwise the front
    /// matter value of that name.
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        let at = self.published.map(|dated| dated.date.at.datetime());
        self.value_at(name, at)
    }

    /// Like [`Self::value`], with the date in UTC.
    pub(crate) fn value_in_utc(&self, name: &str) -> Option<String> {
        let at = |dated: &ParsedDate| dated.date.at.with_time_zone(TimeZone::UTC).datetime();
        self.value_at(name, self.published.map(at))
    }

    fn value_at(&self, name: &str, at: Option<DateTime>) -> Option<String> {
        let date = at.and_then(|at| date_part(name, at));
        date.or_else(|| scalar(self.front.get(name)?))
    }
}

/// The path of a post's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Route {
    /// The path below the site's URL, not percent-encoded, or an absolute URL.
    pub(crate) path: String,
    /// The rule that determined the path.
    pub(crate) origin: FieldOrigin,
}

impl Route {
    /// Returns a route that a front matter key determines.
    pub(crate) fn from_front_matter(path: impl Into<String>, key: &str) -> Self {
        Self {
            path: path.into(),
            origin: FieldOrigin::FrontMatter(key.to_owned()),
        }
    }

    /// Returns a route that a permalink pattern determines.
    pub(crate) fn from_pattern(path: impl Into<String>, pattern: &str) -> Self {
        Self {
            path: path.into(),
            origin: FieldOrigin::Permalink(pattern.to_owned()),
        }
    }

    /// Returns the path of the post's own files, with a trailing slash.
    pub(crate) fn asset_path(&self) -> String {
        let page = self.path.strip_suffix(".html").unwrap_or(&self.path);
        [page.trim_end_matches('/'), "/"].concat()
    }
}

/// The reason why a post has no URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RouteError {
    /// The post has no value for a placeholder of a permalink pattern.
    Placeholder {
        pattern: String,
        /// The placeholder, without the leading colon of some patterns.
        name: String,
    },
    /// The rules of the generator are not supported; the text is advice for the user.
    UnknownRules(String),
    /// The front matter sets this URL, which is not valid.
    InvalidUrl(String),
}

impl RouteError {
    pub(crate) fn new(pattern: &str, placeholder: impl Into<String>) -> Self {
        Self::Placeholder {
            pattern: pattern.to_owned(),
            name: placeholder.into(),
        }
    }

    /// Returns a function that builds the error of a placeholder of `pattern`.
    pub(crate) fn in_pattern(pattern: &str) -> impl Fn(String) -> Self + '_ {
        |placeholder| Self::new(pattern, placeholder)
    }

    /// Returns the placeholder that has no value.
    pub(crate) fn placeholder(&self) -> Option<&str> {
        match self {
            Self::Placeholder { name, .. } => Some(name),
            Self::UnknownRules(_) | Self::InvalidUrl(_) => None,
        }
    }

    /// Returns the reason as a clause that completes "the post has no URL, since".
    pub(crate) fn reason(&self) -> String {
        match self {
            Self::Placeholder { pattern, name } => {
                let has_colon = pattern.contains(&format!(":{name}"));
                let colon = if has_colon { ":" } else { "" };
                format!("the permalink `{pattern}` needs a value for `{colon}{name}`")
            }
            Self::UnknownRules(advice) => advice.clone(),
            Self::InvalidUrl(url) => format!("`{url}` in its front matter is not a valid URL"),
        }
    }
}

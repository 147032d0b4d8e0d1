//! The options of a site: what the user may say in pipeline.yaml. Each wins over the generator's own
//! config.

use globset::{Glob, GlobBuilder};
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use syndicate_api::{OptionFault, Place, Result, Source, SourceOptions};

use crate::address::Base;
use crate::generators::Choice;
use crate::source::SiteSource;

/// The options of a `site` source.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SiteOptions {
    /// The site's root, where its generator's config lies, relative to pipeline.yaml; its own folder
    /// by default.
    pub path: Option<String>,
    /// The folder or folders of posts, relative to `path`; the generator's by default. `false` reads
    /// no Markdown: the built pages in `output` alone are the site.
    #[schemars(with = "Option<ContentForm>")]
    pub content: Content,
    /// The folder that the generator builds the site into, relative to `path`, such as `public`. Each
    /// post then has the address, title, description and picture of its built page, and waits until
    /// there is one.
    pub output: Option<String>,
    /// With `content: false`, which of the built pages are posts; what the pages say of themselves
    /// by default.
    pub pages: Patterns,
    /// The public address that all posts' addresses begin with, such as `https://example.com/blog`.
    pub url: Option<String>,
    /// The pattern of posts' addresses below `url`, such as `/:year/:month/:slug/`.
    pub permalink: Option<String>,
    /// The IANA time zone, such as `Europe/Oslo`, that dates without an offset are meant in; the
    /// generator's by default, else UTC.
    pub timezone: Option<String>,
    /// The generator whose rules to follow: `auto` recognises it by its config file.
    pub generator: Choice,
    /// Globs of the files to read, relative to the content folder, where `*` stays within a folder
    /// and `**` does not; all by default.
    #[serde(deserialize_with = "strings")]
    #[schemars(with = "Option<OneOrMany>")]
    pub include: Vec<String>,
    /// Globs of the files to leave out, relative to the content folder.
    #[serde(deserialize_with = "strings")]
    #[schemars(with = "Option<OneOrMany>")]
    pub exclude: Vec<String>,
    /// Front matter keys to look at first for each field, with dots between nested keys.
    pub fields: FieldKeys,
}

/// Where a site's posts are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Content {
    /// Where its generator expects them.
    #[default]
    Usual,
    /// In these folders, relative to the site's root.
    Folders(Vec<String>),
    /// Nowhere that could be read: the built pages are all there is.
    Built,
}

/// Which built pages are posts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Patterns {
    /// Globs of the pages that are posts and all that are, relative to `output`.
    #[serde(deserialize_with = "strings")]
    #[schemars(with = "Option<OneOrMany>")]
    pub include: Vec<String>,
    /// Globs of pages that are no posts, relative to `output`.
    #[serde(deserialize_with = "strings")]
    #[schemars(with = "Option<OneOrMany>")]
    pub exclude: Vec<String>,
}

/// Front matter keys by the field that they give.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct FieldKeys {
    /// Keys of the title.
    #[serde(deserialize_with = "strings")]
    #[schemars(with = "Option<OneOrMany>")]
    pub title: Vec<String>,
    /// Keys of the description.
    #[serde(deserialize_with = "strings")]
    #[schemars(with = "Option<OneOrMany>")]
    pub description: Vec<String>,
    /// Keys of the picture.
    #[serde(deserialize_with = "strings")]
    #[schemars(with = "Option<OneOrMany>")]
    pub image: Vec<String>,
    /// Keys of the text that says what the picture shows.
    #[serde(deserialize_with = "strings")]
    #[schemars(with = "Option<OneOrMany>")]
    pub image_alt: Vec<String>,
    /// Keys of the date of publication.
    #[serde(deserialize_with = "strings")]
    #[schemars(with = "Option<OneOrMany>")]
    pub published: Vec<String>,
    /// Keys of the date of the last change.
    #[serde(deserialize_with = "strings")]
    #[schemars(with = "Option<OneOrMany>")]
    pub updated: Vec<String>,
    /// Keys of the tags.
    #[serde(deserialize_with = "strings")]
    #[schemars(with = "Option<OneOrMany>")]
    pub tags: Vec<String>,
    /// Keys of the author.
    #[serde(deserialize_with = "strings")]
    #[schemars(with = "Option<OneOrMany>")]
    pub author: Vec<String>,
    /// Keys of the language.
    #[serde(deserialize_with = "strings")]
    #[schemars(with = "Option<OneOrMany>")]
    pub lang: Vec<String>,
    /// Keys that make a draft of a post where they are true.
    #[serde(deserialize_with = "strings")]
    #[schemars(with = "Option<OneOrMany>")]
    pub draft: Vec<String>,
}

/// A string or a list of strings.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged, expecting = "expected a string or a list of strings")]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

/// What can be written for `content`.
#[derive(Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "expected a folder, a list of folders, or `false`"
)]
enum ContentForm {
    No(#[schemars(extend("const" = false))] bool),
    One(String),
    Many(Vec<String>),
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Option::deserialize(deserializer)? {
            None => Self::Usual,
            Some(ContentForm::No(false)) => Self::Built,
            Some(ContentForm::No(true)) => {
                return Err(D::Error::custom("`true` names no folder of posts"));
            }
            Some(ContentForm::One(folder)) => Self::Folders(vec![folder]),
            Some(ContentForm::Many(folders)) if folders.is_empty() => Self::Usual,
            Some(ContentForm::Many(folders)) => Self::Folders(folders),
        })
    }
}

fn strings<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(match Option::deserialize(deserializer)? {
        None => Vec::new(),
        Some(OneOrMany::One(text)) => vec![text],
        Some(OneOrMany::Many(texts)) => texts,
    })
}

/// A pattern whose `*` stays within a folder.
pub(crate) fn glob(pattern: &str) -> Result<Glob, globset::Error> {
    GlobBuilder::new(pattern).literal_separator(true).build()
}

impl SourceOptions for SiteOptions {
    const NAME: &'static str = "site";
    const SUMMARY: &'static str = "Reads the posts of a static site: its Markdown by its generator's own rules, its built pages, or both joined.";
    const EXAMPLE: &'static str = "\
path: .
content: posts
url: https://example.com
permalink: /:year/:slug/
timezone: Europe/Oslo
exclude: drafts/**
fields:
  image: social.card
";

    fn faults(&self) -> Vec<OptionFault> {
        let mut faults = Vec::new();
        if let Some(url) = &self.url
            && Base::parse(url).is_none()
        {
            faults.push(
                OptionFault::new(&["url"], format!("`{url}` is no web address"))
                    .hinted("give the site's public address, such as `https://example.com`"),
            );
        }
        if let Some(name) = &self.timezone
            && TimeZone::get(name).is_err()
        {
            faults.push(
                OptionFault::new(&["timezone"], format!("there is no time zone `{name}`"))
                    .hinted("use a name of the IANA database, such as `Europe/Oslo`"),
            );
        }
        faults.extend(self.content_faults());
        faults.extend(self.output_faults());
        faults.extend(glob_faults(&[], &self.include, &self.exclude));
        faults.extend(glob_faults(
            &["pages"],
            &self.pages.include,
            &self.pages.exclude,
        ));
        faults
    }

    fn build(&self, place: &Place) -> Result<Box<dyn Source>> {
        Ok(Box::new(SiteSource::new(self.clone(), place)?))
    }
}

impl SiteOptions {
    fn content_faults(&self) -> Vec<OptionFault> {
        let Content::Folders(folders) = &self.content else {
            return Vec::new();
        };
        let outside = folders.iter().enumerate().filter(|(_, folder)| {
            let leaves = folder.split(['/', '\\']).any(|part| part == "..");
            leaves || folder.starts_with('/') || folder.trim().is_empty()
        });
        outside
            .map(|(index, folder)| {
                OptionFault::new(
                    &["content", &index.to_string()],
                    format!("`{folder}` is no folder inside `path`"),
                )
                .hinted("set `path` to a folder that holds it")
            })
            .collect()
    }

    /// Options about built pages that say nothing without one another.
    fn output_faults(&self) -> Vec<OptionFault> {
        let built_alone = self.content == Content::Built;
        let mut faults = Vec::new();
        match &self.output {
            Some(folder) if folder.trim().is_empty() => faults.push(
                OptionFault::new(&["output"], "it names no folder")
                    .hinted("write `.` for `path` itself"),
            ),
            None if built_alone => faults.push(
                OptionFault::new(
                    &["content"],
                    "without Markdown there have to be built pages",
                )
                .hinted("set `output` to the folder that they lie in"),
            ),
            _ => {}
        }
        if !built_alone && self.pages != Patterns::default() {
            faults.push(
                OptionFault::new(&["pages"], "with Markdown, its files are the posts")
                    .hinted("use `include` and `exclude`, or set `content: false`"),
            );
        }
        let markdown_alone = [
            (!self.include.is_empty(), "include"),
            (!self.exclude.is_empty(), "exclude"),
            (self.permalink.is_some(), "permalink"),
        ];
        for (_, key) in markdown_alone.iter().filter(|(set, _)| *set && built_alone) {
            faults.push(
                OptionFault::new(
                    &[key],
                    "it is about Markdown, and `content: false` reads none",
                )
                .hinted("choose among built pages by `pages`"),
            );
        }
        faults
    }
}

/// The patterns below `path` that are no globs.
fn glob_faults(path: &[&str], include: &[String], exclude: &[String]) -> Vec<OptionFault> {
    let mut faults = Vec::new();
    for (key, patterns) in [("include", include), ("exclude", exclude)] {
        for (index, pattern) in patterns.iter().enumerate() {
            if let Err(error) = glob(pattern) {
                let index = index.to_string();
                let path: Vec<&str> = path.iter().copied().chain([key, &index]).collect();
                let message = format!("`{pattern}` is no glob: {}", error.kind());
                faults.push(OptionFault::new(&path, message));
            }
        }
    }
    faults
}

//! The options of a site: what the user may say in pipeline.yaml. Each wins over the generator's own
//! config.

use globset::{Glob, GlobBuilder};
use jiff::tz::TimeZone;
use schemars::JsonSchema;
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
    /// The folder or folders of posts, relative to `path`; the generator's by default.
    #[serde(deserialize_with = "strings")]
    #[schemars(with = "Option<OneOrMany>")]
    pub content: Vec<String>,
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
    const SUMMARY: &'static str =
        "Reads the Markdown posts of a static site by its generator's own rules.";
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
        for (index, folder) in self.content.iter().enumerate() {
            let leaves = folder.split(['/', '\\']).any(|part| part == "..");
            if leaves || folder.starts_with('/') || folder.trim().is_empty() {
                faults.push(
                    OptionFault::new(
                        &["content", &index.to_string()],
                        format!("`{folder}` is no folder inside `path`"),
                    )
                    .hinted("set `path` to a folder that holds it"),
                );
            }
        }
        for (key, patterns) in [("include", &self.include), ("exclude", &self.exclude)] {
            for (index, pattern) in patterns.iter().enumerate() {
                if let Err(error) = glob(pattern) {
                    faults.push(OptionFault::new(
                        &[key, &index.to_string()],
                        format!("`{pattern}` is no glob: {}", error.kind()),
                    ));
                }
            }
        }
        faults
    }

    fn build(&self, place: &Place) -> Result<Box<dyn Source>> {
        Ok(Box::new(SiteSource::new(self.clone(), place)?))
    }
}

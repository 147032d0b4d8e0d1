//! The options of a site: what the user may say in pipeline.yaml. Each wins over the generator's own
//! config.

mod validate;

use schemars::JsonSchema;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::generators::GeneratorKind;

pub(crate) use validate::validate;

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
    pub content: ContentOption,
    /// The folder that the generator builds the site into, relative to `path`, such as `public`. Each
    /// post then has the address, title, description and picture of its built page, and waits until
    /// there is one.
    pub output: Option<String>,
    /// With `content: false`, which of the built pages are posts; what the pages say of themselves
    /// by default.
    pub pages: PagePatterns,
    /// The public address that all posts' addresses begin with, such as `https://example.com/blog`.
    pub url: Option<String>,
    /// The pattern of posts' addresses below `url`, such as `/:year/:month/:slug/`.
    pub permalink: Option<String>,
    /// The IANA time zone, such as `Europe/Oslo`, that dates without an offset are meant in; the
    /// generator's by default, else that of this machine with Hexo and Jekyll, and UTC with others.
    pub timezone: Option<String>,
    /// The generator whose rules to follow: `auto` recognises it by its config file.
    pub generator: GeneratorKind,
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
pub enum ContentOption {
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
pub struct PagePatterns {
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
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

impl<'de> Deserialize<'de> for ContentOption {
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

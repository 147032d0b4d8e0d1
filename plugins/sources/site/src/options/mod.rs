//! The options of a `site` source in pipeline.yaml. Each overrides the generator's own config.

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
    /// The site's root folder, which contains the config of its generator, relative to pipeline.yaml. The
    /// default is the folder of pipeline.yaml.
    pub path: Option<String>,
    /// The folder or folders of posts, relative to `path`. The default is the generator's. `false` reads
    /// no Markdown, only the built pages in `output`.
    #[schemars(with = "Option<ContentForm>")]
    pub content: ContentOption,
    /// The folder that the generator builds the site into, relative to `path`, such as `public`. Each
    /// post then has the URL, title, description and picture of its built page, and waits until that
    /// page exists.
    pub output: Option<String>,
    /// With `content: false`, selects the built pages that are posts. By default, the metadata of the
    /// pages decides.
    pub pages: PagePatterns,
    /// The public URL that the URLs of all posts begin with, such as `https://example.com/blog`.
    pub url: Option<String>,
    /// The pattern of the posts' paths below `url`, such as `/:year/:month/:slug/`.
    pub permalink: Option<String>,
    /// The IANA time zone of dates without an offset, such as `Europe/Oslo`. The default is the
    /// generator's, then the time zone of this machine for Hexo and Jekyll, and UTC for others.
    pub timezone: Option<String>,
    /// The generator whose rules apply. `auto` detects it by its config file.
    pub generator: GeneratorKind,
    /// Globs of the files to read, relative to the content folder. `*` stays within a folder, `**` does
    /// not. The default is all files.
    #[serde(deserialize_with = "strings")]
    #[schemars(with = "Option<OneOrMany>")]
    pub include: Vec<String>,
    /// Globs of the files to skip, relative to the content folder.
    #[serde(deserialize_with = "strings")]
    #[schemars(with = "Option<OneOrMany>")]
    pub exclude: Vec<String>,
    /// Front matter keys to look up first for each field. Dots separate nested keys.
    pub fields: FieldKeys,
}

/// The folders that a site's posts are read from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ContentOption {
    /// The content folders of the generator.
    #[default]
    Usual,
    /// These folders, relative to the site's root.
    Folders(Vec<String>),
    /// No folder: the posts are the built pages in `output`.
    Built,
}

/// Globs that select the built pages that are posts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PagePatterns {
    /// Globs of the pages that are posts, relative to `output`. If set, all other pages are skipped.
    #[serde(deserialize_with = "strings")]
    #[schemars(with = "Option<OneOrMany>")]
    pub include: Vec<String>,
    /// Globs of pages that are not posts, relative to `output`.
    #[serde(deserialize_with = "strings")]
    #[schemars(with = "Option<OneOrMany>")]
    pub exclude: Vec<String>,
}

/// Front matter keys of each field.
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
    /// Keys of the alt text of the picture.
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
    /// Keys that mark a post as a draft if they are true.
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

/// The forms in which `content` can be written.
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
                return Err(D::Error::custom(
                    "expected a folder, a list of folders, or `false`, found `true`",
                ));
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

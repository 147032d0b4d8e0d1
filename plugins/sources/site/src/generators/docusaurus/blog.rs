//! The blogs of a Docusaurus site: the one of the preset, and each instance of the blog plugin
//! ("Blog", "@docusaurus/plugin-content-blog", Docusaurus's documentation).

use serde_json::{Map, Value};

use crate::paths::trim_folder;
use crate::value::scalar;

/// The plugin's default for `exclude`: partials and tests.
const EXCLUDED_BY_DEFAULT: &[&str] = &[
    "**/_*.{js,jsx,ts,tsx,md,mdx}",
    "**/_*/**",
    "**/*.test.{js,jsx,ts,tsx,md,mdx}",
    "**/__tests__/**",
];

/// The settings of one blog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Blog {
    /// The folder of posts, relative to the site's root.
    pub(super) folder: String,
    /// The prefix of its posts' paths, without slashes at the ends.
    pub(super) route: String,
    /// The file of authors, relative to the folder.
    pub(super) authors: String,
    /// The file of tags, relative to the folder, if the blog has one.
    pub(super) tags: Option<String>,
    /// Globs of files in the folder that are not posts.
    pub(super) excluded: Vec<String>,
}

impl Blog {
    /// Reads the options of a blog plugin.
    pub(super) fn read(options: &Map<String, Value>) -> Self {
        let text = |key: &str| options.get(key).and_then(scalar);
        let or = |key: &str, usual: &str| text(key).unwrap_or_else(|| usual.to_owned());
        Self {
            excluded: match options.get("exclude") {
                Some(Value::Array(globs)) => globs.iter().filter_map(scalar).collect(),
                _ => EXCLUDED_BY_DEFAULT
                    .iter()
                    .map(|glob| (*glob).to_owned())
                    .collect(),
            },
            folder: trim_folder(&or("path", "blog")).to_owned(),
            route: or("routeBasePath", "blog").trim_matches('/').to_owned(),
            authors: or("authorsMapPath", "authors.yml"),
            tags: match options.get("tags") {
                Some(Value::Bool(false)) => None,
                _ => Some(or("tags", "tags.yml")),
            },
        }
    }
}

/// Returns the blogs that the config defines. A preset whose options cannot be read has the default blog.
pub(super) fn blogs(config: &Map<String, Value>) -> Vec<Blog> {
    let list = |key: &str| {
        config
            .get(key)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    };
    let presets = list("presets").filter_map(|preset| {
        let (_, options) = name_and_options(preset)?;
        match options.and_then(|options| options.get("blog")) {
            Some(Value::Bool(false)) => None,
            Some(Value::Object(blog)) => Some(Blog::read(blog)),
            _ => Some(Blog::read(&Map::new())),
        }
    });
    let plugins = list("plugins").filter_map(|plugin| {
        let (name, options) = name_and_options(plugin)?;
        let is_blog = name.contains("content-blog");
        is_blog.then(|| Blog::read(options.unwrap_or(&Map::new())))
    });
    let mut blogs: Vec<Blog> = Vec::new();
    for blog in presets.chain(plugins) {
        if blogs.iter().all(|known| known.folder != blog.folder) {
            blogs.push(blog);
        }
    }
    blogs
}

/// Returns the name and the options of a preset or plugin: `"name"` or `["name", {…}]`.
fn name_and_options(value: &Value) -> Option<(&str, Option<&Map<String, Value>>)> {
    match value {
        Value::Array(parts) => Some((
            parts.first()?.as_str().unwrap_or_default(),
            parts.get(1).and_then(Value::as_object),
        )),
        value => Some((value.as_str()?, None)),
    }
}

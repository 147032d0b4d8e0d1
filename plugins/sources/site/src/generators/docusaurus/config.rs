//! Reads the literals of the config file ("docusaurus.config.js", Docusaurus's documentation) without
//! running it.

use std::path::Path;

use config_literals::javascript;
use serde_json::{Map, Value};
use syndicate_api::Result;

use super::super::config_file;
use super::super::model::SiteConfig;
use super::blog::{self, Blog};
use crate::value::scalar;

/// The names of Docusaurus's config file.
pub(in super::super) const NAMES: &[&str] = &[
    "docusaurus.config.js",
    "docusaurus.config.ts",
    "docusaurus.config.mjs",
    "docusaurus.config.cjs",
    "docusaurus.config.mts",
    "docusaurus.config.cts",
];

/// Hosts of placeholder URLs in the config of a new site.
const PLACEHOLDER_HOSTS: &[&str] = &[
    "your-docusaurus-site.example.com",
    "your-docusaurus-test-site.com",
];

/// The config of a Docusaurus site.
#[derive(Debug)]
pub(super) struct Config {
    pub(super) name: &'static str,
    pub(super) site: SiteConfig,
    pub(super) blogs: Vec<Blog>,
    /// The setting `trailingSlash`, if set.
    pub(super) trailing_slash: Option<bool>,
    /// Notes about settings that could not be read.
    pub(super) notes: Vec<String>,
}

impl Config {
    pub(super) fn read(root: &Path) -> Result<Self> {
        let name = config_file::find(root, NAMES);
        let name = name.ok_or_else(|| config_file::missing("Docusaurus", root, NAMES[0]))?;
        let text = config_file::read(&root.join(name))?;
        let exported = javascript::read_default_export(&text, &Map::new());
        let mut notes = Vec::new();
        if exported.is_none() {
            notes.push(format!(
                "`{name}` cannot be read without running it: the site is assumed to have one \
                 blog in `blog`"
            ));
        }
        let map = exported.unwrap_or_default();
        let mut blogs = blog::blogs(&map);
        let has_presets = map.get("presets").is_some_and(Value::is_array);
        if blogs.is_empty() && !has_presets && root.join("blog").is_dir() {
            blogs.push(Blog::read(&Map::new()));
        }
        let outside = |blog: &Blog| blog.folder.starts_with("..") || blog.folder.starts_with('/');
        for blog in blogs.iter().filter(|blog| outside(blog)) {
            notes.push(format!(
                "the blog in `{}` is not read because it is outside of the site's folder",
                blog.folder
            ));
        }
        blogs.retain(|blog| !outside(blog));
        Ok(Self {
            site: site_config(&map, name),
            trailing_slash: map.get("trailingSlash").and_then(Value::as_bool),
            name,
            blogs,
            notes,
        })
    }
}

/// Returns `true` if `root` contains a Docusaurus site.
pub(in super::super) fn is_site(root: &Path) -> Result<bool> {
    Ok(config_file::find(root, NAMES).is_some())
}

/// Returns the site's metadata in the config, with notes about missing values.
fn site_config(config: &Map<String, Value>, config_name: &str) -> SiteConfig {
    let text = |key: &str| {
        config
            .get(key)
            .and_then(scalar)
            .filter(|text| !text.trim().is_empty())
    };
    let url = text("url").filter(|url| {
        let parsed = url::Url::parse(url).ok();
        parsed.is_some_and(|url| !PLACEHOLDER_HOSTS.contains(&url.host_str().unwrap_or_default()))
    });
    let mut url_notes = Vec::new();
    if url.is_none() {
        let given = text("url");
        let setting = match given {
            Some(_) => format!("`url` in `{config_name}`"),
            None => format!("`url` in `{config_name}` cannot be read without running it, or"),
        };
        url_notes.push(SiteConfig::missing_url_note(
            &setting,
            given.as_deref(),
            "set `url` of this source to the site's public address",
        ));
    }
    let locale = config
        .get("i18n")
        .and_then(|i18n| scalar(i18n.get("defaultLocale")?));
    let mut site = SiteConfig {
        title: text("title"),
        description: text("tagline"),
        author: None,
        lang: Some(locale.unwrap_or_else(|| "en".to_owned())),
        url,
        timezone: None,
        url_notes,
    };
    site.append_path(&text("baseUrl").unwrap_or_default());
    site
}

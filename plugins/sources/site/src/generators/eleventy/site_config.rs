//! Reads the title and URL of an Eleventy site. Eleventy defines no keys for them, but nearly every
//! starter has a global data file with the same few keys.

use std::path::Path;

use config_literals::javascript;
use serde_json::{Map, Value};

use super::super::model::{ConfigKeys, SiteConfig};
use super::super::settings::Settings;
use super::config::Config;
use crate::urls::BaseUrl;

/// Names, without extension, of the data file that usually holds the site's metadata; the most common
/// first.
const NAMES: &[&str] = &[
    "metadata",
    "site",
    "meta",
    "config",
    "siteConfig",
    "settings",
];

const EXTENSIONS: &[&str] = &["json", "js", "cjs", "mjs", "yaml", "yml", "toml"];

/// Keys of that file.
const KEYS: ConfigKeys = ConfigKeys {
    title: &["title", "name", "siteName"],
    description: &["description", "tagline"],
    author: &["author", "authorName"],
    lang: &["language", "lang", "locale"],
    url: &[
        "url", "siteUrl", "siteURL", "baseUrl", "base_url", "domain", "origin",
    ],
};

/// Returns the metadata in those files, and the paths of the files relative to the site's root.
pub(super) fn site_config(root: &Path, config: &Config) -> (SiteConfig, Vec<String>) {
    let names = NAMES.iter().flat_map(|name| {
        EXTENSIONS
            .iter()
            .map(move |extension| format!("{}/{name}.{extension}", config.data))
    });
    // The data folder may be at the site's root although the config does not name it.
    let usual = NAMES.iter().flat_map(|name| {
        EXTENSIONS
            .iter()
            .map(move |extension| format!("_data/{name}.{extension}"))
    });
    let mut files: Vec<String> = names.chain(usual).collect();
    files.dedup();
    let mut site = SiteConfig::default();
    let mut used = Vec::new();
    for file in files {
        if let Some(map) = read(&root.join(&file)) {
            site.fill_from(&[&map], &KEYS);
            used.push(file);
        }
    }
    let base = site.url.as_deref().and_then(BaseUrl::parse);
    let prefix = config.prefix.trim_matches('/');
    if base.is_some_and(|base| base.path().trim_matches('/') != prefix) {
        site.append_path(prefix);
    }
    if site.url.is_none() {
        site.url_notes.push(format!(
            "no file in `{}` contains the URL of the site: set `url` of this source",
            config.data
        ));
    }
    (site, used)
}

fn read(path: &Path) -> Option<Map<String, Value>> {
    let extension = path.extension()?.to_str()?;
    if matches!(extension, "js" | "cjs" | "mjs") {
        let text = std::fs::read_to_string(path).ok()?;
        return javascript::read_default_export(&text, &Map::new());
    }
    Some(Settings::read(path).ok()?.0)
}

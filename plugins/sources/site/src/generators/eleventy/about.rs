//! What an Eleventy site says about itself. Eleventy asks for nothing, but nearly every starter has a
//! global data file with the same few keys.

use std::path::Path;

use config_literals::javascript;
use serde_json::{Map, Value};

use super::super::model::{ConfigKeys, SiteConfig};
use super::super::settings::Settings;
use super::config::Config;
use crate::address::Base;

/// The names of that file, from the most usual, without an extension.
const NAMES: &[&str] = &[
    "metadata",
    "site",
    "meta",
    "config",
    "siteConfig",
    "settings",
];

const EXTENSIONS: &[&str] = &["json", "js", "cjs", "mjs", "yaml", "yml", "toml"];

/// The keys of that file.
const KEYS: ConfigKeys = ConfigKeys {
    title: &["title", "name", "siteName"],
    description: &["description", "tagline"],
    author: &["author", "authorName"],
    lang: &["language", "lang", "locale"],
    url: &[
        "url", "siteUrl", "siteURL", "baseUrl", "base_url", "domain", "origin",
    ],
};

/// Returns what those files say, and the files, relative to the site's root.
pub(super) fn site_config(root: &Path, config: &Config) -> (SiteConfig, Vec<String>) {
    let names = NAMES.iter().flat_map(|name| {
        EXTENSIONS
            .iter()
            .map(move |extension| format!("{}/{name}.{extension}", config.data))
    });
    // A site may keep its data outside of its input folder without a word in the config.
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
            site.fill(&[&map], &KEYS);
            used.push(file);
        }
    }
    let base = site.url.as_deref().and_then(Base::parse);
    let prefix = config.prefix.trim_matches('/');
    if base.is_some_and(|base| base.path().trim_matches('/') != prefix) {
        site.append_path(prefix);
    }
    if site.url.is_none() {
        site.url_notes.push(format!(
            "no file in `{}` gives the site's address: set `url` of this source",
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

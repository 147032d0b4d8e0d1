//! Reads the title and URL of an Eleventy site. Eleventy defines no keys for them, but nearly every
//! starter has a global data file with the same few keys.

use std::collections::BTreeSet;
use std::path::Path;

use config_literals::javascript;
use serde_json::{Map, Value};

use super::super::model::{ConfigKeys, SiteConfig};
use super::super::settings::Settings;
use super::config::Config;
use crate::paths::relative_to;
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

/// The metadata of a site.
pub(super) struct SiteMetadata {
    pub(super) config: SiteConfig,
    /// The files that have it, relative to the site's root.
    pub(super) files: Vec<String>,
    /// The global data in those files, by the name of the file without extension.
    pub(super) data: Map<String, Value>,
}

/// Reads the metadata in those files.
pub(super) fn read(root: &Path, config: &Config) -> SiteMetadata {
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
    let mut seen = BTreeSet::new();
    files.retain(|file| seen.insert(file.clone()));
    let mut site = SiteConfig::default();
    let mut used = Vec::new();
    let mut data = Map::new();
    for file in files {
        if let Some(map) = read_file(&root.join(&file)) {
            site.fill_from(&[&map], &KEYS);
            add_global(&mut data, &file, map, config);
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
    SiteMetadata {
        config: site,
        files: used,
        data,
    }
}

/// Adds the global data `map` of `file`. Eleventy merges files of the same name, so such data is unknown.
fn add_global(data: &mut Map<String, Value>, file: &str, map: Map<String, Value>, config: &Config) {
    let name = relative_to(file, &config.data).and_then(|name| name.rsplit_once('.'));
    if let Some((name, _)) = name {
        let value = match data.contains_key(name) {
            true => Value::Null,
            false => Value::Object(map),
        };
        data.insert(name.to_owned(), value);
    }
}

fn read_file(path: &Path) -> Option<Map<String, Value>> {
    let extension = path.extension()?.to_str()?;
    if matches!(extension, "js" | "cjs" | "mjs") {
        let text = std::fs::read_to_string(path).ok()?;
        return javascript::read_default_export(&text, &Map::new());
    }
    Some(Settings::read(path).ok()?.0)
}

//! Reads the config files of Next.js and Gatsby, and the files in which starters keep the site's metadata.
//! Only literals are read; no code is run.

use std::path::Path;

use config_literals::javascript;
use serde_json::{Map, Value};

use super::super::config_file;
use super::super::model::{ConfigKeys, SiteConfig};

pub(in super::super) const NEXT: &[&str] = &[
    "next.config.js",
    "next.config.mjs",
    "next.config.ts",
    "next.config.cjs",
];
pub(in super::super) const GATSBY: &[&str] =
    &["gatsby-config.js", "gatsby-config.ts", "gatsby-config.mjs"];

/// Files of common starters with the site's metadata.
const METADATA_FILES: &[&str] = &[
    "data/siteMetadata.js",
    "data/siteMetadata.ts",
    "siteMetadata.js",
    "site.config.js",
    "site.config.ts",
    "site.config.mjs",
    "config/site.ts",
    "src/config/site.ts",
    "lib/constants.ts",
    "lib/config.ts",
    "next-sitemap.config.js",
];

const KEYS: ConfigKeys = ConfigKeys {
    title: &["title", "SITE_TITLE", "name", "siteName"],
    description: &["description", "SITE_DESCRIPTION"],
    author: &["author"],
    lang: &["language", "locale", "lang"],
    url: &[
        "siteUrl", "siteURL", "SITE_URL", "url", "baseUrl", "BASE_URL", "domain",
    ],
};

/// The config of a Next.js or Gatsby site.
#[derive(Clone, Debug, Default)]
pub(super) struct Config {
    pub(super) name: String,
    map: Map<String, Value>,
    pub(super) site: SiteConfig,
    /// Other files that were read.
    pub(super) files: Vec<String>,
}

impl Config {
    /// Reads the first of `names` that exists; `base` is the key of the path prefix.
    pub(super) fn read(root: &Path, names: &[&'static str], base: &str) -> Self {
        let Some(name) = config_file::find(root, names) else {
            return Self::default();
        };
        let text = std::fs::read_to_string(root.join(name)).unwrap_or_default();
        let mut config = Self {
            name: name.to_owned(),
            map: javascript::read_default_export(&text, &javascript::read_imports(&text, root))
                .unwrap_or_default(),
            ..Self::default()
        };
        if let Some(Value::Object(own)) = config.map.get("siteMetadata") {
            config.site.fill_from(&[own], &KEYS);
        }
        for file in METADATA_FILES {
            let Ok(text) = std::fs::read_to_string(root.join(file)) else {
                continue;
            };
            let mut values = javascript::read_constants(&text, &Map::new());
            values.extend(javascript::read_default_export(&text, &Map::new()).unwrap_or_default());
            let nested = ["siteMetadata", "siteConfig", "SITE", "site", "config"];
            let inner = nested
                .iter()
                .find_map(|name| values.get(*name)?.as_object().cloned());
            config.site.fill_from(&[&inner.unwrap_or_default()], &KEYS);
            config.site.fill_from(&[&values], &KEYS);
            config.files.push((*file).to_owned());
        }
        config.finish(base);
        config
    }

    fn finish(&mut self, base: &str) {
        let base = self.map.get(base).and_then(Value::as_str);
        self.site.append_path(base.unwrap_or_default());
        if self.site.url.is_none() {
            self.site.url_notes.push(format!(
                "no literal in `{}` or the usual files gives the site's URL: set `url` of this \
                 source",
                self.name
            ));
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        self.map.get(key)
    }
}

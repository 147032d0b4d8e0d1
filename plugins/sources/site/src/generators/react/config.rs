//! The config files of Next.js and Gatsby, and the files in which sites made with them keep their
//! facts, as far as they can be read without running them.

use std::path::Path;

use serde_json::{Map, Value};

use super::super::Facts;
use crate::address::Base;
use crate::script;
use crate::value::scalar;

pub(super) const NEXT: &[&str] = &[
    "next.config.js",
    "next.config.mjs",
    "next.config.ts",
    "next.config.cjs",
];
pub(super) const GATSBY: &[&str] = &["gatsby-config.js", "gatsby-config.ts", "gatsby-config.mjs"];

/// Files of the usual starters that hold the site's facts.
const FACTS: &[&str] = &[
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

/// A config file, read.
#[derive(Clone, Debug, Default)]
pub(super) struct Config {
    pub(super) name: String,
    map: Map<String, Value>,
    pub(super) facts: Facts,
    /// Further files that were read.
    pub(super) files: Vec<String>,
}

impl Config {
    /// Reads the first of `names` that is there, with `base` as the key of the path that addresses
    /// begin with.
    pub(super) fn read(root: &Path, names: &[&str], base: &str) -> Self {
        let name = names.iter().find(|name| root.join(name).is_file());
        let Some(name) = name else {
            return Self::default();
        };
        let text = std::fs::read_to_string(root.join(name)).unwrap_or_default();
        let mut config = Self {
            name: (*name).to_owned(),
            map: script::exported(&text, &script::imported(&text, root)).unwrap_or_default(),
            ..Self::default()
        };
        if let Some(Value::Object(own)) = config.map.get("siteMetadata") {
            add(&mut config.facts, own);
        }
        for file in FACTS {
            let Ok(text) = std::fs::read_to_string(root.join(file)) else {
                continue;
            };
            let mut values = script::names(&text, &Map::new());
            values.extend(script::exported(&text, &Map::new()).unwrap_or_default());
            let nested = ["siteMetadata", "siteConfig", "SITE", "site", "config"];
            let inner = nested
                .iter()
                .find_map(|name| values.get(*name)?.as_object().cloned());
            add(&mut config.facts, &inner.unwrap_or_default());
            add(&mut config.facts, &values);
            config.files.push((*file).to_owned());
        }
        config.finish(base);
        config
    }

    fn finish(&mut self, base: &str) {
        let base = self
            .map
            .get(base)
            .and_then(Value::as_str)
            .unwrap_or_default();
        let base = base.trim_matches('/');
        if let Some(url) = self.facts.url.as_mut().filter(|_| !base.is_empty()) {
            *url = format!("{}/{base}", url.trim_end_matches('/'));
        }
        if self.facts.url.is_none() {
            self.facts.url_notes.push(format!(
                "nothing that can be read beside `{}` gives the site's address: set `url` of this \
                 source",
                self.name
            ));
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        self.map.get(key)
    }
}

/// Fills in what is not known yet.
fn add(facts: &mut Facts, map: &Map<String, Value>) {
    let text = |keys: &[&str]| {
        let found = keys.iter().find_map(|key| scalar(map.get(*key)?))?;
        Some(found.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let url = text(&[
        "siteUrl", "siteURL", "SITE_URL", "url", "baseUrl", "BASE_URL", "domain",
    ]);
    let url = url.filter(|url| Base::parse(url).is_some());
    facts.url = facts.url.take().or(url);
    facts.title = facts
        .title
        .take()
        .or_else(|| text(&["title", "SITE_TITLE", "name", "siteName"]));
    let description = || text(&["description", "SITE_DESCRIPTION"]);
    facts.description = facts.description.take().or_else(description);
    let author = match map.get("author") {
        Some(Value::Object(author)) => author.get("name").and_then(scalar),
        _ => text(&["author"]),
    };
    facts.author = facts.author.take().or(author);
    facts.lang = facts
        .lang
        .take()
        .or_else(|| text(&["language", "locale", "lang"]));
}

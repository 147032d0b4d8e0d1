//! What an Eleventy site says about itself. Eleventy asks for nothing, but nearly every starter has a
//! global data file with the same few keys.

use std::path::Path;

use serde_json::{Map, Value};

use super::super::Facts;
use super::super::settings::Settings;
use super::config::Config;
use crate::address::Base;
use crate::script;
use crate::value::scalar;

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

const URL: &[&str] = &[
    "url", "siteUrl", "siteURL", "baseUrl", "base_url", "domain", "origin",
];

/// The facts, and the files that they are from, relative to the site's root.
pub(super) fn facts(root: &Path, config: &Config) -> (Facts, Vec<String>) {
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
    let mut facts = Facts::default();
    let mut used = Vec::new();
    for file in files {
        if let Some(map) = read(&root.join(&file)) {
            add(&mut facts, &map);
            used.push(file);
        }
    }
    facts.url = facts.url.map(|url| prefixed(&url, &config.prefix));
    if facts.url.is_none() {
        facts.url_notes.push(format!(
            "no file in `{}` gives the site's address: set `url` of this source",
            config.data
        ));
    }
    (facts, used)
}

fn read(path: &Path) -> Option<Map<String, Value>> {
    let extension = path.extension()?.to_str()?;
    if matches!(extension, "js" | "cjs" | "mjs") {
        let text = std::fs::read_to_string(path).ok()?;
        return script::exported(&text, &Map::new());
    }
    Some(Settings::read(path).ok()?.0)
}

/// Fills in what is not known yet.
fn add(facts: &mut Facts, map: &Map<String, Value>) {
    let text = |keys: &[&str]| {
        let found = keys.iter().find_map(|key| scalar(map.get(*key)?))?;
        Some(found.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let url = || text(URL).filter(|url| Base::parse(url).is_some());
    let author = || match map.get("author") {
        Some(Value::Object(author)) => scalar(author.get("name")?),
        _ => text(&["author", "authorName"]),
    };
    facts.url = facts.url.take().or_else(url);
    facts.title = facts
        .title
        .take()
        .or_else(|| text(&["title", "name", "siteName"]));
    let description = || text(&["description", "tagline"]);
    facts.description = facts.description.take().or_else(description);
    facts.author = facts.author.take().or_else(author);
    facts.lang = facts
        .lang
        .take()
        .or_else(|| text(&["language", "lang", "locale"]));
}

/// `url` with the site's path prefix at its end, unless it has that already.
fn prefixed(url: &str, prefix: &str) -> String {
    let prefix = prefix.trim_matches('/');
    let has = Base::parse(url).is_some_and(|base| base.path().trim_matches('/') == prefix);
    if has || prefix.is_empty() {
        return url.to_owned();
    }
    format!("{}/{prefix}", url.trim_end_matches('/'))
}

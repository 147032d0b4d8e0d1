//! Reads the metadata of a Jekyll site and the names of its authors.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::super::model::SiteConfig;
use super::config::{Config, YAML};
use crate::document::yaml;
use crate::value::scalar;

/// Returns the site's metadata in the config. Without `url`, the host comes from the `CNAME` file of
/// GitHub Pages.
pub(super) fn site_config(
    config: &Config,
    authors: &BTreeMap<String, String>,
    source: &Path,
) -> SiteConfig {
    let text = |key| config.text(key).map(str::to_owned);
    let host = || {
        let text = std::fs::read_to_string(source.join("CNAME")).ok()?;
        let host = text.lines().next()?.trim().to_owned();
        (!host.is_empty()).then(|| format!("https://{host}"))
    };
    let base = config.text("baseurl").unwrap_or_default().trim_matches('/');
    let url = text("url").or_else(host);
    let url = url.map(|url| format!("{}/{base}", url.trim_end_matches('/')));
    let mut url_notes = Vec::new();
    if url.is_none() {
        let name = match config.name.as_str() {
            "" => "_config.yml",
            name => name,
        };
        url_notes.push(format!(
            "`url` in Jekyll's `{name}` is not set: set it to the site's public address"
        ));
    }
    let author = match config.get("author") {
        Some(Value::Object(author)) => author.get("name").and_then(scalar),
        Some(Value::String(key)) => authors.get(key).cloned().or_else(|| Some(key.clone())),
        _ => None,
    };
    SiteConfig {
        title: text("title").or_else(|| text("name")),
        description: text("description").or_else(|| text("tagline")),
        author,
        lang: text("lang").or_else(|| text("locale")),
        url,
        timezone: text("timezone"),
        url_notes,
    }
}

/// Reads `_data/authors.yml`, in which Jekyll's themes look up author keys.
pub(super) fn authors(source: &Path, config: &Config) -> BTreeMap<String, String> {
    let folder = match config.folder("data_dir") {
        "" => "_data",
        folder => folder,
    };
    let text = ["authors.yml", "authors.yaml", "authors.json"]
        .iter()
        .find_map(|name| std::fs::read_to_string(source.join(folder).join(name)).ok());
    let Some(Ok(Value::Object(map))) = text.map(|text| yaml(&text, 1, YAML)) else {
        return BTreeMap::new();
    };
    map.into_iter()
        .filter_map(|(key, author)| Some((key, scalar(author.get("name")?)?)))
        .collect()
}

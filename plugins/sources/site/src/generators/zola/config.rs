//! The config file ("Configuration", Zola's documentation).

use std::path::Path;

use globset::{Glob, GlobSet, GlobSetBuilder};
use syndicate_api::{Error, Result};

use super::super::Facts;
use super::super::settings::Settings;

/// The names of Zola's config file.
const NAMES: &[&str] = &["zola.toml", "config.toml"];

/// Zola's own suggestion, which is nobody's site.
const EXAMPLE: &str = "https://example.com";

pub(super) fn name(root: &Path) -> Option<&'static str> {
    NAMES.iter().copied().find(|name| root.join(name).is_file())
}

/// Whether a Zola site lies at `root`: a `config.toml` may be Hugo's as well, or of no site at all, so
/// `base_url`, which Zola asks for, decides. A file that cannot be read is Zola's if its folders are
/// there, and the error is then told.
pub(crate) fn is_site(root: &Path) -> Result<bool> {
    let Some(name) = name(root) else {
        return Ok(false);
    };
    let has = |folder: &str| root.join(folder).is_dir();
    let has_themes = has("templates") || has("themes");
    match Settings::read(&root.join(name)) {
        Ok(settings) => Ok(settings.get("base_url").is_some() && (has("content") || has_themes)),
        Err(error) if has("content") && has("templates") => Err(error),
        Err(_) => Ok(false),
    }
}

pub(super) fn default_language(settings: &Settings) -> String {
    settings
        .text("default_language")
        .unwrap_or_else(|| "en".to_owned())
}

/// What the settings say about the site in the language whose own settings stand under `below`.
pub(super) fn facts(settings: &Settings, below: &str, code: &str, name: &str) -> Facts {
    let url = settings.text("base_url");
    let url = url.filter(|url| url.trim_end_matches('/') != EXAMPLE);
    let mut url_notes = Vec::new();
    if url.is_none() {
        url_notes.push(format!(
            "`base_url` in Zola's `{name}` is not set: set it, or `url` of this source, to \
             the site's public address"
        ));
    }
    let text = |key: &str| {
        settings
            .text(&format!("{below}{key}"))
            .or_else(|| settings.text(key))
    };
    Facts {
        title: text("title"),
        description: text("description"),
        author: settings
            .text("author")
            .map(|author| person(&author).unwrap_or(author)),
        lang: Some(code.to_owned()),
        url,
        timezone: None,
        url_notes,
    }
}

/// The name in `ann@example.com (Ann)`, as feeds want their authors.
pub(super) fn person(author: &str) -> Option<String> {
    let (mail, name) = author.trim().split_once('(')?;
    let name = name.strip_suffix(')')?.trim();
    (mail.contains('@') && !name.is_empty()).then(|| name.to_owned())
}

pub(super) fn globs(patterns: &[String]) -> Result<GlobSet> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let glob = Glob::new(pattern).map_err(|error| {
            let what = error.kind();
            Error::msg(format!(
                "`ignored_content` of Zola's config: `{pattern}` is no glob: {what}"
            ))
        })?;
        set.add(glob);
    }
    Ok(set.build()?)
}

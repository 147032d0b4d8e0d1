//! Reads the config file ("Configuration", Zola's documentation).

use std::path::Path;

use globset::{Glob, GlobSet, GlobSetBuilder};
use syndicate_api::Result;

use super::super::config_file;
use super::super::conventions::mailbox_name;
use super::super::model::SiteConfig;
use super::super::settings::Settings;
use crate::value::unreadable;

/// The names of Zola's config file.
pub(in super::super) const NAMES: &[&str] = &["zola.toml", "config.toml"];

/// The placeholder URL that Zola suggests.
const PLACEHOLDER_URL: &str = "https://example.com";

/// Returns `true` if `root` contains a Zola site. A `config.toml` may also be Hugo's or of another tool, so
/// `base_url`, which Zola requires, decides. A file that cannot be read is assumed to be Zola's if Zola's
/// folders exist; its error is then reported.
pub(in super::super) fn is_site(root: &Path) -> Result<bool> {
    let Some(name) = config_file::find(root, NAMES) else {
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

/// Returns the site's metadata for the language `code` in the settings of the file `name`.
pub(super) fn site_config(settings: &Settings, code: &str, name: &str) -> SiteConfig {
    let url = settings.text("base_url");
    let url = url.filter(|url| url.trim_end_matches('/') != PLACEHOLDER_URL);
    let mut url_notes = Vec::new();
    if url.is_none() {
        url_notes.push(SiteConfig::missing_url_note(
            &format!("`base_url` in Zola's `{name}`"),
            settings.string("base_url"),
            "set it, or `url` of this source, to the site's public address",
        ));
    }
    let text = |key: &str| {
        settings
            .text(&format!("languages.{code}.{key}"))
            .or_else(|| settings.text(key))
    };
    SiteConfig {
        title: text("title"),
        description: text("description"),
        author: settings
            .text("author")
            .map(|author| mailbox_name(&author).unwrap_or(author)),
        lang: Some(code.to_owned()),
        url,
        timezone: None,
        url_notes,
    }
}

/// Compiles the globs of `ignored_content` in the config file at `path`.
///
/// # Errors
/// Returns an error with the file's name if a pattern is not a glob.
pub(super) fn globs(path: &Path, patterns: &[String]) -> Result<GlobSet> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let glob = Glob::new(pattern).map_err(|error| {
            let what = error.kind();
            let message = format!("invalid glob `{pattern}` in `ignored_content`: {what}");
            config_file::broken(path, unreadable(message))
        })?;
        set.add(glob);
    }
    Ok(set.build()?)
}

//! Reads the metadata of a Pelican site.

use std::path::Path;

use super::super::model::SiteConfig;
use super::config::Config;
use crate::paths::trim_folder;

/// Returns Pelican's `PATH`. If the settings do not have it, it is set on the command line; Pelican's
/// quickstart uses `content` there.
pub(super) fn content_path(config: &Config, root: &Path) -> String {
    match config.text("PATH") {
        Some(path) => trim_folder(path).to_owned(),
        None if root.join("content").is_dir() => "content".to_owned(),
        None => String::new(),
    }
}

pub(super) fn site_config(config: &Config) -> SiteConfig {
    let text = |key| config.text(key).map(str::to_owned);
    let url = config
        .text("SITEURL")
        .map(|url| match url.strip_prefix("//") {
            Some(rest) => format!("https://{rest}"),
            None => url.to_owned(),
        });
    let mut url_notes = Vec::new();
    if url.is_none() {
        url_notes.push(
            "`SITEURL` is not set in Pelican's `publishconf.py` or `pelicanconf.py`: set it to the \
             site's public address"
                .to_owned(),
        );
    }
    SiteConfig {
        title: text("SITENAME"),
        description: text("SITESUBTITLE"),
        author: text("AUTHOR"),
        lang: text("DEFAULT_LANG"),
        url,
        timezone: text("TIMEZONE"),
        url_notes,
    }
}

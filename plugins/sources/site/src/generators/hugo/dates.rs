//! Determines which keys give the dates of a Hugo page ("Configure front matter, dates", Hugo's
//! documentation). The file's modification time and its last commit are ignored, because they are not a
//! part of the content.

use super::super::conventions::FILE_NAME_KEY;
use super::super::settings::Settings;
use crate::document::FrontMatter;

/// The keys of each date, in order of precedence. [`FILE_NAME_KEY`] represents the date in the file's
/// name.
#[derive(Clone, Debug)]
pub(super) struct DateKeys {
    /// Keys of the date in URLs.
    pub(super) date: Vec<String>,
    /// Keys of the publication date.
    pub(super) published: Vec<String>,
    /// Keys of the expiry date.
    pub(super) expiry: Vec<String>,
}

impl DateKeys {
    pub(super) fn read(settings: &Settings) -> Self {
        let date = keys(settings, "date", &["date", "publishdate", "lastmod"]);
        let mut published = keys(settings, "publishdate", &["publishdate", "date"]);
        for key in &date {
            if !published.contains(key) {
                published.push(key.clone());
            }
        }
        Self {
            expiry: keys(settings, "expirydate", &["expirydate"]),
            date,
            published,
        }
    }

    /// Returns `true` if the date is the one in the file's name. The rest of the name is then the slug.
    pub(super) fn is_from_name(&self, front: &FrontMatter) -> bool {
        let winner = self
            .date
            .iter()
            .find(|key| *key == FILE_NAME_KEY || front.get(key).is_some());
        winner.is_some_and(|key| key == FILE_NAME_KEY)
    }
}

/// Returns the keys that the settings name for a date, otherwise the default keys, each with its aliases.
fn keys(settings: &Settings, name: &str, usual: &[&str]) -> Vec<String> {
    let mut named = settings.list(&format!("frontmatter.{name}"));
    if named.is_empty() {
        named.push(":default".to_owned());
    }
    let mut keys: Vec<String> = Vec::new();
    for name in named.iter().map(|name| name.to_lowercase()) {
        let expanded: Vec<&str> = match name.as_str() {
            ":default" => usual.to_vec(),
            name => vec![name],
        };
        for name in expanded {
            let aliases: &[&str] = match name {
                "publishdate" => &["publishdate", "pubdate", "published"],
                "lastmod" => &["lastmod", "modified"],
                "expirydate" => &["expirydate", "unpublishdate"],
                ":git" | ":filemodtime" => &[],
                name => &[name],
            };
            keys.extend(aliases.iter().map(|alias| (*alias).to_owned()));
        }
    }
    keys.dedup();
    keys
}

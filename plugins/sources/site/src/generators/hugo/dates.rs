//! Which keys give a Hugo page its dates ("Configure front matter, dates", Hugo's documentation).
//! What is no fact of the content, the file's time and its last commit, is passed over.

use super::super::conventions::FILE_NAME;
use super::super::settings::Settings;
use crate::document::FrontMatter;

/// The keys of each date, the first one that has a value winning; [`FILE_NAME`] stands for the
/// date that the file's name begins with.
#[derive(Clone, Debug)]
pub(super) struct DateKeys {
    /// The date in addresses.
    pub(super) date: Vec<String>,
    /// When the page appears, or will.
    pub(super) published: Vec<String>,
    /// Until when it is online.
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

    /// Whether the date is the one in the file's name, for then the rest of the name is the slug.
    pub(super) fn is_from_name(&self, front: &FrontMatter) -> bool {
        let winner = self
            .date
            .iter()
            .find(|key| *key == FILE_NAME || front.get(key).is_some());
        winner.is_some_and(|key| key == FILE_NAME)
    }
}

/// The keys that the settings name for a date, else the usual ones; each with its aliases.
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

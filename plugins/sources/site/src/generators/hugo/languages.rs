//! The languages of a Hugo site ("Multilingual mode", Hugo's documentation): their order, the folders
//! of each, and the part of the address that tells them apart.

use serde_json::Value;

use super::super::settings::Settings;
use super::config;
use crate::paths::trim_folder;

/// One language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Language {
    /// Its key in the settings, in lower case.
    pub(super) key: String,
    /// Its tag for readers: `languageCode`, or `locale` as it is called since 0.158.
    pub(super) tag: Option<String>,
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    /// What its pages' paths begin with, empty for most default languages.
    pub(super) prefix: String,
    /// Its own address, if every language has a host of its own.
    pub(super) base_url: Option<String>,
    /// The folder that holds its posts, where it has one of its own.
    pub(super) content: Option<String>,
    /// Whether Hugo leaves its pages out.
    pub(super) disabled: bool,
}

/// The languages of a site, never none.
#[derive(Clone, Debug)]
pub(super) struct Languages {
    pub(super) all: Vec<Language>,
    /// The index of the default one.
    pub(super) default: usize,
}

impl Languages {
    pub(super) fn read(settings: &Settings) -> Self {
        let named = settings.text("defaultcontentlanguage");
        let named = named.map_or_else(|| "en".to_owned(), |key| key.to_lowercase());
        let mut keys = settings.members("languages").map(|(key, _)| key);
        // A default that is no language of the site is as good as none.
        let default_key = match settings.get("languages").and_then(|all| all.get(&named)) {
            Some(_) => named,
            None => keys.next().cloned().unwrap_or(named),
        };
        let in_folder = settings.flag("defaultcontentlanguageinsubdir");
        let disabled: Vec<String> = settings
            .list("disablelanguages")
            .iter()
            .map(|key| key.to_lowercase())
            .collect();
        let mut all: Vec<Language> = settings
            .members("languages")
            .filter(|(_, value)| value.is_object())
            .map(|(key, value)| {
                let own = own_settings(value);
                let is_default = *key == default_key;
                Language {
                    tag: own.text("languagecode").or_else(|| own.text("locale")),
                    title: own.text("title"),
                    description: own.text("params.description"),
                    prefix: if is_default && !in_folder { "" } else { key }.to_owned(),
                    base_url: config::base_url(&own),
                    content: own
                        .text("contentdir")
                        .map(|path| trim_folder(&path).to_owned()),
                    disabled: own.flag("disabled") || disabled.contains(key),
                    key: key.clone(),
                }
            })
            .collect();
        if all.is_empty() {
            all.push(Language {
                prefix: if in_folder { &default_key } else { "" }.to_owned(),
                key: default_key.clone(),
                ..Language::default()
            });
        }
        // Where every language has its own host, none is told apart by its path.
        if all.iter().all(|language| language.base_url.is_some()) {
            all.iter_mut().for_each(|language| language.prefix.clear());
        }
        let default = all.iter().position(|language| language.key == default_key);
        Self {
            default: default.unwrap_or(0),
            all,
        }
    }

    /// The language that a file's name ends with, as its index.
    pub(super) fn of_suffix(&self, suffix: &str) -> Option<usize> {
        let suffix = suffix.to_lowercase();
        self.all.iter().position(|language| language.key == suffix)
    }

    /// Whether each language has a host of its own ("Multihost", Hugo's documentation).
    pub(super) fn is_multihost(&self) -> bool {
        self.all.iter().all(|language| language.base_url.is_some())
    }
}

fn own_settings(value: &Value) -> Settings {
    Settings(value.as_object().cloned().unwrap_or_default())
}

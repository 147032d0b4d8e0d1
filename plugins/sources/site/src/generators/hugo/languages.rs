//! Reads the languages of a Hugo site ("Multilingual mode", Hugo's documentation): their order, folders
//! and path prefixes.

use serde_json::Value;

use super::super::settings::Settings;
use super::config;
use crate::paths::trim_folder;

/// A language of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Language {
    /// Key of the language in the settings, in lower case.
    pub(super) key: String,
    /// BCP 47 tag of the language: `languageCode`, or `locale` since version 0.158.
    pub(super) tag: Option<String>,
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    /// The prefix of its pages' paths; usually empty for the default language.
    pub(super) prefix: String,
    /// Base URL of the language, if it has its own host.
    pub(super) base_url: Option<String>,
    /// Content folder of the language, if it has one of its own.
    pub(super) content: Option<String>,
    /// `true` if Hugo does not build the pages of the language.
    pub(super) is_disabled: bool,
}

/// The languages of a site, at least one.
#[derive(Clone, Debug)]
pub(super) struct Languages {
    pub(super) all: Vec<Language>,
    /// The index of the default language.
    pub(super) default: usize,
    /// `true` if languages have their own hosts ("Multihost", Hugo's documentation). One `baseURL` of a language is
    /// enough; the others then use that of the site.
    pub(super) is_multihost: bool,
}

impl Languages {
    pub(super) fn read(settings: &Settings) -> Self {
        let named = settings.text("defaultcontentlanguage");
        let named = named.map_or_else(|| "en".to_owned(), |key| key.to_lowercase());
        let mut keys = settings.members("languages").map(|(key, _)| key);
        // A default that is not a language of the site is ignored.
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
                    is_disabled: own.flag("disabled") || disabled.contains(key),
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
        let mut members = settings.members("languages");
        let is_multihost = members.any(|(_, value)| value.get("baseurl").is_some());
        // With own hosts, paths need no prefix.
        if is_multihost {
            all.iter_mut().for_each(|language| language.prefix.clear());
        }
        let default = all.iter().position(|language| language.key == default_key);
        Self {
            default: default.unwrap_or(0),
            is_multihost,
            all,
        }
    }

    /// Returns the index of the language with the key `suffix`, which ends a file's name.
    pub(super) fn find_by_suffix(&self, suffix: &str) -> Option<usize> {
        let suffix = suffix.to_lowercase();
        self.all.iter().position(|language| language.key == suffix)
    }
}

fn own_settings(value: &Value) -> Settings {
    Settings(value.as_object().cloned().unwrap_or_default())
}

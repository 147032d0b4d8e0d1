//! Reads `pelicanconf.py`, overridden by `publishconf.py`, with which sites are published ("Settings",
//! Pelican's documentation).

use std::path::Path;

use config_literals::python::{Assignments, NotLiteral};
use serde_json::{Map, Value};
use syndicate_api::Result;

use super::super::config_file;
use crate::value::scalar;

/// Names of the file with the settings of every build. The second is from before Pelican 3.1.
pub(in super::super) const NAMES: &[&str] = &["pelicanconf.py", "pelican.conf.py"];

/// The file with the settings of the published site, which imports the first.
const PUBLISH_FILE: &str = "publishconf.py";

/// Settings that are used here. Other settings that cannot be read are ignored.
const USED_SETTINGS: &[&str] = &[
    "ARTICLE_EXCLUDES",
    "ARTICLE_LANG_URL",
    "ARTICLE_PATHS",
    "ARTICLE_URL",
    "AUTHOR",
    "DEFAULT_CATEGORY",
    "DEFAULT_DATE",
    "DEFAULT_LANG",
    "DEFAULT_METADATA",
    "EXTRA_PATH_METADATA",
    "FILENAME_METADATA",
    "IGNORE_FILES",
    "PAGE_PATHS",
    "PATH",
    "PATH_METADATA",
    "SITENAME",
    "SITESUBTITLE",
    "SITEURL",
    "SLUGIFY_PRESERVE_CASE",
    "SLUGIFY_SOURCE",
    "SLUGIFY_USE_UNICODE",
    "SLUG_REGEX_SUBSTITUTIONS",
    "SUMMARY_BEGIN_MARKER",
    "SUMMARY_END_MARKER",
    "SUMMARY_MAX_LENGTH",
    "SUMMARY_MAX_PARAGRAPHS",
    "TIMEZONE",
    "USE_FOLDER_AS_CATEGORY",
];

/// The settings of a Pelican site.
#[derive(Clone, Debug, Default)]
pub(super) struct Config {
    values: Map<String, Value>,
    /// The files that were read.
    pub(super) files: Vec<String>,
    /// Notes about settings that only Python can evaluate.
    pub(super) notes: Vec<String>,
}

impl Config {
    pub(super) fn load(root: &Path) -> Result<Self> {
        let mut assigned = Assignments::default();
        let mut config = Self::default();
        let own = config_file::find(root, NAMES).unwrap_or(NAMES[0]);
        for name in [own, PUBLISH_FILE] {
            let path = root.join(name);
            if !path.is_file() {
                continue;
            }
            let text = config_file::read(&path)?;
            let unknown = assigned.read(&text).into_iter();
            let used = unknown.filter(|setting| USED_SETTINGS.contains(&setting.name.as_str()));
            config.notes.extend(used.map(
                |NotLiteral {
                     name: setting,
                     line,
                 }| {
                    format!(
                        "`{setting}` on line {line} of `{name}` is not a literal and is ignored, \
                         because the file is not run"
                    )
                },
            ));
            config.files.push(name.to_owned());
        }
        config.values = assigned.into_values();
        config.check_time_zone(root)?;
        Ok(config)
    }

    /// Checks the time zone. The last file overrides the others.
    fn check_time_zone(&self, root: &Path) -> Result<()> {
        let names_zone = |file: &&String| {
            let text = config_file::read(&root.join(file)).unwrap_or_default();
            text.lines().any(|line| line.starts_with("TIMEZONE"))
        };
        let file = self.files.iter().rev().find(names_zone);
        match (self.text("TIMEZONE"), file.or(self.files.first())) {
            (Some(zone), Some(file)) => config_file::check_time_zone(&root.join(file), zone),
            _ => Ok(()),
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        self.values.get(key).filter(|value| !value.is_null())
    }

    /// Returns the string under `key`, unless it is blank.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        let text = self.get(key)?.as_str()?.trim();
        (!text.is_empty()).then_some(text)
    }

    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        self.get(key)?.as_bool()
    }

    /// Returns a list of strings, which may be written as a single string; `None` if it is not set.
    pub(super) fn list(&self, key: &str) -> Option<Vec<String>> {
        Some(match self.get(key)? {
            Value::Array(values) => values.iter().filter_map(scalar).collect(),
            value => scalar(value).into_iter().collect(),
        })
    }
}

//! Reads Hugo's settings ("Configuration", Hugo's documentation): one file at the site's root, overridden
//! by the files in `config/_default`, then by those in `config/production`, the environment in which sites
//! are published. Keys are case-insensitive.

use std::path::Path;

use serde_json::{Map, Value};
use syndicate_api::Result;

use super::super::config_file;
use super::super::settings::Settings;

/// The names of the file at the root, in Hugo's order of precedence.
pub(in super::super) const NAMES: &[&str] = &[
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config.json",
];

/// The folder that contains [`CONFIG_FOLDERS`].
pub(in super::super) const CONFIG_FOLDER: &str = "config";

/// Folders whose files override it.
const CONFIG_FOLDERS: &[&str] = &["config/_default", "config/production"];

/// The files of those folders that affect posts, named after the key that they contain. `config` and
/// `hugo` contain all keys.
const PART_FILES: &[&str] = &[
    "cascade",
    "config",
    "frontmatter",
    "hugo",
    "languages",
    "module",
    "params",
    "permalinks",
];

/// Keys that distinguish Hugo's `config.*` from other files of that name.
const DISTINCTIVE_KEYS: &[&str] = &[
    "archetypedir",
    "baseurl",
    "builddrafts",
    "contentdir",
    "defaultcontentlanguage",
    "enablerobotstxt",
    "languagecode",
    "mainsections",
    "permalinks",
    "publishdir",
];

/// Keys that move the content to another folder than `content`.
const CONTENT_KEYS: &[&str] = &["contentdir", "languages", "module"];

/// Placeholder URLs in Hugo's own examples.
const PLACEHOLDER_URLS: &[&str] = &[
    "example.com",
    "example.org",
    "www.example.com",
    "www.example.org",
];

/// Loads the site's settings, with keys in lower case.
///
/// # Errors
/// Returns an error with the file's name and the position if a file cannot be read or names an unknown time zone.
pub(super) fn load(root: &Path) -> Result<Settings> {
    let mut settings = Settings::default();
    for file in files(root) {
        let read = Settings::read(&root.join(&file))?.with_lowercase_keys();
        let read = nest_under_key(&file, read);
        read.check_time_zone(&root.join(&file))?;
        settings.overlay(read);
    }
    Ok(settings)
}

/// Returns the files of the settings, relative to the site's root. Later files override earlier ones.
pub(super) fn files(root: &Path) -> Vec<String> {
    let main = config_file::find(root, NAMES);
    let mut files: Vec<String> = main.map(str::to_owned).into_iter().collect();
    for folder in CONFIG_FOLDERS {
        let mut parts: Vec<(bool, String)> = std::fs::read_dir(root.join(folder))
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter_map(|name| Some((!is_whole(key_of(&name)?), name)))
            .collect();
        // Files with all keys come first, so that a file with one key overrides them.
        parts.sort();
        files.extend(
            parts
                .into_iter()
                .map(|(_, name)| format!("{folder}/{name}")),
        );
    }
    files
}

/// Returns the key that a file of a config folder contains; `None` if it does not affect posts.
fn key_of(name: &str) -> Option<&str> {
    let (stem, extension) = name.rsplit_once('.')?;
    let known = matches!(extension, "toml" | "yaml" | "yml" | "json");
    let key = stem.split('.').next()?;
    (known && PART_FILES.contains(&key)).then_some(key)
}

fn is_whole(key: &str) -> bool {
    matches!(key, "config" | "hugo")
}

/// Nests the settings of one file under their key: `params.fr.toml` contains `languages.fr.params`.
fn nest_under_key(file: &str, read: Settings) -> Settings {
    let Some((_, name)) = file.rsplit_once('/') else {
        return read;
    };
    let parts: Vec<&str> = name.split('.').collect();
    let nested = |key: &str, map: Map<String, Value>| -> Map<String, Value> {
        [(key.to_lowercase(), Value::Object(map))]
            .into_iter()
            .collect()
    };
    Settings(match parts[..] {
        [key, _] if is_whole(key) => read.0,
        [key, _] => nested(key, remove_own_key(key, read.0)),
        [key @ "params", language, _] => nested(
            "languages",
            nested(language, nested(key, remove_own_key(key, read.0))),
        ),
        [_, language, _] => nested("languages", nested(language, read.0)),
        _ => Map::new(),
    })
}

/// Removes the outer key of a file that repeats its own key, such as `[params]` in `params.toml`.
fn remove_own_key(key: &str, mut map: Map<String, Value>) -> Map<String, Value> {
    match map.remove(key) {
        Some(Value::Object(inner)) if map.is_empty() => inner,
        Some(value) => {
            map.insert(key.to_owned(), value);
            map
        }
        None => map,
    }
}

/// Returns `true` if `root` contains a Hugo site. A `config.toml` may also be Zola's, so its keys decide.
/// One that cannot be read is assumed to be Hugo's if Hugo's folders exist; its error is then reported.
pub(in super::super) fn is_site(root: &Path) -> Result<bool> {
    let files = files(root);
    let Some(first) = files.first() else {
        return Ok(false);
    };
    if !first.starts_with("config.") {
        return Ok(true);
    }
    let has = |folder: &str| root.join(folder).is_dir();
    let has_theme = ["archetypes", "layouts", "themes"]
        .iter()
        .any(|folder| has(folder));
    match Settings::read(&root.join(first)) {
        Ok(settings) => {
            let settings = settings.with_lowercase_keys();
            let is_any = |keys: &[&str]| keys.iter().any(|key| settings.get(key).is_some());
            let has_content = has("content") || has_theme || is_any(CONTENT_KEYS);
            Ok(has_content && is_any(DISTINCTIVE_KEYS) && settings.get("base_url").is_none())
        }
        Err(error) if has("content") && has_theme => Err(error),
        Err(_) => Ok(false),
    }
}

/// Returns the site's URL, unless it is a placeholder or only a path.
pub(super) fn base_url(settings: &Settings) -> Option<String> {
    let url = settings.text("baseurl")?;
    let host = url::Url::parse(&url).ok()?.host_str()?.to_owned();
    (!PLACEHOLDER_URLS.contains(&host.as_str())).then_some(url)
}

/// Returns the name of the main config file, for messages.
pub(super) fn name(root: &Path) -> String {
    let whole = |file: &String| {
        let name = file.rsplit('/').next().unwrap_or(file);
        key_of(name).is_some_and(is_whole)
    };
    let found = files(root).into_iter().find(whole);
    found.unwrap_or_else(|| NAMES[0].to_owned())
}

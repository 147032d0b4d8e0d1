//! Where Hugo's settings lie ("Configuration", Hugo's documentation): one file at the site's root,
//! over it the files of `config/_default`, over those the files of `config/production`, since a site
//! is published in that environment. Keys have no case.

use std::path::Path;

use serde_json::{Map, Value};
use syndicate_api::Result;

use super::super::config_file;
use super::super::settings::Settings;

/// The file at the root, in Hugo's order.
const NAMES: &[&str] = &[
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config.json",
];

/// The folders of files that go over it.
const FOLDERS: &[&str] = &["config/_default", "config/production"];

/// The files of those folders that decide about posts, named by the key that they hold; `config` and
/// `hugo` hold the whole.
const PARTS: &[&str] = &[
    "cascade",
    "config",
    "frontmatter",
    "hugo",
    "languages",
    "module",
    "params",
    "permalinks",
];

/// Keys that tell Hugo's `config.*` from files of that name of anything else.
const OWN_KEYS: &[&str] = &[
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

/// Keys that say that the content lies elsewhere than in `content`.
const ELSEWHERE: &[&str] = &["contentdir", "languages", "module"];

/// Addresses that stand in Hugo's own examples and are nobody's site.
const EXAMPLES: &[&str] = &[
    "example.com",
    "example.org",
    "www.example.com",
    "www.example.org",
];

/// The site's settings, with their keys in lower case.
pub(super) fn load(root: &Path) -> Result<Settings> {
    let mut settings = Settings::default();
    for file in files(root) {
        let read = Settings::read(&root.join(&file))?.lowered();
        settings.overlay(placed(&file, read));
    }
    Ok(settings)
}

/// The files that hold the settings, relative to the site's root, each over those before it.
pub(super) fn files(root: &Path) -> Vec<String> {
    let main = config_file::find(root, NAMES);
    let mut files: Vec<String> = main.map(str::to_owned).into_iter().collect();
    for folder in FOLDERS {
        let mut parts: Vec<(bool, String)> = std::fs::read_dir(root.join(folder))
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter_map(|name| Some((!is_whole(key_of(&name)?), name)))
            .collect();
        // The whole first, so that a part goes over it.
        parts.sort();
        files.extend(
            parts
                .into_iter()
                .map(|(_, name)| format!("{folder}/{name}")),
        );
    }
    files
}

/// The key that a file of a config folder holds, unless it decides about nothing here.
fn key_of(name: &str) -> Option<&str> {
    let (stem, extension) = name.rsplit_once('.')?;
    let known = matches!(extension, "toml" | "yaml" | "yml" | "json");
    let key = stem.split('.').next()?;
    (known && PARTS.contains(&key)).then_some(key)
}

fn is_whole(key: &str) -> bool {
    matches!(key, "config" | "hugo")
}

/// The settings of one file at their place in the whole: `params.fr.toml` holds
/// `languages.fr.params`.
fn placed(file: &str, read: Settings) -> Settings {
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
        [key, _] => nested(key, unwrapped(key, read.0)),
        [key @ "params", language, _] => nested(
            "languages",
            nested(language, nested(key, unwrapped(key, read.0))),
        ),
        [_, language, _] => nested("languages", nested(language, read.0)),
        _ => Map::new(),
    })
}

/// A part that repeats its own key, `[params]` in `params.toml`, holds what lies below it.
fn unwrapped(key: &str, mut map: Map<String, Value>) -> Map<String, Value> {
    match map.remove(key) {
        Some(Value::Object(inner)) if map.is_empty() => inner,
        Some(value) => {
            map.insert(key.to_owned(), value);
            map
        }
        None => map,
    }
}

/// Whether a Hugo site lies at `root`. A `config.toml` may be Zola's as well, so its keys decide; one
/// that cannot be read is Hugo's if Hugo's folders are there, and the error is then told.
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
            let settings = settings.lowered();
            let is_any = |keys: &[&str]| keys.iter().any(|key| settings.get(key).is_some());
            let has_content = has("content") || has_theme || is_any(ELSEWHERE);
            Ok(has_content && is_any(OWN_KEYS) && settings.get("base_url").is_none())
        }
        Err(error) if has("content") && has_theme => Err(error),
        Err(_) => Ok(false),
    }
}

/// The address that posts' addresses begin with, unless it is one of an example or a mere path.
pub(super) fn base_url(settings: &Settings) -> Option<String> {
    let url = settings.text("baseurl")?;
    let host = url::Url::parse(&url).ok()?.host_str()?.to_owned();
    (!EXAMPLES.contains(&host.as_str())).then_some(url)
}

/// The file that holds most settings, for messages.
pub(super) fn name(root: &Path) -> String {
    let whole = |file: &String| {
        let name = file.rsplit('/').next().unwrap_or(file);
        key_of(name).is_some_and(is_whole)
    };
    let found = files(root).into_iter().find(whole);
    found.unwrap_or_else(|| NAMES[0].to_owned())
}

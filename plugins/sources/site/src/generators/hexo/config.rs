//! Reads `_config.yml` ("Configuration", Hexo's documentation). Hexo accepts nearly any type for any key,
//! so a value of an unexpected type is treated as absent, like Hexo's defaults.

use std::path::Path;

use serde_json::Value;
use syndicate_api::{Diagnostic, FileSpan, Result};

use super::super::config_file;
use super::super::settings::Settings;
use crate::document::{YamlRules, yaml};
use crate::value::{invalid, is_blank, scalar};

/// The names of Hexo's config file, in its order of precedence.
pub(in super::super) const NAMES: &[&str] = &["_config.yml", "_config.yaml", "_config.json"];

/// Keys that Jekyll's config file, which has the same name, does not have.
const DISTINCTIVE_KEYS: &[&str] = &[
    "category_map",
    "default_layout",
    "new_post_name",
    "per_page",
    "post_asset_folder",
    "public_dir",
    "skip_render",
    "source_dir",
    "tag_map",
];

/// Keys that decide which files are posts and which URLs they have.
const DECISIVE_KEYS: &[&str] = &[
    "ignore",
    "new_post_name",
    "permalink",
    "root",
    "skip_render",
    "source_dir",
    "timezone",
    "title",
    "url",
];

/// Hexo's default `url`, a placeholder.
pub(super) const DEFAULT_URL: &str = "http://example.com";

/// The YAML that Hexo accepts in its config.
const YAML: YamlRules = YamlRules {
    expands_tabs: true,
    last_key_wins: true,
};

/// Reads the config file at `path`.
pub(super) fn read(path: &Path) -> Result<Settings> {
    let settings = Settings::read_with(path, |text| {
        check_duplicates(text)?;
        yaml(text, 1, YAML)
    })?;
    settings.check_time_zone(path)?;
    Ok(settings)
}

/// Returns the tags whose posts hexo-blog-encrypt encrypts.
pub(super) fn encrypted_tags(settings: &Settings) -> Vec<String> {
    let tags = settings.get("encrypt.tags").and_then(Value::as_array);
    let names = tags.into_iter().flatten().filter_map(|tag| {
        let has_password = tag
            .get("password")
            .is_some_and(|password| !is_blank(password));
        tag.get("name").and_then(scalar).filter(|_| has_password)
    });
    names.collect()
}

/// Checks that no key of [`DECISIVE_KEYS`] occurs twice. Other duplicate keys are ignored.
fn check_duplicates(text: &str) -> Result<(), Diagnostic> {
    let mut known: Vec<&str> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let Some(key) = line
            .split_once(':')
            .map(|(key, _)| key)
            .filter(|key| DECISIVE_KEYS.contains(key))
        else {
            continue;
        };
        if known.contains(&key) {
            return Err(invalid(format!("duplicate key `{key}`"))
                .at(FileSpan::of_line(index + 1))
                .with_hint("keep one of them"));
        }
        known.push(key);
    }
    Ok(())
}

/// Returns a member of the map under `key` as text.
pub(super) fn member(settings: &Settings, key: &str, member: &str) -> Option<String> {
    match settings.get(key)?.get(member)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// Returns `true` if `root` contains a Hexo site. Jekyll's config file has the same name, so the keys
/// decide, and then the folder of posts. A file that cannot be read is assumed to be Hexo's if that folder
/// exists; its error is then reported.
pub(in super::super) fn is_site(root: &Path) -> Result<bool> {
    let Some(name) = config_file::find(root, NAMES) else {
        return Ok(false);
    };
    let has_posts = root.join("source/_posts").is_dir();
    match read(&root.join(name)) {
        Ok(settings) => Ok(has_posts || settings.has_any(DISTINCTIVE_KEYS)),
        Err(error) if has_posts => Err(error),
        Err(_) => Ok(false),
    }
}

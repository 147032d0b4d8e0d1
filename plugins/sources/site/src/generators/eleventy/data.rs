//! Reads data files for a folder's files or for one file ("Template and Directory Specific Data Files",
//! Eleventy's documentation). Only literals of programs are read. A `permalink` that is not a literal is
//! recorded as unknown, because the default URL would be wrong.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use config_literals::javascript;
use ignore::WalkBuilder;
use regex::Regex;
use serde_json::{Map, Value};
use syndicate_api::{Result, nfc};

use super::super::settings::Settings;
use super::config::Config;
use crate::paths::{basename, join, split_last};
use crate::walk::NODE_MODULES;

/// Suffixes of data files, in ascending order of precedence.
const SUFFIXES: &[&str] = &[
    ".json",
    ".11tydata.json",
    ".11tydata.mjs",
    ".11tydata.cjs",
    ".11tydata.js",
];

/// The key of data that is computed from other data ("Computed Data"). It has precedence over all other data.
pub(super) const COMPUTED_DATA: &str = "eleventyComputed";

/// The extensions of a global data file, in ascending order of precedence.
const GLOBAL_EXTENSIONS: &[&str] = &["json", "mjs", "cjs", "js"];

/// The value of a permalink that is computed by a program.
pub(super) const COMPUTED: &str = "a program";

/// Matches the key `permalink` of a value or a function.
static PERMALINK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"\bpermalink["']?\s*[:(=,]"#).expect("the pattern is a constant")
});

/// The data files of a site.
#[derive(Clone, Debug, Default)]
pub(super) struct Cascade {
    /// Data by the path of a folder, or of a file without its extension, in Unicode form C.
    by_path: BTreeMap<String, Map<String, Value>>,
}

impl Cascade {
    /// Reads all data files in the site's input folder.
    ///
    /// # Errors
    /// Returns an error if one of them is invalid, because it may mark posts as drafts.
    pub(super) fn read(root: &Path, config: &Config) -> Result<Self> {
        let start = root.join(&config.input);
        let mut found: Vec<(String, usize)> = WalkBuilder::new(&start)
            .require_git(false)
            .filter_entry(|entry| entry.depth() == 0 || entry.file_name() != NODE_MODULES)
            .build()
            .flatten()
            .filter_map(|entry| {
                let path = entry.path().strip_prefix(root).ok()?;
                let path = path.to_str()?.replace('\\', "/");
                let rank = SUFFIXES.iter().rposition(|ending| path.ends_with(ending))?;
                (!config.is_excluded(&path)).then_some((path, rank))
            })
            .collect();
        found.sort_by_key(|(path, rank)| (*rank, path.clone()));
        let mut cascade = Self::default();
        let global = global_computed_data(root, config)?;
        if !global.is_empty() {
            let data = Map::from_iter([(COMPUTED_DATA.to_owned(), Value::Object(global))]);
            cascade.by_path.insert(String::new(), data);
        }
        for (path, rank) in found {
            let stem = path.strip_suffix(SUFFIXES[rank]).unwrap_or(&path);
            // `posts/posts.json` applies to the folder, `posts/a.json` to `posts/a.md`.
            let (folder, name) = split_last(stem);
            let is_folders =
                basename(folder) == name || folder.is_empty() && config.input.is_empty();
            let is_named = SUFFIXES[rank] != ".json";
            let key = match (is_folders, is_named) {
                (true, _) => folder,
                (false, true) => stem,
                (false, false) if has_page(&root.join(stem)) => stem,
                (false, false) => continue,
            };
            let data = read(&root.join(&path))?;
            let key = nfc(key).into_owned();
            merge(cascade.by_path.entry(key).or_default(), data);
        }
        Ok(cascade)
    }

    /// Returns the merged data of the file whose path without extension is `stem`.
    pub(super) fn for_page(&self, stem: &str) -> Map<String, Value> {
        let mut data = self.by_path.get("").cloned().unwrap_or_default();
        let mut path = String::new();
        for part in stem.split('/') {
            path = join(&path, part);
            if let Some(own) = self.by_path.get(&path) {
                merge(&mut data, own.clone());
            }
        }
        data
    }

    /// Returns the data of all folders and files.
    pub(super) fn all(&self) -> impl Iterator<Item = &Map<String, Value>> {
        self.by_path.values()
    }
}

fn has_page(stem: &Path) -> bool {
    let with = |extension| {
        let mut path = stem.as_os_str().to_owned();
        path.push(extension);
        Path::new(&path).is_file()
    };
    with(".md") || with(".markdown")
}

/// Reads one data file.
fn read(path: &Path) -> Result<Map<String, Value>> {
    if path
        .extension()
        .is_some_and(|extension| extension == "json")
    {
        return Ok(Settings::read(path)?.0);
    }
    let text = std::fs::read_to_string(path)?;
    let mut data = javascript::read_default_export(&text, &Map::new()).unwrap_or_default();
    note_unknown_permalink(&mut data, &text);
    Ok(data)
}

/// Records that the program `text` computes a permalink, if `data`, which are its literals, lack one.
fn note_unknown_permalink(data: &mut Map<String, Value>, text: &str) {
    let literal = |value: Option<&Value>| value.is_some_and(|value| !value.is_null());
    let computed = data.get(COMPUTED_DATA).and_then(|map| map.get("permalink"));
    let known = [data.get("permalink"), computed].map(literal);
    let literals = known.iter().filter(|is_known| **is_known).count();
    // A program that reads the page's own permalink is assumed to pass it on.
    let passes_on = text.contains("data.permalink");
    let computes = text.contains(COMPUTED_DATA);
    let is_complete = literals > 0 && (!computes || PERMALINK.find_iter(text).count() <= literals);
    if is_complete || passes_on || !PERMALINK.is_match(text) {
        return;
    }
    let unknown = Value::String(COMPUTED.to_owned());
    if computes && !known[1] {
        let map = data
            .entry(COMPUTED_DATA)
            .or_insert_with(|| Map::new().into());
        match map.as_object_mut() {
            Some(map) => map.insert("permalink".to_owned(), unknown),
            None => data.insert(
                COMPUTED_DATA.to_owned(),
                serde_json::json!({"permalink": unknown}),
            ),
        };
    } else {
        data.insert("permalink".to_owned(), unknown);
    }
}

/// Reads the data that a global data file computes for all pages.
fn global_computed_data(root: &Path, config: &Config) -> Result<Map<String, Value>> {
    let mut data = Map::new();
    for extension in GLOBAL_EXTENSIONS {
        let path = root
            .join(&config.data)
            .join(format!("{COMPUTED_DATA}.{extension}"));
        if path.is_file() {
            merge(&mut data, read(&path)?);
        }
    }
    Ok(data)
}

/// Merges `other` into `data`: maps recursively, lists by concatenation ("Data Deep Merge").
pub(super) fn merge(data: &mut Map<String, Value>, other: Map<String, Value>) {
    for (key, value) in other {
        match (data.get_mut(&key), value) {
            (Some(Value::Object(inner)), Value::Object(over)) => merge(inner, over),
            (Some(Value::Array(list)), Value::Array(more)) => list.extend(more),
            (_, value) => {
                data.insert(key, value);
            }
        }
    }
}

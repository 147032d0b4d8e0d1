//! `_config.yml` ("Configuration", Jekyll's documentation). What is of another kind than expected is
//! treated as absent, as Jekyll's defaults would have it; a file that is no YAML stops Jekyll and
//! stops us.

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use serde_json::{Map, Value};
use syndicate_api::{Error, Result};

use crate::document::yaml;

use crate::value::scalar;

/// The names that Jekyll looks for, in its order; `_config.toml` is not read.
const NAMES: &[&str] = &["_config.yml", "_config.yaml"];

/// Keys that Hexo's file of the same name does not have.
const OWN_KEYS: &[&str] = &[
    "baseurl",
    "collections",
    "collections_dir",
    "defaults",
    "destination",
    "excerpt_separator",
    "gems",
    "kramdown",
    "lsi",
    "markdown_ext",
    "paginate",
    "paginate_path",
    "plugins",
    "pygments",
    "remote_theme",
    "safe",
    "sass",
    "show_drafts",
];

/// Keys that Jekyll's file does not have.
const HEXOS_KEYS: &[&str] = &[
    "category_map",
    "new_post_name",
    "post_asset_folder",
    "public_dir",
    "skip_render",
    "source_dir",
    "tag_map",
];

/// The site's config.
#[derive(Clone, Debug, Default)]
pub(super) struct Config {
    /// The file's name, empty where there is none.
    pub(super) name: String,
    map: Map<String, Value>,
}

impl Config {
    /// Reads the config file of the site at `root`.
    pub(super) fn load(root: &Path) -> Result<Self> {
        match file(root) {
            Some(path) => Self::read(&path),
            // Jekyll needs none.
            None => Ok(Self::default()),
        }
    }

    fn read(path: &Path) -> Result<Self> {
        let broken = |what: String| Error::msg(format!("`{}`:{what}", path.display()));
        let text = std::fs::read_to_string(path).map_err(|error| broken(format!(" {error}")))?;
        let text = text.trim_start_matches('\u{feff}');
        let map = match yaml(text, 1, false).map_err(|flaw| broken(flaw.to_string()))? {
            Value::Object(map) => map,
            Value::Null => Map::new(),
            _ => return Err(broken(" it is no list of keys and values".to_owned())),
        };
        let name = path.file_name().unwrap_or_default();
        let config = Self {
            name: name.to_string_lossy().into_owned(),
            map,
        };
        match config.text("timezone") {
            Some(zone) if TimeZone::get(zone).is_err() => {
                let index = text.lines().position(|line| line.starts_with("timezone"));
                let line = index.map(|index| format!("{}:", index + 1));
                Err(broken(format!(
                    "{} there is no time zone `{zone}`",
                    line.unwrap_or_default()
                )))
            }
            _ => Ok(config),
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        self.map.get(key)
    }

    /// A string that is not blank.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        let text = self.map.get(key)?.as_str()?.trim();
        (!text.is_empty()).then_some(text)
    }

    /// The strings of a list.
    pub(super) fn list(&self, key: &str) -> Vec<String> {
        match self.map.get(key) {
            Some(Value::Array(values)) => values.iter().filter_map(scalar).collect(),
            _ => Vec::new(),
        }
    }

    /// A folder, without slashes at its ends; empty for the site's root.
    pub(super) fn folder(&self, key: &str) -> &str {
        let folder = self.text(key).unwrap_or_default();
        folder.trim_start_matches("./").trim_matches(['/', '.'])
    }

    /// The permalink pattern of a collection's own settings.
    pub(super) fn collection_permalink(&self, label: &str) -> Option<&str> {
        self.map
            .get("collections")?
            .get(label)?
            .get("permalink")?
            .as_str()
    }

    /// The collections besides posts whose documents get pages of their own.
    pub(super) fn collections(&self) -> impl Iterator<Item = &str> {
        let all = self.map.get("collections").and_then(Value::as_object);
        let labels = all.into_iter().flat_map(|all| all.keys());
        labels
            .map(String::as_str)
            .filter(|label| *label != "posts" && self.renders(label))
    }

    /// Whether the collection's documents get pages of their own.
    pub(super) fn renders(&self, label: &str) -> bool {
        let collection = self.map.get("collections").and_then(|all| all.get(label));
        collection
            .and_then(|collection| collection.get("output")?.as_bool())
            .unwrap_or(false)
    }
}

/// The config file at `root`.
fn file(root: &Path) -> Option<PathBuf> {
    NAMES
        .iter()
        .map(|name| root.join(name))
        .find(|path| path.is_file())
}

/// Whether a Jekyll site lies at `root`. Hexo's config file has the same name, so its keys decide,
/// and where they do not, a folder that only Jekyll has. A file that cannot be read is Jekyll's if
/// such a folder is there; the error is then told.
pub(crate) fn is_site(root: &Path) -> Result<bool> {
    let Some(path) = file(root) else {
        return Ok(false);
    };
    let has_folder = ["_posts", "_layouts", "_includes"]
        .iter()
        .any(|folder| root.join(folder).is_dir());
    match Config::read(&path) {
        Ok(config) => {
            let has = |keys: &[&str]| keys.iter().any(|key| config.map.contains_key(*key));
            // Hexo's usual folder is Jekyll's only where the config says so.
            let is_hexos = root.join("source/_posts").is_dir() && config.text("source").is_none();
            Ok(!has(HEXOS_KEYS) && (has_folder || !is_hexos && has(OWN_KEYS)))
        }
        Err(error) if has_folder => Err(error),
        Err(_) => Ok(false),
    }
}

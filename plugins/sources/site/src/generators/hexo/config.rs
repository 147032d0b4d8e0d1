//! `_config.yml` ("Configuration", Hexo's documentation). Hexo takes nearly anything for any key,
//! so a value of another kind than expected is treated as absent, as Hexo's defaults would have it.

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use serde_json::{Map, Value};
use syndicate_api::{Error, Result};

use crate::document::yaml;
use crate::flaw::Flaw;

/// The names that Hexo looks for, in its order.
const NAMES: &[&str] = &["_config.yml", "_config.yaml", "_config.json"];

/// Keys that Jekyll's file of the same name does not have.
const OWN_KEYS: &[&str] = &[
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

/// Hexo's own default, which is nobody's address.
pub(super) const DEFAULT_URL: &str = "http://example.com";

/// The site's config.
#[derive(Clone, Debug, Default)]
pub(super) struct Config {
    map: Map<String, Value>,
}

impl Config {
    /// Reads the config file of the site at `root`.
    pub(super) fn load(root: &Path) -> Result<Self> {
        let Some(path) = file(root) else {
            return Err(Error::msg(format!(
                "there is no Hexo site at `{}`: it has no `_config.yml`",
                root.display()
            )));
        };
        Self::read(&path)
    }

    fn read(path: &Path) -> Result<Self> {
        let broken = |what: String| Error::msg(format!("`{}`:{what}", path.display()));
        let text = std::fs::read_to_string(path).map_err(|error| broken(format!(" {error}")))?;
        let text = text.trim_start_matches('\u{feff}');
        match yaml(text, 1, true).map_err(|flaw: Flaw| broken(flaw.to_string()))? {
            Value::Object(map) => {
                let config = Self { map };
                match config.unknown_zone() {
                    Some(zone) => Err(broken(format!(
                        "{} there is no time zone `{zone}`",
                        place(text, "timezone")
                    ))),
                    None => Ok(config),
                }
            }
            Value::Null => Ok(Self::default()),
            _ => Err(broken(" it is no list of keys and values".to_owned())),
        }
    }

    fn unknown_zone(&self) -> Option<&str> {
        self.text("timezone")
            .filter(|name| TimeZone::get(name).is_err())
    }

    /// Whether the keys are Hexo's rather than Jekyll's.
    fn is_hexos(&self) -> bool {
        OWN_KEYS.iter().any(|key| self.map.contains_key(*key))
    }

    /// A string that is not blank.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        let text = self.map.get(key)?.as_str()?.trim();
        (!text.is_empty()).then_some(text)
    }

    /// A string, or the first of a list.
    pub(super) fn first(&self, key: &str) -> Option<&str> {
        match self.map.get(key)? {
            Value::Array(values) => values.first()?.as_str(),
            _ => self.text(key),
        }
    }

    /// A string or a list of strings.
    pub(super) fn list(&self, key: &str) -> Vec<&str> {
        match self.map.get(key) {
            Some(Value::String(text)) => vec![text],
            Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }

    pub(super) fn flag(&self, key: &str) -> bool {
        self.map.get(key).and_then(Value::as_bool).unwrap_or(false)
    }

    pub(super) fn number(&self, key: &str) -> Option<u64> {
        self.map.get(key)?.as_u64()
    }

    /// A value of a map, as text.
    pub(super) fn member(&self, key: &str, member: &str) -> Option<String> {
        match self.map.get(key)?.get(member)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(flag) => Some(flag.to_string()),
            _ => None,
        }
    }
}

/// `LINE:` for the line of a key, or nothing.
fn place(text: &str, key: &str) -> String {
    let line = text.lines().position(|line| line.starts_with(key));
    line.map(|index| format!("{}:", index + 1))
        .unwrap_or_default()
}

/// The config file at `root`.
pub(super) fn file(root: &Path) -> Option<PathBuf> {
    NAMES
        .iter()
        .map(|name| root.join(name))
        .find(|path| path.is_file())
}

/// Whether a Hexo site lies at `root`: Jekyll's config file has the same name, so its keys decide,
/// and where they do not, the folder of posts. A file that cannot be read is Hexo's if the folder
/// is; the error is then told.
pub(crate) fn is_site(root: &Path) -> Result<bool> {
    let Some(path) = file(root) else {
        return Ok(false);
    };
    let has_posts = root.join("source/_posts").is_dir();
    match Config::read(&path) {
        Ok(config) => Ok(config.is_hexos() || has_posts),
        Err(error) if has_posts => Err(error),
        Err(_) => Ok(false),
    }
}

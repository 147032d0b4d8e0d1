//! Reads `_config.yml` ("Configuration", Jekyll's documentation). A value of an unexpected type is treated
//! as absent, like Jekyll's defaults. Invalid YAML is an error, as in Jekyll.

use std::path::Path;

use serde_json::Value;
use syndicate_api::Result;

use super::super::config_file;
use super::super::settings::Settings;
use crate::document::YamlRules;

/// The names of Jekyll's config file, in its order of precedence. `_config.toml` is not supported.
pub(in super::super) const NAMES: &[&str] = &["_config.yml", "_config.yaml"];

/// Keys that Hexo's config file, which has the same name, does not have.
const DISTINCTIVE_KEYS: &[&str] = &[
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

/// Keys of Hexo's config file that Jekyll's does not have.
const HEXO_KEYS: &[&str] = &[
    "category_map",
    "new_post_name",
    "post_asset_folder",
    "public_dir",
    "skip_render",
    "source_dir",
    "tag_map",
];

/// YAML as Ruby reads it.
pub(super) const YAML: YamlRules = YamlRules {
    expands_tabs: false,
    last_key_wins: true,
};

/// The config of a Jekyll site.
#[derive(Clone, Debug, Default)]
pub(super) struct Config {
    /// The file's name; empty if the site has no config file.
    pub(super) name: String,
    pub(super) settings: Settings,
}

impl Config {
    /// Reads the config file of the site at `root`, which is optional.
    pub(super) fn load(root: &Path) -> Result<Self> {
        match config_file::find(root, NAMES) {
            Some(name) => Self::read(root, name),
            None => Ok(Self::default()),
        }
    }

    fn read(root: &Path, name: &str) -> Result<Self> {
        let path = root.join(name);
        let settings = Settings::read(&path)?;
        settings.check_time_zone(&path)?;
        Ok(Self {
            name: name.to_owned(),
            settings,
        })
    }

    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        self.settings.get(key)
    }

    /// Returns the string under `key`, unless it is blank.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.settings.string(key)
    }

    /// Returns `true` if the config lists this plugin.
    pub(super) fn has_plugin(&self, name: &str) -> bool {
        let lists = ["plugins", "gems"].map(|key| self.settings.list(key));
        lists.concat().iter().any(|plugin| plugin == name)
    }

    /// Returns a folder without slashes at its ends; empty for the site's root.
    pub(super) fn folder(&self, key: &str) -> &str {
        let folder = self.text(key).unwrap_or_default();
        folder.trim_start_matches("./").trim_matches(['/', '.'])
    }

    /// Returns the permalink pattern in a collection's settings.
    pub(super) fn collection_permalink(&self, label: &str) -> Option<&str> {
        self.collection(label)?.get("permalink")?.as_str()
    }

    /// Returns the collections other than posts whose documents have pages.
    pub(super) fn collections(&self) -> impl Iterator<Item = &str> {
        let labels = self.settings.members("collections");
        labels
            .map(|(label, _)| label.as_str())
            .filter(|label| *label != "posts" && self.has_pages(label))
    }

    /// Returns `true` if the collection's documents have pages.
    pub(super) fn has_pages(&self, label: &str) -> bool {
        let output = self.collection(label).and_then(|own| own.get("output"));
        output.and_then(Value::as_bool).unwrap_or(false)
    }

    fn collection(&self, label: &str) -> Option<&Value> {
        self.get("collections")?.get(label)
    }
}

/// Returns `true` if `root` contains a Jekyll site. Hexo's config file has the same name, so the keys
/// decide, and then a folder that only Jekyll has. A file that cannot be read is assumed to be Jekyll's if
/// such a folder exists; its error is then reported.
pub(in super::super) fn is_site(root: &Path) -> Result<bool> {
    let Some(name) = config_file::find(root, NAMES) else {
        return Ok(false);
    };
    let has_folder = ["_posts", "_layouts", "_includes"]
        .iter()
        .any(|folder| root.join(folder).is_dir());
    match Config::read(root, name) {
        Ok(config) => {
            let has = |keys: &[&str]| config.settings.has_any(keys);
            // Hexo's default folder is Jekyll's only if `source` names it.
            let is_hexos = root.join("source/_posts").is_dir() && config.text("source").is_none();
            Ok(!has(HEXO_KEYS) && (has_folder || !is_hexos && has(DISTINCTIVE_KEYS)))
        }
        Err(error) if has_folder => Err(error),
        Err(_) => Ok(false),
    }
}

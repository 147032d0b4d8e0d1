//! `_config.yml` ("Configuration", Jekyll's documentation). What is of another kind than expected is
//! treated as absent, as Jekyll's defaults would have it; a file that is no YAML stops Jekyll and
//! stops us.

use std::path::Path;

use serde_json::Value;
use syndicate_api::Result;

use super::super::config_file;
use super::super::settings::Settings;
use crate::document::YamlRules;

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

/// How Ruby reads YAML.
pub(super) const YAML: YamlRules = YamlRules {
    expands_tabs: false,
    last_key_wins: true,
};

/// The site's config.
#[derive(Clone, Debug, Default)]
pub(super) struct Config {
    /// The file's name, empty where there is none.
    pub(super) name: String,
    pub(super) settings: Settings,
}

impl Config {
    /// Reads the config file of the site at `root`; Jekyll needs none.
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

    /// A string that is not blank.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.settings.string(key)
    }

    /// Whether the config lists this plugin.
    pub(super) fn has_plugin(&self, name: &str) -> bool {
        let lists = ["plugins", "gems"].map(|key| self.settings.list(key));
        lists.concat().iter().any(|plugin| plugin == name)
    }

    /// A folder, without slashes at its ends; empty for the site's root.
    pub(super) fn folder(&self, key: &str) -> &str {
        let folder = self.text(key).unwrap_or_default();
        folder.trim_start_matches("./").trim_matches(['/', '.'])
    }

    /// The permalink pattern of a collection's own settings.
    pub(super) fn collection_permalink(&self, label: &str) -> Option<&str> {
        self.collection(label)?.get("permalink")?.as_str()
    }

    /// The collections besides posts whose documents get pages of their own.
    pub(super) fn collections(&self) -> impl Iterator<Item = &str> {
        let labels = self.settings.members("collections");
        labels
            .map(|(label, _)| label.as_str())
            .filter(|label| *label != "posts" && self.renders(label))
    }

    /// Whether the collection's documents get pages of their own.
    pub(super) fn renders(&self, label: &str) -> bool {
        let output = self.collection(label).and_then(|own| own.get("output"));
        output.and_then(Value::as_bool).unwrap_or(false)
    }

    fn collection(&self, label: &str) -> Option<&Value> {
        self.get("collections")?.get(label)
    }
}

/// Returns whether a Jekyll site is at `root`. Hexo's config file has the same name, so its keys decide,
/// and where they do not, a folder that only Jekyll has. A file that cannot be read is Jekyll's if such a
/// folder is there; the error is then reported.
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
            // Hexo's usual folder is Jekyll's only where the config says so.
            let is_hexos = root.join("source/_posts").is_dir() && config.text("source").is_none();
            Ok(!has(HEXOS_KEYS) && (has_folder || !is_hexos && has(OWN_KEYS)))
        }
        Err(error) if has_folder => Err(error),
        Err(_) => Ok(false),
    }
}

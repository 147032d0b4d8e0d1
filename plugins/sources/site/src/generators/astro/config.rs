//! Reads Astro's config file ("Configuration Reference", Astro's documentation) and the files in which
//! most themes keep the site's title and URL. Only literals are read; no code is run.

use std::path::Path;

use config_literals::javascript;
use serde_json::{Map, Value};
use syndicate_api::Result;

use super::super::config_file;
use super::super::model::{ConfigKeys, SiteConfig};
use super::super::settings::Settings;
use crate::paths::trim_folder;
use crate::urls::BaseUrl;
use crate::value::scalar;

/// The names of Astro's config file.
pub(in super::super) const NAMES: &[&str] = &[
    "astro.config.mjs",
    "astro.config.ts",
    "astro.config.js",
    "astro.config.mts",
    "astro.config.cjs",
];

/// Files of common themes and starters with the site's metadata, relative to the source folder.
const METADATA_FILES: &[&str] = &[
    "consts.ts",
    "consts.js",
    "config.ts",
    "config.js",
    "config.mjs",
    "constants.ts",
    "site.config.ts",
    "site-config.ts",
    "siteConfig.ts",
    "config/config.json",
    "data/site.json",
];

/// Objects in those files with the metadata. Otherwise constants such as `SITE_TITLE` are read.
const METADATA_OBJECTS: &[&str] = &[
    "SITE",
    "site",
    "siteConfig",
    "SITE_CONFIG",
    "config",
    "siteInfo",
    "siteMetadata",
];

const KEYS: ConfigKeys = ConfigKeys {
    title: &["SITE_TITLE", "siteTitle", "title", "name"],
    description: &["SITE_DESCRIPTION", "siteDescription", "description", "desc"],
    author: &["SITE_AUTHOR", "author"],
    lang: &["SITE_LANG", "lang", "language", "locale"],
    url: &["SITE_URL", "siteUrl", "website", "url", "base_url", "href"],
};

/// The setting `trailingSlash`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum TrailingSlash {
    Always,
    Never,
    /// URLs follow the form of the built files.
    #[default]
    Ignore,
}

/// The config of an Astro site.
#[derive(Clone, Debug, Default)]
pub(super) struct Config {
    pub(super) name: String,
    pub(super) site: SiteConfig,
    /// The source folder, relative to the site's root.
    pub(super) source: String,
    /// The folder whose files are copied to the site's root URL, relative to the site's root.
    pub(super) public: String,
    pub(super) trailing_slash: TrailingSlash,
    /// `true` if a page is built as `name.html` instead of `name/index.html`.
    pub(super) builds_files: bool,
    /// The permalink pattern of sites that use AstroWind.
    pub(super) permalink: Option<String>,
    /// Other files that were read, relative to the site's root.
    pub(super) files: Vec<String>,
}

impl Config {
    pub(super) fn read(root: &Path) -> Result<Self> {
        let name = config_file::find(root, NAMES);
        let name = name.ok_or_else(|| config_file::missing("Astro", root, NAMES[0]))?;
        let text = config_file::read(&root.join(name))?;
        let map = javascript::read_default_export(&text, &javascript::read_imports(&text, root))
            .unwrap_or_default();
        let folder = |key: &str, usual: &str| {
            let folder = map.get(key).and_then(Value::as_str).unwrap_or(usual);
            trim_folder(folder).to_owned()
        };
        let slash = map.get("trailingSlash").and_then(Value::as_str);
        let format = map
            .get("build")
            .and_then(|build| build.get("format")?.as_str());
        let mut config = Self {
            name: name.to_owned(),
            source: folder("srcDir", "src"),
            public: folder("publicDir", "public"),
            trailing_slash: match slash {
                Some("always") => TrailingSlash::Always,
                Some("never") => TrailingSlash::Never,
                _ => TrailingSlash::Ignore,
            },
            builds_files: format == Some("file"),
            ..Self::default()
        };
        config.read_metadata(root, &map);
        config.read_theme(root)?;
        if config.site.url.is_none() {
            config.site.url_notes.push(format!(
                "`site` in `{name}` is not set, or cannot be read without running it: set `url` of \
                 this source to the site's public address"
            ));
        }
        Ok(config)
    }

    fn read_metadata(&mut self, root: &Path, map: &Map<String, Value>) {
        let text = |key: &str| map.get(key).and_then(scalar);
        let locale = map
            .get("i18n")
            .and_then(|i18n| scalar(i18n.get("defaultLocale")?));
        self.site.url = text("site").filter(|url| BaseUrl::parse(url).is_some());
        self.site.lang = locale;
        for name in METADATA_FILES {
            let file = format!("{}/{name}", self.source);
            let Ok(text) = std::fs::read_to_string(root.join(&file)) else {
                continue;
            };
            let mut values = match serde_json::from_str(&text) {
                Ok(Value::Object(values)) => values,
                _ => javascript::read_constants(&text, &Map::new()),
            };
            values.extend(javascript::read_default_export(&text, &Map::new()).unwrap_or_default());
            let maps = METADATA_OBJECTS
                .iter()
                .filter_map(|name| values.get(*name)?.as_object());
            let maps: Vec<_> = maps.chain([&values]).collect();
            self.site.fill_from(&maps, &KEYS);
            self.files.push(file);
        }
        self.site.append_path(&text("base").unwrap_or_default());
    }

    /// Reads the settings of the widespread theme AstroWind, which override the config.
    fn read_theme(&mut self, root: &Path) -> Result<()> {
        let file = format!("{}/config.yaml", self.source);
        if !root.join(&file).is_file() {
            return Ok(());
        }
        let settings = Settings::read(&root.join(&file))?;
        let Some(permalink) = settings.text("apps.blog.post.permalink") else {
            return Ok(());
        };
        self.permalink = Some(permalink);
        if let Some(site) = settings
            .text("site.site")
            .filter(|site| BaseUrl::parse(site).is_some())
        {
            self.site.url = Some(site);
            self.site
                .append_path(&settings.text("site.base").unwrap_or_default());
        }
        self.site.title = settings
            .text("site.name")
            .or_else(|| self.site.title.take());
        let description = settings.text("metadata.description");
        self.site.description = description.or_else(|| self.site.description.take());
        self.site.lang = settings
            .text("i18n.language")
            .or_else(|| self.site.lang.take());
        self.trailing_slash = match settings.get("site.trailingSlash") {
            Some(Value::Bool(true)) => TrailingSlash::Always,
            _ => TrailingSlash::Never,
        };
        self.files.push(file);
        Ok(())
    }
}

/// Returns `true` if `root` contains an Astro site.
pub(in super::super) fn is_site(root: &Path) -> Result<bool> {
    Ok(config_file::find(root, NAMES).is_some())
}

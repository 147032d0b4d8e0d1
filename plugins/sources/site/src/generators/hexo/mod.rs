//! Hexo, by its documentation and, where that is silent, as version 7 behaves.
//!
//! Posts are the files below `source/_posts`, drafts those below `source/_drafts`; names that begin
//! with `_` or `.` are neither. A post without a date gets its file's time from Hexo; that is never
//! guessed here, because a fresh clone would change it and with it the address.

mod config;
mod file_name;
mod permalink;

use std::path::Path;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use syndicate_api::Result;

use super::{Facts, Folder, Generator, Name, Route, Routed, Unrouted};

use crate::document::Dialect;
use crate::post_file::PostFile;
use config::Config;

pub(crate) use config::is_site;

/// A Hexo site.
#[derive(Debug)]
pub(super) struct Hexo {
    config: Config,
    config_name: String,
    facts: Facts,
    /// What Hexo copies instead of rendering it.
    unrendered: GlobSet,
}

impl Hexo {
    pub(super) fn load(root: &Path) -> Result<Self> {
        let config = Config::load(root)?;
        let config_name = config::file(root)
            .and_then(|path| Some(path.file_name()?.to_str()?.to_owned()))
            .unwrap_or_default();
        Ok(Self {
            facts: facts(&config),
            unrendered: globs(&config.list("skip_render")),
            config,
            config_name,
        })
    }

    fn source(&self) -> &str {
        self.config
            .text("source_dir")
            .unwrap_or("source")
            .trim_start_matches("./")
            .trim_end_matches('/')
    }

    fn new_post_name(&self) -> &str {
        self.config.text("new_post_name").unwrap_or(":title.md")
    }

    fn has_asset_folders(&self) -> bool {
        self.config.flag("post_asset_folder")
    }
}

impl Generator for Hexo {
    fn facts(&self) -> &Facts {
        &self.facts
    }

    fn text_is_smart(&self) -> bool {
        true
    }

    fn excerpt_has_headings(&self) -> bool {
        true
    }

    fn content(&self) -> Vec<Folder> {
        let folder = |name, required| Folder {
            path: format!("{}/{name}", self.source()),
            required,
        };
        vec![folder("_posts", true), folder("_drafts", false)]
    }

    fn statics(&self) -> Vec<String> {
        vec![self.source().to_owned()]
    }

    fn config_files(&self) -> Vec<String> {
        vec![self.config_name.clone()]
    }

    fn dialect(&self) -> Dialect {
        Dialect {
            headless: true,
            tabs: true,
            ..Dialect::default()
        }
    }

    fn takes(&self, file: &PostFile) -> bool {
        let extension = file.below.rsplit_once('.').map_or("", |(_, end)| end);
        // With asset folders, files of another extension than new posts get are assets.
        let renderable =
            !self.has_asset_folders() || self.new_post_name().ends_with(&format!(".{extension}"));
        let hidden = file.below.split('/').any(|part| part.starts_with('_'));
        let below_source = file
            .path
            .strip_prefix(self.source())
            .map_or(file.path.as_str(), |path| path.trim_start_matches('/'));
        renderable && !hidden && !self.unrendered.is_match(below_source)
    }

    fn takes_without_front_matter(&self, _: &PostFile) -> bool {
        true
    }

    fn splits_tags(&self) -> bool {
        false
    }

    fn name(&self, file: &PostFile) -> Name {
        file_name::read(self.new_post_name(), file.stem())
    }

    fn route(&self, post: &Routed<'_>) -> Result<Route, Unrouted> {
        permalink::route(&self.config, post)
    }

    fn asset_folder(&self, file: &PostFile) -> Option<String> {
        let folder = file.on_disk.rsplit_once('.');
        let folder = folder.map(|(stem, _)| stem.to_owned());
        folder.filter(|_| self.has_asset_folders())
    }
}

/// What the config says about the site, with what looks wrong.
fn facts(config: &Config) -> Facts {
    let text = |key| config.text(key).map(str::to_owned);
    let url = config.text("url").filter(|url| *url != config::DEFAULT_URL);
    let mut url_notes = Vec::new();
    if url.is_none() {
        url_notes.push(
            "`url` in Hexo's `_config.yml` is not set: set it to the site's public address"
                .to_owned(),
        );
    }
    let root = config.text("root").unwrap_or("/").trim_end_matches('/');
    let base = url.and_then(crate::address::Base::parse);
    if let Some(base) = base.filter(|base| base.path() != root) {
        url_notes.push(format!(
            "`url` in Hexo's `_config.yml` has the path `{}/` but `root` is `{root}/`: Hexo wants \
             them equal, and posts' addresses are made from `url`",
            base.path()
        ));
    }
    Facts {
        title: text("title"),
        description: text("description").or_else(|| text("subtitle")),
        author: text("author"),
        lang: config
            .first("language")
            .filter(|lang| *lang != "default")
            .map(str::to_owned),
        url: url.map(str::to_owned),
        timezone: text("timezone"),
        url_notes,
    }
}

/// The patterns as Hexo's matcher reads them; one that cannot be read matches nothing there either.
fn globs(patterns: &[&str]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        if let Ok(glob) = GlobBuilder::new(pattern).literal_separator(true).build() {
            set.add(glob);
        }
    }
    set.build().unwrap_or_default()
}

//! Hexo, according to its documentation and otherwise to the behavior of version 7.
//!
//! Posts are the files in `source/_posts`, drafts those in `source/_drafts`; names that begin with `_` or
//! `.` are skipped. Hexo uses the file's modification time for a post without a date. That time is not
//! read here, because a fresh clone would change it and with it the URL.

mod config;
mod file_name;
mod permalink;

use std::path::Path;

use globset::GlobSet;
use serde_json::Value;
use syndicate_api::Result;

use super::config_file;
use super::conventions::{Conventions, Generator, Loaded, MachineClock};
use super::ignore_globs::{matches_within, path_globs};
use super::model::{Acceptance, FileNameParts, Folder, Route, RouteError, RouteInput, SiteConfig};
use super::settings::Settings;

use crate::document::{Fence, FrontMatterSyntax, LeadingWhitespace, YamlRules};
use crate::markdown::TextRules;
use crate::paths::{join, or_dot, trim_folder};
use crate::post_file::PostFile;

pub(super) use config::{NAMES, is_site};

/// A Hexo site.
#[derive(Debug)]
struct Hexo {
    settings: Settings,
    /// The source folder, relative to the site's root.
    source: String,
    /// Globs of files that Hexo copies without rendering.
    unrendered: GlobSet,
    /// Globs of files that Hexo ignores, relative to the site's root with a leading slash.
    ignored: GlobSet,
}

pub(super) fn load(root: &Path) -> Result<Loaded> {
    let name = config_file::find(root, config::NAMES);
    let name = name.ok_or_else(|| config_file::missing("Hexo", root, config::NAMES[0]))?;
    let settings = config::read(&root.join(name))?;
    let source = trim_folder(settings.string("source_dir").unwrap_or("source")).to_owned();
    let conventions = Conventions {
        config: site_config(&settings),
        content: vec![
            Folder::required(join(&source, "_posts")),
            Folder::optional(join(&source, "_drafts")),
        ],
        static_folders: vec![or_dot(&source)],
        config_files: vec![name.to_owned()],
        unsupported_extensions: &["adoc", "asciidoc", "htm", "html", "org", "rst"],
        syntax: FrontMatterSyntax {
            is_opening_optional: true,
            yaml: YamlRules {
                expands_tabs: true,
                last_key_wins: false,
            },
            leading: LeadingWhitespace::LineEnd,
            fence: Fence::EqualPrefix,
            ..FrontMatterSyntax::default()
        },
        protected_tags: config::encrypted_tags(&settings),
        dates_are_local: true,
        text: TextRules::SMART,
        excerpt_has_headings: true,
        ..Conventions::default()
    };
    let site = Hexo {
        unrendered: path_globs(&settings.list("skip_render")),
        ignored: path_globs(&settings.list("ignore")),
        settings,
        source,
    };
    Ok((conventions, Box::new(site)))
}

impl Hexo {
    fn new_post_name(&self) -> &str {
        self.settings.string("new_post_name").unwrap_or(":title.md")
    }

    fn has_asset_folders(&self) -> bool {
        self.settings.flag("post_asset_folder")
    }
}

impl Generator for Hexo {
    fn accepts(&self, file: &PostFile) -> Acceptance {
        let extension = file
            .content_path()
            .rsplit_once('.')
            .map_or("", |(_, end)| end);
        // With asset folders, files whose extension differs from that of new posts are assets.
        let renderable =
            !self.has_asset_folders() || self.new_post_name().ends_with(&format!(".{extension}"));
        let hidden = file
            .content_path()
            .split('/')
            .any(|part| part.starts_with('_'));
        let below_source = file
            .path
            .strip_prefix(&self.source)
            .map_or(&*file.path, |path| path.trim_start_matches('/'));
        let is_excluded = self.unrendered.is_match(below_source)
            || matches_within(&self.ignored, "/", &file.path);
        Acceptance::always_if(renderable && !hidden && !is_excluded)
    }

    fn name_parts(&self, file: &PostFile) -> FileNameParts {
        let folder = file.on_disk.rsplit_once('.');
        let folder = folder.map(|(stem, _)| stem.to_owned());
        FileNameParts {
            asset_folder: folder.filter(|_| self.has_asset_folders()),
            ..file_name::read(self.new_post_name(), file.content_stem())
        }
    }

    fn route(&self, post: &RouteInput<'_>) -> Result<Route, RouteError> {
        permalink::route(&self.settings, post)
    }

    fn machine_clock(&self, pattern: Option<&str>) -> Option<MachineClock> {
        permalink::machine_clock(permalink::pattern(&self.settings, pattern))
    }
}

/// Returns the site's metadata in the config, with notes about invalid values.
fn site_config(settings: &Settings) -> SiteConfig {
    let text = |key| settings.string(key).map(str::to_owned);
    let url = settings
        .string("url")
        .filter(|url| *url != config::DEFAULT_URL);
    let mut url_notes = Vec::new();
    if url.is_none() {
        url_notes.push(SiteConfig::missing_url_note(
            "`url` in Hexo's `_config.yml`",
            settings.string("url"),
            "set it to the site's public address",
        ));
    }
    let root = settings.string("root").unwrap_or("/").trim_end_matches('/');
    let base = url.and_then(crate::urls::BaseUrl::parse);
    if let Some(base) = base.filter(|base| base.path() != root) {
        url_notes.push(format!(
            "`url` in Hexo's `_config.yml` has the path `{}/` but `root` is `{root}/`: make \
             them equal; the URLs of posts are made from `url`",
            base.path()
        ));
    }
    let language = match settings.get("language") {
        Some(Value::Array(languages)) => languages.first().and_then(Value::as_str),
        _ => settings.string("language"),
    };
    SiteConfig {
        title: text("title"),
        description: text("description").or_else(|| text("subtitle")),
        author: text("author"),
        lang: language
            .filter(|lang| *lang != "default")
            .map(str::to_owned),
        url: url.map(str::to_owned),
        timezone: text("timezone"),
        url_notes,
    }
}

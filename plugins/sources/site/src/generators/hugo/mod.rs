//! Hugo, according to its documentation and otherwise to the behavior of versions 0.111 to 0.16x.
//!
//! A page's URL comes from its `url`, from `permalinks` of its section, or from its folders; its language
//! from the file's name or folder. Dates of git or the file system are not read, because a fresh clone
//! would change them. `draft`, `headless`, `build` and `expiryDate` hold a page back even if the config
//! makes Hugo build such pages.

mod cascade;
mod config;
mod dates;
mod filter;
mod hold;
mod languages;
mod params;
mod path;
mod permalink;
mod pictures;
mod posts;
mod tree;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use regex::{Regex, RegexSet};
use serde_json::{Map, Value};
use syndicate_api::dates::{ParsedDate, parse_date};
use syndicate_api::{Code, Diagnostic, FieldOrigin, Result};

use self::cascade::Cascade;
use self::dates::DateKeys;
use self::languages::Languages;
use self::permalink::{Page, Rules};
use self::pictures::Bundle;
use self::posts::PostRule;
use self::tree::{ContentTree, EXTENSIONS, Location, Role, SYNTAX};
use super::config_file;
use super::conventions::{AliasBase, Conventions, FILE_NAME_KEY, Generator, Loaded};
use super::model::{
    Acceptance, FileNameParts, LocatedPicture, Route, RouteError, RouteInput, SiteConfig,
};
use super::settings::Settings;
use crate::document::FrontMatter;
use crate::markdown::TextRules;
use crate::paths::join;
use crate::post_file::{PostFile, split_date};
use crate::value::{scalar, unreadable};
use crate::walk::has_extension;

pub(super) use config::{CONFIG_FOLDER, NAMES, is_site};

/// A Hugo site.
#[derive(Debug)]
struct Hugo {
    root: PathBuf,
    settings: Settings,
    languages: Languages,
    tree: ContentTree,
    dates: DateKeys,
    rules: Rules,
    posts: PostRule,
    style: path::Style,
    /// The setting `uglyURLs`; null without it.
    ugly_urls: Value,
    /// The cascade in the settings, which applies to all pages.
    cascade: Cascade,
    ignored: IgnoredFiles,
}

/// The files that Hugo ignores.
#[derive(Debug)]
struct IgnoredFiles {
    /// The absolute path of the site's root. Hugo matches absolute paths.
    root: PathBuf,
    patterns: RegexSet,
}

impl IgnoredFiles {
    fn matches(&self, file: &PostFile) -> bool {
        if self.patterns.is_empty() {
            return false;
        }
        let path = self.root.join(&*file.path);
        self.patterns.is_match(&path.to_string_lossy())
    }
}

pub(super) fn load(root: &Path) -> Result<Loaded> {
    let config_files = config::files(root);
    if config_files.is_empty() {
        return Err(config_file::missing("Hugo", root, "hugo.toml"));
    }
    let settings = config::load(root)?;
    let languages = Languages::read(&settings);
    let ignored = IgnoredFiles {
        root: std::path::absolute(root)?,
        patterns: compile_ignore_files(root, &settings.list("ignorefiles"))?,
    };
    let tree = ContentTree::read(root, &settings, &languages, &|file| ignored.matches(file));
    let dates = DateKeys::read(&settings);
    let posts = PostRule::read(&settings, &tree);
    let parts = site_configs(root, &settings, &languages);
    let conventions = Conventions {
        config: parts[languages.default].clone(),
        parts,
        content: tree.folders(),
        static_folders: statics(&settings),
        config_files,
        extensions: EXTENSIONS,
        unsupported_extensions: &["ad", "adoc", "asciidoc", "org", "pandoc", "pdc", "rst"],
        syntax: SYNTAX,
        date_keys: dates.published.clone(),
        aliases: AliasBase::Page,
        markdown_keys: vec!["summary".to_owned()],
        text: TextRules {
            has_emoji: settings.flag("enableemoji"),
            ..TextRules::default()
        },
        has_rooted_pictures: true,
        excerpt_has_headings: true,
        post_rule: Some(posts.describe()),
        ..Conventions::default()
    };
    let cascade = settings.get("cascade").map(Cascade::read);
    let site = Hugo {
        rules: Rules::read(&settings),
        style: path::Style::read(&settings),
        ugly_urls: settings.get("uglyurls").cloned().unwrap_or_default(),
        cascade: cascade.unwrap_or_default(),
        ignored,
        root: root.to_path_buf(),
        settings,
        languages,
        tree,
        dates,
        posts,
    };
    Ok((conventions, Box::new(site)))
}

fn statics(settings: &Settings) -> Vec<String> {
    let mut folders = settings.list("staticdir");
    if folders.is_empty() {
        folders.push("static".to_owned());
    }
    // Themes publish files of this folder under the same path.
    folders.push("assets".to_owned());
    folders
}

impl Hugo {
    fn locate<'f>(&self, file: &'f PostFile) -> Location<'f> {
        self.tree.locate(file, &self.languages)
    }

    /// Returns `true` if URLs in this section end in `.html`. `uglyURLs` is a flag or a map of flags.
    fn is_ugly(&self, section: &str) -> bool {
        match &self.ugly_urls {
            Value::Object(sections) => {
                sections.get(&section.to_lowercase()) == Some(&Value::Bool(true))
            }
            value => *value == Value::Bool(true),
        }
    }

    /// Returns the date that Hugo uses in URLs.
    fn date(&self, post: &RouteInput<'_>) -> Option<ParsedDate> {
        self.dates.date.iter().find_map(|key| {
            if key != FILE_NAME_KEY {
                return parse_date(&scalar(post.front.get(key)?)?, post.zone).ok();
            }
            parse_date(&post.name.date?.to_string(), post.zone).ok()
        })
    }
}

impl Hugo {
    /// Returns the bundle whose page is `file`.
    fn bundle<'a>(&'a self, file: &'a PostFile) -> Option<Bundle<'a>> {
        let location = self.locate(file);
        let own = bundle_folder(&location, file)?;
        let path = join(&location.folder, &location.name);
        let others = self.tree.sources_of(&path).filter(|folder| folder != own);
        let language = |index: usize| self.languages.all[index].key.as_str();
        let languages = 0..self.languages.all.len();
        Some(Bundle {
            root: &self.root,
            folders: [own.to_owned()].into_iter().chain(others).collect(),
            language: language(location.language),
            other_languages: languages
                .filter(|index| *index != location.language)
                .map(language)
                .collect(),
        })
    }
}

impl Generator for Hugo {
    fn depends_on_other_pages(&self) -> bool {
        true
    }

    fn accepts(&self, file: &PostFile) -> Acceptance {
        let location = self.locate(file);
        if location.role == Role::Branch {
            // A section page is not a post, but reading a broken one again reports its error.
            return Acceptance::always_if(self.tree.is_broken(&file.path));
        }
        let is_excluded = self.ignored.matches(file) || self.tree.is_excluded(file);
        if is_excluded || self.tree.is_resource(&location) {
            return Acceptance::Never;
        }
        // An HTML page without front matter has neither a title nor a date.
        Acceptance::without_front_matter_if(!has_extension(
            Path::new(&*file.path),
            &["html", "htm"],
        ))
    }

    fn is_post(&self, file: &PostFile, front: &FrontMatter) -> bool {
        let location = self.locate(file);
        let named = split_date(&location.name).0.is_some();
        let dated = self.dates.published.iter().any(|key| match key.as_str() {
            FILE_NAME_KEY => named,
            key => front.get(key).is_some_and(|value| !value.is_boolean()),
        });
        self.posts.is_post(&location, front, dated)
    }

    fn inherited(&self, file: &PostFile, front: &FrontMatter) -> Map<String, Value> {
        // Keys in `params` were at the top level in older versions.
        let own = front
            .map
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case("params"));
        let mut values = own
            .and_then(|(_, params)| params.as_object().cloned())
            .unwrap_or_default();
        if self.tree.has_no_cascades() && self.cascade.is_empty() {
            return values;
        }
        let page = self.locate(file);
        let (path, language) = (page.path(), &self.languages.all[page.language].key);
        for cascade in self.tree.cascades_of(&page).chain([&self.cascade]) {
            for (key, value) in cascade.values_for(&path, language) {
                values.entry(key).or_insert(value);
            }
        }
        values
    }

    fn skip_reason(
        &self,
        file: &PostFile,
        front: &FrontMatter,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Result<Option<(Code, String)>, Diagnostic> {
        let language = &self.languages.all[self.locate(file).language];
        hold::skip_reason(front, language, &self.dates, zone, now)
    }

    fn name_parts(&self, file: &PostFile) -> FileNameParts {
        let location = self.locate(file);
        let language = &self.languages.all[location.language];
        let lang = language.tag.as_ref().unwrap_or(&language.key);
        let part = Some(location.language).filter(|part| *part != self.languages.default);
        FileNameParts {
            date: split_date(&location.name).0,
            part,
            asset_folder: bundle_folder(&location, file).map(str::to_owned),
            extra: part
                .map(|_| ("lang".to_owned(), lang.clone()))
                .into_iter()
                .collect(),
            slug: location.name.into_owned(),
            title: None,
        }
    }

    fn route(&self, post: &RouteInput<'_>) -> Result<Route, RouteError> {
        let location = self.locate(post.file);
        let from_name = self
            .dates
            .is_from_name(post.front)
            .then(|| split_date(&post.name.slug));
        let page = Page {
            tree: &self.tree,
            language: &self.languages.all[location.language],
            is_multihost: self.languages.is_multihost,
            style: self.style,
            has_ugly_urls: self.is_ugly(location.section()),
            named_slug: from_name
                .filter(|(date, _)| date.is_some())
                .map(|(_, slug)| slug.trim_matches([' ', '-', '_'])),
            date: self.date(post),
            location: &location,
            post,
        };
        page.route(&self.rules)
    }

    fn text<'a>(&self, front: &FrontMatter, body: &'a str) -> Cow<'a, str> {
        params::fill_params(body, front, &self.settings)
    }

    fn picture_by_name(
        &self,
        file: &PostFile,
        front: &FrontMatter,
    ) -> Option<(String, FieldOrigin)> {
        self.bundle(file)?.picture_by_name(front)
    }

    /// Finds a bundle's file in the page's language, or one that the bundle's translations share.
    fn locate_picture(&self, file: &PostFile, target: &str) -> Option<LocatedPicture> {
        let file = self.bundle(file)?.find_shared(target)?;
        // Hugo publishes it only once, under the URL of one of the languages.
        Some(LocatedPicture { file, path: None })
    }
}

/// Returns the folder of the page if it is a leaf bundle.
fn bundle_folder<'a>(location: &Location<'_>, file: &'a PostFile) -> Option<&'a str> {
    let folder = (location.role == Role::Leaf).then(|| file.folder_on_disk());
    folder.filter(|folder| !folder.is_empty())
}

/// Returns the site's metadata in the settings for each language.
fn site_configs(root: &Path, settings: &Settings, languages: &Languages) -> Vec<SiteConfig> {
    let url = config::base_url(settings);
    let mut url_notes = Vec::new();
    let has_own = |language: &languages::Language| language.base_url.is_some();
    if url.is_none() && !languages.all.iter().all(has_own) {
        url_notes.push(SiteConfig::missing_url_note(
            &format!("`baseURL` in Hugo's `{}`", config::name(root)),
            settings.string("baseurl").filter(|url| *url != "/"),
            "set it, or `url` of this source, to the site's public address",
        ));
    }
    let first = |keys: &[&str]| keys.iter().find_map(|key| settings.text(key));
    let tag = first(&["languagecode", "locale"]);
    let config_of = |language: &languages::Language| {
        let is_only = languages.all.len() == 1;
        let tag = language
            .tag
            .clone()
            .or_else(|| tag.clone().filter(|_| is_only));
        SiteConfig {
            title: language.title.clone().or_else(|| settings.text("title")),
            description: language
                .description
                .clone()
                .or_else(|| settings.text("params.description")),
            author: author(settings),
            lang: tag.or_else(|| Some(language.key.clone())),
            url: language.base_url.clone().or_else(|| url.clone()),
            timezone: settings.text("timezone"),
            url_notes: url_notes.clone(),
        }
    };
    languages.all.iter().map(config_of).collect()
}

/// Returns the site's author from the keys that themes use.
fn author(settings: &Settings) -> Option<String> {
    [
        "params.author.name",
        "params.author",
        "author.name",
        "author",
    ]
    .into_iter()
    .map(|key| settings.list(key).join(", "))
    .find(|names| !names.is_empty())
}

/// Compiles the patterns of `ignoreFiles`, Go regular expressions on absolute paths.
fn compile_ignore_files(root: &Path, patterns: &[String]) -> Result<RegexSet> {
    for pattern in patterns {
        Regex::new(pattern).map_err(|_| {
            let message = format!("invalid regular expression `{pattern}` in `ignoreFiles`");
            config_file::broken(&root.join(config::name(root)), unreadable(message))
        })?;
    }
    Ok(RegexSet::new(patterns)?)
}

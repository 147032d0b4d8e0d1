//! Zola, by its documentation and, where that is silent, as version 0.22 behaves.
//!
//! Every page is read, for Zola makes no difference between posts and others; what has no date, such
//! as an `about` page, is left to the policy. A section whose `_index.md` says `draft` holds back all
//! that lies below it, and what a theme takes from `[extra]` counts as if it stood at the top.

mod config;
mod page;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use globset::GlobSet;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};
use syndicate_api::{Code, Diagnostic, FieldOrigin, Result};

use self::page::{Page, Slugify};
use super::config_file;
use super::conventions::{Authors, Conventions, FILE_NAME, Generator, Loaded};
use super::model::{Acceptance, FileNameParts, Folder, Route, RouteError, RouteInput};
use super::settings::Settings;
use crate::document::{Dialect, Document, Fence, Front, Lead, YamlRules};
use crate::markdown::TextRules;
use crate::permalink::expand;
use crate::post_file::PostFile;
use crate::value::{scalar, yes_or_no};
use crate::walk::{Selection, files};

pub(super) use config::is_site;

const CONTENT: &str = "content";

/// The key of a date that the front matter's `path` has; themes of older sites take it from there.
const IN_PATH: &str = "date in path";

/// Zola reads files of this extension alone.
const EXTENSIONS: &[&str] = &["md"];

/// What front matter may look like.
const DIALECT: Dialect = Dialect {
    headless: false,
    yaml: YamlRules {
        tabs: false,
        last_key_wins: false,
    },
    header: false,
    script: false,
    lead: Lead::Blanks,
    fence: Fence::Three,
};

/// A Zola site.
#[derive(Debug)]
struct Zola {
    root: PathBuf,
    settings: Settings,
    /// The codes of the languages besides the default one.
    codes: Vec<String>,
    ignored: GlobSet,
    /// The folders of sections that are drafts, below the content.
    drafts: BTreeSet<String>,
    /// The pages of sections that cannot be read.
    broken: BTreeSet<String>,
}

pub(super) fn load(root: &Path) -> Result<Loaded> {
    let name = config_file::find(root, config::NAMES);
    let name = name.ok_or_else(|| config_file::missing("Zola", root, "config.toml"))?;
    let settings = Settings::read(&root.join(name))?;
    let default = config::default_language(&settings);
    let codes: Vec<String> = settings
        .members("languages")
        .map(|(code, _)| code.clone())
        .filter(|code| *code != default)
        .collect();
    let config_of = |code: &String| config::site_config(&settings, code, name);
    let conventions = Conventions {
        config: config_of(&default),
        parts: codes.iter().map(config_of).collect(),
        content: vec![Folder::required(CONTENT)],
        // Colocated files appear under the path of their folder, which most links to them name.
        statics: vec!["static".to_owned(), CONTENT.to_owned()],
        config_files: vec![name.to_owned()],
        extensions: EXTENSIONS,
        unread: &[],
        dialect: DIALECT,
        date_keys: ["date", FILE_NAME, IN_PATH].map(str::to_owned).to_vec(),
        authors: Authors::Mailboxes,
        text: TextRules {
            has_emoji: settings.flag("markdown.render_emoji"),
            ..TextRules::default()
        },
        roots_pictures: true,
        post_rule: Some(
            "every page of Zola's sections is read; those without a date stay while `policy.since` \
             is set"
                .to_owned(),
        ),
        ..Conventions::default()
    };
    let mut site = Zola {
        root: root.to_path_buf(),
        codes,
        ignored: config::globs(&settings.list("ignored_content"))?,
        drafts: BTreeSet::new(),
        broken: BTreeSet::new(),
        settings,
    };
    site.read_sections();
    Ok((conventions, Box::new(site)))
}

impl Zola {
    /// Finds out which sections are drafts.
    fn read_sections(&mut self) {
        for (file, _) in files(&self.root, CONTENT, &Selection::all(EXTENSIONS)).files {
            let page = self.page(&file);
            if !page.is_section {
                continue;
            }
            let read = std::fs::read(self.root.join(&file.on_disk)).ok();
            match read.map(|bytes| Document::parse(bytes, DIALECT)) {
                Some(Ok(document)) => {
                    if document.front.get("draft").and_then(yes_or_no) == Some(true) {
                        self.drafts.insert(page.folders.join("/"));
                    }
                }
                _ => {
                    self.broken.insert(file.path.clone());
                }
            }
        }
    }

    fn page(&self, file: &PostFile) -> Page {
        Page::of(file, CONTENT, &self.codes)
    }

    fn slugify(&self) -> Slugify {
        Slugify::named(self.settings.text("slugify.paths").as_deref())
    }

    /// The slug of a page: its own, else of its name without the date.
    fn slug(&self, page: &Page, front: &Front) -> String {
        let own = front.map.get("slug").and_then(scalar);
        let rest = page.split_date().1;
        let rest = rest.filter(|_| !self.settings.flag("slugify.paths_keep_dates"));
        let name = own.as_deref().or(rest).unwrap_or(&page.name);
        self.slugify().apply(name)
    }

    /// The section around the page, or one further out, that is a draft.
    fn draft_section(&self, page: &Page) -> Option<&str> {
        let folder = page.folders.join("/");
        let holds = |section: &str| {
            let rest = folder.strip_prefix(section);
            section.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let mut sections = self.drafts.iter().map(String::as_str);
        sections.find(|section| holds(section))
    }

    /// The path by the pattern of pipeline.yaml.
    fn expanded(
        &self,
        post: &RouteInput<'_>,
        page: &Page,
        pattern: &str,
    ) -> Result<String, RouteError> {
        let value = |name: &str| match name {
            "slug" | "title" => Some(self.slug(page, post.front).into()),
            "path" => {
                Some(format!("{}/{}", page.folders.join("/"), self.slug(page, post.front)).into())
            }
            name => Some(post.value(name)?.into()),
        };
        expand(pattern, value).map_err(RouteError::of(pattern))
    }
}

impl Generator for Zola {
    fn accepts(&self, file: &PostFile) -> Acceptance {
        if self.page(file).is_section {
            // Reading it again reports what is wrong with it.
            return Acceptance::always_if(self.broken.contains(&file.path));
        }
        // Zola compares whole paths.
        let path = std::path::absolute(self.root.join(&file.path));
        Acceptance::always_if(!path.is_ok_and(|path| self.ignored.is_match(path)))
    }

    fn inherited(&self, _: &PostFile, front: &Front) -> Map<String, Value> {
        let extra = front.map.get("extra").and_then(Value::as_object);
        let mut values = extra.cloned().unwrap_or_default();
        let path = front.map.get("path").and_then(scalar);
        if let Some(date) = path.as_deref().and_then(page::date_in_path) {
            values.insert(IN_PATH.to_owned(), Value::String(date));
        }
        values
    }

    fn skip_reason(
        &self,
        file: &PostFile,
        front: &Front,
        _: &TimeZone,
        _: Timestamp,
    ) -> Result<Option<(Code, String)>, Diagnostic> {
        if front.map.get("render").and_then(yes_or_no) == Some(false) {
            let why = "its front matter says `render = false`".to_owned();
            return Ok(Some((Code::NotRendered, why)));
        }
        let page = self.page(file);
        let section = self.draft_section(&page);
        Ok(section.map(|section| {
            let section = format!("{CONTENT}/{section}");
            let section = section.trim_end_matches('/');
            (Code::Draft, format!("the section `{section}` is a draft"))
        }))
    }

    fn name_parts(&self, file: &PostFile) -> FileNameParts {
        let page = self.page(file);
        let language = page.language.as_ref();
        FileNameParts {
            date: page.split_date().0,
            part: language.and_then(|language| self.codes.iter().position(|code| code == language)),
            asset_folder: page.is_folder.then(|| file.folder_on_disk().to_owned()),
            extra: language
                .map(|code| ("lang".to_owned(), code.clone()))
                .into_iter()
                .collect(),
            slug: page.name,
            title: None,
        }
    }

    fn route(&self, post: &RouteInput<'_>) -> Result<Route, RouteError> {
        let page = self.page(post.file);
        if let Some(path) = post.front.map.get("path").and_then(scalar) {
            return Ok(Route::from_front_matter(closed(path.trim()), "path"));
        }
        if let Some(pattern) = post.pattern {
            return Ok(Route::from_pattern(
                self.expanded(post, &page, pattern)?,
                pattern,
            ));
        }
        let language = page.language.as_deref().unwrap_or_default();
        let slug = self.slug(&page, post.front);
        Ok(Route {
            path: closed(&format!("{language}/{}/{slug}", page.folders.join("/"))),
            origin: match post.front.map.contains_key("slug") {
                true => FieldOrigin::FrontMatter("slug".to_owned()),
                false => FieldOrigin::Path,
            },
        })
    }
}

/// A path with a slash at either end.
fn closed(path: &str) -> String {
    format!("/{}/", path.trim_matches('/'))
}

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
use syndicate_api::{Code, Error, Origin, Result};

use self::page::{Page, Slugify};
use super::settings::Settings;
use super::{FILE_NAME, Facts, Folder, Generator, Name, Route, Routed, Unrouted};
use crate::document::{Dialect, Document, Front};
use crate::flaw::Flaw;
use crate::permalink::{date_part, expand, is_date_part};
use crate::post_file::PostFile;
use crate::value::scalar;
use crate::walk::{Selection, files};

pub(crate) use config::is_site;

const CONTENT: &str = "content";

/// Zola reads files of this extension alone.
const EXTENSIONS: &[&str] = &["md"];

/// A Zola site.
#[derive(Debug)]
pub(super) struct Zola {
    root: PathBuf,
    config_name: &'static str,
    settings: Settings,
    facts: Facts,
    /// The codes of the languages besides the default one, each with what is told about its part.
    languages: Vec<(String, Facts)>,
    codes: Vec<String>,
    ignored: GlobSet,
    /// The folders of sections that are drafts, below the content.
    drafts: BTreeSet<String>,
    /// The pages of sections that cannot be read.
    broken: BTreeSet<String>,
    /// The keys of the date.
    dates: Vec<String>,
}

impl Zola {
    pub(super) fn load(root: &Path) -> Result<Self> {
        let Some(config_name) = config::name(root) else {
            return Err(Error::msg(format!(
                "there is no Zola site at `{}`: it has no `config.toml`",
                root.display()
            )));
        };
        let settings = Settings::read(&root.join(config_name))?;
        let default = config::default_language(&settings);
        let codes: Vec<String> = settings
            .members("languages")
            .map(|(code, _)| code.clone())
            .filter(|code| *code != default)
            .collect();
        let languages = codes.iter().map(|code| {
            let below = format!("languages.{code}.");
            (
                code.clone(),
                config::facts(&settings, &below, code, config_name),
            )
        });
        let below = format!("languages.{default}.");
        let mut site = Self {
            root: root.to_path_buf(),
            config_name,
            facts: config::facts(&settings, &below, &default, config_name),
            languages: languages.collect(),
            codes,
            ignored: config::globs(&settings.list("ignored_content"))?,
            drafts: BTreeSet::new(),
            broken: BTreeSet::new(),
            dates: vec!["date".to_owned(), FILE_NAME.to_owned()],
            settings,
        };
        site.read_sections()?;
        Ok(site)
    }

    /// Finds out which sections are drafts.
    fn read_sections(&mut self) -> Result<()> {
        let everything = Selection::all(EXTENSIONS);
        for (file, _) in files(&self.root, CONTENT, &everything).files {
            let page = self.page(&file);
            if !page.is_section {
                continue;
            }
            let read = std::fs::read(self.root.join(&file.on_disk)).ok();
            match read.map(|bytes| Document::parse(bytes, Dialect::default())) {
                Some(Ok(document)) => {
                    if document.front.get("draft") == Some(&Value::Bool(true)) {
                        self.drafts.insert(page.folders.join("/"));
                    }
                }
                _ => {
                    self.broken.insert(file.path.clone());
                }
            }
        }
        Ok(())
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
    fn expanded(&self, post: &Routed<'_>, page: &Page, pattern: &str) -> Result<String, Unrouted> {
        let value = |name: &str| match name {
            "slug" | "title" => Some(self.slug(page, post.front).into()),
            "path" => {
                Some(format!("{}/{}", page.folders.join("/"), self.slug(page, post.front)).into())
            }
            name if is_date_part(name) => {
                Some(date_part(name, post.published?.moment.at.datetime())?.into())
            }
            name => Some(scalar(post.front.get(name)?)?.into()),
        };
        expand(pattern, value).map_err(|placeholder| Unrouted {
            pattern: pattern.to_owned(),
            placeholder,
        })
    }
}

impl Generator for Zola {
    fn facts(&self) -> &Facts {
        &self.facts
    }

    fn titles_are_text(&self) -> bool {
        true
    }

    fn facts_for(&self, file: &PostFile) -> &Facts {
        let language = self.page(file).language;
        let own = self
            .languages
            .iter()
            .find(|(code, _)| Some(code) == language.as_ref());
        own.map_or(&self.facts, |(_, facts)| facts)
    }

    fn content(&self) -> Vec<Folder> {
        vec![Folder {
            path: CONTENT.to_owned(),
            required: true,
        }]
    }

    fn statics(&self) -> Vec<String> {
        // Colocated files appear under the path of their folder, which most links to them name.
        vec!["static".to_owned(), CONTENT.to_owned()]
    }

    fn config_files(&self) -> Vec<String> {
        vec![self.config_name.to_owned()]
    }

    fn extensions(&self) -> &'static [&'static str] {
        EXTENSIONS
    }

    fn takes(&self, file: &PostFile) -> bool {
        if self.page(file).is_section {
            // Reading it again tells what is wrong with it.
            return self.broken.contains(&file.path);
        }
        // Zola compares whole paths.
        let path = std::path::absolute(self.root.join(&file.path));
        !path.is_ok_and(|path| self.ignored.is_match(path))
    }

    fn takes_without_front_matter(&self, _: &PostFile) -> bool {
        true
    }

    fn inherited(&self, _: &PostFile, front: &Front) -> Map<String, Value> {
        let extra = front.map.get("extra").and_then(Value::as_object);
        extra.cloned().unwrap_or_default()
    }

    fn hold(
        &self,
        file: &PostFile,
        front: &Front,
        _: &TimeZone,
        _: Timestamp,
    ) -> Result<Option<(Code, String)>, Flaw> {
        if front.map.get("render") == Some(&Value::Bool(false)) {
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

    fn date_keys(&self) -> Option<&[String]> {
        Some(&self.dates)
    }

    fn splits_tags(&self) -> bool {
        false
    }

    fn author(&self, key: &str) -> Option<String> {
        config::person(key)
    }

    fn name(&self, file: &PostFile) -> Name {
        let page = self.page(file);
        Name {
            date: page.split_date().0,
            extra: page
                .language
                .map(|code| ("lang".to_owned(), code))
                .into_iter()
                .collect(),
            slug: page.name,
        }
    }

    fn route(&self, post: &Routed<'_>) -> Result<Route, Unrouted> {
        let page = self.page(post.file);
        if let Some(path) = post.front.map.get("path").and_then(scalar) {
            return Ok(Route {
                path: closed(path.trim()),
                origin: Origin::FrontMatter("path".to_owned()),
            });
        }
        let (path, origin) = match post.pattern {
            Some(pattern) => (
                self.expanded(post, &page, pattern)?,
                Origin::Permalink(pattern.to_owned()),
            ),
            None => {
                let slug = self.slug(&page, post.front);
                let origin = match post.front.map.contains_key("slug") {
                    true => Origin::FrontMatter("slug".to_owned()),
                    false => Origin::Path,
                };
                let path = format!("{}/{slug}", page.folders.join("/"));
                let language = page.language.as_deref().unwrap_or_default();
                (closed(&format!("{language}/{path}")), origin)
            }
        };
        Ok(Route { path, origin })
    }

    fn asset_folder(&self, file: &PostFile) -> Option<String> {
        let (folder, _) = file.on_disk.rsplit_once('/')?;
        self.page(file).is_folder.then(|| folder.to_owned())
    }

    fn roots_pictures(&self) -> bool {
        true
    }

    fn describe(&self) -> Option<String> {
        Some(
            "every page of Zola's sections is read; those without a date stay while `policy.since` \
             is set"
                .to_owned(),
        )
    }
}

/// A path with a slash at either end.
fn closed(path: &str) -> String {
    format!("/{}/", path.trim_matches('/'))
}

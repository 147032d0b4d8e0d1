//! Zola, according to its documentation and otherwise to the behavior of version 0.22.
//!
//! Every page is read, because Zola does not distinguish posts from other pages; the policy decides about
//! undated pages such as `about`. A section with `draft` in its `_index.md` holds back all pages in it. Keys
//! in `[extra]`, which themes read, count as if they were at the top level.

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
use super::conventions::{AuthorFormat, Conventions, FILE_NAME_KEY, Generator, Loaded};
use super::model::{Acceptance, FileNameParts, Folder, Route, RouteError, RouteInput};
use super::settings::Settings;
use crate::document::{
    Document, Fence, FrontMatter, FrontMatterSyntax, LeadingWhitespace, YamlRules,
};
use crate::markdown::TextRules;
use crate::permalink::expand;
use crate::post_file::PostFile;
use crate::value::{parse_bool, scalar};
use crate::walk::{Selection, files};

pub(super) use config::{NAMES, is_site};

const CONTENT: &str = "content";

/// The key for a date in the front matter's `path`, which themes of older sites read.
const PATH_DATE_KEY: &str = "date in path";

/// The only extension that Zola reads.
const EXTENSIONS: &[&str] = &["md"];

/// The accepted syntax of front matter.
const SYNTAX: FrontMatterSyntax = FrontMatterSyntax {
    is_opening_optional: false,
    yaml: YamlRules {
        expands_tabs: false,
        last_key_wins: false,
    },
    allows_header: false,
    allows_javascript: false,
    leading: LeadingWhitespace::Any,
    fence: Fence::Three,
};

/// A Zola site.
#[derive(Debug)]
struct Zola {
    root: PathBuf,
    settings: Settings,
    /// Codes of the languages other than the default one.
    language_codes: Vec<String>,
    ignored: GlobSet,
    /// Folders of sections that are drafts, relative to the content.
    drafts: BTreeSet<String>,
    /// Section pages that cannot be read.
    broken: BTreeSet<String>,
}

pub(super) fn load(root: &Path) -> Result<Loaded> {
    let name = config_file::find(root, config::NAMES);
    let name = name.ok_or_else(|| config_file::missing("Zola", root, "config.toml"))?;
    let settings = Settings::read(&root.join(name))?;
    let default = config::default_language(&settings);
    let language_codes: Vec<String> = settings
        .members("languages")
        .map(|(code, _)| code.clone())
        .filter(|code| *code != default)
        .collect();
    let config_of = |code: &String| config::site_config(&settings, code, name);
    let conventions = Conventions {
        config: config_of(&default),
        parts: language_codes.iter().map(config_of).collect(),
        content: vec![Folder::required(CONTENT)],
        // Colocated files are published under the path of their folder, and most links use that path.
        static_folders: vec!["static".to_owned(), CONTENT.to_owned()],
        config_files: vec![name.to_owned()],
        extensions: EXTENSIONS,
        unsupported_extensions: &[],
        syntax: SYNTAX,
        date_keys: ["date", FILE_NAME_KEY, PATH_DATE_KEY].map(str::to_owned).to_vec(),
        authors: AuthorFormat::Mailboxes,
        text: TextRules {
            has_emoji: settings.flag("markdown.render_emoji"),
            ..TextRules::default()
        },
        has_rooted_pictures: true,
        post_rule: Some(
            "posts are all pages of Zola's sections; those without a date are skipped while `policy.since` \
             is set"
                .to_owned(),
        ),
        ..Conventions::default()
    };
    let mut site = Zola {
        root: root.to_path_buf(),
        language_codes,
        ignored: config::globs(&root.join(name), &settings.list("ignored_content"))?,
        drafts: BTreeSet::new(),
        broken: BTreeSet::new(),
        settings,
    };
    site.read_sections();
    Ok((conventions, Box::new(site)))
}

impl Zola {
    /// Reads the section pages to find drafts and broken pages.
    fn read_sections(&mut self) {
        for (file, _) in files(&self.root, CONTENT, &Selection::all(EXTENSIONS)).files {
            let page = self.page(&file);
            if !page.is_section {
                continue;
            }
            let read = std::fs::read(self.root.join(&*file.on_disk)).ok();
            match read.as_deref().map(|bytes| Document::parse(bytes, SYNTAX)) {
                Some(Ok(document)) => {
                    if document.front.get("draft").and_then(parse_bool) == Some(true) {
                        self.drafts.insert(page.folders.join("/"));
                    }
                }
                _ => {
                    self.broken.insert(file.path.to_string());
                }
            }
        }
    }

    fn page(&self, file: &PostFile) -> Page {
        Page::parse(file, CONTENT, &self.language_codes)
    }

    fn slugify(&self) -> Slugify {
        Slugify::from_name(self.settings.text("slugify.paths").as_deref())
    }

    /// Returns the slug of a page: the front matter's, otherwise the name without its date.
    fn slug(&self, page: &Page, front: &FrontMatter) -> String {
        let own = front.map.get("slug").and_then(scalar);
        let rest = page.split_date().1;
        let rest = rest.filter(|_| !self.settings.flag("slugify.paths_keep_dates"));
        let name = own.as_deref().or(rest).unwrap_or(&page.name);
        self.slugify().apply(name)
    }

    /// Returns the outermost draft section that contains the page.
    fn draft_section(&self, page: &Page) -> Option<&str> {
        let folder = page.folders.join("/");
        let contains = |section: &str| {
            let rest = folder.strip_prefix(section);
            section.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let mut sections = self.drafts.iter().map(String::as_str);
        sections.find(|section| contains(section))
    }

    /// Expands the pattern of pipeline.yaml.
    fn expand_pattern(
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
        expand(pattern, value).map_err(RouteError::in_pattern(pattern))
    }
}

impl Generator for Zola {
    fn depends_on_other_pages(&self) -> bool {
        true
    }

    fn accepts(&self, file: &PostFile) -> Acceptance {
        if self.page(file).is_section {
            // A section page is not a post, but reading a broken one again reports its error.
            return Acceptance::always_if(self.broken.contains(&*file.path));
        }
        // Zola matches absolute paths.
        let path = std::path::absolute(self.root.join(&*file.path));
        Acceptance::always_if(!path.is_ok_and(|path| self.ignored.is_match(path)))
    }

    fn inherited(&self, _: &PostFile, front: &FrontMatter) -> Map<String, Value> {
        let extra = front.map.get("extra").and_then(Value::as_object);
        let mut values = extra.cloned().unwrap_or_default();
        let path = front.map.get("path").and_then(scalar);
        if let Some(date) = path.as_deref().and_then(page::date_in_path) {
            values.insert(PATH_DATE_KEY.to_owned(), Value::String(date));
        }
        values
    }

    fn skip_reason(
        &self,
        file: &PostFile,
        front: &FrontMatter,
        _: &TimeZone,
        _: Timestamp,
    ) -> Result<Option<(Code, String)>, Diagnostic> {
        if front.map.get("render").and_then(parse_bool) == Some(false) {
            let why = "its front matter has `render = false`".to_owned();
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
            part: language
                .and_then(|language| self.language_codes.iter().position(|code| code == language)),
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
            return Ok(Route::from_front_matter(with_slashes(path.trim()), "path"));
        }
        if let Some(pattern) = post.pattern {
            return Ok(Route::from_pattern(
                self.expand_pattern(post, &page, pattern)?,
                pattern,
            ));
        }
        let language = page.language.as_deref().unwrap_or_default();
        let slug = self.slug(&page, post.front);
        Ok(Route {
            path: with_slashes(&format!("{language}/{}/{slug}", page.folders.join("/"))),
            origin: match post.front.map.contains_key("slug") {
                true => FieldOrigin::FrontMatter("slug".to_owned()),
                false => FieldOrigin::Path,
            },
        })
    }
}

/// Returns the path with a slash at both ends.
fn with_slashes(path: &str) -> String {
    format!("/{}/", path.trim_matches('/'))
}

//! Jekyll, according to its documentation and otherwise to the behavior of version 4.
//!
//! Posts are the files with a dated name in `_posts`, drafts those in `_drafts`, in any folder that Jekyll
//! enters, and documents of collections with pages (`output: true`). Documents without a date are held
//! back by any policy that requires one. Posts that `show_drafts`, `future` or `unpublished` publish early
//! are still not announced.

mod config;
mod date;
mod defaults;
mod exclude;
mod folders;
mod liquid;
mod permalink;
mod site_config;
mod slug;

use std::borrow::Cow;
use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};
use syndicate_api::dates::{DateError, ParsedDate};
use syndicate_api::{Code, Diagnostic, Result};

use super::conventions::{
    AuthorFormat, Conventions, Excerpt, Generator, Loaded, TagRules, TagSplit, TextFormat,
};
use super::model::{Acceptance, FileNameParts, Folder, Route, RouteError, RouteInput};
use crate::document::{Fence, FrontMatter, FrontMatterSyntax};
use crate::markdown::{self, TextRules};
use crate::paths::{join, or_dot, relative_to};
use crate::post_file::PostFile;
use crate::value::scalar;
use config::{Config, YAML};
use defaults::Defaults;
use folders::EntryFilter;

pub(super) use config::{NAMES, is_site};
pub(crate) use exclude::exclusion;

/// Jekyll's `markdown_ext`, and HTML, in which posts may also be written.
const EXTENSIONS: &[&str] = &["md", "markdown", "mkd", "mkdn", "mkdown", "html"];

/// Keys of a description. `subtitle` is not one, because Jekyll has an excerpt for every post.
const DESCRIPTION_KEYS: &[&str] = &["description", "excerpt", "summary", "tldr", "abstract"];

/// A Jekyll site.
#[derive(Debug)]
struct Jekyll {
    config: Config,
    defaults: Defaults,
    entry_filter: EntryFilter,
    /// The source folder, relative to the site's root; empty for the root itself.
    source: String,
}

/// The collection of a file and its position in it.
struct CollectionPath<'a> {
    /// The collection's name, `posts` for drafts as well.
    collection: &'a str,
    /// The path relative to the collection's folder.
    path: &'a str,
    /// The parents of the collection's folder, which are categories of a post.
    parents: &'a str,
    is_draft: bool,
}

pub(super) fn load(root: &Path) -> Result<Loaded> {
    let config = Config::load(root)?;
    let source = config.folder("source").to_owned();
    let entry_filter = EntryFilter::read(&config);
    let authors = site_config::authors(&root.join(&source), &config);
    let folders = folders(root, &config, &entry_filter);
    let conventions = Conventions {
        config: site_config::site_config(&config, &authors, &root.join(&source)),
        content: folders.into_iter().map(Folder::required).collect(),
        static_folders: vec![or_dot(&source)],
        config_files: Some(config.name.clone())
            .filter(|name| !name.is_empty())
            .into_iter()
            .collect(),
        extensions: EXTENSIONS,
        unsupported_extensions: &["adoc", "asciidoc", "org", "rst", "textile"],
        syntax: FrontMatterSyntax {
            fence: Fence::ThreeOrDots,
            yaml: YAML,
            ..FrontMatterSyntax::default()
        },
        description_keys: DESCRIPTION_KEYS,
        tags: TagRules {
            split: TagSplit::Blanks,
            ..TagRules::default()
        },
        authors: AuthorFormat::Keys(authors),
        dates_are_local: true,
        text: TextRules {
            has_emoji: config.has_plugin("jemoji"),
            ..TextRules::SMART
        },
        // The format in jekyll-seo-tag, which most themes use.
        titles: TextFormat::Markdown,
        descriptions: TextFormat::SmartMarkdown,
        excerpt: match config.text("excerpt_separator") {
            Some(_) => Excerpt::Beginning,
            None => Excerpt::Paragraph,
        },
        ..Conventions::default()
    };
    let site = Jekyll {
        defaults: Defaults::read(config.get("defaults"), config.folder("collections_dir")),
        entry_filter,
        source,
        config,
    };
    Ok((conventions, Box::new(site)))
}

/// Returns the folders of posts and drafts, relative to the site's root.
fn folders(root: &Path, config: &Config, entry_filter: &EntryFilter) -> Vec<String> {
    let collections = join(config.folder("source"), config.folder("collections_dir"));
    let (source, below) = (config.folder("source"), config.folder("collections_dir"));
    let mut folders = entry_filter.folders(root, source, below);
    if folders.is_empty() {
        folders.push(join(&collections, "_posts"));
    }
    let documents = config
        .collections()
        .map(|label| join(&collections, &format!("_{label}")));
    folders.extend(documents.filter(|folder| root.join(folder).is_dir()));
    folders
}

impl Jekyll {
    /// Returns `path` relative to the folder of collections.
    fn relative<'a>(&self, path: &'a str) -> &'a str {
        let path = relative_to(path, &self.source).unwrap_or(path);
        relative_to(path, self.config.folder("collections_dir")).unwrap_or(path)
    }

    fn collection_path<'a>(&self, file: &'a PostFile) -> CollectionPath<'a> {
        let path = self.relative(&file.path);
        let special = ["_posts", "_drafts"].iter().find_map(|name| {
            let at = path.split('/').position(|part| part == *name)?;
            let start: usize = path.split('/').take(at).map(|part| part.len() + 1).sum();
            Some((*name, start))
        });
        match special {
            Some((name, start)) => CollectionPath {
                collection: "posts",
                path: path[start + name.len()..].trim_start_matches('/'),
                parents: path[..start].trim_end_matches('/'),
                is_draft: name == "_drafts",
            },
            None => {
                let (folder, below) = path.split_once('/').unwrap_or(("", path));
                CollectionPath {
                    collection: folder.strip_prefix('_').unwrap_or(folder),
                    path: below,
                    parents: "",
                    is_draft: false,
                }
            }
        }
    }

    fn general_pattern(&self, collection: &str) -> String {
        let style = self.config.text("permalink").unwrap_or("date");
        let own = self.config.collection_permalink(collection);
        match (own, collection) {
            (Some(own), _) => own.to_owned(),
            (None, "posts") => permalink::style(style).to_owned(),
            (None, _) => permalink::default_pattern(style),
        }
    }

    fn separator<'a>(&'a self, front: &'a FrontMatter) -> Option<&'a str> {
        let own = front.get("excerpt_separator").and_then(Value::as_str);
        own.or_else(|| self.config.text("excerpt_separator"))
    }
}

impl Generator for Jekyll {
    fn accepts(&self, file: &PostFile) -> Acceptance {
        let in_collection = self.collection_path(file);
        let is_post = in_collection.collection == "posts";
        let is_dated = in_collection.is_draft
            || !is_post
            || date::split_dated_name(in_collection.path).is_some();
        let path = relative_to(&file.path, &self.source).unwrap_or(&file.path);
        if is_dated && self.entry_filter.includes(path, in_collection.path) {
            Acceptance::without_front_matter_if(is_post)
        } else {
            Acceptance::Never
        }
    }

    fn name_parts(&self, file: &PostFile) -> FileNameParts {
        let (date, slug) = match date::split_dated_name(file.content_path()) {
            Some((date, slug)) => (date, slug),
            None => (None, file.file_stem()),
        };
        let slug = slug.trim_end_matches('.').to_owned();
        FileNameParts {
            date,
            title: Some(slug::titleize(&slug)).filter(|title| !title.is_empty()),
            slug,
            ..FileNameParts::default()
        }
    }

    fn route(&self, post: &RouteInput<'_>) -> Result<Route, RouteError> {
        let in_collection = self.collection_path(post.file);
        let path = post.file.without_extension(in_collection.path);
        let own_slug = post.front.get("slug").and_then(scalar);
        let own_date = post.front.get("date").and_then(scalar);
        let date = own_date
            .and_then(|text| date::read(&text, post.front.is_quoted("date"), post.zone).ok());
        let date = date.map(|dated| dated.date.at.with_time_zone(post.zone.clone()).datetime());
        let values = permalink::Values {
            collection: in_collection.collection,
            path: path.trim_end_matches('.').to_owned(),
            base_name: post.file.file_stem(),
            slug: own_slug.unwrap_or_else(|| post.name.slug.clone()),
            categories: categories(post.front, in_collection.parents),
            date: date.or_else(|| Some(post.name.date?.at(0, 0, 0, 0))),
        };
        let general = self.general_pattern(in_collection.collection);
        let (pattern, origin) = permalink::pattern(post, &general);
        permalink::route(pattern, origin, &values)
    }

    fn inherited(&self, file: &PostFile, _: &FrontMatter) -> Map<String, Value> {
        let path = self.relative(&file.path);
        self.defaults
            .values_for(path, self.collection_path(file).collection)
    }

    fn skip_reason(
        &self,
        file: &PostFile,
        _: &FrontMatter,
        _: &TimeZone,
        _: Timestamp,
    ) -> Result<Option<(Code, String)>, Diagnostic> {
        let collection = self.collection_path(file).collection;
        let rendered = collection == "posts" || self.config.has_pages(collection);
        Ok((!rendered).then(|| {
            let what = format!(
                "`collections.{collection}.output` of `{}` is not true",
                self.config.name
            );
            (Code::NotRendered, what)
        }))
    }

    fn date(
        &self,
        text: &str,
        is_quoted: &dyn Fn() -> bool,
        zone: &TimeZone,
    ) -> Result<Option<ParsedDate>, DateError> {
        date::read(text, is_quoted(), zone).map(Some)
    }

    fn text<'a>(&self, front: &FrontMatter, body: &'a str) -> Cow<'a, str> {
        let site = |name: &str| match name {
            // Paths are resolved against the site's URL later.
            "baseurl" | "url" => Some(String::new()),
            name => self.config.get(name).and_then(scalar),
        };
        let mut text = Cow::Borrowed(body);
        if let Some(separator) = self.separator(front) {
            text = markdown::mark_excerpt_end(text, separator);
        }
        if let Cow::Owned(filled) = liquid::fill(&text, front, &site) {
            text = Cow::Owned(filled);
        }
        liquid::without_kramdown_blocks(text)
    }
}

/// Returns the categories of a document: from the parents of `_posts`, the defaults and its front matter.
fn categories(front: &FrontMatter, above: &str) -> Vec<String> {
    let folders = above.split('/').filter(|part| !part.is_empty());
    let mut all: Vec<String> = folders.map(str::to_owned).collect();
    for map in [&front.inherited, &front.map] {
        match map.get("categories") {
            Some(Value::String(text)) => all.extend(text.split_whitespace().map(str::to_owned)),
            Some(Value::Array(values)) => all.extend(values.iter().filter_map(scalar)),
            _ => {}
        }
    }
    match front.get("category") {
        Some(Value::Array(values)) => all.extend(values.iter().filter_map(scalar)),
        Some(value) => all.extend(scalar(value)),
        None => {}
    }
    all
}

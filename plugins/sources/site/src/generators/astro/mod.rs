//! Astro, by its documentation and, where that is silent, as version 5 behaves.
//!
//! Astro has no posts, only entries of collections and pages. Here a post is an entry or a Markdown
//! page with a date; where the user names a folder, all its files are. Addresses are made by the site's
//! own program, which is never run: the page that asks for a post's collection tells where its entries
//! appear, or `permalink` of pipeline.yaml does.

mod collections;
mod config;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use syndicate_api::{FieldOrigin, Result};

use self::collections::{Collections, id, slugged};
use self::config::{Config, TrailingSlash};
use super::conventions::{Conventions, Excerpt, Generator, Loaded, has_date};
use super::model::{Acceptance, FileNameParts, Folder, Located, Route, RouteError, RouteInput};
use super::routes::{self, Dynamic, is_of_entry, is_of_language};
use crate::address::is_remote;
use crate::document::{Dialect, Fence, Front, Lead};
use crate::markdown::without_mdx;
use crate::paths::{basename, join, relative_to};
use crate::permalink::expand;
use crate::post_file::{PostFile, split_date};
use crate::value::scalar;

pub(super) use config::is_site;

const EXTENSIONS: &[&str] = &["md", "mdx", "markdown", "mdown", "mkd"];

/// An Astro site.
#[derive(Debug)]
struct Astro {
    root: PathBuf,
    config: Config,
    collections: Collections,
    /// The folders of posts unless the user names others.
    content: Vec<String>,
    routes: Vec<Dynamic>,
}

pub(super) fn load(root: &Path) -> Result<Loaded> {
    let config = Config::read(root)?;
    let collections = Collections::read(root, &config.source);
    let content = content(&config, &collections);
    let mut config_files = vec![config.name.clone()];
    config_files.extend(config.files.clone());
    config_files.extend(collections.file.clone());
    let conventions = Conventions {
        config: config.site.clone(),
        content: content.iter().map(Folder::optional).collect(),
        statics: vec![config.public.clone()],
        config_files,
        extensions: EXTENSIONS,
        unread: &["mdoc", "adoc", "org"],
        dialect: Dialect {
            lead: Lead::BlankLines,
            fence: Fence::Prefix,
            ..Dialect::default()
        },
        roots_pictures: true,
        excerpt: Excerpt::Paragraph,
        notes: collections.note().into_iter().collect(),
        post_rule: Some(
            "posts are the entries and Markdown pages that have a date, in the front matter or before \
             the name: set `content` if yours are \
             others"
                .to_owned(),
        ),
        ..Conventions::default()
    };
    let site = Astro {
        root: root.to_path_buf(),
        collections,
        content,
        routes: routes::read(root, &join(&config.source, "pages"), page),
        config,
    };
    Ok((conventions, Box::new(site)))
}

/// Returns the folders of collections, pages and data, relative to the site's root.
fn content(config: &Config, collections: &Collections) -> Vec<String> {
    let mut folders = collections.folders();
    folders.push(join(&config.source, "pages"));
    let data = join(&config.source, "data");
    if !folders
        .iter()
        .any(|folder| relative_to(folder, &data).is_some())
    {
        folders.push(data);
    }
    folders
}

impl Astro {
    fn pages(&self) -> String {
        join(&self.config.source, "pages")
    }

    /// Whether the user named the folder that the file was found in.
    fn is_chosen(&self, file: &PostFile) -> bool {
        let folder = file.content_folder();
        self.content.iter().all(|own| own != folder)
    }

    /// The collection of a file and the stem of its path there; for a file in no collection that is
    /// known, those of its folder.
    fn entry(&self, file: &PostFile) -> (String, String) {
        let stem = |path: &str| file.without_extension(path).to_owned();
        match self.collections.place(&file.path) {
            Some((collection, path)) => (collection, stem(path)),
            None => {
                let folder = basename(file.content_folder());
                match file.below.split_once('/') {
                    // `src/data/post/x.md`: the folder of data has folders of entries.
                    Some((name, path)) if !self.is_chosen(file) => (name.to_owned(), stem(path)),
                    _ => (folder.to_owned(), stem(&file.below)),
                }
            }
        }
    }

    /// The entry's name, which its front matter may give.
    fn slug(&self, file: &PostFile, front: &Front) -> String {
        let own = front.map.get("slug").and_then(scalar);
        own.unwrap_or_else(|| id(&self.entry(file).1))
    }

    /// The path by the page that shows the entry.
    fn by_route(&self, post: &RouteInput<'_>, route: &Dynamic) -> Result<String, String> {
        let slug = self.slug(post.file, post.front);
        let mut slug = slug.as_str();
        let mut language = "";
        if route.parameters().any(is_of_language) {
            (language, slug) = slug.split_once('/').unwrap_or(("", slug));
        }
        // A date of its own in the path takes the one before the name.
        if route.parameters().any(|name| name == "year") {
            slug = split_date(basename(slug)).1;
        }
        route.fill(|name| match name {
            name if is_of_language(name) => Some(language.to_owned()),
            name if is_of_entry(name) => Some(slug.to_owned()),
            name => post.value_in_utc(name),
        })
    }

    /// The path by the pattern of AstroWind's settings, `/%category%/%slug%`.
    fn by_theme(&self, post: &RouteInput<'_>, pattern: &str) -> Result<String, String> {
        let mut parts = pattern.split('%');
        let mut path = parts.next().unwrap_or_default().to_owned();
        while let (Some(name), Some(fixed)) = (parts.next(), parts.next()) {
            let value = match name {
                "slug" | "id" => Some(self.slug(post.file, post.front)),
                "category" => {
                    let category = post.front.get("category").and_then(scalar);
                    Some(category.map_or_else(String::new, |name| slugged(&name)))
                }
                name if is_of_entry(name) => Some(String::new()),
                name => post.value_in_utc(name),
            };
            path.push_str(&value.ok_or_else(|| name.to_owned())?);
            path.push_str(fixed);
        }
        Ok(path)
    }

    fn by_option(&self, post: &RouteInput<'_>, pattern: &str) -> Result<String, String> {
        let slug = self.slug(post.file, post.front);
        expand(pattern, |name| {
            Some(match name {
                "path" | "slug" | "title" => Cow::Owned(slug.clone()),
                "name" => basename(&slug).to_owned().into(),
                "collection" => self.entry(post.file).0.into(),
                name if is_of_entry(name) => slug.clone().into(),
                name => post.value_in_utc(name)?.into(),
            })
        })
    }

    /// The path of a page with the slash or the extension that Astro gives it.
    fn finished(&self, path: &str) -> String {
        let path = format!("/{}", path.trim_matches('/'));
        match self.config.trailing_slash {
            _ if path == "/" => path,
            TrailingSlash::Never => path,
            TrailingSlash::Always => format!("{path}/"),
            TrailingSlash::Ignore if self.config.builds_files => format!("{path}.html"),
            TrailingSlash::Ignore => format!("{path}/"),
        }
    }
}

impl Generator for Astro {
    /// Files and folders that begin with `_` are left out ("Excluding pages").
    fn accepts(&self, file: &PostFile) -> Acceptance {
        let is_part = file.below.split('/').any(|part| part.starts_with('_'));
        if is_part || self.collections.leaves_out(&file.path) {
            return Acceptance::Never;
        }
        Acceptance::bare_if(self.is_chosen(file))
    }

    fn is_post(&self, file: &PostFile, front: &Front) -> bool {
        self.is_chosen(file) || has_date(front) || dated(file.stem()).is_some()
    }

    fn name_parts(&self, file: &PostFile) -> FileNameParts {
        FileNameParts {
            slug: id(&self.entry(file).1),
            date: dated(file.stem()),
            ..FileNameParts::default()
        }
    }

    fn route(&self, post: &RouteInput<'_>) -> Result<Route, RouteError> {
        let page = relative_to(&post.file.path, &self.pages());
        let (collection, _) = self.entry(post.file);
        let theme = self.config.permalink.as_deref();
        let (path, pattern) = if let Some(pattern) = post.pattern {
            let path = self.by_option(post, pattern);
            let path = path.map_err(RouteError::of(pattern))?;
            // What the user writes is not corrected.
            let path = format!("/{}", path.trim_start_matches('/'));
            return Ok(Route::from_pattern(path, pattern));
        } else if let Some(page) = page {
            let stem = page.rsplit_once('.').map_or(page, |(stem, _)| stem);
            (Ok(path_of_page(stem)), "the page's path".to_owned())
        } else if let Some(pattern) = theme {
            (self.by_theme(post, pattern), pattern.to_owned())
        } else if let Some(route) = routes::of(&self.routes, &collection) {
            (self.by_route(post, route), route.to_string())
        } else {
            let pages = format!("{}/{collection}/[...slug].astro", self.pages());
            return Err(RouteError::new(&pages, "permalink"));
        };
        let path = path.map_err(RouteError::of(&pattern))?;
        Ok(Route {
            path: self.finished(&path),
            origin: if page.is_some() {
                FieldOrigin::Path
            } else {
                FieldOrigin::Permalink(pattern)
            },
        })
    }

    fn text<'a>(&self, _: &Front, body: &'a str) -> Cow<'a, str> {
        without_mdx(body)
    }

    /// Pictures below the source folder get a name of their own when the site is built ("Images").
    /// They are named relative to the post, or by an alias of the source folder.
    fn locate_picture(&self, file: &PostFile, target: &str) -> Option<Located> {
        let target = target.split(['?', '#']).next().unwrap_or(target);
        let source = &self.config.source;
        let alias = ["~/", "@/", "@"]
            .iter()
            .find_map(|alias| target.strip_prefix(alias));
        let rooted = target
            .strip_prefix('/')
            .and_then(|path| relative_to(path, source));
        let path = if let Some(path) = alias.or(rooted) {
            join(source, path)
        } else if is_remote(target) || target.starts_with('/') || target.contains(':') {
            return None;
        } else {
            file.sibling(target)?
        };
        // A bare name may also be one of the public folder.
        let is_sure = alias.is_some() || rooted.is_some() || target.starts_with('.');
        let is_there = || self.root.join(crate::address::decode(&path)).is_file();
        (is_sure || is_there()).then(|| Located {
            path: relative_to(&path, &self.config.public).map(|path| format!("/{path}")),
            file: path.clone(),
        })
    }
}

/// Returns the date that a path gives: before the name of its file or bundle, or by the folders around it.
fn dated(stem: &str) -> Option<Date> {
    let page = stem.strip_suffix("/index").unwrap_or(stem);
    if let (Some(date), _) = split_date(basename(page)) {
        return Some(date);
    }
    let (folders, _) = page.rsplit_once('/')?;
    let mut parts = folders.rsplit('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let is_shaped = year.len() == 4 && month.len() == 2 && day.len() == 2;
    is_shaped.then(|| format!("{year}-{month}-{day}").parse().ok())?
}

/// The path of the route whose page `file` is, with its parameters; `x/index.astro` is that of `x`.
fn page(file: &str) -> Option<&str> {
    let stem = file.strip_suffix(".astro")?;
    Some(stem.strip_suffix("/index").unwrap_or(stem))
}

/// The path of the page for a Markdown file in the folder of pages.
fn path_of_page(stem: &str) -> String {
    match stem.rsplit_once('/') {
        Some((folder, "index")) => folder.to_owned(),
        _ if basename(stem) == "index" => String::new(),
        _ => stem.to_owned(),
    }
}

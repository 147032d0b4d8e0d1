//! Astro, according to its documentation and otherwise to the behavior of version 5.
//!
//! Astro distinguishes only collection entries and pages. Here a post is an entry or a Markdown page
//! with a date; in a folder that the user names, every file is a post. URLs are made by the site's own
//! code, which is never run: they are derived from the page that queries the post's collection, or from
//! `permalink` in pipeline.yaml.

mod collections;
mod config;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use syndicate_api::{FieldOrigin, Result};

use self::collections::{Collections, entry_id, github_slug};
use self::config::{Config, TrailingSlash};
use super::conventions::{Conventions, Excerpt, Generator, Loaded, has_date};
use super::model::{
    Acceptance, FileNameParts, Folder, LocatedPicture, Route, RouteError, RouteInput,
};
use super::routes::{self, DynamicRoute, is_entry_parameter, is_language_parameter};
use crate::document::{Fence, FrontMatter, FrontMatterSyntax, LeadingWhitespace};
use crate::markdown::without_mdx;
use crate::paths::{basename, join, relative_to};
use crate::permalink::expand;
use crate::post_file::{PostFile, split_date};
use crate::urls::is_remote;
use crate::value::scalar;

pub(super) use config::{NAMES, is_site};

const EXTENSIONS: &[&str] = &["md", "mdx", "markdown", "mdown", "mkd"];

/// An Astro site.
#[derive(Debug)]
struct Astro {
    root: PathBuf,
    config: Config,
    collections: Collections,
    /// The folders of posts, unless the user names others.
    content: Vec<String>,
    routes: Vec<DynamicRoute>,
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
        static_folders: vec![config.public.clone()],
        config_files,
        extensions: EXTENSIONS,
        unsupported_extensions: &["mdoc", "adoc", "org"],
        syntax: FrontMatterSyntax {
            leading: LeadingWhitespace::BlankLines,
            fence: Fence::Prefix,
            ..FrontMatterSyntax::default()
        },
        has_rooted_pictures: true,
        excerpt: Excerpt::Paragraph,
        notes: collections.note().into_iter().collect(),
        post_rule: Some(
            "posts are the entries and Markdown pages that have a date, in the front matter or in \
             the file name: set `content` to choose others"
                .to_owned(),
        ),
        ..Conventions::default()
    };
    let site = Astro {
        root: root.to_path_buf(),
        collections,
        content,
        routes: routes::read(root, &join(&config.source, "pages"), route_of_file),
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

    /// Returns `true` if the user named the folder that contains the file.
    fn is_in_user_folder(&self, file: &PostFile) -> bool {
        let folder = file.content_folder();
        self.content.iter().all(|own| own != folder)
    }

    /// Returns the collection of a file and its path in the collection, without extension. A file outside
    /// known collections belongs to one named after its folder.
    fn entry(&self, file: &PostFile) -> (String, String) {
        let stem = |path: &str| file.without_extension(path).to_owned();
        match self.collections.locate(&file.path) {
            Some((collection, path)) => (collection, stem(path)),
            None => {
                let folder = basename(file.content_folder());
                match file.content_path().split_once('/') {
                    // In `src/data/post/x.md` the collection is the subfolder, not the data folder.
                    Some((name, path)) if !self.is_in_user_folder(file) => {
                        (name.to_owned(), stem(path))
                    }
                    _ => (folder.to_owned(), stem(file.content_path())),
                }
            }
        }
    }

    /// Returns the slug of the entry: the front matter's, otherwise its ID.
    fn slug(&self, file: &PostFile, front: &FrontMatter) -> String {
        let own = front.map.get("slug").and_then(scalar);
        own.unwrap_or_else(|| entry_id(&self.entry(file).1))
    }

    /// Returns the path given by the dynamic route that shows the entry.
    fn by_route(&self, post: &RouteInput<'_>, route: &DynamicRoute) -> Result<String, String> {
        let slug = self.slug(post.file, post.front);
        let mut slug = slug.as_str();
        let mut language = "";
        if route.parameters().any(is_language_parameter) {
            (language, slug) = slug.split_once('/').unwrap_or(("", slug));
        }
        // If the route contains the date, the slug is the name without it.
        if route.parameters().any(|name| name == "year") {
            slug = split_date(basename(slug)).1;
        }
        route.fill(|name| match name {
            name if is_language_parameter(name) => Some(language.to_owned()),
            name if is_entry_parameter(name) => Some(slug.to_owned()),
            name => post.value_in_utc(name),
        })
    }

    /// Returns the path given by AstroWind's pattern, such as `/%category%/%slug%`.
    fn by_theme(&self, post: &RouteInput<'_>, pattern: &str) -> Result<String, String> {
        let mut parts = pattern.split('%');
        let mut path = parts.next().unwrap_or_default().to_owned();
        while let (Some(name), Some(fixed)) = (parts.next(), parts.next()) {
            let value = match name {
                "slug" | "id" => Some(self.slug(post.file, post.front)),
                "category" => {
                    let category = post.front.get("category").and_then(scalar);
                    Some(category.map_or_else(String::new, |name| github_slug(&name)))
                }
                name if is_entry_parameter(name) => Some(String::new()),
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
                name if is_entry_parameter(name) => slug.clone().into(),
                name => post.value_in_utc(name)?.into(),
            })
        })
    }

    /// Adds the trailing slash or the extension that the config requires.
    fn with_page_ending(&self, path: &str) -> String {
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
    /// Rejects files and folders that begin with `_` ("Excluding pages").
    fn accepts(&self, file: &PostFile) -> Acceptance {
        let is_part = file
            .content_path()
            .split('/')
            .any(|part| part.starts_with('_'));
        if is_part || self.collections.excludes(&file.path) {
            return Acceptance::Never;
        }
        Acceptance::without_front_matter_if(self.is_in_user_folder(file))
    }

    fn is_post(&self, file: &PostFile, front: &FrontMatter) -> bool {
        self.is_in_user_folder(file)
            || has_date(front)
            || date_in_path(file.content_stem()).is_some()
    }

    fn name_parts(&self, file: &PostFile) -> FileNameParts {
        FileNameParts {
            slug: entry_id(&self.entry(file).1),
            date: date_in_path(file.content_stem()),
            ..FileNameParts::default()
        }
    }

    fn route(&self, post: &RouteInput<'_>) -> Result<Route, RouteError> {
        let page = relative_to(&post.file.path, &self.pages());
        let (collection, _) = self.entry(post.file);
        let theme = self.config.permalink.as_deref();
        let (path, pattern) = if let Some(pattern) = post.pattern {
            let path = self.by_option(post, pattern);
            let path = path.map_err(RouteError::in_pattern(pattern))?;
            // The user's pattern decides about the trailing slash.
            let path = format!("/{}", path.trim_start_matches('/'));
            return Ok(Route::from_pattern(path, pattern));
        } else if let Some(page) = page {
            let stem = page.rsplit_once('.').map_or(page, |(stem, _)| stem);
            (Ok(page_path(stem)), "the page's path".to_owned())
        } else if let Some(pattern) = theme {
            (self.by_theme(post, pattern), pattern.to_owned())
        } else if let Some(route) = routes::find_route(&self.routes, &collection) {
            (self.by_route(post, route), route.to_string())
        } else {
            let pages = format!("{}/{collection}/[...slug].astro", self.pages());
            return Err(RouteError::new(&pages, "permalink"));
        };
        let path = path.map_err(RouteError::in_pattern(&pattern))?;
        Ok(Route {
            path: self.with_page_ending(&path),
            origin: if page.is_some() {
                FieldOrigin::Path
            } else {
                FieldOrigin::Permalink(pattern)
            },
        })
    }

    fn text<'a>(&self, _: &FrontMatter, body: &'a str) -> Cow<'a, str> {
        without_mdx(body)
    }

    /// Finds pictures in the source folder, which are referenced relative to the post or by an alias of that
    /// folder. The build gives them new names ("Images").
    fn locate_picture(&self, file: &PostFile, target: &str) -> Option<LocatedPicture> {
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
        // A bare name may also refer to the public folder, so the file must exist.
        let is_sure = alias.is_some() || rooted.is_some() || target.starts_with('.');
        let exists = || self.root.join(crate::urls::decode(&path)).is_file();
        (is_sure || exists()).then(|| LocatedPicture {
            path: relative_to(&path, &self.config.public).map(|path| format!("/{path}")),
            file: path.clone(),
        })
    }
}

/// Returns the date in a path: before the name of the file or bundle, or in the folders `2024/01/02`.
fn date_in_path(stem: &str) -> Option<Date> {
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

/// Returns the route of a page file, with its parameters. `x/index.astro` has the route `x`.
fn route_of_file(file: &str) -> Option<&str> {
    let stem = file.strip_suffix(".astro")?;
    Some(stem.strip_suffix("/index").unwrap_or(stem))
}

/// Returns the URL path of a Markdown file in the folder of pages.
fn page_path(stem: &str) -> String {
    match stem.rsplit_once('/') {
        Some((folder, "index")) => folder.to_owned(),
        _ if basename(stem) == "index" => String::new(),
        _ => stem.to_owned(),
    }
}

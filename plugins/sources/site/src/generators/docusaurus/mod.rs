//! Docusaurus, by its documentation and, where that is silent, as version 3 behaves.
//!
//! Posts are the files of its blogs; docs and pages are none. Its config is a program, which is never
//! run: what it exports as a literal is read, and what is not known is asked for. Translations below
//! `i18n` are not read, so a post has the address of the default language.

mod blog;
mod config;
mod path;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use globset::GlobSet;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use syndicate_api::dates::{DateError, ParsedDate, parse_date};
use syndicate_api::{Code, Diagnostic, FieldOrigin, Result};

use self::blog::Blog;
use self::config::Config;
use super::conventions::{Authors, Conventions, Excerpt, FILE_NAME, Generator, Loaded, TagRules};
use super::ignore_globs::path_globs;
use super::model::{Acceptance, FileNameParts, Folder, Located, Route, RouteError, RouteInput};
use super::settings::Settings;
use crate::address::is_remote;
use crate::document::{Dialect, Fence, Front};
use crate::markdown::without_mdx;
use crate::paths::{join, relative_to};
use crate::permalink::expand;
use crate::post_file::PostFile;
use crate::value::{scalar, yes_or_no};

pub(super) use config::is_site;

const EXTENSIONS: &[&str] = &["md", "mdx"];

/// A Docusaurus site.
#[derive(Debug)]
struct Docusaurus {
    root: PathBuf,
    blogs: Vec<Blog>,
    /// Whether addresses end in a slash, where the config says so.
    trailing_slash: Option<bool>,
    /// The files that are no posts, relative to their blog, by the blog's folder.
    excluded: BTreeMap<String, GlobSet>,
}

pub(super) fn load(root: &Path) -> Result<Loaded> {
    let mut config = Config::read(root)?;
    let (authors, labels) = names(root, &mut config);
    let required = config.blogs.len() == 1;
    let folder = |blog: &Blog| Folder {
        path: blog.folder.clone(),
        required,
    };
    let conventions = Conventions {
        config: config.site,
        content: config.blogs.iter().map(folder).collect(),
        statics: vec!["static".to_owned()],
        config_files: vec![config.name.to_owned()],
        extensions: EXTENSIONS,
        unread: &[],
        dialect: Dialect {
            fence: Fence::Named,
            ..Dialect::default()
        },
        date_keys: vec!["date".to_owned(), FILE_NAME.to_owned()],
        tags: TagRules {
            labels,
            ..TagRules::default()
        },
        authors: Authors::Keys(authors),
        roots_pictures: true,
        excerpt: Excerpt::Line,
        notes: config.notes,
        ..Conventions::default()
    };
    let blogs = config.blogs.iter();
    let excluded = blogs.map(|blog| (blog.folder.clone(), path_globs(&blog.excluded)));
    let excluded = excluded.collect();
    let site = Docusaurus {
        root: root.to_path_buf(),
        excluded,
        blogs: config.blogs,
        trailing_slash: config.trailing_slash,
    };
    Ok((conventions, Box::new(site)))
}

/// Reads the names of authors and the labels of tags that posts refer to by keys. A file that cannot be
/// read is noted; the keys then stand for themselves.
fn names(root: &Path, config: &mut Config) -> (BTreeMap<String, String>, BTreeMap<String, String>) {
    let (mut authors, mut labels) = (BTreeMap::new(), BTreeMap::new());
    for blog in &config.blogs {
        let files = [
            (Some(&blog.authors), "name", &mut authors),
            (blog.tags.as_ref(), "label", &mut labels),
        ];
        for (file, member, names) in files {
            let path = file.map(|file| root.join(&blog.folder).join(file));
            let Some(path) = path.filter(|path| path.is_file()) else {
                continue;
            };
            match Settings::read(&path) {
                Ok(settings) => {
                    names.extend(settings.0.iter().filter_map(|(key, value)| {
                        Some((key.clone(), scalar(value.get(member)?)?))
                    }))
                }
                Err(error) => config.notes.push(error.to_string()),
            }
        }
    }
    (authors, labels)
}

impl Docusaurus {
    /// The blog that a file belongs to, and its path there.
    fn place<'a>(&'a self, file: &'a PostFile) -> (Option<&'a Blog>, &'a str) {
        let found = self
            .blogs
            .iter()
            .find_map(|blog| Some((blog, relative_to(&file.path, &blog.folder)?)));
        match found {
            Some((blog, path)) => (Some(blog), path),
            None => (self.blogs.first(), &file.below),
        }
    }
}

impl Generator for Docusaurus {
    fn accepts(&self, file: &PostFile) -> Acceptance {
        let (blog, path) = self.place(file);
        let excluded = blog.and_then(|blog| self.excluded.get(&blog.folder));
        Acceptance::always_if(excluded.is_none_or(|globs| !globs.is_match(path)))
    }

    fn skip_reason(
        &self,
        _: &PostFile,
        front: &Front,
        _: &TimeZone,
        _: Timestamp,
    ) -> Result<Option<(Code, String)>, Diagnostic> {
        let unlisted = front.get("unlisted").and_then(yes_or_no) == Some(true);
        let why = "its front matter says `unlisted`".to_owned();
        Ok(unlisted.then_some((Code::Unlisted, why)))
    }

    /// A day that its month does not have is one of the next month to JavaScript.
    fn date(&self, text: &str, _: bool, zone: &TimeZone) -> Result<Option<ParsedDate>, DateError> {
        let carried = |error| parse_date(&path::carried(text).ok_or(error)?, zone);
        parse_date(text, zone).or_else(carried).map(Some)
    }

    fn name_parts(&self, file: &PostFile) -> FileNameParts {
        let path = self.place(file).1;
        FileNameParts {
            slug: path::slug(path),
            date: path::date(path),
            ..FileNameParts::default()
        }
    }

    fn route(&self, post: &RouteInput<'_>) -> Result<Route, RouteError> {
        let (blog, path) = self.place(post.file);
        let own = post.front.map.get("slug").and_then(scalar);
        let (slug, origin) = match (own, post.pattern) {
            (Some(slug), _) => (slug, FieldOrigin::FrontMatter("slug".to_owned())),
            (None, Some(pattern)) => {
                return Ok(Route::from_pattern(expanded(pattern, post)?, pattern));
            }
            (None, None) => (path::slug(path), FieldOrigin::Path),
        };
        let route = blog.map_or("blog", |blog| &blog.route);
        let mut path = format!("/{}", join(route, slug.trim_start_matches('/')));
        match self.trailing_slash {
            Some(true) if !path.ends_with('/') => path.push('/'),
            Some(false) => path.truncate(path.trim_end_matches('/').len()),
            _ => {}
        }
        Ok(Route { path, origin })
    }

    fn text<'a>(&self, _: &Front, body: &'a str) -> Cow<'a, str> {
        without_mdx(body)
    }

    /// `@site` is the site's root, and a path without a leading slash is a file beside the post; both
    /// get a name of their own when the site is built, unless they are in `static`.
    fn locate_picture(&self, file: &PostFile, target: &str) -> Option<Located> {
        let path = match target.strip_prefix("@site/") {
            Some(path) => path.to_owned(),
            None if is_remote(target) || target.starts_with('/') || target.contains(':') => {
                return None;
            }
            None => {
                let name = target.strip_prefix("./").unwrap_or(target);
                join(file.folder_on_disk(), name)
            }
        };
        let is_there = self.root.join(&path).is_file();
        is_there.then(|| Located {
            path: relative_to(&path, "static").map(|path| format!("/{path}")),
            file: path,
        })
    }
}

/// The path by the pattern of pipeline.yaml.
fn expanded(pattern: &str, post: &RouteInput<'_>) -> Result<String, RouteError> {
    let value = |name: &str| match name {
        "path" | "slug" | "title" => Some(Cow::Borrowed(post.name.slug.as_str())),
        name => Some(post.value(name)?.into()),
    };
    expand(pattern, value).map_err(RouteError::of(pattern))
}

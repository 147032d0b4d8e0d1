//! Docusaurus, according to its documentation and otherwise to the behavior of version 3.
//!
//! Posts are the files of its blogs; docs and pages are not posts. The config is a program that is never
//! run: only the literals that it exports are read, and notes ask for the rest. Translations in `i18n`
//! are not read, so a post has the URL of the default language.

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
use super::conventions::{
    AuthorFormat, Conventions, Excerpt, FILE_NAME_KEY, Generator, Loaded, TagRules,
};
use super::ignore_globs::path_globs;
use super::model::{
    Acceptance, FileNameParts, Folder, LocatedPicture, Route, RouteError, RouteInput,
};
use super::settings::Settings;
use crate::document::{Fence, FrontMatter, FrontMatterSyntax};
use crate::markdown::{without_expressions, without_mdx};
use crate::paths::{join, relative_to};
use crate::permalink::expand;
use crate::post_file::PostFile;
use crate::urls::is_remote;
use crate::value::{parse_bool, scalar};

pub(super) use config::{NAMES, is_site};

const EXTENSIONS: &[&str] = &["md", "mdx"];

/// A Docusaurus site.
#[derive(Debug)]
struct Docusaurus {
    root: PathBuf,
    blogs: Vec<Blog>,
    /// The setting `trailingSlash`, if set.
    trailing_slash: Option<bool>,
    /// Globs of files that are not posts, relative to the folder of their blog, by that folder.
    excluded: BTreeMap<String, GlobSet>,
}

pub(super) fn load(root: &Path) -> Result<Loaded> {
    let mut config = Config::read(root)?;
    let (authors, labels) = read_names(root, &mut config);
    let required = config.blogs.len() == 1;
    let folder = |blog: &Blog| Folder {
        path: blog.folder.clone(),
        required,
    };
    let conventions = Conventions {
        config: config.site,
        content: config.blogs.iter().map(folder).collect(),
        static_folders: vec!["static".to_owned()],
        config_files: vec![config.name.to_owned()],
        extensions: EXTENSIONS,
        unsupported_extensions: &[],
        syntax: FrontMatterSyntax {
            fence: Fence::Named,
            ..FrontMatterSyntax::default()
        },
        date_keys: vec!["date".to_owned(), FILE_NAME_KEY.to_owned()],
        tags: TagRules {
            labels,
            ..TagRules::default()
        },
        authors: AuthorFormat::Keys(authors),
        has_rooted_pictures: true,
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

/// Reads the names of authors and the labels of tags by key. A file that cannot be read adds a note; its
/// keys are then displayed unchanged.
fn read_names(
    root: &Path,
    config: &mut Config,
) -> (BTreeMap<String, String>, BTreeMap<String, String>) {
    let (mut authors, mut labels) = (BTreeMap::new(), BTreeMap::new());
    for blog in &config.blogs {
        let files = [
            (Some(&blog.authors), "name", &mut authors),
            (blog.tags.as_ref(), "label", &mut labels),
        ];
        for (file, member, names) in files {
            let Some(shown) = file.map(|file| join(&blog.folder, file)) else {
                continue;
            };
            let path = root.join(&shown);
            if !path.is_file() {
                continue;
            }
            match Settings::read(&path) {
                Ok(settings) => {
                    names.extend(settings.0.iter().filter_map(|(key, value)| {
                        Some((key.clone(), scalar(value.get(member)?)?))
                    }))
                }
                Err(error) => config.notes.push(match error.downcast::<Diagnostic>() {
                    Ok(diagnostic) => diagnostic.in_file(shown).to_line(),
                    Err(error) => error.to_string(),
                }),
            }
        }
    }
    (authors, labels)
}

impl Docusaurus {
    /// Returns the blog of a file and the file's path in it.
    fn locate<'a>(&'a self, file: &'a PostFile) -> (Option<&'a Blog>, &'a str) {
        let found = self
            .blogs
            .iter()
            .find_map(|blog| Some((blog, relative_to(&file.path, &blog.folder)?)));
        match found {
            Some((blog, path)) => (Some(blog), path),
            None => (self.blogs.first(), file.content_path()),
        }
    }
}

impl Generator for Docusaurus {
    fn accepts(&self, file: &PostFile) -> Acceptance {
        let (blog, path) = self.locate(file);
        let excluded = blog.and_then(|blog| self.excluded.get(&blog.folder));
        Acceptance::always_if(excluded.is_none_or(|globs| !globs.is_match(path)))
    }

    fn skip_reason(
        &self,
        _: &PostFile,
        front: &FrontMatter,
        _: &TimeZone,
        _: Timestamp,
    ) -> Result<Option<(Code, String)>, Diagnostic> {
        let unlisted = front.get("unlisted").and_then(parse_bool) == Some(true);
        let why = "its front matter has `unlisted: true`".to_owned();
        Ok(unlisted.then_some((Code::Unlisted, why)))
    }

    /// Parses a date as JavaScript does: day 31 of a shorter month is a day of the next month.
    fn date(
        &self,
        text: &str,
        _: &dyn Fn() -> bool,
        zone: &TimeZone,
    ) -> Result<Option<ParsedDate>, DateError> {
        let carried = |error| parse_date(&path::carry_days(text).ok_or(error)?, zone);
        parse_date(text, zone).or_else(carried).map(Some)
    }

    fn name_parts(&self, file: &PostFile) -> FileNameParts {
        let path = self.locate(file).1;
        FileNameParts {
            slug: path::slug(path),
            date: path::date(path),
            ..FileNameParts::default()
        }
    }

    fn route(&self, post: &RouteInput<'_>) -> Result<Route, RouteError> {
        let (blog, path) = self.locate(post.file);
        let own = post.front.map.get("slug").and_then(scalar);
        let (slug, origin) = match (own, post.pattern) {
            (Some(slug), _) => (slug, FieldOrigin::FrontMatter("slug".to_owned())),
            (None, Some(pattern)) => {
                return Ok(Route::from_pattern(expand_pattern(pattern, post)?, pattern));
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

    fn text<'a>(&self, _: &FrontMatter, body: &'a str) -> Cow<'a, str> {
        // Docusaurus reads all Markdown as MDX.
        match without_mdx(body) {
            Cow::Borrowed(text) => without_expressions(text),
            Cow::Owned(text) => Cow::Owned(without_expressions(&text).into_owned()),
        }
    }

    /// Resolves `@site` to the site's root, and a path without a leading slash relative to the post. The
    /// build gives such files new names, unless they are in `static`.
    fn locate_picture(&self, file: &PostFile, target: &str) -> Option<LocatedPicture> {
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
        let exists = self.root.join(&path).is_file();
        exists.then(|| LocatedPicture {
            path: relative_to(&path, "static").map(|path| format!("/{path}")),
            file: path,
        })
    }
}

/// Expands the pattern of pipeline.yaml.
fn expand_pattern(pattern: &str, post: &RouteInput<'_>) -> Result<String, RouteError> {
    let value = |name: &str| match name {
        "path" | "slug" | "title" => Some(Cow::Borrowed(post.name.slug.as_str())),
        name => Some(post.value(name)?.into()),
    };
    expand(pattern, value).map_err(RouteError::in_pattern(pattern))
}

//! Pelican, according to its documentation and otherwise to the behavior of version 4.
//!
//! Articles are the Markdown files in `ARTICLE_PATHS` that are not in `PAGE_PATHS`. Only settings with
//! literal values are read; a note reports each other one. Pelican skips an article without a title or a
//! date, so it is held here as well.

mod ascii;
mod config;
mod format;
mod metadata;
mod site_config;
mod slug;

use std::borrow::Cow;
use std::path::Path;

use globset::GlobSet;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};
use syndicate_api::{Code, Diagnostic, Result};

use super::config_file;
use super::conventions::{Conventions, Excerpt, Generator, Loaded, TagRules, TagSplit};
use super::ignore_globs::path_globs;
use super::model::{
    Acceptance, FileNameParts, Folder, LocatedPicture, Route, RouteError, RouteInput,
};
use crate::document::{FrontMatter, FrontMatterSyntax};
use crate::paths::{join, normalize_inside, or_dot, relative_to, trim_folder};
use crate::permalink::{date_part, expand};
use crate::post_file::PostFile;
use crate::urls;
use crate::value::scalar;
use config::Config;
pub(super) use config::NAMES;
use metadata::Metadata;
use slug::Slugs;

/// A Pelican site.
#[derive(Debug)]
struct Pelican {
    config: Config,
    /// Pelican's `PATH`, relative to the site's root; empty for the root itself.
    path: String,
    /// Folders without articles, relative to `path`.
    excluded: Vec<String>,
    /// Globs of names of files and folders that Pelican ignores.
    ignored: GlobSet,
    metadata: Metadata,
    slugs: Slugs,
}

/// Returns `true` if `root` contains a Pelican site.
pub(super) fn is_site(root: &Path) -> Result<bool> {
    Ok(config_file::find(root, NAMES).is_some())
}

pub(super) fn load(root: &Path) -> Result<Loaded> {
    let config = Config::load(root)?;
    let path = site_config::content_path(&config, root);
    let mut notes = config.notes.clone();
    let metadata = Metadata::read(&config, &mut notes);
    let (slugs, invalid_pattern) = Slugs::read(
        config.get("SLUG_REGEX_SUBSTITUTIONS"),
        config.flag("SLUGIFY_PRESERVE_CASE").unwrap_or(false),
        config.flag("SLUGIFY_USE_UNICODE").unwrap_or(false),
    );
    notes.extend(
        invalid_pattern.map(|pattern| {
            format!("unsupported pattern `{pattern}` in `SLUG_REGEX_SUBSTITUTIONS`")
        }),
    );
    let conventions = Conventions {
        config: site_config::site_config(&config),
        content: content(&config, &path),
        static_folders: vec![or_dot(&path)],
        config_files: config.files.clone(),
        unsupported_extensions: &["adoc", "asciidoc", "htm", "html", "org", "rst"],
        syntax: FrontMatterSyntax {
            allows_header: true,
            ..FrontMatterSyntax::default()
        },
        tags: TagRules {
            split: TagSplit::Semicolons,
            ..TagRules::default()
        },
        markdown_keys: config
            .list("FORMATTED_FIELDS")
            .unwrap_or_else(|| vec!["summary".to_owned()]),
        excerpt: excerpt(&config),
        notes,
        ..Conventions::default()
    };
    let pages = config.list("PAGE_PATHS");
    let mut excluded = config.list("ARTICLE_EXCLUDES").unwrap_or_default();
    excluded.extend(pages.unwrap_or_else(|| vec!["pages".to_owned()]));
    let site = Pelican {
        path,
        excluded: excluded
            .iter()
            .map(|folder| trim_folder(folder).to_owned())
            .collect(),
        ignored: path_globs(&config.list("IGNORE_FILES").unwrap_or_default()),
        metadata,
        slugs,
        config,
    };
    Ok((conventions, Box::new(site)))
}

/// Returns the folders of articles, without those inside another one.
fn content(config: &Config, root: &str) -> Vec<Folder> {
    let paths = config.list("ARTICLE_PATHS");
    let paths = paths.unwrap_or_else(|| vec![String::new()]);
    let paths: Vec<&str> = paths.iter().map(|path| trim_folder(path)).collect();
    let is_inner = |path: &str| {
        let mut others = paths.iter().filter(|other| **other != path);
        others.any(|other| other.is_empty() || relative_to(path, other).is_some())
    };
    let mut outer: Vec<&str> = paths
        .iter()
        .copied()
        .filter(|path| !is_inner(path))
        .collect();
    outer.dedup();
    outer
        .into_iter()
        .map(|path| Folder::required(or_dot(&join(root, path))))
        .collect()
}

fn excerpt(config: &Config) -> Excerpt {
    let number = |key| config.get(key).and_then(Value::as_u64);
    if number("SUMMARY_MAX_PARAGRAPHS") == Some(1) {
        return Excerpt::Paragraph;
    }
    let words = number("SUMMARY_MAX_LENGTH").and_then(|words| usize::try_from(words).ok());
    words.map_or(Excerpt::Beginning, Excerpt::Words)
}

impl Pelican {
    /// Returns the path relative to Pelican's `PATH`.
    fn article_path<'a>(&self, file: &'a PostFile) -> &'a str {
        relative_to(&file.path, &self.path).unwrap_or(&file.path)
    }

    /// Returns the `slug` of the article, which Pelican derives from the title as written.
    fn slug(&self, post: &RouteInput<'_>) -> String {
        let text = |key: &str| post.front.get(key).and_then(scalar);
        if let Some(own) = text("slug") {
            return own.trim().to_owned();
        }
        match self.config.text("SLUGIFY_SOURCE") {
            Some("basename") => self.slugs.slug(post.file.file_stem()),
            _ => {
                let title = text("title");
                self.slugs.slug(title.as_deref().unwrap_or(post.title))
            }
        }
    }

    /// Returns the value of a field of `ARTICLE_URL`.
    fn field(&self, post: &RouteInput<'_>, name: &str) -> Option<String> {
        let text = |key: &str| post.front.get(key).and_then(scalar);
        Some(match name {
            "slug" => self.slug(post),
            "lang" => self.lang(post.front).unwrap_or_else(|| "en".to_owned()),
            "path" => self.article_path(post.file).to_owned(),
            "category" => self.slugs.slug(text("category")?.trim()),
            "author" => {
                let first = text("authors").map(|names| {
                    let names = TagSplit::Semicolons.split("authors", &names);
                    names.into_iter().next().unwrap_or_default()
                });
                let name = first.or_else(|| text("author"));
                let name = name.or_else(|| self.config.text("AUTHOR").map(str::to_owned));
                self.slugs.slug(name?.trim())
            }
            name => text(name)?,
        })
    }

    fn lang(&self, front: &FrontMatter) -> Option<String> {
        let own = front.get("lang").and_then(scalar);
        own.or_else(|| self.config.text("DEFAULT_LANG").map(str::to_owned))
    }

    fn pattern(&self, front: &FrontMatter) -> &str {
        let default = self.config.text("DEFAULT_LANG");
        let is_default =
            self.lang(front).as_deref().map(str::to_lowercase) == default.map(str::to_lowercase);
        if is_default || default.is_none() {
            self.config.text("ARTICLE_URL").unwrap_or("{slug}.html")
        } else {
            self.config
                .text("ARTICLE_LANG_URL")
                .unwrap_or("{slug}-{lang}.html")
        }
    }
}

impl Generator for Pelican {
    fn accepts(&self, file: &PostFile) -> Acceptance {
        let path = self.article_path(file);
        let mut excluded = self.excluded.iter().filter(|folder| !folder.is_empty());
        if excluded.any(|folder| relative_to(path, folder).is_some()) {
            return Acceptance::Never;
        }
        if path.split('/').any(|name| self.ignored.is_match(name)) {
            return Acceptance::Never;
        }
        Acceptance::without_front_matter_if(self.metadata.values_for(path).contains_key("title"))
    }

    fn name_parts(&self, file: &PostFile) -> FileNameParts {
        FileNameParts {
            slug: file.file_stem().to_owned(),
            date: self.metadata.date(self.article_path(file)),
            ..FileNameParts::default()
        }
    }

    fn inherited(&self, file: &PostFile, _: &FrontMatter) -> Map<String, Value> {
        self.metadata.values_for(self.article_path(file))
    }

    fn skip_reason(
        &self,
        file: &PostFile,
        front: &FrontMatter,
        _: &TimeZone,
        _: Timestamp,
    ) -> Result<Option<(Code, String)>, Diagnostic> {
        let dated =
            front.get("date").is_some() || self.metadata.date(self.article_path(file)).is_some();
        let missing = match front.get("title") {
            None => Some("title"),
            Some(_) if !dated => Some("date"),
            Some(_) => None,
        };
        Ok(missing.map(|key| {
            let why = format!("Pelican skips an article without a `{key}`");
            (Code::NotRendered, why)
        }))
    }

    fn route(&self, post: &RouteInput<'_>) -> Result<Route, RouteError> {
        if let Some(own) = post.front.get("url").and_then(Value::as_str) {
            return Ok(Route::from_front_matter(
                with_leading_slash(own.trim()),
                "url",
            ));
        }
        let at = post.published.map(|dated| dated.date.at.datetime());
        let (pattern, path) = match post.pattern {
            Some(pattern) if pattern.contains(':') && !pattern.contains('{') => {
                let value = |name: &str| {
                    let date = at.and_then(|at| date_part(name, at));
                    Some(Cow::Owned(date.or_else(|| self.field(post, name))?))
                };
                (pattern, expand(pattern, value))
            }
            own => {
                let pattern = own.unwrap_or_else(|| self.pattern(post.front));
                (
                    pattern,
                    format::format(pattern, at, |name| self.field(post, name)),
                )
            }
        };
        let path = path.map_err(RouteError::in_pattern(pattern))?;
        Ok(Route::from_pattern(with_leading_slash(&path), pattern))
    }

    /// Resolves `{static}/images/x.png` and `{attach}x.png` ("Linking to internal content", Pelican's
    /// documentation).
    fn locate_picture(&self, file: &PostFile, target: &str) -> Option<LocatedPicture> {
        let (what, path) = ['}', '|'].into_iter().find_map(|close| {
            let inside = target.strip_prefix(if close == '}' { '{' } else { '|' })?;
            inside.split_once(close)
        })?;
        if !matches!(what, "static" | "filename" | "attach") {
            return None;
        }
        let folder = self
            .article_path(file)
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder);
        let below = match path.strip_prefix('/') {
            Some(path) => path.to_owned(),
            None => normalize_inside(&join(folder, path))?,
        };
        Some(LocatedPicture {
            file: join(&self.path, &below),
            // An attached file is moved to the folder of the article.
            path: (what != "attach").then(|| format!("/{below}")),
        })
    }

    fn text<'a>(&self, _: &FrontMatter, body: &'a str) -> Cow<'a, str> {
        let mut text = Cow::Borrowed(body);
        for (key, usual) in [
            ("SUMMARY_BEGIN_MARKER", "<!-- PELICAN_BEGIN_SUMMARY -->"),
            ("SUMMARY_END_MARKER", "<!-- PELICAN_END_SUMMARY -->"),
        ] {
            if let Some(own) = self.config.text(key).filter(|own| text.contains(own)) {
                text = Cow::Owned(text.replacen(own, usual, 1));
            }
        }
        text
    }
}

/// Adds a leading slash, unless `path` is an absolute URL.
fn with_leading_slash(path: &str) -> String {
    if urls::is_remote(path) {
        return path.to_owned();
    }
    format!("/{}", path.trim_start_matches('/'))
}

//! Pelican, by its documentation and, where that is silent, as version 4 behaves.
//!
//! Articles are the Markdown files in `ARTICLE_PATHS` that are in none of `PAGE_PATHS`. Settings are
//! read as far as they are plain values; a note tells of each that is not. Pelican skips an article
//! without a title or a date, and so it is held here.

mod about;
mod config;
mod format;
mod metadata;
mod python;
mod slug;

use std::borrow::Cow;
use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};
use syndicate_api::{Code, Origin, Result};

use super::{Excerpt, Facts, Folder, Generator, Located, Name, Route, Routed, Unrouted};
use crate::address;
use crate::document::{Dialect, Front};
use crate::flaw::Flaw;
use crate::paths::{join, normalize_inside, or_dot, relative_to, trim_folder};
use crate::permalink::{date_part, expand};
use crate::post_file::PostFile;
use crate::value::scalar;
use config::Config;
use metadata::Metadata;
use slug::Slugs;

/// A Pelican site.
#[derive(Debug)]
pub(super) struct Pelican {
    config: Config,
    facts: Facts,
    /// Pelican's `PATH`, relative to the site's root; empty for the root itself.
    path: String,
    /// Folders, relative to `path`, that hold no articles.
    excluded: Vec<String>,
    metadata: Metadata,
    slugs: Slugs,
    notes: Vec<String>,
}

/// Whether a Pelican site lies at `root`.
pub(super) fn is_site(root: &Path) -> Result<bool> {
    Ok(root.join(config::NAMES[0]).is_file())
}

impl Pelican {
    pub(super) fn load(root: &Path) -> Result<Self> {
        let config = Config::load(root)?;
        let mut notes = config.notes.clone();
        let metadata = Metadata::read(&config, &mut notes);
        let flag = |key| config.flag(key).unwrap_or(false);
        let (case, letters) = (flag("SLUGIFY_PRESERVE_CASE"), flag("SLUGIFY_USE_UNICODE"));
        let own = config.get("SLUG_REGEX_SUBSTITUTIONS");
        let (slugs, strange) = Slugs::read(own, case, letters);
        notes.extend(strange.map(|pattern| {
            format!("`SLUG_REGEX_SUBSTITUTIONS` has a pattern that is not understood: `{pattern}`")
        }));
        let mut excluded = config.list("ARTICLE_EXCLUDES").unwrap_or_default();
        excluded.extend(
            config
                .list("PAGE_PATHS")
                .unwrap_or_else(|| vec!["pages".to_owned()]),
        );
        Ok(Self {
            path: about::content_path(&config, root),
            facts: about::facts(&config),
            excluded: excluded
                .iter()
                .map(|folder| trim_folder(folder).to_owned())
                .collect(),
            metadata,
            slugs,
            notes,
            config,
        })
    }

    /// The path below Pelican's `PATH`.
    fn below<'a>(&self, file: &'a PostFile) -> &'a str {
        relative_to(&file.path, &self.path).unwrap_or(&file.path)
    }

    /// The `slug` of the article, `None` where it cannot be known.
    fn slug(&self, post: &Routed<'_>) -> Option<String> {
        if let Some(own) = post.front.get("slug").and_then(scalar) {
            return Some(own.trim().to_owned());
        }
        match self.config.text("SLUGIFY_SOURCE").unwrap_or("title") {
            "basename" => self.slugs.slug(post.file.base_name()),
            _ => self.slugs.slug(post.title),
        }
    }

    /// The value of one field of `ARTICLE_URL`.
    fn field(&self, post: &Routed<'_>, name: &str) -> Option<String> {
        let text = |key: &str| post.front.get(key).and_then(scalar);
        Some(match name {
            "slug" => self.slug(post)?,
            "lang" => self.lang(post.front).unwrap_or_else(|| "en".to_owned()),
            "path" => self.below(post.file).to_owned(),
            "category" => self.slugs.slug(text("category")?.trim())?,
            "author" => {
                let names = text("authors").or_else(|| text("author"));
                let names = names
                    .or_else(|| self.facts.author.clone())
                    .unwrap_or_default();
                let first = names.split(list_mark(&names)).next().unwrap_or_default();
                self.slugs.slug(first.trim())?
            }
            name => text(name)?,
        })
    }

    fn lang(&self, front: &Front) -> Option<String> {
        let own = front.get("lang").and_then(scalar);
        own.or_else(|| self.facts.lang.clone())
    }

    fn pattern(&self, front: &Front) -> &str {
        let default = self.facts.lang.as_deref();
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
    fn facts(&self) -> &Facts {
        &self.facts
    }

    fn content(&self) -> Vec<Folder> {
        let paths = self.config.list("ARTICLE_PATHS");
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
            .map(|path| Folder {
                path: or_dot(&join(&self.path, path)),
                required: true,
            })
            .collect()
    }

    fn statics(&self) -> Vec<String> {
        vec![or_dot(&self.path)]
    }

    fn config_files(&self) -> Vec<String> {
        self.config.files.clone()
    }

    fn dialect(&self) -> Dialect {
        Dialect {
            header: true,
            ..Dialect::default()
        }
    }

    fn takes(&self, file: &PostFile) -> bool {
        let path = self.below(file);
        let mut excluded = self.excluded.iter().filter(|folder| !folder.is_empty());
        !excluded.any(|folder| relative_to(path, folder).is_some())
    }

    fn takes_without_front_matter(&self, file: &PostFile) -> bool {
        let path = self.metadata.all(self.below(file));
        path.contains_key("title")
    }

    fn splits_tags(&self) -> bool {
        true
    }

    fn tags(&self, _: &str, text: &str) -> Vec<String> {
        text.split(list_mark(text)).map(str::to_owned).collect()
    }

    fn name(&self, file: &PostFile) -> Name {
        Name {
            slug: file.base_name().to_owned(),
            date: self.metadata.date(self.below(file)),
            extra: Vec::new(),
        }
    }

    fn inherited(&self, file: &PostFile, _: &Front) -> Map<String, Value> {
        self.metadata.all(self.below(file))
    }

    fn hold(
        &self,
        file: &PostFile,
        front: &Front,
        _: &TimeZone,
        _: Timestamp,
    ) -> Result<Option<(Code, String)>, Flaw> {
        let dated = front.get("date").is_some() || self.name(file).date.is_some();
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

    fn route(&self, post: &Routed<'_>) -> Result<Route, Unrouted> {
        if let Some(own) = post.front.get("url").and_then(Value::as_str) {
            return Ok(Route {
                path: rooted(own.trim()),
                origin: Origin::FrontMatter("url".to_owned()),
            });
        }
        let at = post.published.map(|dated| dated.moment.at.datetime());
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
        let pattern = pattern.to_owned();
        match path {
            Ok(path) => Ok(Route {
                path: rooted(&path),
                origin: Origin::Permalink(pattern),
            }),
            Err(placeholder) => Err(Unrouted {
                pattern,
                placeholder,
            }),
        }
    }

    fn asset_folder(&self, _: &PostFile) -> Option<String> {
        None
    }

    fn notes(&self) -> Vec<String> {
        self.notes.clone()
    }

    /// `{static}/images/x.png` and `{attach}x.png` ("Linking to internal content", Pelican's
    /// documentation).
    fn picture(&self, file: &PostFile, target: &str) -> Option<Located> {
        let (what, path) = ['}', '|'].into_iter().find_map(|close| {
            let inside = target.strip_prefix(if close == '}' { '{' } else { '|' })?;
            inside.split_once(close)
        })?;
        if !matches!(what, "static" | "filename" | "attach") {
            return None;
        }
        let folder = self
            .below(file)
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder);
        let below = match path.strip_prefix('/') {
            Some(path) => path.to_owned(),
            None => normalize_inside(&join(folder, path))?,
        };
        Some(Located {
            file: join(&self.path, &below),
            // What is attached moves to wherever the article appears.
            path: (what != "attach").then(|| format!("/{below}")),
        })
    }

    fn text<'a>(&self, _: &Front, body: &'a str) -> Cow<'a, str> {
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

    fn excerpt(&self) -> Excerpt {
        let number = |key| self.config.get(key).and_then(Value::as_u64);
        if number("SUMMARY_MAX_PARAGRAPHS") == Some(1) {
            return Excerpt::Paragraph;
        }
        let words = number("SUMMARY_MAX_LENGTH").and_then(|words| usize::try_from(words).ok());
        words.map_or(Excerpt::Beginning, Excerpt::Words)
    }
}

/// What stands between the members of a list (`ensure_metadata_list`).
fn list_mark(text: &str) -> char {
    if text.contains(';') { ';' } else { ',' }
}

/// A path that begins with a slash, or a whole address.
fn rooted(path: &str) -> String {
    if address::is_remote(path) {
        return path.to_owned();
    }
    format!("/{}", path.trim_start_matches('/'))
}

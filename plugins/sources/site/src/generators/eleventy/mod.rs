//! Eleventy, by its documentation and, where that is silent, as version 3 behaves.
//!
//! Eleventy has no posts, only pages and collections of them. Here a post is a Markdown file with a tag
//! such as `post` or `posts`, in its front matter or a data file, else one in a folder called so; the
//! folder's own page (`posts/index.md`) is none. Where the user names the folder, all its files are.
//! Programs are never run: literals in them are read, and a permalink that only they could make is no
//! address.

mod about;
mod config;
mod data;
mod slugs;
mod template;

use std::borrow::Cow;
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};
use syndicate_api::dates::{DateError, ParsedDate, parse_date};
use syndicate_api::{Code, Diagnostic, FieldOrigin, Result};

use self::config::Config;
use self::data::Cascade;
use self::template::{Page, permalink};
use super::conventions::{Conventions, Excerpt, Generator, Loaded, TagRules};
use super::model::{Acceptance, FileNameParts, Folder, Route, RouteError, RouteInput};
use crate::document::{Dialect, Fence, Front};
use crate::markdown;
use crate::paths::{basename, join, or_dot, relative_to};
use crate::permalink::expand;
use crate::post_file::PostFile;
use crate::slug::slugize;
use crate::value::yes_or_no;

pub(super) use config::is_site;

/// Tags and folders of posts.
const POSTS: &[&str] = &["post", "posts", "blog", "article", "articles", "_posts"];

/// Further tags that starters use for other ends than to tell readers.
const SILENT_TAGS: &[&str] = &["all", "nav"];

/// What `date` may say instead of a date, in lower case ("Content Dates").
const DATES_OF_FILES: &[&str] = &[
    "created",
    "git created",
    "git last modified",
    "last modified",
];

/// An Eleventy site.
#[derive(Debug)]
struct Eleventy {
    config: Config,
    cascade: Cascade,
    /// Whether a data file tags posts, so that folders' names do not count.
    is_tagged: bool,
}

pub(super) fn load(root: &Path) -> Result<Loaded> {
    let config = Config::read(root)?;
    let (site_config, sources) = about::site_config(root, &config);
    let cascade = Cascade::read(root, &config)?;
    let usual = [config.input.as_str(), "public", ".", "static"];
    let usual = usual.into_iter().filter(|folder| !folder.is_empty());
    let copied = config.copied.iter().map(String::as_str);
    let own = Some(config.name.clone()).filter(|name| !name.is_empty());
    let conventions = Conventions {
        config: site_config,
        content: vec![Folder::required(or_dot(&config.input))],
        statics: copied.chain(usual).map(str::to_owned).collect(),
        config_files: own.into_iter().chain(sources).collect(),
        dialect: Dialect {
            script: true,
            fence: Fence::Named,
            ..Dialect::default()
        },
        tags: TagRules {
            hidden: [POSTS, SILENT_TAGS].concat(),
            ..TagRules::default()
        },
        excerpt: Excerpt::Paragraph,
        post_rule: Some(
            "posts are the Markdown files that are tagged `posts`, `post`, `blog` or `articles`, or \
             lie in a folder of that name: set `content` if yours are others"
                .to_owned(),
        ),
        ..Conventions::default()
    };
    let is_tagged = cascade
        .all()
        .any(|data| tags(data.get("tags")).any(is_posts));
    let site = Eleventy {
        is_tagged,
        cascade,
        config,
    };
    Ok((conventions, Box::new(site)))
}

impl Eleventy {
    /// The path below the input folder.
    fn below<'a>(&self, file: &'a PostFile) -> &'a str {
        relative_to(&file.path, &self.config.input).unwrap_or(&file.path)
    }

    /// The path below the input folder without its extension.
    fn stem<'a>(&self, file: &'a PostFile) -> &'a str {
        file.without_extension(self.below(file))
    }

    /// Whether the user named the folder that the file was found in.
    fn is_chosen(&self, file: &PostFile) -> bool {
        file.content_folder() != self.config.input
    }

    /// The permalink that applies, and whether the front matter gives it.
    fn permalink<'a>(&self, post: &'a RouteInput<'_>) -> Option<(&'a str, bool)> {
        let own = post.front.map.get("permalink").and_then(permalink);
        let inherited = || post.front.inherited.get("permalink").and_then(permalink);
        match (own, post.pattern) {
            (Some(own), _) => Some((own, true)),
            (None, Some(pattern)) => Some((pattern, false)),
            (None, None) if post.front.map.contains_key("permalink") => None,
            (None, None) => inherited().map(|pattern| (pattern, false)),
        }
    }
}

impl Generator for Eleventy {
    fn accepts(&self, file: &PostFile) -> Acceptance {
        Acceptance::always_if(!self.config.is_machinery(&file.path))
    }

    fn inherited(&self, file: &PostFile, _: &Front) -> Map<String, Value> {
        self.cascade.of(&join(&self.config.input, self.stem(file)))
    }

    fn is_post(&self, file: &PostFile, front: &Front) -> bool {
        if self.is_chosen(file) {
            return true;
        }
        let tagged = [&front.map, &front.inherited]
            .into_iter()
            .any(|map| tags(map.get("tags")).any(is_posts));
        let (folder, name) = self.stem(file).rsplit_once('/').unwrap_or_default();
        let own_page = name == "index" && is_posts(basename(folder));
        let in_folder = folder.split('/').any(is_posts) && !own_page;
        tagged || in_folder && !self.is_tagged
    }

    fn skip_reason(
        &self,
        _: &PostFile,
        front: &Front,
        _: &TimeZone,
        _: Timestamp,
    ) -> Result<Option<(Code, String)>, Diagnostic> {
        let is = |key: &str, flag: bool| front.get(key).and_then(yes_or_no) == Some(flag);
        Ok(if is("permalink", false) {
            Some((Code::NotRendered, "its `permalink` is false".to_owned()))
        } else if is("eleventyExcludeFromCollections", true) {
            let why = "its `eleventyExcludeFromCollections` is true";
            Some((Code::Unlisted, why.to_owned()))
        } else {
            None
        })
    }

    fn date(&self, text: &str, _: bool, zone: &TimeZone) -> Result<Option<ParsedDate>, DateError> {
        if DATES_OF_FILES.contains(&text.trim().to_lowercase().as_str()) {
            return Ok(None);
        }
        parse_date(text, zone).map(Some)
    }

    fn name_parts(&self, file: &PostFile) -> FileNameParts {
        FileNameParts {
            slug: file_slug(self.stem(file)).to_owned(),
            date: first_date(&file.path),
            ..FileNameParts::default()
        }
    }

    fn route(&self, post: &RouteInput<'_>) -> Result<Route, RouteError> {
        let stem = self.stem(post.file);
        let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
        let Some((pattern, is_own)) = self.permalink(post) else {
            if self.config.computes_permalinks {
                return Err(RouteError::new(data::UNKNOWN, self.config.name.as_str()));
            }
            return Ok(Route {
                path: default_path(folder, name),
                origin: FieldOrigin::Path,
            });
        };
        if pattern == data::UNKNOWN {
            return Err(RouteError::new(pattern, "permalink"));
        }
        let page = Page {
            post,
            file_slug: file_slug(stem),
            file_path_stem: &format!("/{}", join(folder, undated(name))),
            is_old: self.config.version.is_some_and(|version| version < 3),
        };
        let path = if is_own || pattern.contains("{{") || !pattern.contains(':') {
            page.evaluate(pattern)
        } else {
            expand(pattern, |name| placeholder(post, stem, name))
        };
        let path = path.map_err(RouteError::of(pattern))?;
        let path = path.strip_suffix("index.html").unwrap_or(&path);
        Ok(Route {
            path: format!("/{}", path.trim_start_matches('/')),
            origin: if is_own {
                FieldOrigin::FrontMatter("permalink".to_owned())
            } else {
                FieldOrigin::Permalink(pattern.to_owned())
            },
        })
    }

    fn text<'a>(&self, _: &Front, body: &'a str) -> Cow<'a, str> {
        match &self.config.separator {
            Some(separator) => markdown::mark(Cow::Borrowed(body), separator),
            None => Cow::Borrowed(body),
        }
    }
}

/// Where a page without a permalink appears: in a folder of its name, unless that is its folder's.
fn default_path(folder: &str, name: &str) -> String {
    let own = if name == "index" || basename(folder) == name {
        ""
    } else {
        name
    };
    match join(folder, own).as_str() {
        "" => "/".to_owned(),
        path => format!("/{path}/"),
    }
}

/// A tag that makes a post, or a folder of posts.
fn is_posts(name: &str) -> bool {
    POSTS.contains(&name)
}

/// The tags that a value stands for: a string is one.
fn tags(value: Option<&Value>) -> impl Iterator<Item = &str> {
    let (one, many) = match value {
        Some(Value::Array(values)) => (None, Some(values)),
        value => (value, None),
    };
    one.into_iter()
        .chain(many.into_iter().flatten())
        .filter_map(Value::as_str)
}

/// `page.fileSlug`: the name without a date, of the folder for its own page.
fn file_slug(stem: &str) -> &str {
    match stem.rsplit_once('/') {
        Some((folder, "index")) => undated(basename(folder)),
        _ if stem == "index" => "",
        _ => undated(basename(stem)),
    }
}

/// `name` without the date before it.
fn undated(name: &str) -> &str {
    let dated = name.get(..10).is_some_and(is_date);
    let rest = dated.then(|| name[10..].strip_prefix('-'));
    rest.flatten().unwrap_or(name)
}

/// The first date in the path of a file.
fn first_date(path: &str) -> Option<Date> {
    let mut starts = path.char_indices().map(|(at, _)| at);
    starts.find_map(|at| {
        path.get(at..at + 10)
            .filter(|text| is_date(text))?
            .parse()
            .ok()
    })
}

/// Whether ten bytes look like `2026-11-22`.
fn is_date(text: &str) -> bool {
    text.bytes().enumerate().all(|(index, byte)| match index {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    })
}

/// The value of a placeholder of the user's own pattern.
fn placeholder<'a>(post: &RouteInput<'a>, stem: &'a str, name: &str) -> Option<Cow<'a, str>> {
    Some(match name {
        "path" => stem.into(),
        "slug" | "name" => file_slug(stem).into(),
        "title" | "post_title" => slugize(post.title).to_lowercase().into(),
        name => post.value(name)?.into(),
    })
}

//! Eleventy, according to its documentation and otherwise to the behavior of version 3.
//!
//! Eleventy distinguishes only pages and collections of pages. Here a post is a Markdown file with a tag
//! such as `post` or `posts` in its front matter or a data file. If no data file sets such a tag, files in
//! a folder of that name are posts as well, except the folder's own page (`posts/index.md`). In a folder
//! that the user names, every file is a post. Programs are never run: only their literals are read, and a
//! permalink that a program computes gives no URL.

mod body;
mod config;
mod data;
mod layouts;
mod scripts;
mod site_config;
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
use self::data::{COMPUTED_DATA, Cascade};
use self::layouts::Layouts;
use self::template::{Page, permalink};
use super::conventions::{Conventions, Excerpt, Generator, Loaded, TagRules};
use super::model::{Acceptance, FileNameParts, Folder, Route, RouteError, RouteInput};
use crate::document::{Fence, FrontMatter, FrontMatterSyntax};
use crate::markdown;
use crate::paths::{basename, join, or_dot, relative_to, split_last};
use crate::permalink::expand;
use crate::post_file::PostFile;
use crate::slug::slugify;
use crate::value::parse_bool;
use crate::walk::EXTENSIONS;

pub(super) use config::{NAMES, PACKAGE, is_site};

/// Tags and folder names of posts.
const POST_NAMES: &[&str] = &["post", "posts", "blog", "article", "articles", "_posts"];

/// Other tags for internal use in starters.
const INTERNAL_TAGS: &[&str] = &["all", "nav"];

/// Extensions of posts in formats that are not read.
const UNSUPPORTED_EXTENSIONS: &[&str] = &["adoc", "mdx", "org", "rst"];

/// The same if Eleventy reads only `md`.
const UNSUPPORTED_WITHOUT_MARKDOWN: &[&str] =
    &["adoc", "markdown", "mdown", "mdx", "mkd", "org", "rst"];

/// The path of a computed permalink in front matter.
const COMPUTED_PERMALINK: &str = "eleventyComputed.permalink";

/// Special values of `date`, in lower case ("Content Dates").
const FILE_DATE_VALUES: &[&str] = &[
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
    layouts: Layouts,
    /// The global data with the site's metadata, by the name of its file.
    global: Map<String, Value>,
    /// `true` if a data file tags posts, so that folder names do not count.
    has_tagged_posts: bool,
}

pub(super) fn load(root: &Path) -> Result<Loaded> {
    let config = Config::read(root)?;
    let metadata = site_config::read(root, &config);
    let cascade = Cascade::read(root, &config)?;
    let usual = [config.input.as_str(), "public", ".", "static"];
    let usual = usual.into_iter().filter(|folder| !folder.is_empty());
    let passthrough_folders = config.passthrough_folders.iter().map(String::as_str);
    let (extensions, unsupported_extensions) = match config.has_markdown_extension {
        true => (EXTENSIONS, UNSUPPORTED_EXTENSIONS),
        false => (&["md"][..], UNSUPPORTED_WITHOUT_MARKDOWN),
    };
    let own = Some(config.name.clone()).filter(|name| !name.is_empty());
    let conventions = Conventions {
        config: metadata.config,
        content: vec![Folder::required(or_dot(&config.input))],
        static_folders: passthrough_folders.chain(usual).map(str::to_owned).collect(),
        config_files: own.into_iter().chain(metadata.files).collect(),
        syntax: syntax(),
        tags: TagRules {
            hidden: [POST_NAMES, INTERNAL_TAGS].concat(),
            ..TagRules::default()
        },
        extensions,
        unsupported_extensions,
        excerpt: Excerpt::Paragraph,
        post_rule: Some(
            "posts are the Markdown files that are tagged `posts`, `post`, `blog` or `articles`, or \
             are in a folder of that name: set `content` to choose others"
                .to_owned(),
        ),
        ..Conventions::default()
    };
    let has_tagged_posts = cascade
        .all()
        .any(|data| tags(data.get("tags")).any(is_post_name));
    let site = Eleventy {
        has_tagged_posts,
        layouts: Layouts::read(root, &config, syntax()),
        cascade,
        global: metadata.data,
        config,
    };
    Ok((conventions, Box::new(site)))
}

fn syntax() -> FrontMatterSyntax {
    FrontMatterSyntax {
        allows_javascript: true,
        fence: Fence::Named,
        ..FrontMatterSyntax::default()
    }
}

impl Eleventy {
    /// Returns the path relative to the input folder.
    fn input_path<'a>(&self, file: &'a PostFile) -> &'a str {
        relative_to(&file.path, &self.config.input).unwrap_or(&file.path)
    }

    /// Returns the path relative to the input folder, without extension.
    fn input_stem<'a>(&self, file: &'a PostFile) -> &'a str {
        file.without_extension(self.input_path(file))
    }

    /// Returns `true` if the user named the folder that contains the file.
    fn is_in_user_folder(&self, file: &PostFile) -> bool {
        file.content_folder() != self.config.input
    }

    /// Returns the permalink that applies, and the key of the front matter that has it.
    fn permalink<'a>(&self, post: &'a RouteInput<'_>) -> Option<(&'a str, Option<&'static str>)> {
        let computed = |map: &'a Map<String, Value>| {
            map.get(COMPUTED_DATA)?.get("permalink").and_then(permalink)
        };
        if let Some(own) = computed(&post.front.map) {
            return Some((own, Some(COMPUTED_PERMALINK)));
        }
        if let Some(inherited) = computed(&post.front.inherited) {
            return Some((post.pattern.unwrap_or(inherited), None));
        }
        let own = post.front.map.get("permalink").and_then(permalink);
        let inherited = || post.front.inherited.get("permalink").and_then(permalink);
        match (own, post.pattern) {
            (Some(own), _) => Some((own, Some("permalink"))),
            (None, Some(pattern)) => Some((pattern, None)),
            (None, None) if post.front.map.contains_key("permalink") => None,
            (None, None) => inherited().map(|pattern| (pattern, None)),
        }
    }
}

impl Generator for Eleventy {
    fn depends_on_other_pages(&self) -> bool {
        true
    }

    fn accepts(&self, file: &PostFile) -> Acceptance {
        Acceptance::always_if(!self.config.is_excluded(&file.path))
    }

    fn inherited(&self, file: &PostFile, front: &FrontMatter) -> Map<String, Value> {
        let stem = join(&self.config.input, self.input_stem(file));
        let data = self.cascade.for_page(&stem);
        let layout = front.map.get("layout").or_else(|| data.get("layout"));
        match layout.and_then(Value::as_str).map(str::to_owned) {
            Some(layout) => self.layouts.add_below(&layout, data),
            None => data,
        }
    }

    fn is_post(&self, file: &PostFile, front: &FrontMatter) -> bool {
        if self.is_in_user_folder(file) {
            return true;
        }
        let tagged = [&front.map, &front.inherited]
            .into_iter()
            .any(|map| tags(map.get("tags")).any(is_post_name));
        let (folder, name) = self.input_stem(file).rsplit_once('/').unwrap_or_default();
        let own_page = name == "index" && is_post_name(basename(folder));
        let in_folder = folder.split('/').any(is_post_name) && !own_page;
        tagged || in_folder && !self.has_tagged_posts
    }

    fn skip_reason(
        &self,
        _: &PostFile,
        front: &FrontMatter,
        _: &TimeZone,
        _: Timestamp,
    ) -> Result<Option<(Code, String)>, Diagnostic> {
        let is = |key: &str, flag: bool| front.get(key).and_then(parse_bool) == Some(flag);
        let unrendered = [COMPUTED_PERMALINK, "permalink"]
            .into_iter()
            .find(|key| is(key, false));
        Ok(if let Some(key) = unrendered {
            Some((Code::NotRendered, format!("its `{key}` is false")))
        } else if is("eleventyExcludeFromCollections", true) {
            let why = "its `eleventyExcludeFromCollections` is true";
            Some((Code::Unlisted, why.to_owned()))
        } else {
            None
        })
    }

    fn date(
        &self,
        text: &str,
        _: &dyn Fn() -> bool,
        zone: &TimeZone,
    ) -> Result<Option<ParsedDate>, DateError> {
        if FILE_DATE_VALUES.contains(&text.trim().to_lowercase().as_str()) {
            return Ok(None);
        }
        parse_date(text, zone).map(Some)
    }

    fn name_parts(&self, file: &PostFile) -> FileNameParts {
        FileNameParts {
            slug: file_slug(self.input_stem(file)).to_owned(),
            date: first_date(&file.path),
            ..FileNameParts::default()
        }
    }

    fn route(&self, post: &RouteInput<'_>) -> Result<Route, RouteError> {
        let stem = self.input_stem(post.file);
        let (folder, name) = split_last(stem);
        let Some((pattern, own_key)) = self.permalink(post) else {
            if self.config.computes_permalinks {
                return Err(RouteError::new(data::COMPUTED, self.config.name.as_str()));
            }
            return Ok(Route {
                path: default_path(folder, name),
                origin: FieldOrigin::Path,
            });
        };
        if pattern == data::COMPUTED {
            return Err(RouteError::new(pattern, "permalink"));
        }
        let page = Page {
            post,
            file_slug: file_slug(stem),
            file_path_stem: &format!("/{}", join(folder, without_date(name))),
            is_old: self.config.version.is_some_and(|version| version < 3),
        };
        let path = if own_key.is_some() || pattern.contains("{{") || !pattern.contains(':') {
            page.evaluate(pattern)
        } else {
            expand(pattern, |name| placeholder(post, stem, name))
        };
        let path = path.map_err(RouteError::in_pattern(pattern))?;
        let path = path.strip_suffix("index.html").unwrap_or(&path);
        Ok(Route {
            path: format!("/{}", path.trim_start_matches('/')),
            origin: match own_key {
                Some(key) => FieldOrigin::FrontMatter(key.to_owned()),
                None => FieldOrigin::Permalink(pattern.to_owned()),
            },
        })
    }

    fn text<'a>(&self, front: &FrontMatter, body: &'a str) -> Cow<'a, str> {
        let text = body::fill_outputs(body, front, &self.global);
        match &self.config.separator {
            Some(separator) => markdown::mark_excerpt_end(text, separator),
            None => text,
        }
    }
}

/// Returns the URL path of a page without a permalink: a folder with the name of the file. A file that
/// is named `index` or like its own folder gets the path of the folder.
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

/// Returns `true` if `name` is a usual tag or folder name for posts.
fn is_post_name(name: &str) -> bool {
    POST_NAMES.contains(&name)
}

/// Returns the tags in a value, which may be a string or a list.
fn tags(value: Option<&Value>) -> impl Iterator<Item = &str> {
    let (one, many) = match value {
        Some(Value::Array(values)) => (None, Some(values)),
        value => (value, None),
    };
    one.into_iter()
        .chain(many.into_iter().flatten())
        .filter_map(Value::as_str)
}

/// Returns `page.fileSlug`: the file's name without a date, or the folder's name for an index page.
fn file_slug(stem: &str) -> &str {
    match stem.rsplit_once('/') {
        Some((folder, "index")) => without_date(basename(folder)),
        _ if stem == "index" => "",
        _ => without_date(basename(stem)),
    }
}

/// Removes the date before a name.
fn without_date(name: &str) -> &str {
    let dated = name.get(..10).is_some_and(is_date);
    let rest = dated.then(|| name[10..].strip_prefix('-'));
    rest.flatten().unwrap_or(name)
}

/// Returns the first date in the path of a file.
fn first_date(path: &str) -> Option<Date> {
    let mut starts = path.char_indices().map(|(at, _)| at);
    starts.find_map(|at| {
        path.get(at..at + 10)
            .filter(|text| is_date(text))?
            .parse()
            .ok()
    })
}

/// Returns `true` if the text has the form `2026-11-22`.
fn is_date(text: &str) -> bool {
    text.bytes().enumerate().all(|(index, byte)| match index {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    })
}

/// Returns the value of a placeholder in the user's pattern.
fn placeholder<'a>(post: &RouteInput<'a>, stem: &'a str, name: &str) -> Option<Cow<'a, str>> {
    Some(match name {
        "path" => stem.into(),
        "slug" | "name" => file_slug(stem).into(),
        "title" | "post_title" => slugify(post.title).to_lowercase().into(),
        name => post.value(name)?.into(),
    })
}

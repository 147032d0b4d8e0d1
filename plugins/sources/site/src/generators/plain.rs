//! A folder of Markdown files without a generator, or with one whose rules are not supported.
//!
//! Every Markdown file is a post, except project documents (`README`, `LICENSE`, …) and folder pages
//! (`index`, `_index`) without front matter. A file name may begin with a date (`2026-11-22-hello.md`).
//! URLs come from the front matter (`url`, `permalink`, `path`, `slug`) or from the option `permalink`,
//! whose default is `/:path/`.

use std::borrow::Cow;

use serde_json::Value;
use syndicate_api::Result;

use super::conventions::{Conventions, Generator, Loaded, TagRules, TagSplit};
use super::model::{Acceptance, FileNameParts, Folder, Route, RouteError, RouteInput};

use crate::paths::basename;
use crate::permalink::{date_part, expand, is_date_part};
use crate::post_file::{PostFile, split_date};
use crate::slug::slugify;
use crate::value::scalar;

/// The default permalink pattern.
const DEFAULT_PATTERN: &str = "/:path/";

/// Names of files that describe a folder and are not posts, unless they have front matter.
const PROJECT_DOCS: &[&str] = &[
    "_index",
    "authors",
    "changelog",
    "code_of_conduct",
    "contributing",
    "history",
    "index",
    "licence",
    "license",
    "readme",
    "security",
    "todo",
];

/// Folders whose files most generators copy to the site's root URL.
const STATIC_FOLDERS: &[&str] = &[".", "static", "public", "assets"];

/// Extensions of Markdown and of MDX.
const EXTENSIONS: &[&str] = &["md", "markdown", "mdown", "mkd", "mdx"];

/// A plain folder.
#[derive(Debug)]
struct Plain {
    /// Advice about URLs, if an unsupported generator makes them.
    advice: Option<String>,
}

/// Returns the rules of a folder without a supported generator; `advice` is set if it has an unsupported
/// one.
pub(super) fn load(advice: Option<String>) -> Loaded {
    let conventions = Conventions {
        content: vec![Folder::required(".")],
        extensions: EXTENSIONS,
        unsupported_extensions: &["adoc", "asciidoc", "org", "rst"],
        keeps_unicode_form: false,
        reads_linked_posts_once: true,
        static_folders: STATIC_FOLDERS
            .iter()
            .map(|name| (*name).to_owned())
            .collect(),
        tags: TagRules {
            split: TagSplit::Commas,
            ..TagRules::default()
        },
        ..Conventions::default()
    };
    (conventions, Box::new(Plain { advice }))
}

impl Generator for Plain {
    fn accepts(&self, file: &PostFile) -> Acceptance {
        Acceptance::without_front_matter_if(!is_project_doc(file.file_stem()))
    }

    fn name_parts(&self, file: &PostFile) -> FileNameParts {
        FileNameParts {
            slug: file.content_stem().to_owned(),
            date: split_date(file.file_stem()).0,
            ..FileNameParts::default()
        }
    }

    fn route(&self, post: &RouteInput<'_>) -> Result<Route, RouteError> {
        if let Some((key, value)) = post.front.first(["url", "permalink", "path"])
            && let Value::String(path) = value
        {
            return Ok(Route::from_front_matter(path.trim(), key));
        }
        if let (Some(advice), None, false) = (&self.advice, post.pattern, post.is_joined) {
            return Err(RouteError::UnknownRules(advice.clone()));
        }
        let pattern = post.pattern.unwrap_or(DEFAULT_PATTERN);
        let path = expand(pattern, |name| placeholder(post, name));
        let path = path.map_err(RouteError::in_pattern(pattern))?;
        Ok(Route::from_pattern(path, pattern))
    }
}

/// Returns the value of a placeholder of the pattern.
fn placeholder<'a>(post: &RouteInput<'a>, name: &str) -> Option<Cow<'a, str>> {
    let stem = post.file.content_stem();
    // A `%` in the front matter begins a percent code, but one in a file's name is a character.
    let literal = || stem.replace('%', "%25");
    let own = post.front.get("slug").and_then(scalar);
    let own = own.as_deref().map(|slug| slug.trim().trim_matches('/'));
    Some(match name {
        "path" => path(&literal(), own).into(),
        "slug" => match own {
            Some(slug) => slug.to_owned().into(),
            None => slugify(split_date(page_name(stem)).1).to_lowercase().into(),
        },
        "title" => literal().into(),
        "name" => basename(&literal()).to_owned().into(),
        "post_title" => slugify(post.title).to_lowercase().into(),
        _ if is_date_part(name) => date_part(name, post.published?.date.at.datetime())?.into(),
        _ => match post.front.map.get(name)? {
            Value::String(text) if !text.is_empty() => text.clone().into(),
            Value::Number(number) => number.to_string().into(),
            _ => return None,
        },
    })
}

/// Returns the path of a file's page. An index page has the path of its folder, and a slug in the front
/// matter replaces the last part.
fn path(stem: &str, slug: Option<&str>) -> String {
    let folder = stem
        .strip_suffix("index")
        .map(|path| path.strip_suffix('_').unwrap_or(path))
        .filter(|path| path.is_empty() || path.ends_with('/'))
        .map(|path| path.trim_end_matches('/'));
    let page = folder.unwrap_or(stem);
    match (slug, page.rsplit_once('/')) {
        (None, _) => page.to_owned(),
        (Some(slug), Some((folders, _))) => format!("{folders}/{slug}"),
        (Some(slug), None) => slug.to_owned(),
    }
}

/// Returns the name of a page: the file's, or the folder's for an index page.
fn page_name(stem: &str) -> &str {
    match stem.rsplit_once('/') {
        Some((folders, "index" | "_index")) => basename(folders),
        _ => basename(stem),
    }
}

/// Returns `true` if a file of this name, without extension, describes a folder and is not a post.
pub(crate) fn is_project_doc(name: &str) -> bool {
    PROJECT_DOCS
        .iter()
        .any(|known| known.eq_ignore_ascii_case(name))
}

//! Markdown blogs made with Next.js or Gatsby. Neither defines posts: the site's own code reads a folder
//! and makes the URLs. That code is never run.
//!
//! Posts are the Markdown files with a date in one of the usual folders. URLs are derived from the dynamic
//! route in Next.js and from the call of `createFilePath` in Gatsby. If neither is found, pipeline.yaml
//! must set `permalink`.

mod config;

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;
use syndicate_api::Result;

use self::config::Config;
pub(super) use self::config::{GATSBY, NEXT};
use super::config_file;
use super::conventions::{Conventions, Excerpt, Generator, Loaded, has_date};
use super::model::{
    Acceptance, FileNameParts, Folder, LocatedPicture, Route, RouteError, RouteInput,
};
use super::routes::{self, DynamicRoute, is_entry_parameter, is_language_parameter};
use crate::document::{Fence, FrontMatter, FrontMatterSyntax};
use crate::markdown::without_mdx;
use crate::paths::{basename, join};
use crate::permalink::expand;
use crate::post_file::{PostFile, split_date};
use crate::urls::is_remote;
use crate::value::scalar;

const EXTENSIONS: &[&str] = &["md", "mdx", "markdown"];

/// The usual folders of posts, in order of precedence.
const POST_FOLDERS: &[&str] = &[
    "_posts",
    "content/blog",
    "content/posts",
    "src/content/blog",
    "src/content/posts",
    "data/blog",
    "src/posts",
    "posts",
    "blog",
    "content",
];

/// The files in which a Gatsby site creates its pages.
const GATSBY_NODE: &[&str] = &["gatsby-node.js", "gatsby-node.ts", "gatsby-node.mjs"];

/// Matches `` `/blog${slug}` ``, which gives the path prefix of posts.
static PREFIX_PATTERN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"`/([\w-]+(?:/[\w-]+)*)/?\$\{").expect("the pattern is a constant")
});

/// The rule that determines the posts' paths.
#[derive(Debug)]
enum PathRule {
    /// Dynamic routes.
    Routes(Vec<DynamicRoute>),
    /// This prefix, followed by the path relative to the folder of posts.
    Prefix(String),
    Unknown,
}

/// A blog made with Next.js or Gatsby.
#[derive(Debug)]
struct React {
    root: PathBuf,
    /// The language of the site.
    lang: Option<String>,
    /// The folder of posts, relative to the site's root.
    folder: &'static str,
    path_rule: PathRule,
    /// `true` if URLs end in a slash.
    has_trailing_slash: bool,
}

/// Returns `true` if `root` contains a blog made with Next.js.
pub(super) fn is_next_site(root: &Path) -> Result<bool> {
    Ok(is_site(root, NEXT))
}

/// Returns `true` if `root` contains a blog made with Gatsby.
pub(super) fn is_gatsby_site(root: &Path) -> Result<bool> {
    Ok(is_site(root, GATSBY))
}

/// Returns `true` if a config file and a folder of posts exist. Most sites made with these frameworks are
/// not blogs.
fn is_site(root: &Path, names: &[&'static str]) -> bool {
    config_file::find(root, names).is_some() && folder(root).is_some()
}

fn folder(root: &Path) -> Option<&'static str> {
    POST_FOLDERS
        .iter()
        .copied()
        .find(|folder| root.join(folder).is_dir())
}

pub(super) fn load_next(root: &Path) -> Result<Loaded> {
    let config = Config::read(root, NEXT, "basePath");
    let routes: Vec<DynamicRoute> = ["app", "src/app", "pages", "src/pages"]
        .iter()
        .flat_map(|pages| routes::read(root, pages, next_route))
        .collect();
    let path_rule = match routes.is_empty() {
        true => PathRule::Unknown,
        false => PathRule::Routes(routes),
    };
    let has_trailing_slash = config.get("trailingSlash").and_then(Value::as_bool) == Some(true);
    Ok(loaded(
        root,
        config,
        "public",
        path_rule,
        has_trailing_slash,
    ))
}

pub(super) fn load_gatsby(root: &Path) -> Result<Loaded> {
    let config = Config::read(root, GATSBY, "pathPrefix");
    let mut programs = GATSBY_NODE.iter();
    let program = programs.find_map(|name| std::fs::read_to_string(root.join(name)).ok());
    let path_rule = match program.filter(|text| text.contains("createFilePath(")) {
        Some(text) => {
            let prefix = PREFIX_PATTERN.captures(&text);
            PathRule::Prefix(prefix.map_or_else(String::new, |found| found[1].to_owned()))
        }
        None => PathRule::Unknown,
    };
    let trailing_slash = config.get("trailingSlash").and_then(Value::as_str);
    let has_trailing_slash = trailing_slash != Some("never");
    Ok(loaded(
        root,
        config,
        "static",
        path_rule,
        has_trailing_slash,
    ))
}

/// Returns the rules of a blog; the files of the folder `public` are copied to the site's root URL.
fn loaded(
    root: &Path,
    config: Config,
    public: &str,
    path_rule: PathRule,
    has_trailing_slash: bool,
) -> Loaded {
    let folder = folder(root).unwrap_or(POST_FOLDERS[0]);
    let own = Some(config.name).filter(|name| !name.is_empty());
    let site = React {
        root: root.to_path_buf(),
        lang: config.site.lang.clone(),
        folder,
        path_rule,
        has_trailing_slash,
    };
    let conventions = Conventions {
        config: config.site,
        content: vec![Folder::required(folder)],
        static_folders: vec![public.to_owned()],
        config_files: own.into_iter().chain(config.files).collect(),
        extensions: EXTENSIONS,
        unsupported_extensions: &[],
        syntax: FrontMatterSyntax {
            fence: Fence::Named,
            ..FrontMatterSyntax::default()
        },
        has_rooted_pictures: true,
        excerpt: Excerpt::Paragraph,
        post_rule: Some(format!(
            "posts are the Markdown files with a date in `{folder}`, with URLs derived from \
             the site's pages: set `content` and `permalink` if that is wrong"
        )),
        ..Conventions::default()
    };
    (conventions, Box::new(site))
}

impl React {
    /// Returns `true` if the user named the folder that contains the file.
    fn is_in_user_folder(&self, file: &PostFile) -> bool {
        file.content_folder() != self.folder
    }

    /// Returns the path that a dynamic route gives a post.
    fn by_route(&self, post: &RouteInput<'_>, route: &DynamicRoute) -> Result<String, String> {
        route.fill(|name| match name {
            name if is_entry_parameter(name) => Some(slug(post.file, post.front)),
            name if is_language_parameter(name) => {
                let own = post.front.get(name).and_then(scalar);
                own.or_else(|| self.lang.clone())
            }
            name => post.value(name),
        })
    }

    fn path(&self, post: &RouteInput<'_>) -> Result<(String, String), RouteError> {
        let unknown = || RouteError::new("the site's own program", "permalink");
        match &self.path_rule {
            PathRule::Routes(routes) => {
                let collection = basename(self.folder).trim_start_matches('_');
                let route = routes::find_route(routes, collection).ok_or_else(unknown)?;
                let pattern = route.to_string();
                let path = self.by_route(post, route);
                Ok((path.map_err(RouteError::in_pattern(&pattern))?, pattern))
            }
            PathRule::Prefix(prefix) => {
                let path = join(prefix, slug(post.file, post.front).trim_matches('/'));
                Ok((path, format!("/{}", join(prefix, ":path/"))))
            }
            PathRule::Unknown => Err(unknown()),
        }
    }
}

impl Generator for React {
    fn accepts(&self, file: &PostFile) -> Acceptance {
        Acceptance::without_front_matter_if(self.is_in_user_folder(file))
    }

    fn is_post(&self, file: &PostFile, front: &FrontMatter) -> bool {
        self.is_in_user_folder(file) || has_date(front)
    }

    fn name_parts(&self, file: &PostFile) -> FileNameParts {
        FileNameParts {
            slug: stem(file).to_owned(),
            date: split_date(basename(stem(file))).0,
            ..FileNameParts::default()
        }
    }

    fn route(&self, post: &RouteInput<'_>) -> Result<Route, RouteError> {
        if let Some(pattern) = post.pattern {
            let path = by_option(post, pattern).map_err(RouteError::in_pattern(pattern))?;
            let path = format!("/{}", path.trim_start_matches('/'));
            return Ok(Route::from_pattern(path, pattern));
        }
        let (path, pattern) = self.path(post)?;
        let end = if self.has_trailing_slash { "/" } else { "" };
        let path = format!("/{}{end}", path.trim_matches('/'));
        Ok(Route::from_pattern(path, &pattern))
    }

    fn text<'a>(&self, _: &FrontMatter, body: &'a str) -> Cow<'a, str> {
        without_mdx(body)
    }

    /// Finds a picture beside the post. The build gives it a new name.
    fn locate_picture(&self, file: &PostFile, target: &str) -> Option<LocatedPicture> {
        if is_remote(target) || target.starts_with('/') || target.contains(':') {
            return None;
        }
        let path = file.sibling(target)?;
        // A bare name may also refer to the public folder, so the file must exist.
        let exists = || self.root.join(crate::urls::decode(&path)).is_file();
        (target.starts_with('.') || exists()).then(|| LocatedPicture {
            file: path.clone(),
            path: None,
        })
    }
}

/// Returns the path relative to the folder of posts, without extension and without a final `index`.
fn stem(file: &PostFile) -> &str {
    let stem = file.content_stem();
    stem.strip_suffix("/index").unwrap_or(stem)
}

/// Returns the slug of a post: the front matter's, otherwise the file's name.
fn slug(file: &PostFile, front: &FrontMatter) -> String {
    let own = front.map.get("slug").and_then(scalar);
    own.unwrap_or_else(|| stem(file).to_owned())
}

/// Expands the pattern of pipeline.yaml.
fn by_option(post: &RouteInput<'_>, pattern: &str) -> Result<String, String> {
    expand(pattern, |name| {
        Some(match name {
            "slug" => Cow::Owned(slug(post.file, post.front)),
            "path" | "title" => stem(post.file).into(),
            "name" => basename(stem(post.file)).into(),
            name => post.value_in_utc(name)?.into(),
        })
    })
}

/// Returns the route of a page file: `blog/[slug].tsx`, or `blog/[slug]/page.tsx` in the folder `app`.
fn next_route(file: &str) -> Option<&str> {
    let (stem, extension) = file.rsplit_once('.')?;
    if !matches!(extension, "js" | "jsx" | "ts" | "tsx") || stem.starts_with("api/") {
        return None;
    }
    let is_other = matches!(
        basename(stem),
        "layout" | "route" | "loading" | "error" | "not-found" | "opengraph-image"
    );
    let page = stem
        .strip_suffix("/page")
        .or_else(|| stem.strip_suffix("/index"));
    (!is_other).then(|| page.unwrap_or(stem))
}

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

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;
use syndicate_api::{Code, Origin, Result};

use self::blog::Blog;
use self::config::Config;
use super::settings::Settings;
use super::{Excerpt, FILE_NAME, Facts, Folder, Generator, Located, Name, Route, Routed, Unrouted};
use crate::address::is_remote;
use crate::document::Front;
use crate::flaw::Flaw;
use crate::markdown::without_mdx;
use crate::moment::{self, Dated, NoDate};
use crate::paths::{join, relative_to};
use crate::permalink::{date_part, expand, is_date_part};
use crate::post_file::PostFile;
use crate::value::scalar;

pub(crate) use config::is_site;

const EXTENSIONS: &[&str] = &["md", "mdx"];

/// A Docusaurus site.
#[derive(Debug)]
pub(super) struct Docusaurus {
    root: PathBuf,
    config: Config,
    /// The names of authors by their keys.
    authors: BTreeMap<String, String>,
    /// The labels of tags by their keys.
    tags: BTreeMap<String, String>,
    dates: Vec<String>,
}

impl Docusaurus {
    pub(super) fn load(root: &Path) -> Result<Self> {
        let mut site = Self {
            root: root.to_path_buf(),
            config: Config::read(root)?,
            authors: BTreeMap::new(),
            tags: BTreeMap::new(),
            dates: vec!["date".to_owned(), FILE_NAME.to_owned()],
        };
        site.read_names();
        Ok(site)
    }

    /// Reads the names that posts refer to by keys. A file that cannot be read is told; the keys
    /// then stand for themselves.
    fn read_names(&mut self) {
        for blog in &self.config.blogs {
            let files = [
                (Some(&blog.authors), "name", &mut self.authors),
                (blog.tags.as_ref(), "label", &mut self.tags),
            ];
            for (file, member, names) in files {
                let path = file.map(|file| self.root.join(&blog.folder).join(file));
                let Some(path) = path.filter(|path| path.is_file()) else {
                    continue;
                };
                match Settings::read(&path) {
                    Ok(settings) => names.extend(settings.0.iter().filter_map(|(key, value)| {
                        Some((key.clone(), scalar(value.get(member)?)?))
                    })),
                    Err(error) => self.config.notes.push(error.to_string()),
                }
            }
        }
    }

    /// The blog that a file belongs to, and its path there.
    fn place<'a>(&'a self, file: &'a PostFile) -> (Option<&'a Blog>, &'a str) {
        let found = self
            .config
            .blogs
            .iter()
            .find_map(|blog| Some((blog, relative_to(&file.path, &blog.folder)?)));
        match found {
            Some((blog, path)) => (Some(blog), path),
            None => (self.config.blogs.first(), &file.below),
        }
    }

    /// The path of a post on the site.
    fn path(&self, post: &Routed<'_>) -> Result<(String, Origin), Unrouted> {
        let (blog, path) = self.place(post.file);
        let own = post.front.map.get("slug").and_then(scalar);
        let (slug, origin) = match (own, post.pattern) {
            (Some(slug), _) => (slug, Origin::FrontMatter("slug".to_owned())),
            (None, Some(pattern)) => {
                return Ok((
                    expanded(pattern, post)?,
                    Origin::Permalink(pattern.to_owned()),
                ));
            }
            (None, None) => (path::slug(path), Origin::Path),
        };
        let route = blog.map_or("blog", |blog| &blog.route);
        let mut path = format!("/{}", join(route, slug.trim_start_matches('/')));
        match self.config.trailing_slash {
            Some(true) if !path.ends_with('/') => path.push('/'),
            Some(false) => path.truncate(path.trim_end_matches('/').len()),
            _ => {}
        }
        Ok((path, origin))
    }
}

impl Generator for Docusaurus {
    fn facts(&self) -> &Facts {
        &self.config.facts
    }

    fn titles_are_text(&self) -> bool {
        true
    }

    fn content(&self) -> Vec<Folder> {
        let required = self.config.blogs.len() == 1;
        let folder = |blog: &Blog| Folder {
            path: blog.folder.clone(),
            required,
        };
        self.config.blogs.iter().map(folder).collect()
    }

    fn statics(&self) -> Vec<String> {
        vec!["static".to_owned()]
    }

    fn config_files(&self) -> Vec<String> {
        vec![self.config.name.to_owned()]
    }

    fn extensions(&self) -> &'static [&'static str] {
        EXTENSIONS
    }

    fn notes(&self) -> Vec<String> {
        self.config.notes.clone()
    }

    /// Files and folders that begin with `_` are parts of others, and tests are none ("Exclude",
    /// Docusaurus's documentation).
    fn takes(&self, file: &PostFile) -> bool {
        let mut parts = self.place(file).1.split('/');
        parts.all(|part| {
            let is_test = part.ends_with(".test.md") || part.ends_with(".test.mdx");
            !part.starts_with('_') && !is_test
        })
    }

    fn takes_without_front_matter(&self, _: &PostFile) -> bool {
        true
    }

    fn hold(
        &self,
        _: &PostFile,
        front: &Front,
        _: &TimeZone,
        _: Timestamp,
    ) -> Result<Option<(Code, String)>, Flaw> {
        let unlisted = front.get("unlisted") == Some(&Value::Bool(true));
        let why = "its front matter says `unlisted`".to_owned();
        Ok(unlisted.then_some((Code::Unlisted, why)))
    }

    fn date_keys(&self) -> Option<&[String]> {
        Some(&self.dates)
    }

    /// A day that its month does not have is one of the next month to JavaScript.
    fn date(&self, front: &Front, path: &str, zone: &TimeZone) -> Result<Option<Dated>, NoDate> {
        let text = front.get(path).and_then(scalar).ok_or(NoDate)?;
        let dated =
            moment::parse(&text, zone).or_else(|| moment::parse(&path::carried(&text)?, zone));
        dated.map(Some).ok_or(NoDate)
    }

    fn splits_tags(&self) -> bool {
        false
    }

    fn tag_label(&self, key: &str) -> Option<String> {
        self.tags.get(key).cloned()
    }

    fn author(&self, key: &str) -> Option<String> {
        self.authors.get(key).cloned()
    }

    fn name(&self, file: &PostFile) -> Name {
        let path = self.place(file).1;
        Name {
            slug: path::slug(path),
            date: path::date(path),
            extra: Vec::new(),
        }
    }

    fn route(&self, post: &Routed<'_>) -> Result<Route, Unrouted> {
        let (path, origin) = self.path(post)?;
        Ok(Route { path, origin })
    }

    fn asset_folder(&self, _: &PostFile) -> Option<String> {
        None
    }

    fn text<'a>(&self, _: &Front, body: &'a str) -> Cow<'a, str> {
        without_mdx(body)
    }

    fn excerpt(&self) -> Excerpt {
        Excerpt::Line
    }

    /// `@site` is the site's root, and a path without a leading slash is a file beside the post; both
    /// get a name of their own when the site is built, unless they are in `static`.
    fn picture(&self, file: &PostFile, target: &str) -> Option<Located> {
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

    fn roots_pictures(&self) -> bool {
        true
    }
}

/// The path by the pattern of pipeline.yaml.
fn expanded(pattern: &str, post: &Routed<'_>) -> Result<String, Unrouted> {
    let value = |name: &str| match name {
        "path" | "slug" | "title" => Some(Cow::Borrowed(post.name.slug.as_str())),
        name if is_date_part(name) => {
            Some(date_part(name, post.published?.moment.at.datetime())?.into())
        }
        name => Some(scalar(post.front.get(name)?)?.into()),
    };
    expand(pattern, value).map_err(|placeholder| Unrouted {
        pattern: pattern.to_owned(),
        placeholder,
    })
}

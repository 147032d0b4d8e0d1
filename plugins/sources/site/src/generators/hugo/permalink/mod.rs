//! Derives the URL path of a Hugo post ("URL management" and "Permalinks", Hugo's documentation): its own
//! `url`, otherwise the pattern of its section, otherwise its folders and its slug or name.

mod page;
mod pattern;
mod rules;

use std::borrow::Cow;

use syndicate_api::FieldOrigin;

pub(super) use self::page::Page;
use self::pattern::expand;
pub(super) use self::rules::Rules;
use super::super::model::{Route, RouteError};
use crate::urls::is_remote;
use crate::value::scalar;

impl Page<'_> {
    /// Returns the route of the page.
    pub(super) fn route(&self, rules: &Rules) -> Result<Route, RouteError> {
        let (path, origin) = match self.post.front.get("url").and_then(scalar) {
            Some(url) => {
                let origin = FieldOrigin::FrontMatter("url".to_owned());
                (self.own_url_path(url.trim())?, origin)
            }
            None => self.path_by_rule(rules)?,
        };
        let path = match &self.language.base_url {
            // `languages.X.baseURL` may have a path, so the result is an absolute URL.
            Some(base) if self.is_multihost && !is_remote(&path) => {
                format!("{}{path}", base.trim_end_matches('/'))
            }
            _ => path,
        };
        Ok(Route { path, origin })
    }

    /// Returns the path of the key `url`: relative to the site with a leading slash, otherwise relative to
    /// the language.
    fn own_url_path(&self, url: &str) -> Result<String, RouteError> {
        if is_remote(url) {
            return Ok(url.to_owned());
        }
        let url: Cow<'_, str> = if url.contains(':') {
            self.expand_pattern(url)?.into()
        } else {
            url.into()
        };
        let is_file = url.contains('.') && !url.ends_with('/');
        let mut path = join_parts(url.split('/'));
        if !is_file && !path.ends_with('/') {
            path.push('/');
        }
        if let Some(folder) = path.strip_suffix("/index.html") {
            path.truncate(folder.len() + 1);
        }
        let relative = !url.starts_with('/');
        Ok(if relative {
            self.with_language_prefix(path)
        } else {
            path
        })
    }

    fn path_by_rule(&self, rules: &Rules) -> Result<(String, FieldOrigin), RouteError> {
        let pattern = self.post.pattern.or_else(|| {
            rules.pattern(
                &|| self.style.logical_path(&self.location.path()),
                &self.style.logical_path(&self.location.folder),
                &self.language.key,
            )
        });
        let style = self.style;
        let (path, origin) = match pattern {
            Some(pattern) => {
                let path = join_parts(self.expand_pattern(pattern)?.split('/'));
                let path = style.path(path.trim_end_matches('/'));
                (path, FieldOrigin::Permalink(pattern.to_owned()))
            }
            None => {
                let name = match self.slug() {
                    Some(slug) => style.path(&slug),
                    None => style.file_path(&self.location.name),
                };
                let folder = style.file_path(&self.location.folder);
                let path = format!("{folder}/{name}");
                (join_parts(path.split('/')), FieldOrigin::Path)
            }
        };
        let path = path.trim_end_matches('/');
        let end = if self.has_ugly_urls { ".html" } else { "/" };
        Ok((self.with_language_prefix([path, end].concat()), origin))
    }

    fn expand_pattern(&self, pattern: &str) -> Result<String, RouteError> {
        expand(pattern, self).map_err(RouteError::in_pattern(pattern))
    }

    /// Adds the prefix of the page's language to `path`.
    fn with_language_prefix(&self, path: String) -> String {
        match self.language.prefix.as_str() {
            "" => path,
            prefix => format!("/{prefix}{path}"),
        }
    }
}

/// Joins parts to an absolute path and resolves `.` and `..`. The path ends in a slash if the last part is
/// empty.
fn join_parts<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    let mut joined = String::new();
    let mut ends_in_slash = false;
    for part in parts {
        ends_in_slash = part.is_empty();
        match part {
            "" | "." => {}
            ".." => joined.truncate(joined.rfind('/').unwrap_or(0)),
            part => {
                joined.push('/');
                joined.push_str(part);
            }
        }
    }
    if ends_in_slash || joined.is_empty() {
        joined.push('/');
    }
    joined
}

//! The address of a Hugo post ("URL management" and "Permalinks", Hugo's documentation): its own
//! `url`, else the pattern of its section, else its folders and its slug or name.

mod page;
mod pattern;
mod rules;

use std::borrow::Cow;

use syndicate_api::FieldOrigin;

pub(super) use self::page::Page;
use self::pattern::expand;
pub(super) use self::rules::Rules;
use super::super::model::{Route, RouteError};
use crate::address::is_remote;
use crate::value::scalar;

impl Page<'_> {
    /// Where it appears.
    pub(super) fn route(&self, rules: &Rules) -> Result<Route, RouteError> {
        let (path, origin) = match self.post.front.get("url").and_then(scalar) {
            Some(url) => {
                let origin = FieldOrigin::FrontMatter("url".to_owned());
                (self.own(url.trim())?, origin)
            }
            None => self.by_rule(rules)?,
        };
        let path = match &self.language.base_url {
            // `languages.X.baseURL` may have a path of its own, so the address is made whole.
            Some(base) if self.multihost && !is_remote(&path) => {
                format!("{}{path}", base.trim_end_matches('/'))
            }
            _ => path,
        };
        Ok(Route { path, origin })
    }

    /// The path that `url` names: with a leading slash it is below the site, without one below the
    /// language.
    fn own(&self, url: &str) -> Result<String, RouteError> {
        if is_remote(url) {
            return Ok(url.to_owned());
        }
        let url: Cow<'_, str> = if url.contains(':') {
            self.expanded(url)?.into()
        } else {
            url.into()
        };
        let is_file = url.contains('.') && !url.ends_with('/');
        let mut path = joined(url.split('/'));
        if !is_file && !path.ends_with('/') {
            path.push('/');
        }
        if let Some(folder) = path.strip_suffix("/index.html") {
            path.truncate(folder.len() + 1);
        }
        let relative = !url.starts_with('/');
        Ok(if relative {
            self.in_language(&path)
        } else {
            path
        })
    }

    fn by_rule(&self, rules: &Rules) -> Result<(String, FieldOrigin), RouteError> {
        let pattern = self.post.pattern.or_else(|| {
            rules.pattern(
                &self.style.logical_path(&self.location.path()),
                &self.style.logical_path(&self.location.folder),
                &self.language.key,
            )
        });
        let style = self.style;
        let (path, origin) = match pattern {
            Some(pattern) => {
                let path = joined(self.expanded(pattern)?.split('/'));
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
                (joined(path.split('/')), FieldOrigin::Path)
            }
        };
        let path = path.trim_end_matches('/');
        let end = if self.ugly { ".html" } else { "/" };
        Ok((self.in_language(&format!("{path}{end}")), origin))
    }

    fn expanded(&self, pattern: &str) -> Result<String, RouteError> {
        expand(pattern, self).map_err(RouteError::of(pattern))
    }

    /// `path` with what its language puts before it.
    fn in_language(&self, path: &str) -> String {
        match self.language.prefix.as_str() {
            "" => path.to_owned(),
            prefix => format!("/{prefix}{path}"),
        }
    }
}

/// The path of these parts, with `.` and `..` resolved, a slash before it, and one behind it where
/// the last part is empty.
fn joined<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut closed = false;
    for part in parts {
        closed = part.is_empty();
        match part {
            "" | "." => {}
            ".." => {
                kept.pop();
            }
            part => kept.push(part),
        }
    }
    let end = if closed && !kept.is_empty() { "/" } else { "" };
    format!("/{}{end}", kept.join("/"))
}

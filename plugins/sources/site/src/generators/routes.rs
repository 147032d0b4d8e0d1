//! Dynamic routes of Astro and Next.js ("Dynamic routes", Astro's documentation; "Dynamic Routes",
//! Next.js's). The path of a page's file determines URLs; its parts in brackets are parameters. The text of
//! the file shows which collection of posts it queries. This module finds the route of a collection.

use std::fmt;
use std::path::Path;

use ignore::WalkBuilder;

/// Parameters and folders of pages that list entries.
const LIST_NAMES: &[&str] = &[
    "archive",
    "archives",
    "author",
    "authors",
    "categories",
    "category",
    "page",
    "series",
    "tag",
    "tags",
];

/// Parameters for the slug of an entry.
const ENTRY_PARAMETERS: &[&str] = &["slug", "id", "post", "path", "entry", "article", "blog"];

/// Parameters for a language.
const LANGUAGE_PARAMETERS: &[&str] = &["lang", "locale", "language"];

/// Returns `true` for a parameter for the slug of an entry.
pub(super) fn is_entry_parameter(name: &str) -> bool {
    ENTRY_PARAMETERS.contains(&name)
}

/// Returns `true` for a parameter for a language.
pub(super) fn is_language_parameter(name: &str) -> bool {
    LANGUAGE_PARAMETERS.contains(&name)
}

/// A part of a route.
#[derive(Clone, Debug, PartialEq, Eq)]
enum RoutePart {
    Fixed(String),
    /// `[name]`, or `[...name]`, whose value may be empty or contain slashes.
    Parameter(String),
}

/// A page file with parameters in its path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DynamicRoute {
    parts: Vec<RoutePart>,
    /// The content of the file.
    text: String,
}

/// Reads the routes in `root/pages` that may show a single post. `stem` converts a file's path to a route;
/// `None` if the file is not a page.
pub(super) fn read(root: &Path, pages: &str, stem: fn(&str) -> Option<&str>) -> Vec<DynamicRoute> {
    let start = root.join(pages);
    let mut files: Vec<String> = WalkBuilder::new(&start)
        .require_git(false)
        .build()
        .flatten()
        .filter_map(|entry| {
            let path = entry.path().strip_prefix(&start).ok()?;
            Some(path.to_str()?.replace('\\', "/"))
        })
        .filter(|file| stem(file).is_some_and(|stem| stem.contains('[')))
        .collect();
    files.sort();
    let routes = files.into_iter().filter_map(|file| {
        let text = std::fs::read_to_string(start.join(&file)).ok()?;
        Some(DynamicRoute {
            parts: parse_route(stem(&file)?),
            text,
        })
    });
    routes.filter(DynamicRoute::shows_single_entry).collect()
}

/// Parses a route. Parts in parentheses do not appear in the URL (Next.js).
fn parse_route(stem: &str) -> Vec<RoutePart> {
    let parts = stem.split('/').filter(|part| !part.starts_with('('));
    parts
        .map(|part| {
            let inside = part.trim_start_matches('[').trim_end_matches(']');
            if inside.len() < part.len() {
                RoutePart::Parameter(inside.trim_start_matches("...").to_owned())
            } else {
                RoutePart::Fixed(part.to_owned())
            }
        })
        .collect()
}

impl DynamicRoute {
    /// Returns the route's path with a value for each parameter.
    ///
    /// # Errors
    /// Returns the first parameter that has no value.
    pub(super) fn fill(&self, value: impl Fn(&str) -> Option<String>) -> Result<String, String> {
        let parts = self.parts.iter().map(|part| match part {
            RoutePart::Fixed(name) => Ok(name.clone()),
            RoutePart::Parameter(name) => value(name).ok_or_else(|| format!("[{name}]")),
        });
        let parts: Vec<String> = parts.collect::<Result<_, _>>()?;
        Ok(parts.join("/"))
    }

    pub(super) fn parameters(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            RoutePart::Parameter(name) => Some(name.as_str()),
            RoutePart::Fixed(_) => None,
        })
    }

    fn shows_single_entry(&self) -> bool {
        let has_entry_parameter = self.parameters().any(is_entry_parameter);
        let has_list_parameter = self.parameters().any(|name| LIST_NAMES.contains(&name));
        let in_list = self
            .fixed()
            .last()
            .is_some_and(|name| LIST_NAMES.contains(name));
        !in_list && (has_entry_parameter || !has_list_parameter)
    }

    fn fixed(&self) -> Vec<&str> {
        let fixed = self.parts.iter().filter_map(|part| match part {
            RoutePart::Fixed(name) => Some(name.as_str()),
            RoutePart::Parameter(_) => None,
        });
        fixed.collect()
    }

    /// Rates how likely the page shows entries of `collection`, from 1 to 4; `None` if it does not.
    fn rating(&self, collection: &str) -> Option<u8> {
        let queries = |quote: char| {
            let name = format!("{quote}{collection}{quote}");
            self.text.contains(&format!("getCollection({name}"))
                || self.text.contains(&format!("getEntry({name}"))
                || self.text.contains(&format!("CollectionEntry<{name}"))
        };
        let queries_any = self.text.contains("getCollection(");
        let fixed = self.fixed();
        let last = fixed.last().copied().unwrap_or_default();
        let is_named =
            last == collection || last.trim_end_matches('s') == collection.trim_end_matches('s');
        if queries('"') || queries('\'') || queries('`') {
            Some(if is_named { 4 } else { 3 })
        } else if is_named {
            Some(2)
        } else if queries_any {
            // The page queries only other collections.
            None
        } else {
            let is_blog_folder = matches!(last, "" | "blog" | "posts" | "post" | "articles");
            is_blog_folder.then_some(1)
        }
    }
}

/// Formats the route like the path of its file.
impl fmt::Display for DynamicRoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in &self.parts {
            match part {
                RoutePart::Fixed(name) => write!(f, "/{name}")?,
                RoutePart::Parameter(name) => write!(f, "/[{name}]")?,
            }
        }
        Ok(())
    }
}

/// Returns the route that most likely shows the entries of `collection`.
pub(super) fn find_route<'a>(
    routes: &'a [DynamicRoute],
    collection: &str,
) -> Option<&'a DynamicRoute> {
    let rated = routes
        .iter()
        .filter_map(|route| Some((route.rating(collection)?, route)));
    // Among equal ratings, the route with the fewest parts wins.
    let best = rated.max_by_key(|(rating, route)| (*rating, std::cmp::Reverse(route.parts.len())));
    best.map(|(_, route)| route)
}

#[cfg(test)]
mod tests {
    use super::{DynamicRoute, find_route, parse_route};

    fn route(path: &str, text: &str) -> DynamicRoute {
        DynamicRoute {
            parts: parse_route(path),
            text: text.to_owned(),
        }
    }

    #[test]
    fn route_of_querying_page_wins() {
        let blog = route("blog/[...slug]", "await getCollection('blog')");
        let notes = route("notes/[id]", "getCollection(\"notes\")");
        let indirect = route("articles/[slug]", "getPosts()");
        let root = route("[...slug]", "getPages()");
        let routes = [blog.clone(), notes.clone(), indirect.clone(), root.clone()];
        for (collection, expected) in [
            ("blog", Some(&blog)),
            ("notes", Some(&notes)),
            ("article", Some(&indirect)),
            ("essays", Some(&root)),
        ] {
            assert_eq!(find_route(&routes, collection), expected, "{collection}");
        }
        assert_eq!(find_route(&routes[..2], "essays"), None);
    }

    #[test]
    fn list_pages_show_no_entry() {
        assert!(!route("blog/[page]", "").shows_single_entry());
        assert!(!route("tags/[tag]/[...page]", "").shows_single_entry());
        assert!(!route("tags/[slug]", "").shows_single_entry());
        assert!(route("[year]/[slug]", "").shows_single_entry());
        assert!(route("[category]/[slug]", "").shows_single_entry());
        assert_eq!(
            parse_route("(site)/blog/[[...slug]]"),
            parse_route("blog/[slug]")
        );
    }
}

//! Dynamic routes of Astro and Next.js ("Dynamic routes", Astro's documentation; "Dynamic Routes",
//! Next.js's). The path of a page's file determines URLs; its parts in brackets are parameters. The text of
//! the file shows which collection of posts it queries. This module finds the route of a collection.

use std::fmt;
use std::path::Path;

use ignore::WalkBuilder;

/// Parameters and folders of pages that list entries.
const OF_LISTS: &[&str] = &[
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
const OF_ENTRIES: &[&str] = &["slug", "id", "post", "path", "entry", "article", "blog"];

/// Parameters for a language.
const OF_LANGUAGES: &[&str] = &["lang", "locale", "language"];

/// Returns `true` for a parameter for the slug of an entry.
pub(super) fn is_of_entry(name: &str) -> bool {
    OF_ENTRIES.contains(&name)
}

/// Returns `true` for a parameter for a language.
pub(super) fn is_of_language(name: &str) -> bool {
    OF_LANGUAGES.contains(&name)
}

/// A part of a route.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Fixed(String),
    /// `[name]`, or `[...name]`, whose value may be empty or contain slashes.
    Parameter(String),
}

/// A page file with parameters in its path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dynamic {
    parts: Vec<Part>,
    /// The content of the file.
    text: String,
}

/// Reads the routes in `root/pages` that may show a single post. `stem` converts a file's path to a route;
/// `None` if the file is not a page.
pub(super) fn read(root: &Path, pages: &str, stem: fn(&str) -> Option<&str>) -> Vec<Dynamic> {
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
        Some(Dynamic {
            parts: parts(stem(&file)?),
            text,
        })
    });
    routes.filter(Dynamic::is_of_entries).collect()
}

/// Parses a route. Parts in parentheses do not appear in the URL (Next.js).
fn parts(stem: &str) -> Vec<Part> {
    let parts = stem.split('/').filter(|part| !part.starts_with('('));
    parts
        .map(|part| {
            let inside = part.trim_start_matches('[').trim_end_matches(']');
            if inside.len() < part.len() {
                Part::Parameter(inside.trim_start_matches("...").to_owned())
            } else {
                Part::Fixed(part.to_owned())
            }
        })
        .collect()
}

impl Dynamic {
    /// Returns the route's path with a value for each parameter.
    ///
    /// # Errors
    /// Returns the first parameter that has no value.
    pub(super) fn fill(&self, value: impl Fn(&str) -> Option<String>) -> Result<String, String> {
        let parts = self.parts.iter().map(|part| match part {
            Part::Fixed(name) => Ok(name.clone()),
            Part::Parameter(name) => value(name).ok_or_else(|| format!("[{name}]")),
        });
        let parts: Vec<String> = parts.collect::<Result<_, _>>()?;
        Ok(parts.join("/"))
    }

    pub(super) fn parameters(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Parameter(name) => Some(name.as_str()),
            Part::Fixed(_) => None,
        })
    }

    fn is_of_entries(&self) -> bool {
        let of_entry = self.parameters().any(is_of_entry);
        let of_list = self.parameters().any(|name| OF_LISTS.contains(&name));
        let in_list = self
            .fixed()
            .last()
            .is_some_and(|name| OF_LISTS.contains(name));
        !in_list && (of_entry || !of_list)
    }

    fn fixed(&self) -> Vec<&str> {
        let fixed = self.parts.iter().filter_map(|part| match part {
            Part::Fixed(name) => Some(name.as_str()),
            Part::Parameter(_) => None,
        });
        fixed.collect()
    }

    /// Rates how likely the page shows entries of `collection`, from 1 to 4; `None` if it does not.
    fn fits(&self, collection: &str) -> Option<u8> {
        let asks = |quote: char| {
            let name = format!("{quote}{collection}{quote}");
            self.text.contains(&format!("getCollection({name}"))
                || self.text.contains(&format!("getEntry({name}"))
                || self.text.contains(&format!("CollectionEntry<{name}"))
        };
        let asks_at_all = self.text.contains("getCollection(");
        let fixed = self.fixed();
        let last = fixed.last().copied().unwrap_or_default();
        let is_named =
            last == collection || last.trim_end_matches('s') == collection.trim_end_matches('s');
        if asks('"') || asks('\'') || asks('`') {
            Some(if is_named { 4 } else { 3 })
        } else if is_named {
            Some(2)
        } else if asks_at_all {
            // It queries only other collections.
            None
        } else {
            let is_blogs = matches!(last, "" | "blog" | "posts" | "post" | "articles");
            is_blogs.then_some(1)
        }
    }
}

/// Formats the route like the path of its file.
impl fmt::Display for Dynamic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in &self.parts {
            match part {
                Part::Fixed(name) => write!(f, "/{name}")?,
                Part::Parameter(name) => write!(f, "/[{name}]")?,
            }
        }
        Ok(())
    }
}

/// Returns the route that most likely shows the entries of `collection`.
pub(super) fn of<'a>(routes: &'a [Dynamic], collection: &str) -> Option<&'a Dynamic> {
    let fitting = routes
        .iter()
        .filter_map(|route| Some((route.fits(collection)?, route)));
    // Among equal ratings, the route with the fewest parts wins.
    let best = fitting.max_by_key(|(fit, route)| (*fit, std::cmp::Reverse(route.parts.len())));
    best.map(|(_, route)| route)
}

#[cfg(test)]
mod tests {
    use super::{Dynamic, of, parts};

    fn route(path: &str, text: &str) -> Dynamic {
        Dynamic {
            parts: parts(path),
            text: text.to_owned(),
        }
    }

    #[test]
    fn the_page_that_asks_for_a_collection_shows_it() {
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
            assert_eq!(of(&routes, collection), expected, "{collection}");
        }
        assert_eq!(of(&routes[..2], "essays"), None);
    }

    #[test]
    fn pages_of_lists_show_no_entry() {
        assert!(!route("blog/[page]", "").is_of_entries());
        assert!(!route("tags/[tag]/[...page]", "").is_of_entries());
        assert!(!route("tags/[slug]", "").is_of_entries());
        assert!(route("[year]/[slug]", "").is_of_entries());
        assert!(route("[category]/[slug]", "").is_of_entries());
        assert_eq!(parts("(site)/blog/[[...slug]]"), parts("blog/[slug]"));
    }
}

//! Links that name the tags of a post. A link counts only if it leads to this site, and to a page of
//! a tag by its path: posts also link to the tags of other sites, and to pages about a topic.

use percent_encoding::percent_decode_str;
use scraper::ElementRef;

use crate::collector::Collector;
use crate::text::{is_hidden, visible};
use crate::tree::{self, attribute, name, words};

/// Folders of pages of tags.
const TAGS: &[&str] = &[
    "etiqueta",
    "etiquetas",
    "label",
    "labels",
    "schlagwort",
    "schlagworte",
    "tag",
    "tagged",
    "tags",
];

/// Folders of pages of terms that are tags if a link says so by `rel=tag`.
const TERMS: &[&str] = &[
    "cat",
    "categories",
    "category",
    "keyword",
    "keywords",
    "topic",
    "topics",
];

/// Parameters of an address that select a tag.
const PARAMETERS: &[&str] = &["tag", "tags"];

/// Parts of a page whose links are not those of the post.
const AROUND: &[&str] = &["aside", "nav", "template"];

/// Classes and ids of lists of all tags of a site.
const CLOUDS: &[&str] = &[
    "sidebar",
    "tag-cloud",
    "tagcloud",
    "tags-cloud",
    "widget_tag_cloud",
];

/// Returns the texts of the links in `scope` that are marked as tags (microformats.org, "rel-tag").
pub(crate) fn marked(scope: ElementRef<'_>, collector: &Collector) -> Vec<String> {
    links(scope, AROUND)
        .filter(|link| tree::has_word(*link, "rel", "tag"))
        .filter(|link| {
            let path = own_path(*link, collector);
            path.is_some_and(|path| is_tag_page(&path) || is_term_page(&path, &visible(*link)))
        })
        .map(visible)
        .collect()
}

/// Returns the texts of the links in `scope` that lead to pages of tags. A link within a paragraph may
/// have any text.
pub(crate) fn by_path(scope: ElementRef<'_>, collector: &Collector) -> Vec<String> {
    links(scope, &["aside", "nav", "p", "template"])
        .filter(|link| own_path(*link, collector).is_some_and(|path| is_tag_page(&path)))
        .map(visible)
        .collect()
}

/// Returns the texts of the links to this site in `element`, each of which is a tag; `None` if there is
/// no link, so that the text of the element counts.
pub(crate) fn within(element: ElementRef<'_>, collector: &Collector) -> Option<Vec<String>> {
    let links: Vec<_> = tree::elements(*element)
        .filter(|inner| name(*inner) == "a" && attribute(*inner, "href").is_some())
        .collect();
    if links.is_empty() {
        return None;
    }
    let own = links.into_iter();
    let own = own.filter(|link| own_path(*link, collector).is_some());
    Some(own.map(visible).collect())
}

fn links<'a>(
    scope: ElementRef<'a>,
    outside: &'static [&'static str],
) -> impl Iterator<Item = ElementRef<'a>> {
    let skip =
        |element| outside.contains(&name(element)) || is_hidden(element) || is_cloud(element);
    tree::walk(*scope, skip)
        .filter_map(ElementRef::wrap)
        .filter(|element| name(*element) == "a")
}

fn is_cloud(element: ElementRef<'_>) -> bool {
    let id = attribute(element, "id");
    let mut names = words(element, "class").chain(id);
    names.any(|name| CLOUDS.contains(&name.to_ascii_lowercase().as_str()))
}

fn own_path(link: ElementRef<'_>, collector: &Collector) -> Option<String> {
    collector.own_path(attribute(link, "href")?)
}

/// Returns the folders and the last part of a path, without the name of an index page.
fn parts(path: &str) -> (Vec<&str>, &str) {
    let path = path.split('?').next().unwrap_or(path);
    let path = path.trim_end_matches("index.html").trim_matches('/');
    let mut parts: Vec<&str> = path.split('/').collect();
    let last = parts.pop().unwrap_or_default();
    (parts, last)
}

fn is_tag_page(path: &str) -> bool {
    let (folders, last) = parts(path);
    let query = path.split_once('?').map_or("", |(_, query)| query);
    let mut parameters = query.split('&').filter_map(|pair| pair.split_once('='));
    let is_in_folder = folders.last().is_some_and(|folder| TAGS.contains(folder));
    is_in_folder && !last.is_empty()
        || parameters.any(|(key, value)| PARAMETERS.contains(&key) && !value.is_empty())
}

/// Returns whether `path` is that of a term that is called `text`. The last part of the address of a
/// `rel=tag` link is the tag.
fn is_term_page(path: &str, text: &str) -> bool {
    let (folders, last) = parts(path);
    let last = percent_decode_str(last.trim_end_matches(".html")).decode_utf8_lossy();
    let is_named = !fold(text).is_empty() && fold(&last) == fold(text);
    is_named || !last.is_empty() && folders.iter().any(|folder| TERMS.contains(folder))
}

/// Returns the letters and digits of a text, in lower case.
fn fold(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{is_tag_page, is_term_page};

    #[test]
    fn path_of_tag_page_names_tag() {
        for (path, expected) in [
            ("/tags/rust/", true),
            ("/blog/tag/c%23/index.html", true),
            ("/tags/rust.html", true),
            ("/search/label/Rust", true),
            ("/?tag=rust", true),
            ("/posts?page=1&tags=a,b", true),
            ("/tags/", false),
            ("/tags/index.html", false),
            ("/?tag=", false),
            ("/", false),
            ("/tags/rust/page/2/", false),
            ("/heritage/rust/", false),
        ] {
            assert_eq!(is_tag_page(path), expected, "{path}");
        }
    }

    #[test]
    fn path_of_term_page_is_category_or_text() {
        for (path, text, expected) in [
            ("/category/a-b/", "Something", true),
            ("/c/rust/", "Rust", true),
            ("/r%C3%BCckblick.html", "Rückblick", true),
            ("/about/", "Rust", false),
            ("/category/", "Rust", false),
            ("/", "", false),
        ] {
            assert_eq!(is_term_page(path, text), expected, "{path} {text}");
        }
    }
}

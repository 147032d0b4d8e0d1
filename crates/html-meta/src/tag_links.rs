//! Finds the links that name the tags of a post. A link counts only if its URL is a tag page of the
//! same site, because posts also link to tags of other sites and to pages about a topic.

use percent_encoding::percent_decode_str;
use scraper::ElementRef;

use crate::collector::Collector;
use crate::text::{is_hidden, visible_text};
use crate::tree::{self, attribute, attribute_words, name};

/// Names of folders that contain tag pages.
const TAG_FOLDERS: &[&str] = &[
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

/// Names of folders whose pages are tag pages only for links with `rel=tag`.
const TERM_FOLDERS: &[&str] = &[
    "cat",
    "categories",
    "category",
    "keyword",
    "keywords",
    "topic",
    "topics",
];

/// Query parameters that select a tag.
const TAG_PARAMETERS: &[&str] = &["tag", "tags"];

/// Elements whose links do not belong to the post.
const NON_POST_ELEMENTS: &[&str] = &["aside", "nav", "template"];

/// Classes and ids of lists with all tags of a site.
const CLOUD_NAMES: &[&str] = &[
    "sidebar",
    "tag-cloud",
    "tagcloud",
    "tags-cloud",
    "widget_tag_cloud",
];

/// Returns the texts of the links with `rel=tag` in `scope` (microformats.org, "rel-tag").
pub(crate) fn rel_tags(scope: ElementRef<'_>, collector: &Collector) -> Vec<String> {
    links(scope, NON_POST_ELEMENTS)
        .filter(|link| tree::has_word(*link, "rel", "tag"))
        .filter(|link| {
            let path = same_site_path(*link, collector);
            path.is_some_and(|path| is_tag_page(&path) || is_term_page(&path, &visible_text(*link)))
        })
        .map(visible_text)
        .collect()
}

/// Returns the texts of the links to tag pages in `scope`. Links in paragraphs are left out,
/// because their text need not be the name of the tag.
pub(crate) fn tags_by_path(scope: ElementRef<'_>, collector: &Collector) -> Vec<String> {
    links(scope, &["aside", "nav", "p", "template"])
        .filter(|link| same_site_path(*link, collector).is_some_and(|path| is_tag_page(&path)))
        .map(visible_text)
        .collect()
}

/// Returns the texts of the links in `element` to pages of the same site. Returns `None` if the
/// element contains no link; the caller then uses its text.
pub(crate) fn linked_tags(element: ElementRef<'_>, collector: &Collector) -> Option<Vec<String>> {
    let links: Vec<_> = tree::elements(*element)
        .filter(|inner| name(*inner) == "a" && attribute(*inner, "href").is_some())
        .collect();
    if links.is_empty() {
        return None;
    }
    let own = links.into_iter();
    let own = own.filter(|link| same_site_path(*link, collector).is_some());
    Some(own.map(visible_text).collect())
}

fn links<'a>(
    scope: ElementRef<'a>,
    outside: &'static [&'static str],
) -> impl Iterator<Item = ElementRef<'a>> {
    let skip =
        |element| outside.contains(&name(element)) || is_hidden(element) || is_cloud(element);
    tree::descendants(*scope, skip)
        .filter_map(ElementRef::wrap)
        .filter(|element| name(*element) == "a")
}

fn is_cloud(element: ElementRef<'_>) -> bool {
    let id = attribute(element, "id");
    let mut names = attribute_words(element, "class").chain(id);
    names.any(|name| CLOUD_NAMES.contains(&name.to_ascii_lowercase().as_str()))
}

fn same_site_path(link: ElementRef<'_>, collector: &Collector) -> Option<String> {
    collector.same_site_path(attribute(link, "href")?)
}

/// Splits a path into its folders and its last segment. The name of an index page is removed first.
fn split_path(path: &str) -> (Vec<&str>, &str) {
    let path = path.split('?').next().unwrap_or(path);
    let path = path.trim_end_matches("index.html").trim_matches('/');
    let mut parts: Vec<&str> = path.split('/').collect();
    let last = parts.pop().unwrap_or_default();
    (parts, last)
}

fn is_tag_page(path: &str) -> bool {
    let (folders, last) = split_path(path);
    let query = path.split_once('?').map_or("", |(_, query)| query);
    let mut parameters = query.split('&').filter_map(|pair| pair.split_once('='));
    let is_in_folder = folders
        .last()
        .is_some_and(|folder| TAG_FOLDERS.contains(folder));
    is_in_folder && !last.is_empty()
        || parameters.any(|(key, value)| TAG_PARAMETERS.contains(&key) && !value.is_empty())
}

/// Returns `true` if `path` is the page of the term `text`. For a link with `rel=tag`, the last
/// segment of the path is the name of the tag.
fn is_term_page(path: &str, text: &str) -> bool {
    let (folders, last) = split_path(path);
    let last = percent_decode_str(last.trim_end_matches(".html")).decode_utf8_lossy();
    let is_named = !normalize(text).is_empty() && normalize(&last) == normalize(text);
    is_named || !last.is_empty() && folders.iter().any(|folder| TERM_FOLDERS.contains(folder))
}

/// Returns the letters and digits of a text in lower case.
fn normalize(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{is_tag_page, is_term_page};

    #[test]
    fn tag_page_path_is_recognized() {
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
    fn term_page_path_is_recognized() {
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

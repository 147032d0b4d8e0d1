//! Pages that are not posts, no matter what else they say: redirects, error pages, the site's first page,
//! other versions of a page, lists by their usual paths, and the standing pages that every site has.

use super::output::name_of;
use crate::conflict_copies;
use crate::page::Page;
use crate::paths::basename;

/// What pages of terms are called: `tags/rust`, `authors/ada`.
const TERMS: &[&str] = &[
    "author",
    "authors",
    "categories",
    "category",
    "keyword",
    "keywords",
    "label",
    "labels",
    "tag",
    "tags",
];

/// What lists and tools are called, whatever lies before: `blog/archive`, `fr/search`.
const LISTS: &[&str] = &[
    "all", "archive", "archives", "search", "series", "sitemap", "topics",
];

/// What error pages are called.
const ERRORS: &[&str] = &["403", "404", "410", "500", "50x", "offline"];

/// What the standing pages are called that lie at the top of a site.
const STANDING: &[&str] = &[
    "about",
    "about-me",
    "about-us",
    "blogroll",
    "colophon",
    "contact",
    "cv",
    "home",
    "imprint",
    "impressum",
    "legal",
    "license",
    "links",
    "newsletter",
    "now",
    "portfolio",
    "privacy",
    "privacy-policy",
    "projects",
    "resume",
    "subscribe",
    "talks",
    "terms",
    "uses",
];

/// Returns why the page in `file` cannot be a post; `None` if it can.
pub(super) fn reason(file: &str, page: &Page) -> Option<String> {
    if let Some(target) = &page.signals.redirect {
        return Some(format!("it sends its readers on to `{target}`"));
    }
    if let Some(what) = hidden(file, page) {
        return Some(format!("it {what}"));
    }
    if let Some(reason) = conflict_copies::page_reason(file) {
        return Some(reason);
    }
    let name = name_of(file).to_lowercase();
    let what = list(&name).or_else(|| standing(&name))?;
    Some(format!("it is {what}, by its path"))
}

/// Returns whether the page in `file` was certainly not made by the template of posts.
pub(super) fn is_list(file: &str, page: &Page) -> bool {
    let is_list = list(&name_of(file).to_lowercase()).is_some();
    page.signals.redirect.is_none() && (is_list || is_error(file, page))
}

/// Returns why a page must not be announced, even if it was generated from Markdown.
pub(super) fn hidden(file: &str, page: &Page) -> Option<&'static str> {
    if is_error(file, page) {
        Some("is an error page")
    } else if page.signals.noindex {
        Some("asks search engines to leave it out (`noindex`)")
    } else {
        None
    }
}

fn is_error(file: &str, page: &Page) -> bool {
    page.signals.is_not_found || ERRORS.contains(&basename(name_of(file)))
}

/// What list a page of this name is, in lower case.
fn list(name: &str) -> Option<&'static str> {
    if name.is_empty() {
        return Some("the site's first page");
    }
    let parts: Vec<&str> = name.split('/').collect();
    let (last, before) = parts.split_last()?;
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let parent = before.last().copied().unwrap_or_default();
    if is_number(last) && parent == "page" {
        return Some("a page of a list");
    }
    if TERMS.contains(last) || TERMS.contains(&parent) {
        return Some("a list of posts with a tag, category or author");
    }
    // `archives/2024/05`
    let end = parts.iter().rposition(|part| !is_number(part));
    let named = end.map(|end| parts[end]);
    if named.is_some_and(|named| LISTS.contains(&named)) {
        return Some("a list or a tool");
    }
    None
}

/// Whether the path is that of a standing page: at the top, or at the top of one language.
fn standing(name: &str) -> Option<&'static str> {
    let (folder, last) = name.rsplit_once('/').unwrap_or(("", name));
    let is_language = folder.len() == 2 || folder.len() == 5 && folder.as_bytes()[2] == b'-';
    ((folder.is_empty() || is_language) && STANDING.contains(&last))
        .then_some("a standing page of the site")
}

#[cfg(test)]
mod tests {
    use super::reason;
    use crate::page::Page;

    #[test]
    fn lists_errors_and_standing_pages_are_told_by_their_paths() {
        for (file, is_excluded) in [
            ("index.html", true),
            ("404.html", true),
            ("404/index.html", true),
            ("tags/index.html", true),
            ("tag/rust.html", true),
            ("blog/tags/rust/index.html", true),
            ("category/rust/page/2/index.html", true),
            ("page/3/index.html", true),
            ("archives/index.html", true),
            ("archives/2024/05/index.html", true),
            ("fr/search/index.html", true),
            ("about/index.html", true),
            ("pt-br/about.html", true),
            ("About.html", true),
            ("2024/05/01/about/index.html", false),
            ("blog/about/index.html", false),
            ("archive/2024/why-i-left/index.html", false),
            ("posts/tags-are-great/index.html", false),
            ("2024/index.html", false),
            ("a.html", false),
        ] {
            let excluded = reason(file, &Page::default());
            assert_eq!(excluded.is_some(), is_excluded, "{file}: {excluded:?}");
        }
    }
}

//! Recognises pages that are never posts: redirects, error pages, home pages, other versions of a page,
//! lists by their usual paths, and static pages such as `about` and `privacy`.

use super::output::page_name;
use crate::conflict_copies;
use crate::page::Page;
use crate::paths::{basename, split_last};

/// Names of folders and pages of taxonomy terms: `tags/rust`, `authors/ada`.
const TAXONOMY_NAMES: &[&str] = &[
    "auteur",
    "auteurs",
    "author",
    "authors",
    "autor",
    "autoren",
    "autores",
    "categoria",
    "categorias",
    "categorie",
    "categories",
    "category",
    "contributor",
    "contributors",
    "etiqueta",
    "etiquetas",
    "kategorie",
    "kategorien",
    "keyword",
    "keywords",
    "label",
    "labels",
    "people",
    "schlagwort",
    "schlagworte",
    "tag",
    "tagged",
    "tags",
    "user",
    "users",
];

/// Taxonomies whose terms may contain further terms: `categories/web/css`.
const NESTED_TAXONOMIES: &[&str] = &["categories", "category", "tag", "tags"];

/// Words before the page number of a list.
const PAGE_NUMBER_PREFIXES: &[&str] = &["page", "pagina", "seite"];

/// Names of lists and tools in any folder: `blog/archive`, `fr/search`.
const LIST_NAMES: &[&str] = &[
    "all",
    "archiv",
    "archive",
    "archives",
    "archivo",
    "buscar",
    "recherche",
    "search",
    "search-results",
    "series",
    "sitemap",
    "suche",
    "topics",
];

/// Names of error pages.
const ERROR_PAGE_NAMES: &[&str] = &["403", "404", "410", "500", "50x", "not-found", "offline"];

/// Names of static pages at the top of a site.
const STATIC_PAGE_NAMES: &[&str] = &[
    "a-propos",
    "about",
    "about-me",
    "about-us",
    "aviso-legal",
    "blogroll",
    "colophon",
    "contact",
    "contact-us",
    "contacto",
    "cookie-policy",
    "cookies",
    "cv",
    "datenschutz",
    "datenschutzerklaerung",
    "disclaimer",
    "faq",
    "home",
    "imprint",
    "impressum",
    "kontakt",
    "legal",
    "license",
    "links",
    "login",
    "mentions-legales",
    "newsletter",
    "now",
    "politica-de-privacidad",
    "politique-de-confidentialite",
    "portfolio",
    "privacidad",
    "privacy",
    "privacy-policy",
    "projects",
    "resume",
    "sobre",
    "subscribe",
    "talks",
    "terms",
    "terms-of-service",
    "terms-of-use",
    "thank-you",
    "thanks",
    "ueber-mich",
    "ueber-uns",
    "uses",
];

/// Folders of static pages.
const STATIC_PAGE_FOLDERS: &[&str] = &["info", "legal", "page", "pages"];

/// Returns why the page in `file` cannot be a post; `None` if it can.
pub(super) fn exclusion_reason(file: &str, page: &Page) -> Option<String> {
    if let Some(target) = &page.signals.redirect {
        return Some(format!("it redirects to `{target}`"));
    }
    if let Some(what) = hidden_reason(file, page) {
        return Some(format!("it {what}"));
    }
    if let Some(reason) = conflict_copies::page_reason(file) {
        return Some(reason);
    }
    let name = page_name(file).to_lowercase();
    let what = list_kind(&name)
        .or_else(|| static_page_kind(&name))
        .or_else(|| language_home_kind(&name, page))?;
    Some(format!("its path is that of {what}"))
}

/// Returns `true` if the page in `file` was certainly not made with the template for posts.
pub(super) fn is_list(file: &str, page: &Page) -> bool {
    let is_list = list_kind(&page_name(file).to_lowercase()).is_some();
    page.signals.redirect.is_none() && (is_list || is_error(file, page))
}

/// Returns why a page must not be announced, even if it was generated from Markdown.
pub(super) fn hidden_reason(file: &str, page: &Page) -> Option<&'static str> {
    if is_error(file, page) {
        Some("is an error page")
    } else if page.signals.is_noindex {
        Some("is excluded from search engines (`noindex`)")
    } else {
        None
    }
}

fn is_error(file: &str, page: &Page) -> bool {
    page.signals.is_not_found || ERROR_PAGE_NAMES.contains(&basename(page_name(file)))
}

/// Returns the kind of list, such as an archive, if the lower-case `name` of a page is that of a list.
fn list_kind(name: &str) -> Option<&'static str> {
    if name.is_empty() {
        return Some("the site's home page");
    }
    let parts: Vec<&str> = name.split('/').collect();
    let (last, before) = parts.split_last()?;
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let parent = before.last().copied().unwrap_or_default();
    // Jekyll names pages of lists `page2`.
    let number = PAGE_NUMBER_PREFIXES
        .iter()
        .find_map(|word| last.strip_prefix(word));
    let is_numbered = number.is_some_and(|number| is_number(number.trim_start_matches('-')));
    if is_number(last) && PAGE_NUMBER_PREFIXES.contains(&parent) || is_numbered {
        return Some("a page of a list");
    }
    let is_nested = before
        .iter()
        .take(2)
        .any(|part| NESTED_TAXONOMIES.contains(part));
    if TAXONOMY_NAMES.contains(last) || TAXONOMY_NAMES.contains(&parent) || is_nested {
        return Some("a list of posts with a tag, category or author");
    }
    // `archives/2024/05`
    let end = parts.iter().rposition(|part| !is_number(part));
    let named = end.map(|end| parts[end]);
    if named.is_some_and(|named| LIST_NAMES.contains(&named)) {
        return Some("a list or a tool");
    }
    None
}

/// Recognises a static page: one at the top of the site, of a language or of a folder for such pages.
fn static_page_kind(name: &str) -> Option<&'static str> {
    let (folder, last) = split_last(name);
    let is_top = folder.is_empty() || is_language(folder) || STATIC_PAGE_FOLDERS.contains(&folder);
    (is_top && STATIC_PAGE_NAMES.contains(&last)).then_some("a static page of the site")
}

/// Recognises the home page of a language: the page's own language is the name of its folder.
fn language_home_kind(name: &str, page: &Page) -> Option<&'static str> {
    let (lang, _) = page.lang.best()?;
    let primary = |tag: &str| tag.split(['-', '_']).next().map(str::to_lowercase);
    (is_language(name) && primary(lang) == primary(name)).then_some("the home page of a language")
}

/// Returns `true` if the name of a folder looks like a language tag: `de`, `pt-br`, `zh-hans`.
pub(super) fn is_language(folder: &str) -> bool {
    let mut parts = folder.split(['-', '_']);
    let is_alphabetic = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_primary = |part: &str| part.len() == 2 && is_alphabetic(part);
    let is_region = |part: &str| matches!(part.len(), 2 | 4) && is_alphabetic(part);
    parts.next().is_some_and(is_primary)
        && parts.next().is_none_or(is_region)
        && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::exclusion_reason;
    use crate::page::Page;

    #[test]
    fn paths_of_lists_and_static_pages() {
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
            ("de/404.html", true),
            ("not-found/index.html", true),
            ("page2/index.html", true),
            ("blog/page3/index.html", true),
            ("blog/page-3.html", true),
            ("de/seite/2/index.html", true),
            ("blog/page-speed/index.html", false),
            ("pages-of-books/index.html", false),
            ("etiquetas/mar/index.html", true),
            ("autor/ada/index.html", true),
            ("people/ada.html", true),
            ("categories/web/css/index.html", true),
            ("blog/tags/web/css/index.html", true),
            ("blog/2024/tags/index.html", true),
            ("2024/05/01/tags/why/index.html", true),
            ("de/datenschutz/index.html", true),
            ("legal/cookie-policy/index.html", true),
            ("pages/about.html", true),
            ("blog/privacy/index.html", false),
            ("suche.html", true),
            // Without a matching page language, a short name may be that of a post.
            ("go/index.html", false),
        ] {
            let excluded = exclusion_reason(file, &Page::default());
            assert_eq!(excluded.is_some(), is_excluded, "{file}: {excluded:?}");
        }
    }

    #[test]
    fn language_home_pages_are_excluded() {
        for (file, lang, is_excluded) in [
            ("de/index.html", "de", true),
            ("fr/index.html", "fr-CA", true),
            ("pt-br/index.html", "pt-BR", true),
            ("zh_CN/index.html", "zh-Hans", true),
            ("it.html", "it", true),
            ("it/index.html", "en", false),
            ("go/index.html", "en", false),
            ("de/hallo/index.html", "de", false),
        ] {
            let html = format!("<html lang={lang}><title>A</title>");
            let page = crate::page::read(html.as_bytes(), None, &jiff::tz::TimeZone::UTC);
            let excluded = exclusion_reason(file, &page);
            assert_eq!(excluded.is_some(), is_excluded, "{file}: {excluded:?}");
        }
    }
}

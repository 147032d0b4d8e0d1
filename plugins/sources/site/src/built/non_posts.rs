//! Pages that are not posts, no matter what else they say: redirects, error pages, the site's first page,
//! other versions of a page, lists by their usual paths, and the standing pages that every site has.

use super::output::name_of;
use crate::conflict_copies;
use crate::page::Page;
use crate::paths::basename;

/// What pages of terms are called: `tags/rust`, `authors/ada`.
const TERMS: &[&str] = &[
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

/// Those of them whose terms may have terms below them: `categories/web/css`.
const NESTED: &[&str] = &["categories", "category", "tag", "tags"];

/// What stands before the number of a list's page.
const NUMBERED: &[&str] = &["page", "pagina", "seite"];

/// What lists and tools are called, whatever lies before: `blog/archive`, `fr/search`.
const LISTS: &[&str] = &[
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

/// What error pages are called.
const ERRORS: &[&str] = &["403", "404", "410", "500", "50x", "not-found", "offline"];

/// What the standing pages are called that lie at the top of a site.
const STANDING: &[&str] = &[
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

/// Folders of standing pages.
const STANDING_FOLDERS: &[&str] = &["info", "legal", "page", "pages"];

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
    let what = list(&name)
        .or_else(|| standing(&name))
        .or_else(|| first_page_in_language(&name, page))?;
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
    } else if page.signals.is_noindex {
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
    // `page2` is what Jekyll calls it.
    let number = NUMBERED.iter().find_map(|word| last.strip_prefix(word));
    let is_numbered = number.is_some_and(|number| is_number(number.trim_start_matches('-')));
    if is_number(last) && NUMBERED.contains(&parent) || is_numbered {
        return Some("a page of a list");
    }
    let is_nested = before.iter().take(2).any(|part| NESTED.contains(part));
    if TERMS.contains(last) || TERMS.contains(&parent) || is_nested {
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
    let is_top = folder.is_empty() || is_language(folder) || STANDING_FOLDERS.contains(&folder);
    (is_top && STANDING.contains(&last)).then_some("a standing page of the site")
}

/// Returns whether a page is the site's first page in another language: its folder has the name of its
/// own language.
fn first_page_in_language(name: &str, page: &Page) -> Option<&'static str> {
    let (lang, _) = page.lang.best()?;
    let primary = |tag: &str| tag.split(['-', '_']).next().map(str::to_lowercase);
    (is_language(name) && primary(lang) == primary(name))
        .then_some("the site's first page in a language")
}

/// Returns whether the name of a folder may be that of a language: `de`, `pt-br`, `zh-hans`.
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
            // Without its language a short name may be that of a post.
            ("go/index.html", false),
        ] {
            let excluded = reason(file, &Page::default());
            assert_eq!(excluded.is_some(), is_excluded, "{file}: {excluded:?}");
        }
    }

    #[test]
    fn first_pages_in_languages_are_no_posts() {
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
            let excluded = reason(file, &page);
            assert_eq!(excluded.is_some(), is_excluded, "{file}: {excluded:?}");
        }
    }
}

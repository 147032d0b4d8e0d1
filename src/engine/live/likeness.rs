//! Compares the content of a page with a post, for pages that do not state their URL. Some hosts return a
//! home page, an error page or an empty script frame with status 200 for any URL.

use std::collections::BTreeSet;

use html_meta::Page;
use syndicate_api::Item;

/// Number of letters at the start of a description that are searched in a page.
const BEGINNING: usize = 40;

/// Minimum share of common words, in percent, of two versions of one page. A date or a visitor counter may
/// differ.
const SAME: usize = 90;

/// The likelihood that a page is the post's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Likeness {
    /// Its metadata has the post's title or description.
    Certain,
    /// It contains the post's title or text, or the post has neither.
    Possible,
    /// It has other content.
    Other,
}

/// Compares the page in `body`, parsed as `page`, with `item`.
pub(super) fn likeness(item: &Item, page: &Page, body: &[u8]) -> Likeness {
    let title = item.title.as_deref().map(words).unwrap_or_default();
    let description = item.description.as_deref().map(fold).unwrap_or_default();
    let described = page.description.iter();
    let mut described = described.filter(|description| description.is_metadata);
    let mut titles = page.title.iter().filter(|title| title.is_metadata);
    let is_stated = !title.is_empty() && titles.any(|stated| words(&stated.value) == title)
        || !description.is_empty() && described.any(|stated| fold(&stated.value) == description);
    if is_stated {
        return Likeness::Certain;
    }
    let beginning: String = description.chars().take(BEGINNING).collect();
    let is_titled = !title.is_empty() && has_title(page, &title);
    let text = fold(&html_meta::text_content(body));
    let has_text = !beginning.is_empty() && text.contains(&beginning);
    let is_untitled = page.title.best().is_none();
    let is_named = is_untitled && !title.is_empty() && text.contains(&title.concat());
    let is_unknown = title.is_empty() && beginning.is_empty();
    if is_titled || has_text || is_named || is_unknown {
        Likeness::Possible
    } else {
        Likeness::Other
    }
}

/// Returns `true` if a title of the page begins or ends with `title`. Headings are ignored on pages with
/// several articles, because lists show the newest post.
fn has_title(page: &Page, title: &[String]) -> bool {
    let is_list = page.signals.has_several_articles || page.signals.is_feed;
    page.title
        .iter()
        .filter(|shown| shown.is_metadata || !is_list)
        .map(|shown| words(&shown.value))
        .any(|shown| shown.starts_with(title) || shown.ends_with(title))
}

/// Returns `true` if two pages, each parsed and as bytes, have the same content.
pub(super) fn is_same_page(one: (&Page, &[u8]), other: (&Page, &[u8])) -> bool {
    let titles = |page: &Page| -> Vec<String> {
        let titles = page.title.iter();
        titles.map(|title| fold(&title.value)).collect()
    };
    titles(one.0) == titles(other.0) && are_alike(one.1, other.1)
}

fn are_alike(one: &[u8], other: &[u8]) -> bool {
    let set = |body: &[u8]| -> BTreeSet<String> {
        words(&html_meta::text_content(body)).into_iter().collect()
    };
    let (one, other) = (set(one), set(other));
    let shared = one.intersection(&other).count();
    let all = one.union(&other).count();
    shared * 100 >= all * SAME
}

/// Returns the words of a text in lower case, without punctuation.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Returns the letters and digits of a text in lower case. Punctuation is removed because generators use
/// different quotation marks.
fn fold(text: &str) -> String {
    words(text).concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(title: Option<&str>, description: Option<&str>, html: &str) -> Likeness {
        let item = Item {
            title: title.map(str::to_owned),
            description: description.map(str::to_owned),
            ..Item::default()
        };
        let page = html_meta::read(html.as_bytes(), None);
        likeness(&item, &page, html.as_bytes())
    }

    #[test]
    fn title_of_post_makes_page_alike() {
        let title = Some("It's time: “Tides”");
        for (html, expected) in [
            ("<title>It’s time: Tides</title>", Likeness::Certain),
            (
                "<title>It's time: \"Tides\" | Ada</title>",
                Likeness::Possible,
            ),
            ("<title>Ada – It’s time — Tides</title>", Likeness::Possible),
            (
                "<title>SEO</title><h1>It's time: Tides</h1>",
                Likeness::Possible,
            ),
            (
                "<title>Ada's notes</title><h1>Welcome</h1>",
                Likeness::Other,
            ),
            (
                "<title>Ada</title><article><h1>It's time: Tides</h1></article><article>b</article>",
                Likeness::Other,
            ),
            ("<div id=root></div>", Likeness::Other),
            ("<p><b>It's time: Tides</b><p>Text", Likeness::Possible),
        ] {
            assert_eq!(like(title, None, html), expected, "{html}");
        }
    }

    #[test]
    fn text_of_post_makes_page_alike() {
        let description = Some("The sea comes and goes twice a day, and we with it.");
        let title = Some("Tides");
        let stated = "<title>x</title><meta name=description content='The sea comes and goes \
            twice a day, and we with it.'>";
        assert_eq!(like(title, description, stated), Likeness::Certain);
        let shown =
            "<title>x</title><p>The sea comes and goes <em>twice</em> a day, and we with it…";
        assert_eq!(like(title, description, shown), Likeness::Possible);
        let other = "<title>x</title><p>Nothing here.";
        assert_eq!(like(title, description, other), Likeness::Other);
        assert_eq!(like(None, None, other), Likeness::Possible);
    }

    #[test]
    fn same_page_tolerates_changed_number() {
        let text = "One two three four five six seven eight nine ten eleven twelve";
        let page = |title: &str, end: &str| format!("<title>{title}</title><p>{text} {end}");
        let is_same = |one: &str, other: &str| {
            let read = |html: &str| html_meta::read(html.as_bytes(), None);
            let (one_page, other_page) = (read(one), read(other));
            is_same_page((&one_page, one.as_bytes()), (&other_page, other.as_bytes()))
        };
        assert!(is_same(&page("a", "1"), &page("a", "1")));
        assert!(is_same(&page("a", ""), &page("a", "visitors")));
        assert!(!is_same(&page("a", ""), &page("b", "")));
        assert!(!is_same(&page("a", ""), "<title>a</title><p>Not found."));
    }
}

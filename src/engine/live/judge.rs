//! Decides from one HTTP response whether a page is the post's own and open to all readers.

use bytes::Bytes;
use html_meta::{Completeness, Page, completeness};
use syndicate_api::Item;
use url::Url;

use super::address::{is_own, is_sign_in};
use super::likeness::{Likeness, likeness};

/// Crawlers whose rules in `X-Robots-Tag` apply, in addition to the rules for all crawlers.
const CRAWLERS: &[&str] = &["googlebot", "linkedinbot"];

/// The response to a request for a page.
pub(super) struct PageResponse {
    pub(super) status: u16,
    /// The final URL, after all redirects.
    pub(super) url: Url,
    pub(super) body: Bytes,
    /// `true` if `body` is only the beginning of the page.
    pub(super) is_truncated: bool,
    pub(super) headers: Headers,
}

/// The response headers that affect the result.
#[derive(Clone, Debug, Default)]
pub(super) struct Headers {
    pub(super) media_type: Option<String>,
    /// `Refresh`, which browsers handle like the `meta` element.
    pub(super) refresh: Option<String>,
    /// The values of all `X-Robots-Tag` headers.
    pub(super) robots: Vec<String>,
}

/// The result for one response.
#[derive(Debug, PartialEq)]
pub(super) enum PageVerdict {
    /// The post's page.
    Live {
        /// The URL of its picture, which must be live too.
        picture: Option<String>,
        /// `true` if the page may be the post's, without stating its URL, title or description.
        is_doubtful: bool,
    },
    /// A client-side redirect to another of the post's URLs.
    RedirectsTo(String),
    /// The reason why the response is not the post's page.
    NotLive(String),
}

/// Compares the response for `requested`, one of the URLs of `item`, with the item.
pub(super) fn judge(item: &Item, requested: &str, response: &PageResponse) -> PageVerdict {
    match response_problem(item, requested, response) {
        Some(reason) => PageVerdict::NotLive(reason),
        None if !is_html(response.headers.media_type.as_deref()) => PageVerdict::Live {
            picture: None,
            is_doubtful: false,
        },
        None => judge_page(item, requested, response),
    }
}

/// Parses the body of a response as HTML.
pub(super) fn read(response: &PageResponse) -> Page {
    html_meta::read(&response.body, Some(&response.url))
}

/// Returns the problem with the status, URL or headers of a response, if any.
fn response_problem(item: &Item, requested: &str, response: &PageResponse) -> Option<String> {
    let PageResponse {
        status,
        url,
        headers,
        ..
    } = response;
    match status {
        200 => {}
        401 | 407 => {
            return Some(format!(
                "`{requested}` returns status {status}: readers must sign in"
            ));
        }
        status => return Some(format!("`{requested}` returns status {status}")),
    }
    if !is_own(item, url.as_str()) {
        return Some(if is_sign_in(url) {
            format!("`{requested}` redirects to the sign-in page `{url}`")
        } else {
            format!("`{requested}` redirects to another page, `{url}`")
        });
    }
    let is_noindex = headers.robots.iter().any(|rules| has_noindex(rules));
    is_noindex.then(|| {
        format!("`{requested}` is excluded from search engines (`noindex` in `X-Robots-Tag`)")
    })
}

fn judge_page(item: &Item, requested: &str, response: &PageResponse) -> PageVerdict {
    let page = read(response);
    if let Some(target) = client_redirect(&page, response) {
        return if is_own(item, &target) {
            PageVerdict::RedirectsTo(target)
        } else {
            PageVerdict::NotLive(format!("`{requested}` redirects readers to `{target}`"))
        };
    }
    if let Some(reason) = page_problem(item, &page, response) {
        return PageVerdict::NotLive(format!("`{requested}` {reason}"));
    }
    let names_itself = page.url.iter().any(|url| is_own(item, &url.value));
    let likeness = match names_itself {
        true => Likeness::Certain,
        false => likeness(item, &page, &response.body),
    };
    if likeness == Likeness::Other {
        let shown = page.title.best().map(|title| title.value.as_str());
        return PageVerdict::NotLive(match (shown, item.title.as_deref()) {
            (Some(shown), Some(title)) => {
                format!("`{requested}` is another page: its title is `{shown}`, not `{title}`")
            }
            _ => format!("`{requested}` contains neither the title nor the text of the post"),
        });
    }
    let mut pictures = page.images.iter();
    let picture = pictures.find(|image| image.origin == "og:image");
    PageVerdict::Live {
        picture: picture.map(|image| image.value.url.clone()),
        is_doubtful: likeness == Likeness::Possible,
    }
}

/// Returns the problem with the content of a page, if any, as a predicate that follows the page's URL.
fn page_problem(item: &Item, page: &Page, response: &PageResponse) -> Option<String> {
    let signals = &page.signals;
    let declared = signals.canonical.as_deref();
    if let Some(canonical) = declared.filter(|canonical| !is_own(item, canonical)) {
        return Some(format!("has another canonical URL, `{canonical}`"));
    }
    if signals.is_noindex {
        return Some("is excluded from search engines (`noindex`)".to_owned());
    }
    if !response.is_truncated {
        match completeness(&response.body) {
            Completeness::Empty => return Some("is empty".to_owned()),
            Completeness::CutInTag => return Some("is truncated".to_owned()),
            _ => {}
        }
    }
    if signals.is_not_found && !has_same_title(item, page) {
        return Some("is an error page, although its status is 200".to_owned());
    }
    signals
        .has_password_prompt
        .then(|| "requires a password".to_owned())
}

/// Returns `true` if the page has the post's title. A post about error pages can look like one.
fn has_same_title(item: &Item, page: &Page) -> bool {
    let mut titles = page.title.iter();
    let title = item.title.as_deref();
    title.is_some_and(|title| titles.any(|shown| shown.value == title))
}

/// Returns the target of a client-side redirect to another page: a `Refresh` header, a `meta` element or a
/// script.
fn client_redirect(page: &Page, response: &PageResponse) -> Option<String> {
    let by_header = response.headers.refresh.as_deref();
    let by_header = by_header.and_then(html_meta::refresh_target);
    let target = match by_header {
        Some(target) => response.url.join(target).ok()?,
        None => response.url.join(page.signals.redirect.as_deref()?).ok()?,
    };
    let without_fragment = |url: &Url| {
        let mut url = url.clone();
        url.set_fragment(None);
        url
    };
    (without_fragment(&target) != without_fragment(&response.url)).then(|| target.into())
}

/// Returns `true` if an `X-Robots-Tag` excludes the page for all crawlers or for one in [`CRAWLERS`].
///
/// The syntax is `[CRAWLER:] RULE, …`; `unavailable_after` and `max-…` are rules with a value.
fn has_noindex(rules: &str) -> bool {
    let mut applies = true;
    rules.split(',').any(|rule| {
        let mut rule = rule.trim().to_ascii_lowercase();
        if let Some((crawler, rest)) = rule.split_once(':')
            && !crawler.contains(char::is_whitespace)
            && crawler != "unavailable_after"
            && !crawler.starts_with("max-")
        {
            applies = CRAWLERS.contains(&crawler);
            rule = rest.trim().to_owned();
        }
        applies && matches!(rule.as_str(), "noindex" | "none")
    })
}

fn is_html(media_type: Option<&str>) -> bool {
    media_type.is_none_or(|kind| {
        let kind = kind.to_ascii_lowercase();
        kind.contains("html") || kind.contains("xml") || kind.trim().is_empty()
    })
}

#[cfg(test)]
mod tests {
    use super::has_noindex;

    #[test]
    fn noindex_applies_per_crawler() {
        for (rules, expected) in [
            ("noindex", true),
            ("nofollow, NoIndex", true),
            ("none", true),
            ("googlebot: noindex, nofollow", true),
            ("otherbot: noindex, nofollow", false),
            ("otherbot: noindex, googlebot: noindex", true),
            ("unavailable_after: 25 Jun 2030 15:00:00 PST, noindex", true),
            ("max-snippet: 50", false),
            ("all", false),
            ("", false),
        ] {
            assert_eq!(has_noindex(rules), expected, "{rules}");
        }
    }
}

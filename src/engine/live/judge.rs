//! Holds what an address answered against the post: whether it is the post's page, open to all readers.

use bytes::Bytes;
use html_meta::{Completeness, Page, completeness};
use syndicate_api::Item;
use url::Url;

use super::address::{is_own, is_sign_in};
use super::likeness::{Likeness, likeness};

/// Crawlers whose rules in `X-Robots-Tag` count, beside those for all.
const CRAWLERS: &[&str] = &["googlebot", "linkedinbot"];

/// What an address answered.
pub(super) struct PageResponse {
    pub(super) status: u16,
    /// Where it was in the end, after all redirects.
    pub(super) url: Url,
    pub(super) body: Bytes,
    /// Whether the body is longer than what was read.
    pub(super) is_truncated: bool,
    pub(super) headers: Headers,
}

/// The headers of an answer that say something of its page.
#[derive(Clone, Debug, Default)]
pub(super) struct Headers {
    pub(super) media_type: Option<String>,
    /// `Refresh`, which browsers follow as they do the element.
    pub(super) refresh: Option<String>,
    /// `X-Robots-Tag`, each value.
    pub(super) robots: Vec<String>,
}

/// What an answer is.
#[derive(Debug, PartialEq)]
pub(super) enum PageVerdict {
    /// The post's page.
    Live {
        /// Its picture, which has to be there too.
        picture: Option<String>,
        /// Whether the page does not say for certain that it is the post's.
        is_doubtful: bool,
    },
    /// A page that sends its readers on to another address of the post.
    SentOn(String),
    /// Not the post's page, and why.
    NotLive(String),
}

/// Holds the answer of `asked`, an address of `item`, against it.
pub(super) fn judge(item: &Item, asked: &str, answer: &PageResponse) -> PageVerdict {
    match refuse_answer(item, asked, answer) {
        Some(why) => PageVerdict::NotLive(why),
        None if !is_html(answer.headers.media_type.as_deref()) => PageVerdict::Live {
            picture: None,
            is_doubtful: false,
        },
        None => judge_page(item, asked, answer),
    }
}

/// Reads the page of an answer.
pub(super) fn read(answer: &PageResponse) -> Page {
    html_meta::read(&answer.body, Some(&answer.url))
}

/// Returns why an answer is not that of the post's page, by its head.
fn refuse_answer(item: &Item, asked: &str, answer: &PageResponse) -> Option<String> {
    let PageResponse {
        status,
        url,
        headers,
        ..
    } = answer;
    match status {
        200 => {}
        401 | 407 => {
            return Some(format!(
                "`{asked}` answers with status {status}, as readers have to sign in"
            ));
        }
        status => return Some(format!("`{asked}` answers with status {status}")),
    }
    if !is_own(item, url.as_str()) {
        return Some(if is_sign_in(url) {
            format!("`{asked}` sends readers to `{url}` to sign in")
        } else {
            format!("`{asked}` redirects to `{url}`, which is another page")
        });
    }
    let is_noindex = headers.robots.iter().any(|rules| has_noindex(rules));
    is_noindex.then(|| {
        format!("`{asked}` asks search engines to leave it out (`noindex` in `X-Robots-Tag`)")
    })
}

fn judge_page(item: &Item, asked: &str, answer: &PageResponse) -> PageVerdict {
    let page = read(answer);
    if let Some(target) = sent_on(&page, answer) {
        return if is_own(item, &target) {
            PageVerdict::SentOn(target)
        } else {
            PageVerdict::NotLive(format!("`{asked}` sends its readers on to `{target}`"))
        };
    }
    if let Some(why) = refuse_page(item, &page, answer) {
        return PageVerdict::NotLive(format!("`{asked}` {why}"));
    }
    let names_itself = page.url.iter().any(|url| is_own(item, &url.value));
    let likeness = match names_itself {
        true => Likeness::Certain,
        false => likeness(item, &page, &answer.body),
    };
    if likeness == Likeness::Other {
        let shown = page.title.best().map(|title| title.value.as_str());
        return PageVerdict::NotLive(match (shown, item.title.as_deref()) {
            (Some(shown), Some(title)) => {
                format!("`{asked}` shows another page: its title is `{shown}`, not `{title}`")
            }
            _ => format!("`{asked}` shows nothing of the post"),
        });
    }
    let mut pictures = page.images.iter();
    let picture = pictures.find(|image| image.origin == "og:image");
    PageVerdict::Live {
        picture: picture.map(|image| image.value.url.clone()),
        is_doubtful: likeness == Likeness::Possible,
    }
}

/// Returns why a page is not one that readers can be sent to, as the end of a sentence that begins with
/// its address.
fn refuse_page(item: &Item, page: &Page, answer: &PageResponse) -> Option<String> {
    let signals = &page.signals;
    let foreign = signals.canonical.as_deref();
    if let Some(canonical) = foreign.filter(|canonical| !is_own(item, canonical)) {
        return Some(format!("says that its own address is `{canonical}`"));
    }
    if signals.is_noindex {
        return Some("asks search engines to leave it out (`noindex`)".to_owned());
    }
    if !answer.is_truncated {
        match completeness(&answer.body) {
            Completeness::Empty => return Some("is an empty page".to_owned()),
            Completeness::CutInTag => return Some("is a page that was cut off".to_owned()),
            _ => {}
        }
    }
    if signals.is_not_found && !is_titled_alike(item, page) {
        return Some("is an error page, although it answers with status 200".to_owned());
    }
    signals
        .has_password_prompt
        .then(|| "asks readers for a password".to_owned())
}

/// Returns whether the page has the post's title as one of its own: a post may be about error pages.
fn is_titled_alike(item: &Item, page: &Page) -> bool {
    let mut titles = page.title.iter();
    let title = item.title.as_deref();
    title.is_some_and(|title| titles.any(|shown| shown.value == title))
}

/// Returns where a page sends its readers without a redirect, if it is not to itself.
fn sent_on(page: &Page, answer: &PageResponse) -> Option<String> {
    let by_header = answer.headers.refresh.as_deref();
    let by_header = by_header.and_then(html_meta::refresh_target);
    let target = match by_header {
        Some(target) => answer.url.join(target).ok()?,
        None => answer.url.join(page.signals.redirect.as_deref()?).ok()?,
    };
    let without_fragment = |url: &Url| {
        let mut url = url.clone();
        url.set_fragment(None);
        url
    };
    (without_fragment(&target) != without_fragment(&answer.url)).then(|| target.into())
}

/// Returns whether the rules of an `X-Robots-Tag` ask all crawlers, or one that counts, to leave the page
/// out.
fn has_noindex(rules: &str) -> bool {
    let mut counts = true;
    rules.split(',').any(|rule| {
        let mut rule = rule.trim().to_ascii_lowercase();
        if let Some((crawler, rest)) = rule.split_once(':')
            && !crawler.contains(char::is_whitespace)
            && crawler != "unavailable_after"
            && !crawler.starts_with("max-")
        {
            counts = CRAWLERS.contains(&crawler);
            rule = rest.trim().to_owned();
        }
        counts && matches!(rule.as_str(), "noindex" | "none")
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
    fn robots_header_is_read_by_crawler() {
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

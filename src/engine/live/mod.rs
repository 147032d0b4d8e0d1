//! Checks that readers can open a post's page before the post is announced.
//!
//! The check requests the post's own URL, follows redirects as a browser does, and compares the page and
//! its picture with the post that is about to be sent. It runs no scripts.
//!
//! A picture that the platform itself takes from the page is fetched completely. Of other pages the picture only has to
//! exist.
//!
//! - `judge` evaluates one response: status, final URL, robots rules and content;
//! - `address` compares URLs;
//! - `likeness` compares the content of a page with the post.

mod address;
mod judge;
mod likeness;
mod picture;
#[cfg(test)]
mod tests;

use std::time::Duration;

use syndicate_api::http::FetchRequest;
use syndicate_api::{CardBy, Context, Item};
use thiserror::Error;
use tracing::info;

use self::address::missing_neighbour;
use self::judge::{Headers, PageResponse, PageVerdict, judge, read};
use self::likeness::is_same_page;
use self::picture::check_picture;

/// Maximum size of a page, in bytes. Longer pages are compared by their beginning.
const MAX_PAGE_BYTES: usize = 1 << 20;

/// Time between two checks of a page that is not live yet.
const CHECK_INTERVAL: Duration = Duration::from_secs(15);

/// Maximum number of pages in a chain of client-side redirects.
const MAX_PAGES: usize = 3;

/// A post's page that readers cannot open yet.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{reason}")]
pub(crate) struct NotLive {
    reason: String,
}

impl NotLive {
    fn new(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
        }
    }
}

/// Checks that readers can open the page of `item`. Repeats the check until the page is live or
/// `time_left` is used up, and subtracts the time waited from `time_left`.
///
/// An item without a URL passes, because it has no page to check. If the platform makes the card (`card_by`), it must
/// be able to read the page's picture.
///
/// # Errors
/// Returns the reason if the page or its picture is still not live.
pub(crate) async fn check_live(
    cx: &Context,
    item: &Item,
    card_by: CardBy,
    time_left: &mut Duration,
) -> Result<(), NotLive> {
    let request =
        async |url: &str, max_bytes| fetch(cx, FetchRequest::new(url).max_bytes(max_bytes)).await;
    let sleep = async |pause| cx.clock.sleep(pause).await;
    wait_until_live((item, card_by), time_left, &request, &sleep).await
}

async fn fetch(cx: &Context, fetch: FetchRequest) -> Result<PageResponse, String> {
    let response = cx.http.fetch(fetch).await;
    let response = response.map_err(|error| error.to_string())?;
    let header = |name: &str| response.header(name).map(str::to_owned);
    let headers = Headers {
        media_type: header("content-type"),
        refresh: header("refresh"),
        robots: response
            .headers("x-robots-tag")
            .map(str::to_owned)
            .collect(),
    };
    Ok(PageResponse {
        status: response.status,
        url: response.url,
        body: response.body,
        is_truncated: response.truncated,
        headers,
    })
}

/// Does the work of [`check_live`] with the given functions for requests and pauses.
async fn wait_until_live(
    post: (&Item, CardBy),
    time_left: &mut Duration,
    request: &impl AsyncFn(&str, usize) -> Result<PageResponse, String>,
    sleep: &impl AsyncFn(Duration),
) -> Result<(), NotLive> {
    loop {
        let Err(not_live) = check_once(post, request).await else {
            return Ok(());
        };
        let pause = CHECK_INTERVAL.min(*time_left);
        if pause.is_zero() {
            return Err(not_live);
        }
        *time_left -= pause;
        info!(
            pause_ms = pause.as_millis(),
            "waiting for the page to be live: {not_live}"
        );
        sleep(pause).await;
    }
}

/// Checks the page once, and follows its client-side redirects.
async fn check_once(
    (item, card_by): (&Item, CardBy),
    request: &impl AsyncFn(&str, usize) -> Result<PageResponse, String>,
) -> Result<(), NotLive> {
    let Some(url) = item.url.as_deref() else {
        return Ok(());
    };
    let mut requested = url.to_owned();
    for _ in 0..MAX_PAGES {
        let response = request(&requested, MAX_PAGE_BYTES)
            .await
            .map_err(NotLive::new)?;
        match judge(item, &requested, &response) {
            PageVerdict::NotLive(reason) => return Err(NotLive::new(reason)),
            PageVerdict::RedirectsTo(target) => requested = target,
            PageVerdict::Live {
                picture,
                is_doubtful,
            } => {
                if is_doubtful && is_catch_all(&response, request).await {
                    return Err(NotLive::new(format!(
                        "the host returns the page at `{requested}` for any URL, with status 200"
                    )));
                }
                return match picture {
                    Some(picture) => check_picture(&picture, card_by, request)
                        .await
                        .map_err(NotLive::new),
                    None => Ok(()),
                };
            }
        }
    }
    Err(NotLive::new(format!(
        "`{url}` redirects readers through too many pages"
    )))
}

/// Returns `true` if the host returns the same page for a URL that does not exist.
async fn is_catch_all(
    response: &PageResponse,
    request: &impl AsyncFn(&str, usize) -> Result<PageResponse, String>,
) -> bool {
    let missing = missing_neighbour(&response.url);
    match request(missing.as_str(), MAX_PAGE_BYTES).await {
        Ok(other) if other.status == 200 => is_same_page(
            (&read(response), &response.body),
            (&read(&other), &other.body),
        ),
        _ => false,
    }
}

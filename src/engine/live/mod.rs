//! The live check: nothing is announced that a reader cannot open. It asks the post's own address,
//! follows it as a browser does, and holds the page and its picture against what is about to be sent.
//!
//! - `judge` decides by one answer: status, final address, robots, redirects, what the page is;
//! - `address` compares addresses, `likeness` the page of one with the post.

mod address;
mod judge;
mod likeness;
#[cfg(test)]
mod tests;

use std::time::Duration;

use syndicate_api::http::FetchRequest;
use syndicate_api::{Context, Item};
use tracing::info;

use self::address::missing_neighbour;
use self::judge::{Headers, PageResponse, PageVerdict, judge, read};
use self::likeness::is_same_page;

/// The text of real posts ends well before this, and what comes later is of no interest here.
const MAX_PAGE_BYTES: usize = 1 << 20;

/// How long to wait before a page that is not live is looked at again.
const LOOK_AGAIN: Duration = Duration::from_secs(15);

/// How many pages may send readers on to the next one.
const MAX_PAGES: usize = 3;

/// Returns why readers cannot open `item` yet; nothing where they can. Waits for its page as long as
/// `patience` lasts.
pub(crate) async fn hindrance(
    cx: &Context,
    item: &Item,
    patience: &mut Duration,
) -> Option<String> {
    let ask =
        async |url: &str, max_bytes| fetch(cx, FetchRequest::new(url).max_bytes(max_bytes)).await;
    let sleep = async |pause| cx.clock.sleep(pause).await;
    wait(item, patience, &ask, &sleep).await
}

async fn fetch(cx: &Context, fetch: FetchRequest) -> Result<PageResponse, String> {
    let found = cx.http.fetch(fetch).await;
    let found = found.map_err(|error| error.to_string())?;
    let header = |name: &str| found.header(name).map(str::to_owned);
    let headers = Headers {
        media_type: header("content-type"),
        refresh: header("refresh"),
        robots: found.headers("x-robots-tag").map(str::to_owned).collect(),
    };
    Ok(PageResponse {
        status: found.status,
        url: found.url,
        body: found.body,
        is_truncated: found.truncated,
        headers,
    })
}

/// [`hindrance`], with the ways to ask and to wait handed in.
async fn wait(
    item: &Item,
    patience: &mut Duration,
    ask: &impl AsyncFn(&str, usize) -> Result<PageResponse, String>,
    sleep: &impl AsyncFn(Duration),
) -> Option<String> {
    loop {
        let why = look(item, ask).await?;
        let pause = LOOK_AGAIN.min(*patience);
        if pause.is_zero() {
            return Some(why);
        }
        *patience -= pause;
        info!(
            pause_ms = pause.as_millis(),
            "waiting for the page to be live: {why}"
        );
        sleep(pause).await;
    }
}

/// Looks at the page once, and at those that it sends its readers on to.
async fn look(
    item: &Item,
    ask: &impl AsyncFn(&str, usize) -> Result<PageResponse, String>,
) -> Option<String> {
    let url = item.url.as_deref()?;
    let mut asked = url.to_owned();
    for _ in 0..MAX_PAGES {
        let answer = match ask(&asked, MAX_PAGE_BYTES).await {
            Ok(answer) => answer,
            Err(why) => return Some(why),
        };
        match judge(item, &asked, &answer) {
            PageVerdict::NotLive(why) => return Some(why),
            PageVerdict::SentOn(target) => asked = target,
            PageVerdict::Live {
                picture,
                is_doubtful,
            } => {
                if is_doubtful && is_shown_everywhere(&answer, ask).await {
                    return Some(format!(
                        "`{asked}` shows what the host shows at any address, with status 200"
                    ));
                }
                return missing_picture(&picture?, ask).await;
            }
        }
    }
    Some(format!("`{url}` sends its readers on from page to page"))
}

/// Returns whether the host answers an address at which no page can be with the same page.
async fn is_shown_everywhere(
    answer: &PageResponse,
    ask: &impl AsyncFn(&str, usize) -> Result<PageResponse, String>,
) -> bool {
    let missing = missing_neighbour(&answer.url);
    match ask(missing.as_str(), MAX_PAGE_BYTES).await {
        Ok(other) if other.status == 200 => {
            is_same_page((&read(answer), &answer.body), (&read(&other), &other.body))
        }
        _ => false,
    }
}

async fn missing_picture(
    picture: &str,
    ask: &impl AsyncFn(&str, usize) -> Result<PageResponse, String>,
) -> Option<String> {
    match ask(picture, 1).await {
        Ok(found) if found.status == 200 => None,
        Ok(found) => Some(format!(
            "its picture `{picture}` answers with status {}",
            found.status
        )),
        Err(error) => Some(format!("its picture cannot be fetched: {error}")),
    }
}

//! The live check: nothing is announced that a reader cannot open. It asks the post's own address,
//! and holds the page's canonical address and picture against what is about to be sent.

use scraper::{Html, Selector};
use syndicate_api::http::{Fetch, FetchError};
use syndicate_api::{Context, Item, normalise_url};
use url::Url;

/// Heads of real pages end well before this; a body is of no interest here.
const MAX_PAGE_BYTES: usize = 1 << 20;

/// Why readers cannot open `item` yet; nothing where they can.
pub(super) async fn hindrance(cx: &Context, item: &Item) -> Option<String> {
    let url = item.url.as_deref()?;
    let page = match cx
        .http
        .fetch(Fetch::new(url).max_bytes(MAX_PAGE_BYTES))
        .await
    {
        Ok(page) => page,
        Err(FetchError::Refused(why) | FetchError::Unreachable(why)) => return Some(why),
    };
    match judge(item, page.status, &page.url, &page.body) {
        Ok(Some(picture)) => unreachable_picture(cx, &picture).await,
        Ok(None) => None,
        Err(why) => Some(why),
    }
}

/// Holds an answer against `item`. Yields the page's picture, which has to be there too.
fn judge(item: &Item, status: u16, address: &Url, body: &[u8]) -> Result<Option<String>, String> {
    let url = item.url.as_deref().unwrap_or_default();
    if status != 200 {
        return Err(format!("`{url}` answers with status {status}"));
    }
    let head = Head::read(&String::from_utf8_lossy(body), address);
    match &head.canonical {
        Some(canonical) if normalise_url(canonical).is_none_or(|key| !item.keys.contains(&key)) => {
            Err(format!(
                "`{url}` says that its own address is `{canonical}`"
            ))
        }
        _ => Ok(head.picture),
    }
}

async fn unreachable_picture(cx: &Context, picture: &str) -> Option<String> {
    match cx.http.fetch(Fetch::new(picture).max_bytes(1)).await {
        Ok(found) if found.status == 200 => None,
        Ok(found) => Some(format!(
            "its picture `{picture}` answers with status {}",
            found.status
        )),
        Err(error) => Some(format!("its picture cannot be fetched: {error}")),
    }
}

/// What a page says about itself.
#[derive(Debug, Default, PartialEq, Eq)]
struct Head {
    canonical: Option<String>,
    picture: Option<String>,
}

impl Head {
    fn read(html: &str, base: &Url) -> Self {
        let document = Html::parse_document(html);
        let first = |selector: &str, attribute: &str| {
            let selector = Selector::parse(selector).ok()?;
            let element = document.select(&selector).next()?;
            let value = element.value().attr(attribute)?.trim();
            base.join(value).ok().map(String::from)
        };
        Self {
            canonical: first("link[rel=canonical]", "href"),
            picture: first(
                "meta[property='og:image'], meta[name='og:image']",
                "content",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use syndicate_api::http::Http;
    use syndicate_api::{Clock, Env, VolatileMemory};

    fn item() -> Item {
        Item {
            url: Some("https://a.org/x/".to_owned()),
            keys: vec!["https://a.org/x".to_owned()],
            ..Item::default()
        }
    }

    #[tokio::test]
    async fn a_page_that_cannot_be_asked_is_not_live() {
        let memory = Arc::new(VolatileMemory::default());
        let cx = Context::new(Http::new().unwrap(), Clock::system(), Env::empty(), memory);
        let private = Item {
            url: Some("http://127.0.0.1:9/x".to_owned()),
            ..item()
        };
        assert!(hindrance(&cx, &private).await.is_some());
        assert_eq!(
            hindrance(&cx, &Item::default()).await,
            None,
            "nothing to ask"
        );
    }

    #[test]
    fn a_page_must_answer_as_itself() {
        let address = Url::parse("https://a.org/x/").unwrap();
        let judged = |status, body: &str| judge(&item(), status, &address, body.as_bytes());
        assert_eq!(judged(200, "<title>x</title>"), Ok(None));
        assert_eq!(
            judged(200, "<link rel=canonical href='http://a.org/x/index.html'>"),
            Ok(None)
        );
        let picture = judged(200, "<meta property='og:image' content='/p.png'>");
        assert_eq!(picture, Ok(Some("https://a.org/p.png".to_owned())));
        assert_eq!(
            judged(404, ""),
            Err("`https://a.org/x/` answers with status 404".to_owned())
        );
        let other = judged(200, "<link rel=canonical href='https://a.org/other/'>");
        assert!(other.unwrap_err().contains("https://a.org/other/"));
    }

    #[test]
    fn a_head_is_read_relative_to_the_page() {
        let base = Url::parse("https://a.org/x/").unwrap();
        let head = Head::read(
            "<html><head><link href='/x/' rel=canonical><meta content='p.png' property='og:image'>",
            &base,
        );
        assert_eq!(head.canonical.as_deref(), Some("https://a.org/x/"));
        assert_eq!(head.picture.as_deref(), Some("https://a.org/x/p.png"));
        assert_eq!(Head::read("no page", &base), Head::default());
    }
}

//! The live check: nothing is announced that a reader cannot open. It asks the post's own address,
//! and holds the page's canonical address and picture against what is about to be sent.

use std::time::Duration;

use bytes::Bytes;
use scraper::{Html, Selector};
use syndicate_api::http::Fetch;
use syndicate_api::{Context, Item, normalise_url};
use url::Url;

/// Heads of real pages end well before this; a body is of no interest here.
const MAX_PAGE_BYTES: usize = 1 << 20;

/// How long to wait before a page that is not live is looked at again.
const LOOK_AGAIN: Duration = Duration::from_secs(15);

/// What an address answered.
struct Answer {
    status: u16,
    /// Where it was in the end, after all redirects.
    url: Url,
    body: Bytes,
}

/// Why readers cannot open `item` yet; nothing where they can. Waits for its page as long as
/// `patience` lasts.
pub(crate) async fn hindrance(
    cx: &Context,
    item: &Item,
    patience: &mut Duration,
) -> Option<String> {
    let ask = async |url: &str, max_bytes| {
        let fetch = Fetch::new(url).max_bytes(max_bytes);
        let found = cx.http.fetch(fetch).await;
        let found = found.map_err(|error| error.to_string())?;
        Ok(Answer {
            status: found.status,
            url: found.url,
            body: found.body,
        })
    };
    let sleep = async |pause| cx.clock.sleep(pause).await;
    wait(item, patience, &ask, &sleep).await
}

/// [`hindrance`], with the ways to ask and to wait handed in.
async fn wait(
    item: &Item,
    patience: &mut Duration,
    ask: &impl AsyncFn(&str, usize) -> Result<Answer, String>,
    sleep: &impl AsyncFn(Duration),
) -> Option<String> {
    loop {
        let why = look(item, ask).await?;
        let pause = LOOK_AGAIN.min(*patience);
        if pause.is_zero() {
            return Some(why);
        }
        *patience -= pause;
        sleep(pause).await;
    }
}

async fn look(
    item: &Item,
    ask: &impl AsyncFn(&str, usize) -> Result<Answer, String>,
) -> Option<String> {
    let url = item.url.as_deref()?;
    let page = match ask(url, MAX_PAGE_BYTES).await {
        Ok(page) => page,
        Err(why) => return Some(why),
    };
    let picture = match judge(item, page.status, &page.url, &page.body) {
        Ok(picture) => picture?,
        Err(why) => return Some(why),
    };
    match ask(&picture, 1).await {
        Ok(found) if found.status == 200 => None,
        Ok(found) => Some(format!(
            "its picture `{picture}` answers with status {}",
            found.status
        )),
        Err(error) => Some(format!("its picture cannot be fetched: {error}")),
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
    use std::cell::Cell;
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
        let mut none = Duration::ZERO;
        assert!(hindrance(&cx, &private, &mut none).await.is_some());
        let nothing_to_ask = hindrance(&cx, &Item::default(), &mut none).await;
        assert_eq!(nothing_to_ask, None);
    }

    /// What is said of the item's page in the end, how often it was asked for and how long was
    /// waited, where its addresses answer one after the other like this.
    async fn wait_for(
        patience: u64,
        answers: &[(&str, u16, &str)],
    ) -> (Option<String>, usize, Duration) {
        let asked = Cell::new(0);
        let slept = Cell::new(Duration::ZERO);
        let ask = async |url: &str, _| {
            let (expected, status, body) = answers[asked.replace(asked.get() + 1)];
            assert_eq!(url, expected);
            if status == 0 {
                return Err("no answer".to_owned());
            }
            Ok(Answer {
                status,
                url: Url::parse(url).unwrap(),
                body: Bytes::copy_from_slice(body.as_bytes()),
            })
        };
        let sleep = async |pause| slept.set(slept.get() + pause);
        let mut patience = Duration::from_secs(patience);
        let why = wait(&item(), &mut patience, &ask, &sleep).await;
        (why, asked.get(), slept.get())
    }

    #[tokio::test]
    async fn a_deployment_is_waited_for_page_and_picture() {
        const PAGE: &str = "https://a.org/x/";
        const PICTURE: &str = "https://a.org/p.png";
        const HEAD: &str = "<meta property='og:image' content='/p.png'>";
        let answers = [
            (PAGE, 404, ""),
            (PAGE, 0, ""),
            (PAGE, 200, HEAD),
            (PICTURE, 404, ""),
            (PAGE, 200, HEAD),
            (PICTURE, 200, ""),
        ];
        let seconds = Duration::from_secs;
        assert_eq!(wait_for(600, &answers).await, (None, 6, seconds(45)));
        let (why, asked, slept) = wait_for(20, &answers).await;
        assert!(why.unwrap().contains("p.png` answers with status 404"));
        assert_eq!((asked, slept), (4, seconds(20)));
        let (why, asked, slept) = wait_for(0, &answers).await;
        assert!(why.unwrap().contains("status 404"));
        assert_eq!((asked, slept), (1, seconds(0)));
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

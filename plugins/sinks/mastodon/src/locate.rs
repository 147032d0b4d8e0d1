//! Turns an identifier or a URL of a post into its receipt. The server confirms that the post exists and belongs to the
//! account.

use syndicate_api::{Code, PublishError, PublishErrorKind, Receipt, Request, text::excerpt};
use url::Url;

use crate::account;
use crate::client::Client;
use crate::compose::STATUSES;
use crate::errors::ERRORS;
use crate::listing::fetch_page;
use crate::status::Status;

/// The longest quotation of an address in a message, in characters.
const MAX_QUOTE: usize = 100;

/// The longest identifier in characters.
const MAX_IDENTIFIER: usize = 100;

/// The largest number of pages in which a URL without an identifier is looked for.
const MAX_PAGES: usize = 10;

/// Returns the receipt of the post at `address`: its identifier, or a URL such as
/// `https://example.social/@jane/110000000000000000`.
///
/// # Errors
/// Returns `Rejected` if it is not a post of the account, and other kinds if the server does not answer.
pub(crate) async fn locate(client: &Client<'_>, address: &str) -> Result<Receipt, PublishError> {
    let address = address.trim();
    let account = account::account(client).await?;
    let post = match Url::parse(address).ok().filter(Url::has_host) {
        Some(url) if !client.endpoint.has_origin_of(&url) => {
            let host = client.endpoint.host();
            return Err(not_found(address, &format!("is not on `{host}`")));
        }
        Some(url) => by_url(client, &account.id, &url).await?,
        None if is_identifier(address) => fetch(client, address).await?,
        None => None,
    };
    match post {
        Some(post)
            if post
                .account
                .as_ref()
                .is_some_and(|owner| *owner != account.id) =>
        {
            let reason = format!("does not belong to {}", account.name);
            Err(not_found(address, &reason))
        }
        Some(post) => Ok(post.receipt()),
        None => Err(not_found(address, "is not a post of the account")),
    }
}

/// Returns the post at `url`, by the identifier at its end, else by the addresses of the account's posts. Some servers,
/// such as snac, have no identifier in their URLs.
async fn by_url(
    client: &Client<'_>,
    account: &str,
    url: &Url,
) -> Result<Option<Status>, PublishError> {
    let mut segments = url.path().trim_end_matches('/').rsplit('/');
    let id = segments.next().filter(|id| is_identifier(id));
    let found = match id {
        Some(id) => fetch(client, id).await?,
        None => None,
    };
    match found {
        Some(post) => Ok(Some(post)),
        None => by_address(client, account, url.as_str()).await,
    }
}

async fn by_address(
    client: &Client<'_>,
    account: &str,
    address: &str,
) -> Result<Option<Status>, PublishError> {
    let mut before: Option<String> = None;
    for _ in 0..MAX_PAGES {
        let page = match fetch_page(client, account, before.as_deref()).await {
            Err(error) if error.code == Code::Unsupported => return Ok(None),
            page => page?,
        };
        let mut posts = page.posts.into_iter();
        if let Some(post) = posts.find(|post| post.addresses.iter().any(|own| own == address)) {
            return Ok(Some(post));
        }
        match page.last {
            Some(last) => before = Some(last),
            None => break,
        }
    }
    Ok(None)
}

/// Requests the post `id`. Returns `None` if the server has no such post.
///
/// # Errors
/// Returns any kind but `Unknown` if the server does not answer.
pub(crate) async fn fetch(client: &Client<'_>, id: &str) -> Result<Option<Status>, PublishError> {
    let response = client
        .send(&Request::new("GET", STATUSES).segment(id))
        .await;
    if response
        .as_ref()
        .is_ok_and(|response| matches!(response.status, 404 | 410))
    {
        return Ok(None);
    }
    let response = ERRORS.check_repeatable(client.cx, response)?;
    Ok(Status::parse(&response.json()))
}

/// Returns `true` if `text` has the form of an identifier: letters, digits, `-` and `_`.
fn is_identifier(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    !text.is_empty() && text.len() <= MAX_IDENTIFIER && text.bytes().all(is_part)
}

fn not_found(address: &str, reason: &str) -> PublishError {
    let message = format!("`{}` {reason}", excerpt(address, MAX_QUOTE));
    PublishError::new(PublishErrorKind::Rejected, Code::Unsupported, message)
        .with_hint("copy the link of the post on the server")
}

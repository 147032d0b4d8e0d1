//! Reads the posts of the account page by page, newest first.

use syndicate_api::{Code, ListPage, PublishError, PublishErrorKind, Request};

use crate::account;
use crate::client::Client;
use crate::status::Status;

/// The number of posts of a page; Mastodon returns at most 40.
pub(crate) const PAGE_SIZE: usize = 40;

/// A page of posts.
#[derive(Debug)]
pub(crate) struct Page {
    /// The posts. Those of other accounts, such as those that this one shared, are left out.
    pub(crate) posts: Vec<Status>,
    /// `true` if a post of another account was not marked as shared.
    pub(crate) has_foreign: bool,
    /// The identifier of the last post, from which the next page starts; `None` for an empty page.
    pub(crate) last: Option<String>,
}

/// Requests the page of posts before the post `before`, or the first page.
///
/// # Errors
/// Returns any kind but `Unknown`. A server that ignores the position and returns the same posts again is `Unsupported`,
/// because its listing cannot be complete.
pub(crate) async fn fetch_page(
    client: &Client<'_>,
    account: &str,
    before: Option<&str>,
) -> Result<Page, PublishError> {
    let mut request = Request::new("GET", "/api/v1/accounts")
        .segment(account)
        .segment("statuses")
        .query("limit", PAGE_SIZE)
        .query("exclude_reblogs", "true");
    if let Some(before) = before {
        request = request.query("max_id", before);
    }
    let body = client.call(&request).await?.json();
    let posts = body.as_array().map(|posts| posts.iter().map(Status::parse));
    // A post that cannot be read may be the one that is looked for.
    let Some(posts) = posts.and_then(Iterator::collect::<Option<Vec<Status>>>) else {
        let message = "the server returned no list of posts";
        let kind = PublishErrorKind::Unavailable;
        return Err(PublishError::new(kind, Code::Unavailable, message));
    };
    let is_foreign = |post: &Status| {
        post.account
            .as_deref()
            .is_some_and(|author| author != account)
    };
    if before.is_some_and(|before| posts.iter().any(|post| post.id == before)) {
        let message =
            "the server returns the same posts on every page, so older ones cannot be read";
        let kind = PublishErrorKind::Rejected;
        return Err(PublishError::new(kind, Code::Unsupported, message));
    }
    Ok(Page {
        last: posts.last().map(|post| post.id.clone()),
        has_foreign: posts.iter().any(|post| !post.is_shared && is_foreign(post)),
        posts: posts
            .into_iter()
            .filter(|post| !post.is_shared && !is_foreign(post))
            .collect(),
    })
}

/// Lists the posts of the account before the post `from`, or the newest ones.
///
/// # Errors
/// Returns the errors of [`fetch_page`].
pub(crate) async fn list(
    client: &Client<'_>,
    from: Option<&str>,
) -> Result<ListPage, PublishError> {
    let account = account::account(client).await?;
    let page = fetch_page(client, &account.id, from).await?;
    Ok(ListPage {
        posts: page.posts.iter().map(Status::listed).collect(),
        next: page.last,
    })
}

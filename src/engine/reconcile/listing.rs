//! Reads all posts of a sink's account from its platform.

use std::collections::BTreeSet;

use syndicate_api::{Context, ListPage, Listed, PublishError, Repeat};
use tokio_util::sync::CancellationToken;

use crate::engine::SinkStage;
use crate::engine::retry::RetryPolicy;

/// The posts of a sink's account.
pub(super) enum Listing {
    /// The sink cannot list them.
    Unsupported,
    /// The listing is empty or ended early.
    Incomplete {
        /// The number of posts that were read.
        posts: usize,
        /// The reason.
        reason: String,
    },
    /// All posts.
    Complete {
        /// The posts.
        posts: Vec<Listed>,
        /// The account that they belong to, by the platform's identifier, if the sink has one.
        account: Option<String>,
    },
}

/// Reads all pages of the listing.
pub(super) async fn list_posts(stage: &SinkStage, cx: &Context) -> Listing {
    if !stage.sink.capabilities().lists {
        return Listing::Unsupported;
    }
    let mut posts: Vec<Listed> = Vec::new();
    let mut positions = BTreeSet::new();
    let mut from: Option<String> = None;
    let incomplete = |posts: &[Listed], reason: String| Listing::Incomplete {
        posts: posts.len(),
        reason,
    };
    let account = match account(stage, cx).await {
        Ok(account) => account,
        Err(error) => return incomplete(&posts, error.to_string()),
    };
    loop {
        let page = match list_page(stage, cx, from.as_deref()).await {
            Ok(page) => page,
            Err(error) => return incomplete(&posts, error.to_string()),
        };
        for post in page.posts {
            // A post that is published meanwhile moves the others to the next page.
            if posts.iter().all(|known| !is_same(known, &post)) {
                posts.push(post);
            }
        }
        match page.next {
            Some(next) if positions.insert(next.clone()) => from = Some(next),
            Some(_) => {
                let reason = "the platform returned the same page again".to_owned();
                return incomplete(&posts, reason);
            }
            None => break,
        }
    }
    if posts.is_empty() {
        return incomplete(&posts, "the platform lists no posts".to_owned());
    }
    Listing::Complete { posts, account }
}

/// Requests the account of the listing, again as [`list_page`] does.
async fn account(stage: &SinkStage, cx: &Context) -> Result<Option<String>, PublishError> {
    let mut retries = RetryPolicy::of(Repeat::Never);
    loop {
        let error = match stage.account(cx).await {
            Ok(account) => return Ok(account),
            Err(error) => error,
        };
        if !retries.waits(&error, cx, &CancellationToken::new()).await {
            return Err(error);
        }
    }
}

fn is_same(left: &Listed, right: &Listed) -> bool {
    match (&left.receipt.id, &right.receipt.id) {
        (Some(left), Some(right)) => left == right,
        _ => left == right,
    }
}

/// Reads one page, again if the platform is unavailable or sets a limit of rate for a short time.
async fn list_page(
    stage: &SinkStage,
    cx: &Context,
    from: Option<&str>,
) -> Result<ListPage, PublishError> {
    let mut retries = RetryPolicy::of(Repeat::Never);
    loop {
        let error = match stage.list(cx, from).await {
            Ok(page) => return Ok(page),
            Err(error) => error,
        };
        if !retries.waits(&error, cx, &CancellationToken::new()).await {
            return Err(error);
        }
    }
}

//! The posts of an account ("accounts API methods", `GET /api/v1/accounts/:id/statuses`), the newest
//! first, with the pages of "Guidelines and best practices" (`max_id`, `min_id`, `since_id`, `Link`).

use std::cmp::Reverse;

use serde_json::Value;

use crate::answer::Answer;
use crate::mastodon::account::ALICE;
use crate::mastodon::entities;
use crate::mastodon::errors::not_found;
use crate::mastodon::records::Status;
use crate::mastodon::server::Mastodon;
use crate::params::Params;
use crate::request::Request;

/// The default and the largest number of posts of a page.
const LIMITS: (usize, usize) = (20, 40);

/// The parameters of the request.
const PARAMETERS: [&str; 8] = [
    "limit",
    "max_id",
    "min_id",
    "since_id",
    "exclude_replies",
    "exclude_reblogs",
    "only_media",
    "pinned",
];

/// Handles the request. Without a token only public posts are visible.
pub(super) fn statuses(
    mastodon: &Mastodon,
    request: &Request,
    account: &str,
    base_url: &str,
) -> Result<Answer, Answer> {
    let is_signed_in = request.header("authorization").is_some();
    if is_signed_in {
        mastodon.authorize(request, &["read:statuses"])?;
    }
    if account != ALICE {
        return Err(not_found());
    }
    let params = Params::of(request).unwrap_or_default();
    mastodon.check_parameters(&params, &PARAMETERS)?;
    let visible = mastodon.statuses.iter().filter(|status| {
        let is_open = ["public", "unlisted"].contains(&status.visibility.as_str());
        let has_media = params.flag("only_media") != Some(true) || !status.media_ids.is_empty();
        // No post is pinned.
        (is_open || is_signed_in) && has_media && params.flag("pinned") != Some(true)
    });
    let limit = limit(&params);
    let page = page(visible.collect(), &params, limit);
    let body: Vec<Value> = page
        .iter()
        .map(|status| entities::status(mastodon, status, base_url))
        .collect();
    let answer = Answer::json(200, &Value::Array(body));
    Ok(match link(&page, limit, account, base_url) {
        Some(link) => answer.with("link", &link),
        None => answer,
    })
}

fn limit(params: &Params) -> usize {
    let limit = params.text("limit").and_then(|limit| limit.parse().ok());
    limit.unwrap_or(LIMITS.0).min(LIMITS.1)
}

/// Returns the posts of the page. `min_id` selects the posts right after it, and `since_id` the newest.
fn page<'s>(mut statuses: Vec<&'s Status>, params: &Params, limit: usize) -> Vec<&'s Status> {
    statuses.sort_by_key(|status| Reverse(number(&status.id)));
    let bound = |name: &str| params.text(name).map(|id| number(&id));
    let (max, min, since) = (bound("max_id"), bound("min_id"), bound("since_id"));
    statuses.retain(|status| {
        let id = number(&status.id);
        max.is_none_or(|max| id < max)
            && min.is_none_or(|min| id > min)
            && since.is_none_or(|since| id > since)
    });
    if min.is_some() {
        let skipped = statuses.len().saturating_sub(limit);
        statuses.drain(..skipped);
    }
    statuses.truncate(limit);
    statuses
}

fn number(id: &str) -> u64 {
    id.parse().unwrap_or_default()
}

/// Returns the header with the next page, if this one is full, and the previous one.
fn link(page: &[&Status], limit: usize, account: &str, base_url: &str) -> Option<String> {
    let (first, last) = (page.first()?, page.last()?);
    let url = format!("{base_url}/api/v1/accounts/{account}/statuses");
    let size = if limit == LIMITS.0 {
        String::new()
    } else {
        format!("limit={limit}&")
    };
    let next = format!("<{url}?{size}max_id={}>; rel=\"next\"", last.id);
    let previous = format!("<{url}?{size}min_id={}>; rel=\"prev\"", first.id);
    if page.len() == limit {
        Some(format!("{next}, {previous}"))
    } else {
        Some(previous)
    }
}

//! Looks for a post among those of the account, by its link.
//!
//! A post counts only if no other one has the link and it is not older than the request by more than two minutes. That
//! it does not exist counts only if the posts were read without a gap until one that is older than the request.

use jiff::Timestamp;
use serde_json::Value;
use syndicate_api::{
    Code, Found, FoundBy, Prepared, PublishError, Request, Slots, Sought, normalise_url,
};

use crate::client::Client;
use crate::listing::{PAGE_SIZE, fetch_page};
use crate::status::Status;
use crate::text::urls;
use crate::{account, software};

/// The slot with the links of the text, which the ledger records with the intent.
pub(crate) const LINKS: &str = "links";

/// The slot with the audience of the post.
pub(crate) const VISIBILITY: &str = "visibility";

/// The largest number of pages that are read.
const MAX_PAGES: usize = 50;

/// The result of reading the posts of an account.
struct Reading {
    posts: Vec<Status>,
    /// `true` if the posts reach back beyond the intent, or to the first post without an intent.
    is_complete: bool,
    /// `true` if the server has no older posts, as far as it says so.
    is_end: bool,
}

/// Returns the slots for a later search: the links of the text and the audience.
pub(crate) fn slots(create: &Request) -> Slots {
    let (links, visibility) = sent(create);
    let links: Vec<Value> = links.into_iter().map(Value::from).collect();
    Slots::from([
        (LINKS.to_owned(), links.into()),
        (VISIBILITY.to_owned(), visibility.into()),
    ])
}

/// Looks for the post that `sought` describes.
///
/// # Errors
/// Returns any kind but `Unknown` if the server does not answer.
pub(crate) async fn find(client: &Client<'_>, sought: &Sought<'_>) -> Result<Found, PublishError> {
    let links = match sought_links(sought) {
        Ok(links) => links,
        Err(reason) => return Ok(Found::Unclear(reason.to_owned())),
    };
    let account = account::account(client).await?;
    let owner = sought
        .prepared
        .and_then(|prepared| prepared.account.as_deref());
    if owner.is_some_and(|owner| owner != account.id) {
        let reason = format!("the token now belongs to another account, {}", account.name);
        return Ok(Found::Unclear(reason));
    }
    let since = sought.earliest();
    let reading = read(client, &account.id, since).await?;
    match judge(&reading, &links, since) {
        Found::NotThere if !is_public(sought) && !lists_all(client).await => {
            let reason = "the server lists only public posts";
            Ok(Found::Unclear(reason.to_owned()))
        }
        found => Ok(found),
    }
}

/// Reads the posts back to one that is older than `since`, or to the first one.
async fn read(
    client: &Client<'_>,
    account: &str,
    since: Option<Timestamp>,
) -> Result<Reading, PublishError> {
    let mut reading = Reading {
        posts: Vec::new(),
        is_complete: false,
        is_end: false,
    };
    let mut before: Option<String> = None;
    let mut has_foreign = false;
    for _ in 0..MAX_PAGES {
        let page = match fetch_page(client, account, before.as_deref()).await {
            // A server that cannot page has returned all posts if it returned fewer than a page.
            Err(error) if error.code == Code::Unsupported => {
                reading.is_end = reading.posts.len() < PAGE_SIZE;
                break;
            }
            page => page?,
        };
        has_foreign |= page.has_foreign;
        let oldest = page.posts.last().and_then(|post| post.created_at);
        reading.posts.extend(page.posts);
        if since.is_some_and(|since| oldest.is_some_and(|oldest| oldest < since)) {
            reading.is_complete = true;
            break;
        }
        before = page.last;
        if before.is_none() {
            reading.is_end = true;
            // Without an intent the first post is the end. A list without posts proves nothing.
            reading.is_complete = since.is_none() && !reading.posts.is_empty();
            break;
        }
    }
    // The listing may be that of another account.
    reading.is_complete &= !has_foreign;
    Ok(reading)
}

/// Judges the posts of `reading`: whether exactly one has one of `links` and is not older than `since`.
fn judge(reading: &Reading, links: &[String], since: Option<Timestamp>) -> Found {
    let hits: Vec<&Status> = reading
        .posts
        .iter()
        .filter(|post| is_similar(post, links))
        .collect();
    let is_recent = |post: &Status| {
        since.is_none_or(|since| post.created_at.is_some_and(|created| created >= since))
    };
    match hits.as_slice() {
        [] if reading.is_complete => Found::NotThere,
        [] => Found::Unclear(
            "the listing of the account does not reach back to the time of the request".to_owned(),
        ),
        [_] if !reading.is_complete && !reading.is_end => {
            Found::Unclear("not every post that may have the link can be read".to_owned())
        }
        [post] if !post.links.iter().any(|link| links.contains(link)) => {
            let reason = format!("post {} has a similar link, but not the same", label(post));
            Found::Unclear(reason)
        }
        [post] if !is_recent(post) => {
            let reason = format!(
                "post {} has the link, but is older than the request",
                label(post)
            );
            Found::Unclear(reason)
        }
        [post] => Found::Here {
            receipt: post.receipt(),
            by: FoundBy::Link,
        },
        [first, second, ..] => {
            let reason = format!(
                "several posts have the link, such as {} and {}",
                label(first),
                label(second)
            );
            Found::Unclear(reason)
        }
    }
}

fn label(post: &Status) -> String {
    let address = post.addresses.first().unwrap_or(&post.id);
    format!("`{address}`")
}

/// Returns `true` if `post` has one of `links`, perhaps in another spelling or without markup.
fn is_similar(post: &Status, links: &[String]) -> bool {
    let is_same = |found: &str, link: &str| {
        found == link
            || (normalise_url(found).is_some() && normalise_url(found) == normalise_url(link))
    };
    let found: Vec<&str> = post
        .links
        .iter()
        .map(String::as_str)
        .chain(urls(&post.text))
        .collect();
    let has_link = |link: &String| found.iter().any(|found| is_same(found, link));
    links.iter().any(has_link)
}

/// Returns the links to look for: those of the sent text that lead to the post, as far as the text is known.
///
/// # Errors
/// Returns the reason why the link proves nothing.
fn sought_links(sought: &Sought<'_>) -> Result<Vec<String>, &'static str> {
    let Some(sent) = sent_links(sought) else {
        return match sought.links.is_empty() {
            true => Err("the item has no link to look for"),
            false => Ok(sought.links.to_vec()),
        };
    };
    if sent.is_empty() {
        return Err("the text that was sent has no link to look for");
    }
    let is_own = |link: &&String| {
        let key = normalise_url(link);
        let own = sought.links.iter();
        sought.links.contains(link)
            || own
                .map(|own| normalise_url(own))
                .any(|own| own.is_some() && own == key)
    };
    let own: Vec<String> = sent.iter().filter(is_own).cloned().collect();
    match own.is_empty() {
        true => Err("the text that was sent has no link to the post"),
        false => Ok(own),
    }
}

/// Returns the links of the text that was sent; `None` if the text is not known.
fn sent_links(sought: &Sought<'_>) -> Option<Vec<String>> {
    let recorded = sought
        .intent
        .and_then(|(_, slots)| slots.get(LINKS)?.as_array());
    if let Some(recorded) = recorded {
        let links = recorded.iter().filter_map(Value::as_str);
        return Some(links.map(str::to_owned).collect());
    }
    let create = sought.prepared.and_then(Prepared::create)?;
    Some(sent(&create.request).0)
}

/// Returns the links of the text of a creating request, and the audience of the post.
fn sent(create: &Request) -> (Vec<String>, String) {
    let body = create.body.as_json();
    let text = body["status"].as_str().unwrap_or_default();
    let visibility = body["visibility"].as_str().unwrap_or_default();
    (
        urls(text).map(str::to_owned).collect(),
        visibility.to_owned(),
    )
}

/// Returns `true` if everyone can read the post, which servers always list.
fn is_public(sought: &Sought<'_>) -> bool {
    let recorded = sought
        .intent
        .and_then(|(_, slots)| slots.get(VISIBILITY)?.as_str());
    let prepared = sought.prepared.and_then(Prepared::create);
    let prepared = prepared.and_then(|step| step.request.body.as_json()["visibility"].as_str());
    matches!(recorded.or(prepared), Some("public" | "unlisted"))
}

async fn lists_all(client: &Client<'_>) -> bool {
    let software = software::fetch(client).await;
    software.is_some_and(|software| software.lists_all())
}

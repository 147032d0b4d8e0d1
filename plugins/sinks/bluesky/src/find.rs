//! Looks for posts: by the key of an attempt, and by links in the account's list of posts.

use jiff::Timestamp;
use serde_json::Value;
use syndicate_api::{
    Context, Found, FoundBy, ListPage, Listed, PublishError, Sought, normalise_url,
};

use crate::client::Client;
use crate::identifier::{POSTS, RecordAddress, is_record_key};
use crate::records::{self, Record};
use crate::slots::{AUTHOR, RKEY};

/// The most pages that a search reads.
const MAX_PAGES: usize = 50;

/// The longest title of a listed post, in characters.
const MAX_TITLE: usize = 80;

/// Looks for the post of a delivery. By its key the answer is certain, because the account's server is authoritative.
///
/// # Errors
/// Returns an error unless the server answers.
pub(crate) async fn find(
    cx: &Context,
    client: &Client,
    sought: &Sought<'_>,
) -> Result<Found, PublishError> {
    let slot = |name: &str| {
        sought
            .intent
            .and_then(|(_, slots)| slots.get(name)?.as_str())
    };
    let Some(rkey) = slot(RKEY).filter(|rkey| is_record_key(rkey)) else {
        return find_by_link(cx, client, sought).await;
    };
    let repo = match slot(AUTHOR) {
        Some(did) => did.to_owned(),
        None => client.did(cx).await?,
    };
    let found = records::get(cx, client, &RecordAddress::post(repo, rkey)).await?;
    Ok(match found {
        Some(record) => Found::Here {
            receipt: record.receipt(),
            by: FoundBy::Key,
        },
        None => Found::NotThere,
    })
}

/// Reads the posts back to before the intent, or all of them.
async fn find_by_link(
    cx: &Context,
    client: &Client,
    sought: &Sought<'_>,
) -> Result<Found, PublishError> {
    let wanted: Vec<String> = sought
        .links
        .iter()
        .filter_map(|url| normalise_url(url))
        .collect();
    if wanted.is_empty() {
        return Ok(Found::Unclear(
            "the post has no link to search for".to_owned(),
        ));
    }
    let since = sought.earliest();
    let repo = client.did(cx).await?;
    let mut cursor = None;
    let mut hits = Vec::new();
    let mut is_empty = true;
    for _ in 0..MAX_PAGES {
        let page = records::list(cx, client, &repo, POSTS, cursor.as_deref()).await?;
        let (posts, next) = page;
        let has_link = |post: &&Record| {
            links(&post.value)
                .iter()
                .any(|link| normalise_url(link).is_some_and(|link| wanted.contains(&link)))
        };
        hits.extend(posts.iter().filter(has_link).cloned());
        // Keys of other programs may not sort by time, so a whole page must be older.
        let is_older = |post: &Record| {
            time(post)
                .zip(since)
                .is_some_and(|(time, since)| time < since)
        };
        let reaches_back = !posts.is_empty() && posts.iter().all(is_older);
        // The official server ends the list with an empty page.
        let is_last = posts.is_empty() || (since.is_none() && next.is_none());
        is_empty &= posts.is_empty();
        cursor = next;
        if cursor.is_none() || reaches_back {
            let is_complete = !is_empty && (is_last || reaches_back);
            return Ok(judge(&hits, since, is_complete));
        }
    }
    Ok(Found::Unclear(
        "the account has too many posts to search them all".to_owned(),
    ))
}

/// Decides about the posts with the link. `is_complete` says that the list of posts reached back to before the request
/// or to the first post; a list without any post proves nothing.
fn judge(hits: &[Record], since: Option<Timestamp>, is_complete: bool) -> Found {
    let is_recent =
        |post: &Record| since.is_none_or(|since| time(post).is_some_and(|time| time >= since));
    match hits {
        [] if is_complete => Found::NotThere,
        [] => Found::Unclear(
            "the list of the account's posts does not reach back to before the request".to_owned(),
        ),
        [post] if is_recent(post) => Found::Here {
            receipt: post.receipt(),
            by: FoundBy::Link,
        },
        [post] => Found::Unclear(format!(
            "an earlier post has the link: {}",
            post.address.public_url()
        )),
        posts => Found::Unclear(format!("{} posts have the link", posts.len())),
    }
}

/// Reads a page of the account's posts, without replies.
///
/// # Errors
/// Returns an error unless the server answers.
pub(crate) async fn list(
    cx: &Context,
    client: &Client,
    from: Option<&str>,
) -> Result<ListPage, PublishError> {
    let repo = client.did(cx).await?;
    let (records, next) = records::list(cx, client, &repo, POSTS, from).await?;
    let posts = records
        .iter()
        .filter(|record| record.value["reply"].is_null());
    let posts = posts.map(|record| Listed {
        receipt: record.receipt(),
        links: links(&record.value),
        title: title(&record.value),
    });
    Ok(ListPage {
        posts: posts.collect(),
        next,
    })
}

/// Returns the links of a post: of its card and in its text.
fn links(post: &Value) -> Vec<String> {
    let embed = &post["embed"];
    let cards = [
        &embed["external"]["uri"],
        &embed["media"]["external"]["uri"],
    ];
    let facets = post["facets"].as_array().into_iter().flatten();
    let features = facets.flat_map(|facet| facet["features"].as_array().into_iter().flatten());
    let links = cards
        .into_iter()
        .chain(features.map(|feature| &feature["uri"]));
    let links = links.filter_map(Value::as_str).map(str::to_owned);
    syndicate_api::text::distinct(links)
}

/// Returns the title of the card, else the beginning of the text.
fn title(post: &Value) -> Option<String> {
    let card = post["embed"]["external"]["title"].as_str();
    let text = card
        .filter(|title| !title.is_empty())
        .or(post["text"].as_str())?;
    let title = syndicate_api::text::excerpt(text, MAX_TITLE);
    (!title.is_empty()).then_some(title)
}

fn time(post: &Record) -> Option<Timestamp> {
    post.value["createdAt"].as_str()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn post(rkey: &str, created_at: &str) -> Record {
        Record {
            address: RecordAddress::post("did:plc:abc", rkey),
            cid: "bafyrei".to_owned(),
            value: json!({"text": "Hello", "createdAt": created_at}),
        }
    }

    #[test]
    fn links_of_card_and_text_are_found() {
        let post = json!({
            "embed": {"external": {"uri": "https://example.org/a/"}},
            "facets": [{"features": [{"uri": "https://example.org/b/"}, {"tag": "x"}]},
                {"features": [{"uri": "https://example.org/a/"}]}],
        });
        assert_eq!(
            links(&post),
            ["https://example.org/a/", "https://example.org/b/"]
        );
        assert_eq!(links(&json!({"text": "x"})), [""; 0]);
    }

    #[test]
    fn link_must_be_unique_and_recent() {
        let since = Some("2026-11-28T09:00:00Z".parse().unwrap());
        let (old, new) = (
            post("a", "2026-11-28T08:59:59Z"),
            post("b", "2026-11-28T09:00:00Z"),
        );
        assert_eq!(judge(&[], since, true), Found::NotThere);
        assert!(matches!(judge(&[], since, false), Found::Unclear(_)));
        assert!(matches!(
            judge(std::slice::from_ref(&new), since, true),
            Found::Here {
                by: FoundBy::Link,
                ..
            }
        ));
        assert!(matches!(
            judge(std::slice::from_ref(&old), since, true),
            Found::Unclear(_)
        ));
        assert!(matches!(
            judge(std::slice::from_ref(&old), None, true),
            Found::Here { .. }
        ));
        assert!(matches!(judge(&[old, new], since, true), Found::Unclear(_)));
    }
}

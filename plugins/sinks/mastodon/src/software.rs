//! The software of the server, as it describes itself by NodeInfo. It decides whether a creating request may be
//! repeated: every server has the header `Idempotency-Key` in its documentation, but not in its program.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use syndicate_api::http::HttpRequest;
use syndicate_api::{Repeat, Request};
use url::Url;

use crate::client::Client;

/// Software that creates one post for each key. Others, such as snac, create a second one.
const KEYED: &[&str] = &["mastodon", "hollo"];

/// Software that lists every post of an account to its owner. Others leave out those that are not public, as snac does.
const LISTS_ALL: &[&str] = &["mastodon"];

/// The time for which a key is used again. Mastodon forgets it an hour after the first request.
const KEY_LIFETIME: SignedDuration = SignedDuration::from_mins(55);

/// The time that a server may go on with a request after its client has given up.
const HANDLING_MARGIN: Duration = Duration::from_secs(30);

/// The schemas of NodeInfo, which all have the name of the software in the same place.
const SCHEMA: &str = "http://nodeinfo.diaspora.software/ns/schema/";

/// The software of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Software {
    /// The name in lower case.
    pub(crate) name: String,
    pub(crate) version: Option<String>,
}

/// Returns `true` if a server with the software `name` creates one post for each key.
pub(crate) fn is_keyed(name: &str) -> bool {
    KEYED.contains(&name)
}

impl Software {
    /// Returns `true` if the listing of an account has also the posts that are not public.
    pub(crate) fn lists_all(&self) -> bool {
        LISTS_ALL.contains(&self.name.as_str())
    }
}

/// Returns the rule for repeating a creating request that is first sent at `sent`.
///
/// Older versions of Mastodon record the key only after they have created the post (`PostStatusService`), so that a
/// repeat which overlaps the first request creates a second post. Newer ones take a lock first; NodeInfo's version
/// does not tell forks apart, so all of them wait.
pub(crate) fn repeat(is_keyed: bool, sent: Timestamp) -> Repeat {
    let from = sent.checked_add(HttpRequest::TIMEOUT + HANDLING_MARGIN);
    match (from.ok(), sent.checked_add(KEY_LIFETIME)) {
        (from, Ok(until)) if is_keyed => Repeat::Keyed { from, until },
        _ => Repeat::Never,
    }
}

/// Requests the software. Returns `None` if the server does not tell, which then counts as an unknown one.
pub(crate) async fn fetch(client: &Client<'_>) -> Option<Software> {
    let links = get(client, "/.well-known/nodeinfo").await?;
    let path = document_path(client, &links)?;
    parse(&get(client, &path).await?)
}

async fn get(client: &Client<'_>, path: &str) -> Option<Value> {
    let response = client.send(&Request::new("GET", path)).await.ok()?;
    (response.status == 200).then(|| response.json())
}

/// Returns the path of the document. A document on another host is not read.
fn document_path(client: &Client<'_>, links: &Value) -> Option<String> {
    let links = links["links"].as_array()?.iter();
    let mut documents = links
        .filter(|link| {
            link["rel"]
                .as_str()
                .is_some_and(|rel| rel.starts_with(SCHEMA))
        })
        .filter_map(|link| Url::parse(link["href"].as_str()?).ok())
        .filter(|url| client.endpoint.has_origin_of(url));
    documents.next().map(|url| url.path().to_owned())
}

fn parse(document: &Value) -> Option<Software> {
    let software = document.get("software")?;
    let text = |key: &str| Some(software.get(key)?.as_str()?.to_owned());
    Some(Software {
        name: text("name")?.to_lowercase(),
        version: text("version"),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_known_software_is_keyed() {
        for (name, expected) in [
            ("mastodon", true),
            ("Mastodon", true),
            ("hollo", true),
            ("snac", false),
            ("gotosocial", false),
            ("mastodon-fork", false),
        ] {
            let software = parse(&json!({"software": {"name": name, "version": "1"}}));
            assert_eq!(is_keyed(&software.unwrap().name), expected, "{name}");
        }
        assert_eq!(parse(&json!({"software": "mastodon"})), None);
    }

    #[test]
    fn key_counts_from_minute_to_hour() {
        let from = Some("1970-01-01T00:01:00Z".parse().unwrap());
        let until = "1970-01-01T00:55:00Z".parse().unwrap();
        let sent = Timestamp::UNIX_EPOCH;
        assert_eq!(repeat(true, sent), Repeat::Keyed { from, until });
        assert_eq!(repeat(false, sent), Repeat::Never);
    }
}

//! Reads the articles of the account, published ones and drafts. The list is the only place where a draft can be
//! read.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use syndicate_api::{PublishError, Receipt, Request, normalise_url, sha256_hex};

use crate::client::Client;
use crate::errors::unreadable;

/// The number of articles on a page. A site may return fewer, so only an empty page is the last one.
const PER_PAGE: u32 = 100;

/// The key of [`Receipt::extra`] with the digest of title and text as the site returned them.
const DIGEST: &str = "content_sha256";

/// An article of the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OwnArticle {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) canonical_url: Option<String>,
    path: Option<String>,
    url: Option<String>,
    /// The identifier of the author, as far as the answer names one.
    author: Option<String>,
    is_published: bool,
    published: Option<Timestamp>,
}

/// Returns all articles, drafts first.
///
/// # Errors
/// Returns an error rather than an incomplete list.
pub(crate) async fn all(client: &Client<'_>) -> Result<Vec<OwnArticle>, PublishError> {
    let mut articles = Vec::new();
    let mut ids = BTreeSet::new();
    for number in 1.. {
        let found = page(client, number).await?;
        if found.is_empty() {
            break;
        }
        let known = ids.len();
        ids.extend(found.iter().map(|article| article.id.clone()));
        // A server that ignores the number of the page would never return an empty one.
        if ids.len() == known {
            return Err(unreadable("list of articles: the pages repeat"));
        }
        articles.extend(found);
    }
    Ok(articles)
}

/// Returns the page with this number, counted from 1. It is empty after the last one.
///
/// # Errors
/// Returns any kind but `Unknown`.
pub(crate) async fn page(
    client: &Client<'_>,
    number: u32,
) -> Result<Vec<OwnArticle>, PublishError> {
    let request = Request::new("GET", "/api/articles/me/all")
        .query("page", number)
        .query("per_page", PER_PAGE);
    let body = client.get(&request).await?;
    let articles = body
        .as_array()
        .ok_or_else(|| unreadable("list of articles"))?;
    let parsed = articles
        .iter()
        .map(OwnArticle::parse)
        .collect::<Option<_>>();
    parsed.ok_or_else(|| unreadable("list of articles"))
}

/// Returns the digest of title and text, which shows whether an article was changed on the site.
pub(crate) fn content_digest(title: &str, text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    sha256_hex(format!("{}\n\n{}", title.trim(), text.trim()).as_bytes())
}

/// Returns the digest that [`OwnArticle::receipt`] recorded; `None` for receipts without one.
pub(crate) fn recorded_digest(receipt: &Receipt) -> Option<&str> {
    receipt.extra.get(DIGEST)?.as_str()
}

impl OwnArticle {
    /// Parses an article of a list, or the response to its creation or update. Returns `None` if it has no
    /// identifier.
    pub(crate) fn parse(value: &Value) -> Option<Self> {
        let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        let id = value.get("id")?.as_u64()?;
        let published = text("published_at").and_then(|time| time.parse().ok());
        let author = value.pointer("/user/user_id").and_then(Value::as_u64);
        // The response to a creation has no `published`; a draft has no time there.
        let is_published = value.get("published").and_then(Value::as_bool);
        Some(Self {
            id: id.to_string(),
            title: text("title").unwrap_or_default(),
            text: text("body_markdown").unwrap_or_default(),
            canonical_url: text("canonical_url"),
            path: text("path"),
            url: text("url").filter(|url| !url.is_empty()),
            author: author.map(|id| id.to_string()),
            is_published: is_published.unwrap_or(published.is_some()),
            published,
        })
    }

    /// Returns `true` if the canonical URL is one of `urls`, apart from spelling.
    pub(crate) fn has_canonical<'a>(&self, urls: impl IntoIterator<Item = &'a str>) -> bool {
        let own = self.canonical_url.as_deref().and_then(normalise_url);
        own.is_some_and(|own| {
            urls.into_iter()
                .any(|url| normalise_url(url).as_ref() == Some(&own))
        })
    }

    /// Returns `true` if title and text equal these.
    pub(crate) fn has_content(&self, title: &str, text: &str) -> bool {
        self.digest() == content_digest(title, text)
    }

    /// Returns `true` if the author is another account than the one with this identifier.
    pub(crate) fn is_of_other(&self, account: &str) -> bool {
        self.author
            .as_deref()
            .is_some_and(|author| author != account)
    }

    /// Returns `true` if the article was published before `earliest`. A draft has no time.
    pub(crate) fn is_older(&self, earliest: Option<Timestamp>) -> bool {
        self.published
            .zip(earliest)
            .is_some_and(|(published, earliest)| published < earliest)
    }

    /// Returns `true` if the article is at `path`, which has no slashes at the ends.
    pub(crate) fn is_at(&self, path: &str) -> bool {
        self.path
            .as_deref()
            .is_some_and(|own| own.trim_matches('/') == path)
    }

    /// Returns the digest of title and text.
    pub(crate) fn digest(&self) -> String {
        content_digest(&self.title, &self.text)
    }

    /// Returns the receipt of the article. A draft has no public page, so its URL is that of its editor.
    pub(crate) fn receipt(&self) -> Receipt {
        let url = self.url.as_ref();
        let extra = Map::from_iter([(DIGEST.to_owned(), json!(self.digest()))]);
        Receipt {
            id: Some(self.id.clone()),
            url: url.map(|url| {
                if self.is_published {
                    url.clone()
                } else {
                    format!("{url}/edit")
                }
            }),
            at: self.published,
            extra,
        }
    }
}

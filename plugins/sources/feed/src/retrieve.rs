//! Retrieves the bytes of a feed: from a file, over HTTP, or from the cache. HTTP requests are
//! conditional. The last response is cached for status 304 and for `--offline`.

use std::path::Path;

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use syndicate_api::http::{FetchError, FetchRequest, FetchResponse, Validators};
use syndicate_api::{Code, Context, Diagnostic, sha256_hex};
use url::Url;

/// The largest feed. Feeds of large archives have a few mebibytes.
const MAX_BYTES: usize = 16 << 20;

/// The `Accept` header, from the most specific media types to any.
const ACCEPT: &str = "application/atom+xml, application/rss+xml, application/feed+json, \
                      application/xml;q=0.9, application/json;q=0.8, text/xml;q=0.8, */*;q=0.1";

/// The bytes of a feed, before they are parsed.
#[derive(Clone, Debug)]
pub(crate) struct FeedDocument {
    pub(crate) bytes: Bytes,
    /// The charset that the server declared.
    pub(crate) charset: Option<String>,
    /// The URL of the feed without its query, used as the base of relative URLs.
    pub(crate) address: Option<Url>,
}

/// Reads a feed's file; `shown` is its name in messages.
pub(crate) fn read_file(path: &Path, shown: &str) -> Result<FeedDocument, Diagnostic> {
    let unreadable = |error: std::io::Error| {
        Diagnostic::option(&["path"], format!("cannot read the feed `{shown}`"))
            .with_code(Code::UnreadableFile)
            .with_hint("check that the site is built; `path` is relative to pipeline.yaml")
            .caused_by(error)
    };
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > MAX_BYTES as u64 {
        return Err(too_large(shown));
    }
    Ok(FeedDocument {
        bytes: std::fs::read(path).map_err(unreadable)?.into(),
        charset: None,
        address: None,
    })
}

/// A feed that was fetched over HTTP or read from the cache.
pub(crate) struct FetchedFeed {
    pub(crate) document: FeedDocument,
    new_header: Option<CacheHeader>,
}

/// The part of a cache entry before the body.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct CacheHeader {
    validators: Validators,
    charset: Option<String>,
    address: String,
    sha256: String,
}

impl FetchedFeed {
    /// Fetches the feed at `url`, or reads it from the cache.
    pub(crate) async fn read(cx: &Context, url: &Url) -> Result<Self, Diagnostic> {
        let cached = load_cached(cx, url);
        let name = redacted(url);
        if cx.offline {
            let (_, document) = cached.ok_or_else(|| {
                Diagnostic::new(
                    Code::UnreadableFile,
                    format!("the feed `{name}` is not in the cache, which `--offline` needs"),
                )
                .with_hint("run once without `--offline`")
            })?;
            return Ok(Self {
                document,
                new_header: None,
            });
        }
        let mut fetch = FetchRequest::new(url.as_str()).from_config().accept(ACCEPT);
        if let Some((head, _)) = &cached {
            fetch = fetch.if_changed(&head.validators);
        }
        let answer = cx.http.fetch(fetch.max_bytes(MAX_BYTES)).await;
        let answer = answer.map_err(|error| unreachable(&name, error))?;
        match (answer.status, cached) {
            (200, _) => Self::from_response(&name, answer),
            (304, Some((_, document))) => Ok(Self {
                document,
                new_header: None,
            }),
            (status, _) => Err(refused(&name, status)),
        }
    }

    fn from_response(name: &str, answer: FetchResponse) -> Result<Self, Diagnostic> {
        if answer.truncated {
            return Err(too_large(name));
        }
        let coding = answer.header("content-encoding").unwrap_or("identity");
        if !coding.eq_ignore_ascii_case("identity") {
            return Err(Diagnostic::new(
                Code::UnreadableFile,
                format!(
                    "the feed `{name}` has the content encoding `{coding}`, which was not requested"
                ),
            )
            .with_hint("configure its server to respect `Accept-Encoding`"));
        }
        let charset = answer.header("content-type").and_then(charset);
        let mut address = answer.url.clone();
        address.set_query(None);
        address.set_fragment(None);
        Ok(Self {
            new_header: Some(CacheHeader {
                validators: answer.validators(),
                charset: charset.clone(),
                address: address.to_string(),
                sha256: sha256_hex(&answer.body),
            }),
            document: FeedDocument {
                bytes: answer.body,
                charset,
                address: Some(address),
            },
        })
    }

    /// Stores a new response in the cache. Called after it was parsed, so that only feeds are cached.
    pub(crate) fn store(&self, cx: &Context, url: &Url) {
        let head = self.new_header.as_ref().map(serde_json::to_vec);
        if let Some(Ok(mut entry)) = head {
            entry.push(b'\n');
            entry.extend_from_slice(&self.document.bytes);
            cx.blob_cache.put(&cache_key(url), &entry);
        }
    }
}

/// Loads the cached response of `url`: a line of JSON, then the body. Both are in one cache entry, so
/// that a validator is never used with another body.
fn load_cached(cx: &Context, url: &Url) -> Option<(CacheHeader, FeedDocument)> {
    let entry = cx.blob_cache.get(&cache_key(url))?;
    let end = entry.iter().position(|byte| *byte == b'\n')?;
    let head: CacheHeader = serde_json::from_slice(&entry[..end]).ok()?;
    let bytes = entry.slice(end + 1..);
    if sha256_hex(&bytes) != head.sha256 {
        return None;
    }
    let document = FeedDocument {
        bytes,
        charset: head.charset.clone(),
        address: Url::parse(&head.address).ok(),
    };
    Some((head, document))
}

fn cache_key(url: &Url) -> String {
    format!("feed {url}")
}

/// Formats a URL for a message. The query is hidden, because it may contain a secret.
pub(crate) fn redacted(url: &Url) -> String {
    let mut shown = url.clone();
    shown.set_fragment(None);
    if url.query().is_some() {
        shown.set_query(Some("…"));
        return shown.as_str().replace("?%E2%80%A6", "?…");
    }
    shown.to_string()
}

fn charset(content_type: &str) -> Option<String> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_charset = name.trim().eq_ignore_ascii_case("charset");
        is_charset.then(|| value.trim().trim_matches('"').to_owned())
    })
}

fn too_large(name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::UnreadableFile,
        format!("the feed `{name}` is larger than {} MiB", MAX_BYTES >> 20),
    )
    .with_hint("reduce the number of entries in the feed")
}

fn unreachable(name: &str, error: FetchError) -> Diagnostic {
    let hint = match &error {
        FetchError::NotAllowed(_) => {
            "set `url` to the address of the feed itself, on a public host"
        }
        FetchError::Unreachable(_) => {
            "check `url` and run again later, or use the cached feed with `--offline`"
        }
    };
    Diagnostic::new(
        Code::UnreadableFile,
        format!("cannot read the feed `{name}`"),
    )
    .with_hint(hint)
    .caused_by(error)
}

fn refused(name: &str, status: u16) -> Diagnostic {
    let hint = match status {
        401 | 403 => {
            "save the feed to a file and set `path`: feeds that need a sign-in are not supported"
        }
        404 | 410 => "check that `url` is the address of the feed",
        429 => "run again later, and less often",
        500.. => "run again later, or use the cached feed with `--offline`",
        _ => "open the address in a browser and check the response",
    };
    Diagnostic::new(
        Code::UnreadableFile,
        format!("the server of the feed `{name}` answered {status}"),
    )
    .with_hint(hint)
}

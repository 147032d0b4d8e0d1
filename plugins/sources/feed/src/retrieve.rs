//! Where a feed's bytes come from: a file, the web, or what the web said last. From the web it is
//! asked for only if it has changed; what came last is cached for the answer that it has not, and for
//! runs without a network.

use std::path::Path;

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use syndicate_api::http::{Fetch, FetchError, Fetched, Validators};
use syndicate_api::{Code, Context, Diagnostic, sha256_hex};
use url::Url;

/// Feeds of large archives take a few mebibytes.
const MAX_BYTES: usize = 16 << 20;

/// What can be read, from the surest to anything.
const ACCEPT: &str = "application/atom+xml, application/rss+xml, application/feed+json, \
                      application/xml;q=0.9, application/json;q=0.8, text/xml;q=0.8, */*;q=0.1";

/// A feed as it came.
#[derive(Clone, Debug)]
pub(crate) struct FeedDocument {
    pub(crate) bytes: Bytes,
    /// The charset that the server named.
    pub(crate) charset: Option<String>,
    /// Where it lies, without a query: what addresses in it are relative to.
    pub(crate) address: Option<Url>,
}

/// Reads a feed's file; `shown` is its name for messages.
pub(crate) fn read_file(path: &Path, shown: &str) -> Result<FeedDocument, Diagnostic> {
    let unreadable = |error: std::io::Error| {
        Diagnostic::new(
            Code::UnreadableFile,
            format!("cannot read the feed `{shown}`"),
        )
        .with_hint("`path` is relative to pipeline.yaml; see that the site is built")
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

/// A feed from the web, and what is to be cached of it once it was understood.
pub(crate) struct FetchedFeed {
    pub(crate) document: FeedDocument,
    new_header: Option<CacheHeader>,
}

/// What is cached of an answer besides its body.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct CacheHeader {
    validators: Validators,
    charset: Option<String>,
    address: String,
    sha256: String,
}

impl FetchedFeed {
    /// Reads the feed at `url`.
    pub(crate) async fn read(cx: &Context, url: &Url) -> Result<Self, Diagnostic> {
        let cached = load_cached(cx, url);
        let name = redacted(url);
        if cx.offline {
            let (_, document) = cached.ok_or_else(|| {
                Diagnostic::new(
                    Code::UnreadableFile,
                    format!(
                        "the feed `{name}` was not read before, so there is none to use offline"
                    ),
                )
                .with_hint("run once without `--offline`")
            })?;
            return Ok(Self {
                document,
                new_header: None,
            });
        }
        let mut fetch = Fetch::new(url.as_str()).configured().accept(ACCEPT);
        if let Some((head, _)) = &cached {
            fetch = fetch.unless(&head.validators);
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

    fn from_response(name: &str, answer: Fetched) -> Result<Self, Diagnostic> {
        if answer.truncated {
            return Err(too_large(name));
        }
        let coding = answer.header("content-encoding").unwrap_or("identity");
        if !coding.eq_ignore_ascii_case("identity") {
            return Err(Diagnostic::new(
                Code::UnreadableFile,
                format!("the feed `{name}` came as `{coding}`, which was not asked for"),
            )
            .with_hint("its server must not compress what `Accept-Encoding` does not name"));
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

    /// Keeps what came, now that it proved to be a feed.
    pub(crate) fn store(&self, cx: &Context, url: &Url) {
        let head = self.new_header.as_ref().map(serde_json::to_vec);
        if let Some(Ok(mut entry)) = head {
            entry.push(b'\n');
            entry.extend_from_slice(&self.document.bytes);
            cx.cache.put(&cache_key(url), &entry);
        }
    }
}

/// What was cached of the feed at `url`: a line of JSON, then the body. Both are in one entry, so that
/// no validator can stand for another body.
fn load_cached(cx: &Context, url: &Url) -> Option<(CacheHeader, FeedDocument)> {
    let entry = cx.cache.get(&cache_key(url))?;
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

/// An address for messages: without its query, which may hold a secret.
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
    .with_hint("make its generator write fewer entries into it")
}

fn unreachable(name: &str, error: FetchError) -> Diagnostic {
    let hint = match &error {
        FetchError::Refused(_) => "set `url` to where the feed itself is, on a public host",
        FetchError::Unreachable(_) => {
            "see that `url` is right and run again later, or use what came last with `--offline`"
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
        401 | 403 => "feeds behind a sign-in are not read: save it to a file and give its `path`",
        404 | 410 => "see that `url` is the feed's address",
        429 => "run again later, and less often",
        500.. => "run again later, or use what came last with `--offline`",
        _ => "open the address in a browser and see what it answers",
    };
    Diagnostic::new(
        Code::UnreadableFile,
        format!("the server of the feed `{name}` answered {status}"),
    )
    .with_hint(hint)
}

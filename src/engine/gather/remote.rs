//! Fetches remote pictures. Gathering only notes the URLs that it needs; [`Remote::fetch_missing`] fetches
//! them from public hosts, with limits, and caches them with their HTTP validators.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use syndicate_api::http::{FetchError, FetchRequest, Validators};
use syndicate_api::{Code, Context, Diagnostic};
use tokio::task::JoinSet;

/// Maximum size of a remote picture in bytes.
const MAX_BYTES: usize = 20 << 20;

/// Maximum number of concurrent requests.
const AT_ONCE: usize = 4;

/// The remote pictures of one run, by URL.
#[derive(Debug, Default)]
pub(super) struct Remote(Mutex<BTreeMap<String, CachedAddress>>);

/// The state of a remote picture.
#[derive(Clone, Debug)]
enum CachedAddress {
    Wanted,
    Here(Bytes),
    Failed(FetchFailure),
}

/// The reason why a picture could not be fetched.
#[derive(Clone, Debug)]
pub(super) struct FetchFailure {
    pub(super) code: Code,
    pub(super) why: String,
}

impl FetchFailure {
    /// Creates a permanent failure.
    fn lasting(why: impl Into<String>) -> Self {
        Self {
            code: Code::ImageRemote,
            why: why.into(),
        }
    }

    /// Creates a temporary failure; a later request may succeed.
    fn passing(why: impl Into<String>) -> Self {
        Self {
            code: Code::ImageUnreachable,
            why: why.into(),
        }
    }
}

impl Remote {
    fn known(&self) -> MutexGuard<'_, BTreeMap<String, CachedAddress>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the picture at `url`. If it was not fetched yet, returns an error and notes the URL for
    /// [`Remote::fetch_missing`].
    pub(super) fn bytes(&self, url: &str) -> Result<Bytes, Diagnostic> {
        let failure = match self
            .known()
            .entry(url.to_owned())
            .or_insert(CachedAddress::Wanted)
        {
            CachedAddress::Here(bytes) => return Ok(bytes.clone()),
            CachedAddress::Wanted => FetchFailure::passing("it was not fetched"),
            CachedAddress::Failed(failure) => failure.clone(),
        };
        let message = format!("cannot fetch the picture `{url}`: {}", failure.why);
        Err(Diagnostic::new(failure.code, message))
    }

    /// Fetches the noted pictures. Returns `false` if there are none.
    pub(super) async fn fetch_missing(&self, cx: &Context) -> bool {
        let wanted: Vec<String> = {
            let known = self.known();
            let open = known
                .iter()
                .filter(|(_, known)| matches!(known, CachedAddress::Wanted));
            open.map(|(url, _)| url.clone()).collect()
        };
        for urls in wanted.chunks(AT_ONCE) {
            let mut fetching = JoinSet::new();
            for url in urls {
                let (cx, url) = (cx.clone(), url.clone());
                fetching.spawn(async move {
                    let found = fetch(&cx, &url).await;
                    (url, found)
                });
            }
            for (url, found) in fetching.join_all().await {
                let known = found.map_or_else(CachedAddress::Failed, CachedAddress::Here);
                self.known().insert(url, known);
            }
        }
        !wanted.is_empty()
    }
}

async fn fetch(cx: &Context, url: &str) -> Result<Bytes, FetchFailure> {
    let key = format!("picture {url}");
    let kept = cx.blob_cache.get(&key);
    if cx.offline {
        return kept
            .ok_or_else(|| FetchFailure::passing("it is not cached, and this run is offline"));
    }
    let validators: Option<Validators> = kept
        .as_ref()
        .and_then(|_| serde_json::from_str(&cx.kv_cache.get(&key)?).ok());
    let request = FetchRequest::new(url)
        .accept("image/*")
        .max_bytes(MAX_BYTES);
    let request = match &validators {
        Some(validators) => request.if_changed(validators),
        None => request,
    };
    let answer = match (cx.http.fetch(request).await, &kept) {
        (Ok(answer), _) => answer,
        (Err(FetchError::NotAllowed(why)), _) => return Err(FetchFailure::lasting(why)),
        // The cached picture is the one that was previewed, so a temporary failure of the host is ignored.
        (Err(_), Some(kept)) => return Ok(kept.clone()),
        (Err(error), None) => return Err(FetchFailure::passing(error.to_string())),
    };
    match answer.status {
        200 if answer.truncated => {
            let most = MAX_BYTES >> 20;
            Err(FetchFailure::lasting(format!(
                "it is larger than {most} MiB"
            )))
        }
        200 => {
            cx.blob_cache.put(&key, &answer.body);
            if let Ok(validators) = serde_json::to_string(&answer.validators()) {
                cx.kv_cache.put(&key, &validators);
            }
            Ok(answer.body)
        }
        status => without_picture(status, kept),
    }
}

/// Returns the result for a response without a picture, given the cached picture `kept`.
pub(super) fn without_picture(status: u16, kept: Option<Bytes>) -> Result<Bytes, FetchFailure> {
    let why = format!("its host returns status {status}");
    match (status, kept) {
        (404 | 410, _) => Err(FetchFailure::lasting(why)),
        (304 | 500.., Some(kept)) => Ok(kept),
        _ => Err(FetchFailure::passing(why)),
    }
}

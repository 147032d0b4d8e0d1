//! Pictures on other hosts. Gathering only notes which are wanted; they are fetched in between, from
//! public hosts and in limits, and kept with what tells the server which version we have.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use syndicate_api::http::{FetchError, FetchRequest, Validators};
use syndicate_api::{Code, Context, Diagnostic};
use tokio::task::JoinSet;

/// The largest picture that is fetched.
const MAX_BYTES: usize = 20 << 20;

/// How many are fetched at a time.
const AT_ONCE: usize = 4;

/// The pictures of one run that lie on other hosts.
#[derive(Debug, Default)]
pub(super) struct Remote(Mutex<BTreeMap<String, CachedAddress>>);

/// What is known of an address.
#[derive(Clone, Debug)]
enum CachedAddress {
    Wanted,
    Here(Bytes),
    Failed(FetchFailure),
}

/// Why a picture was not fetched.
#[derive(Clone, Debug)]
pub(super) struct FetchFailure {
    pub(super) code: Code,
    pub(super) why: String,
}

impl FetchFailure {
    /// It is not to be had, now or later.
    fn lasting(why: impl Into<String>) -> Self {
        Self {
            code: Code::ImageRemote,
            why: why.into(),
        }
    }

    /// It may be there a little later.
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

    /// The picture at `url`; where it was not fetched yet, an error and a note that it is wanted.
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

    /// Fetches what is wanted; `false` when nothing is.
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
            .ok_or_else(|| FetchFailure::passing("it was never fetched, and this run is offline"));
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
        // What was previewed is what is sent, even if its host is away for a moment.
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

/// What an answer without a picture means, where `kept` is the picture as it was fetched before.
pub(super) fn without_picture(status: u16, kept: Option<Bytes>) -> Result<Bytes, FetchFailure> {
    let why = format!("its host returns status {status}");
    match (status, kept) {
        (404 | 410, _) => Err(FetchFailure::lasting(why)),
        (304 | 500.., Some(kept)) => Ok(kept),
        _ => Err(FetchFailure::passing(why)),
    }
}

//! Pictures on other hosts. Gathering only notes which are wanted; they are fetched in between, from
//! public hosts and in limits, and kept with what tells the server which version we have.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use syndicate_api::http::{Fetch, Validators};
use syndicate_api::{Code, Context, Diagnostic};
use tokio::task::JoinSet;

/// The largest picture that is fetched.
const MAX_BYTES: usize = 20 << 20;

/// How many are fetched at a time.
const AT_ONCE: usize = 4;

/// The pictures of one run that lie on other hosts.
#[derive(Debug, Default)]
pub(super) struct Remote(Mutex<BTreeMap<String, Known>>);

/// What is known of an address.
#[derive(Clone, Debug)]
enum Known {
    Wanted,
    Here(Bytes),
    Gone(String),
}

impl Remote {
    fn known(&self) -> MutexGuard<'_, BTreeMap<String, Known>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The picture at `url`; where it was not fetched yet, an error and a note that it is wanted.
    pub(super) fn bytes(&self, url: &str) -> Result<Bytes, Diagnostic> {
        let why = match self.known().entry(url.to_owned()).or_insert(Known::Wanted) {
            Known::Here(bytes) => return Ok(bytes.clone()),
            Known::Wanted => "it was not fetched".to_owned(),
            Known::Gone(why) => why.clone(),
        };
        let hint = "put the picture into the site's folder, or set the sink's `thumbnail: warn`";
        let message = format!("the picture `{url}` is not to be had: {why}");
        Err(Diagnostic::new(Code::ImageRemote, message).with_hint(hint))
    }

    /// Fetches what is wanted; `false` when nothing is.
    pub(super) async fn fetch_wanted(&self, cx: &Context) -> bool {
        let wanted: Vec<String> = {
            let known = self.known();
            let open = known
                .iter()
                .filter(|(_, known)| matches!(known, Known::Wanted));
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
                let known = found.map_or_else(Known::Gone, Known::Here);
                self.known().insert(url, known);
            }
        }
        !wanted.is_empty()
    }
}

async fn fetch(cx: &Context, url: &str) -> Result<Bytes, String> {
    let key = format!("picture {url}");
    let kept = cx.cache.get(&key);
    if cx.offline {
        return kept.ok_or_else(|| "it was never fetched, and this run is offline".to_owned());
    }
    let validators: Option<Validators> = kept
        .as_ref()
        .and_then(|_| serde_json::from_str(&cx.memory.recall(&key)?).ok());
    let request = Fetch::new(url).accept("image/*").max_bytes(MAX_BYTES);
    let request = match &validators {
        Some(validators) => request.unless(validators),
        None => request,
    };
    let answer = cx
        .http
        .fetch(request)
        .await
        .map_err(|error| error.to_string())?;
    match (answer.status, kept) {
        (200, _) if answer.truncated => Err(format!("it is larger than {} MiB", MAX_BYTES >> 20)),
        (200, _) => {
            cx.cache.put(&key, &answer.body);
            if let Ok(validators) = serde_json::to_string(&answer.validators()) {
                cx.memory.remember(&key, &validators);
            }
            Ok(answer.body)
        }
        (304, Some(kept)) => Ok(kept),
        (status, _) => Err(format!("its host answers with status {status}")),
    }
}

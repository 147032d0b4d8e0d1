//! The platform of a row: the sandbox behind a proxy that can lose responses, hold requests, and reset the
//! sandbox's detection of duplicates.

use std::future::IntoFuture as _;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use jiff::{SignedDuration, Timestamp};
use linkedin_sandbox::Sandbox;
use serde_json::Value;
use tower::ServiceExt as _;

use crate::support::NOW;

/// The treatment of the next create request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NextRequest {
    /// The sandbox processes it, and a gateway answers with this status and HTML.
    DoneThenHtml(u16),
    /// The sandbox does not get it, and a gateway answers with this status and HTML.
    HtmlOnly(u16),
    /// The request is held before the sandbox gets it.
    HeldBefore,
    /// The sandbox processes it, and the response is held.
    HeldAfter,
}

/// A running platform, which is stopped when dropped.
pub(super) struct FakePlatform {
    pub(super) url: String,
    inner: Arc<Inner>,
    reached: Receiver<()>,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

struct Inner {
    /// The last sandbox answers requests; the earlier ones keep their posts.
    sandboxes: Mutex<Vec<(Sandbox, Router)>>,
    next: Mutex<Option<NextRequest>>,
    requests: Mutex<usize>,
    reach: Sender<()>,
    released: tokio::sync::Notify,
}

impl FakePlatform {
    pub(super) fn start() -> Self {
        let (reach, reached) = channel();
        let inner = Arc::new(Inner {
            sandboxes: Mutex::default(),
            next: Mutex::default(),
            requests: Mutex::default(),
            reach,
            released: tokio::sync::Notify::new(),
        });
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let (ready, address) = channel();
        let router = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&inner));
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime");
            runtime.block_on(async move {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
                let listener = listener.expect("a free port");
                ready.send(listener.local_addr().expect("an address")).ok();
                // A held request must not keep the server from stopping.
                tokio::select! {
                    served = axum::serve(listener, router).into_future() => served.expect("it serves"),
                    _ = stopped => {}
                }
            });
        });
        let url = format!("http://{}", address.recv().expect("an address"));
        let platform = Self {
            url,
            inner,
            reached,
            stop: Some(stop),
            thread: Some(thread),
        };
        platform.forget();
        platform
    }

    /// Resets the detection of duplicates. Readers still see the earlier posts.
    pub(super) fn forget(&self) {
        let mut sandboxes = self.inner.sandboxes.lock().unwrap();
        // Post identifiers come from the clock, so each sandbox runs on a different day.
        let days = i64::try_from(sandboxes.len()).expect("few sandboxes");
        let now: Timestamp = NOW.parse().expect("an instant");
        let now = now + SignedDuration::from_hours(24 * days);
        let sandbox = Sandbox::new(move || now);
        let router = sandbox.router(&self.url);
        sandboxes.push((sandbox, router));
    }

    /// Sets the treatment of the next create request.
    pub(super) fn set_next(&self, next: NextRequest) {
        *self.inner.next.lock().unwrap() = Some(next);
    }

    /// Waits until a request is held.
    pub(super) fn wait_for_held(&self) -> Result<(), String> {
        self.reached
            .recv_timeout(Duration::from_secs(30))
            .map_err(|_| "no creating request came within 30 seconds".to_owned())
    }

    /// Releases the held requests.
    pub(super) fn release(&self) {
        self.inner.released.notify_waiters();
    }

    /// Returns the number of create requests.
    pub(super) fn requests(&self) -> usize {
        *self.inner.requests.lock().unwrap()
    }

    /// Returns the posts that readers see, in the order of their creation.
    pub(super) fn posts(&self) -> Vec<Value> {
        let sandboxes = self.inner.sandboxes.lock().unwrap();
        let posts = sandboxes.iter().flat_map(|(sandbox, _)| sandbox.posts());
        posts
            .map(|post| serde_json::to_value(post).expect("a post is JSON"))
            .collect()
    }
}

impl Drop for FakePlatform {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            stop.send(()).ok();
        }
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

async fn answer(State(inner): State<Arc<Inner>>, request: Request) -> Response {
    let creates = request.method() == "POST" && request.uri().path() == "/rest/posts";
    let next = if creates {
        *inner.requests.lock().unwrap() += 1;
        inner.next.lock().unwrap().take()
    } else {
        None
    };
    let router = {
        let sandboxes = inner.sandboxes.lock().unwrap();
        sandboxes.last().expect("a sandbox").1.clone()
    };
    let ask = |request| async move {
        let answered = router.oneshot(request).await;
        answered.unwrap_or_else(|never| match never {})
    };
    let page = |status| {
        let status = StatusCode::from_u16(status).expect("a status");
        (status, Html("<html><body>a gateway</body></html>")).into_response()
    };
    match next {
        None => ask(request).await,
        Some(NextRequest::DoneThenHtml(status)) => {
            ask(request).await;
            page(status)
        }
        Some(NextRequest::HtmlOnly(status)) => page(status),
        Some(NextRequest::HeldBefore) => {
            inner.hold().await;
            ask(request).await
        }
        Some(NextRequest::HeldAfter) => {
            // The post is created even if the client has disconnected.
            let answered = tokio::spawn(ask(request)).await.expect("an answer");
            inner.hold().await;
            answered
        }
    }
}

impl Inner {
    /// Reports that a request has arrived, and holds it until it is released.
    async fn hold(&self) {
        let released = self.released.notified();
        tokio::pin!(released);
        released.as_mut().enable();
        self.reach.send(()).ok();
        released.await;
    }
}

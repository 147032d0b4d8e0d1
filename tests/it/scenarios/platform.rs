//! The platform of a row: the sandbox behind a door that loses answers, holds requests, and whose
//! memory of equal posts can end.

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

/// What happens to the next creating request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// It is done, and something on the way answers with this status in HTML.
    DoneThenHtml(u16),
    /// It is not done, and something on the way answers with this status in HTML.
    HtmlOnly(u16),
    /// It waits before it is done.
    HeldBefore,
    /// It is done, and its answer waits.
    HeldAfter,
}

/// A platform that runs until it is dropped.
pub(super) struct FakePlatform {
    pub(super) url: String,
    inner: Arc<Inner>,
    reached: Receiver<()>,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

struct Inner {
    /// The sandbox that answers is the last one; the others remember what they took.
    sandboxes: Mutex<Vec<(Sandbox, Router)>>,
    next: Mutex<Option<Next>>,
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
                // A request that is held must not keep the server from ending.
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

    /// Ends the platform's memory of equal posts. Readers still see them.
    pub(super) fn forget(&self) {
        let mut sandboxes = self.inner.sandboxes.lock().unwrap();
        // Identifiers of posts come from the clock, so that each sandbox has a day of its own.
        let days = i64::try_from(sandboxes.len()).expect("few sandboxes");
        let now: Timestamp = NOW.parse().expect("an instant");
        let now = now + SignedDuration::from_hours(24 * days);
        let sandbox = Sandbox::new(move || now);
        let router = sandbox.router(&self.url);
        sandboxes.push((sandbox, router));
    }

    /// Sets what happens to the next creating request.
    pub(super) fn set_next(&self, next: Next) {
        *self.inner.next.lock().unwrap() = Some(next);
    }

    /// Waits until a request is held.
    pub(super) fn wait_for_held(&self) -> Result<(), String> {
        self.reached
            .recv_timeout(Duration::from_secs(30))
            .map_err(|_| "no creating request came within 30 seconds".to_owned())
    }

    /// Lets the held requests go on.
    pub(super) fn release(&self) {
        self.inner.released.notify_waiters();
    }

    /// Returns how many creating requests came.
    pub(super) fn requests(&self) -> usize {
        *self.inner.requests.lock().unwrap()
    }

    /// Returns the posts that readers see, in the order in which they came.
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
        Some(Next::DoneThenHtml(status)) => {
            ask(request).await;
            page(status)
        }
        Some(Next::HtmlOnly(status)) => page(status),
        Some(Next::HeldBefore) => {
            inner.hold().await;
            ask(request).await
        }
        Some(Next::HeldAfter) => {
            // The post is out even if the client is gone by now.
            let answered = tokio::spawn(ask(request)).await.expect("an answer");
            inner.hold().await;
            answered
        }
    }
}

impl Inner {
    /// Says that a request is here, and keeps it until it is released.
    async fn hold(&self) {
        let released = self.released.notified();
        tokio::pin!(released);
        released.as_mut().enable();
        self.reach.send(()).ok();
        released.await;
    }
}

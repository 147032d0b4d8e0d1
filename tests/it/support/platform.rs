//! A LinkedIn sandbox for the real program: on a free loopback port, in a separate thread that ends with
//! the test.

use std::future::IntoFuture as _;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::middleware::{Next, from_fn};
use jiff::{SignedDuration, Timestamp};
use linkedin_sandbox::{Consent, Sandbox};
use serde_json::Value;
use syndicate_api::http::{Http, HttpRequest};

use super::gate::{Gate, GateAction};

/// A running sandbox, which is stopped when dropped.
pub(crate) struct Platform {
    pub(crate) url: String,
    /// The method and path of each request.
    requests: Arc<Mutex<Vec<String>>>,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Platform {
    /// Starts a sandbox whose clock shows the tests' instant.
    pub(crate) fn start() -> Self {
        Self::run(Sandbox::new(now), |router| router)
    }

    /// Starts a sandbox with a fault, such as `create:410`.
    pub(crate) fn with_fault(fault: &str) -> Self {
        let fault = fault.parse().expect("a fault");
        Self::run(Sandbox::new(now).with_fault(fault), |router| router)
    }

    /// Starts a sandbox whose clock is `hours` ahead of the tests' instant. The test can change `hours` later.
    pub(crate) fn with_clock_ahead(hours: Arc<AtomicI64>) -> Self {
        let clock = move || now() + SignedDuration::from_hours(hours.load(Ordering::SeqCst));
        Self::run(Sandbox::new(clock), |router| router)
    }

    /// Starts a sandbox in which members consent at once, and a new token is not valid immediately.
    pub(crate) fn with_consent() -> Self {
        let sandbox = Sandbox::new(now).with_consent(Consent::Auto);
        let late = "token:late".parse().expect("a fault");
        Self::run(sandbox.with_fault(late), |router| router)
    }

    /// Starts a sandbox behind a gate for the first request with this method and path prefix.
    pub(crate) fn gated(
        method: &'static str,
        path: &'static str,
        stop: GateAction,
    ) -> (Self, Gate) {
        let (hand_over, gate) = mpsc::channel();
        let platform = Self::run(Sandbox::new(now), move |router| {
            let (gate, router) = Gate::before(router, method, path, stop);
            hand_over.send(gate).expect("a test that waits");
            router
        });
        (platform, gate.recv().expect("a gate"))
    }

    /// Starts a sandbox that waits for `delay` before and after it processes a request to create a post.
    pub(crate) fn slow(delay: Duration) -> Self {
        Self::run(Sandbox::new(now), move |router| {
            router.layer(from_fn(move |request: Request, next: Next| async move {
                let is_slow = request.method() == "POST" && request.uri().path() == "/rest/posts";
                let delay = if is_slow { delay } else { Duration::ZERO };
                tokio::time::sleep(delay).await;
                let response = next.run(request).await;
                tokio::time::sleep(delay).await;
                response
            }))
        })
    }

    /// Starts a sandbox whose responses for this path prefix have these headers.
    pub(crate) fn with_headers(path: &'static str, headers: HeaderMap) -> Self {
        Self::run(Sandbox::new(now), move |router| {
            router.layer(from_fn(move |request: Request, next: Next| {
                let is_meant = request.uri().path().starts_with(path);
                let headers = if is_meant {
                    headers.clone()
                } else {
                    HeaderMap::new()
                };
                async move {
                    let mut response = next.run(request).await;
                    response.headers_mut().extend(headers);
                    response
                }
            }))
        })
    }

    fn run(sandbox: Sandbox, fit: impl FnOnce(Router) -> Router + Send + 'static) -> Self {
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let (ready, address) = mpsc::channel();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&requests);
        let thread = std::thread::spawn(move || {
            runtime().block_on(async move {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
                let listener = listener.expect("a free port");
                let address = listener.local_addr().expect("an address");
                let router = fit(sandbox.router(&format!("http://{address}")));
                let router = router.layer(from_fn(move |request: Request, next: Next| {
                    let line = format!("{} {}", request.method(), request.uri().path());
                    log.lock().expect("a log").push(line);
                    next.run(request)
                }));
                ready.send(address).expect("a test that waits");
                // A blocked request must not keep the server from stopping.
                tokio::select! {
                    served = axum::serve(listener, router).into_future() => served.expect("it serves"),
                    _ = stopped => {}
                }
            });
        });
        let address = address.recv().expect("an address");
        Self {
            url: format!("http://{address}"),
            requests,
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    /// Returns the number of requests with this method and path, such as `POST /rest/posts`.
    pub(crate) fn requests(&self, line: &str) -> usize {
        let log = self.requests.lock().expect("a log");
        log.iter().filter(|known| *known == line).count()
    }

    /// Returns the posts that readers see, in the order of `/feed.json`.
    pub(crate) fn feed(&self) -> Vec<Value> {
        feed(&self.url)
    }
}

/// Returns the posts of the sandbox at this address that readers see, in the order of `/feed.json`.
pub(crate) fn feed(address: &str) -> Vec<Value> {
    let answer = runtime().block_on(async {
        let call = HttpRequest::new("GET", format!("{address}/feed.json"));
        // A fleet sends thousands of posts.
        let call = call.max_response(64 << 20);
        Http::new().send(call).await.expect("a feed")
    });
    let feed: Value = serde_json::from_slice(&answer.body).expect("JSON");
    feed.as_array()
        .cloned()
        .unwrap_or_else(|| panic!("no list: {feed}"))
}

impl Drop for Platform {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            stop.send(()).ok();
        }
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

fn now() -> Timestamp {
    super::project::NOW.parse().expect("an instant")
}

pub(crate) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}

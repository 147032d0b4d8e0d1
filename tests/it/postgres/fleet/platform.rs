//! The platform of a fleet: a LinkedIn sandbox that knows whose request is open, and has some workers killed meanwhile.

use std::future::IntoFuture as _;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use linkedin_sandbox::Sandbox;
use serde_json::Value;

use super::super::moved_clock::MovedClock;
use crate::support::{Chance, platform};

/// How long a request stays open if its worker is not killed after all.
const PATIENCE: Duration = Duration::from_secs(20);

/// The greatest body of a request, in bytes.
const MAX_BODY: usize = 1 << 20;

/// The time that the platform takes before and after it creates a post, in milliseconds.
const LATENCY: (u64, u64) = (1, 30);

/// A post that the platform created.
#[derive(Clone, Debug)]
pub(super) struct Created {
    pub(super) title: String,
    pub(super) at: Timestamp,
}

/// Chooses the workers that are killed while their creating request is open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kills {
    /// The worker of every request with a multiple of this number is killed.
    pub(super) every: usize,
    /// The seed of the moment: before the post is created, or after that.
    pub(super) seed: u64,
}

/// State that the listeners of all workers share.
struct FleetState {
    clock: MovedClock,
    created: Mutex<Vec<Created>>,
    chance: Mutex<Chance>,
    kills: Kills,
    /// The number of creating requests.
    requests: AtomicUsize,
    is_deadly: AtomicBool,
    /// The number of creating requests whose client went away before the answer.
    cut_short: AtomicUsize,
    victims: Sender<usize>,
}

/// A sandbox with a listener for each worker. It runs until it is dropped.
pub(super) struct FleetPlatform {
    /// The address for each worker.
    pub(super) urls: Vec<String>,
    state: Arc<FleetState>,
    _runtime: tokio::runtime::Runtime,
}

impl FleetPlatform {
    /// Starts the platform. It sends the number of a worker to `victims` while a request of that worker is open.
    pub(super) fn start(
        workers: usize,
        clock: &MovedClock,
        kills: Kills,
        victims: Sender<usize>,
    ) -> Self {
        let state = Arc::new(FleetState {
            clock: clock.clone(),
            created: Mutex::default(),
            chance: Mutex::new(Chance(kills.seed)),
            kills,
            requests: AtomicUsize::new(0),
            is_deadly: AtomicBool::new(false),
            cut_short: AtomicUsize::new(0),
            victims,
        });
        let now = clock.clone();
        let sandbox = Sandbox::new(move || now.now());
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let urls = (0..workers).map(|worker| {
            let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"));
            let listener = listener.expect("a free port");
            let url = format!("http://{}", listener.local_addr().expect("an address"));
            let router = watched(sandbox.router(&url), worker, &state);
            runtime.spawn(axum::serve(listener, router).into_future());
            url
        });
        Self {
            urls: urls.collect(),
            state,
            _runtime: runtime,
        }
    }

    /// Sets whether workers are killed.
    pub(super) fn set_kills(&self, is_deadly: bool) {
        self.state.is_deadly.store(is_deadly, Ordering::SeqCst);
    }

    /// Returns the number of creating requests whose client went away before the answer.
    pub(super) fn cut_short(&self) -> usize {
        self.state.cut_short.load(Ordering::SeqCst)
    }

    /// Returns the posts in the order in which they were created, also those that readers do not see.
    pub(super) fn created(&self) -> Vec<Created> {
        lock(&self.state.created).clone()
    }

    /// Returns the posts that readers see.
    pub(super) fn feed(&self) -> Vec<Value> {
        platform::feed(&self.urls[0])
    }
}

/// Watches the creating requests of a worker.
fn watched(router: Router, worker: usize, state: &Arc<FleetState>) -> Router {
    let state = Arc::clone(state);
    router.layer(from_fn(move |request: Request, next: Next| {
        let state = Arc::clone(&state);
        async move {
            if request.method() == "POST" && request.uri().path() == "/rest/posts" {
                create(&state, worker, request, next).await
            } else {
                next.run(request).await
            }
        }
    }))
}

async fn create(state: &Arc<FleetState>, worker: usize, request: Request, next: Next) -> Response {
    let mut open = OpenRequest(Some(Arc::clone(state)));
    let (parts, body) = request.into_parts();
    // The platform does not process the request of a client that is killed before it has sent all of it.
    let Ok(body) = to_bytes(body, MAX_BODY).await else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let value: Value = serde_json::from_slice(&body).unwrap_or_default();
    let title = value["content"]["article"]["title"].as_str();
    let title = title.unwrap_or_default().to_owned();
    let (fate, before, after) = state.draw();
    tokio::time::sleep(before).await;
    if fate == Fate::KilledBefore {
        state.victims.send(worker).ok();
        tokio::time::sleep(PATIENCE).await;
    }
    // The platform processes the request even if the client goes away meanwhile.
    let own = Arc::clone(state);
    let request = Request::from_parts(parts, Body::from(body));
    let processed = tokio::spawn(async move {
        let response = next.run(request).await;
        if response.status() == StatusCode::CREATED {
            let at = own.clock.now();
            lock(&own.created).push(Created { title, at });
        }
        response
    });
    let response = processed.await.expect("the platform answers");
    if fate == Fate::KilledAfter {
        state.victims.send(worker).ok();
        tokio::time::sleep(PATIENCE).await;
    }
    tokio::time::sleep(after).await;
    open.0 = None;
    response
}

/// The fate of the worker of a creating request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Answered,
    KilledBefore,
    KilledAfter,
}

impl FleetState {
    /// Draws the fate of a request, and the times that the platform takes before and after it creates the post.
    fn draw(&self) -> (Fate, Duration, Duration) {
        let mut chance = lock(&self.chance);
        let mut latency = || chance.millis(LATENCY.0, LATENCY.1);
        let (before, after) = (latency(), latency());
        let number = 1 + self.requests.fetch_add(1, Ordering::SeqCst);
        let is_killed =
            number.is_multiple_of(self.kills.every) && self.is_deadly.load(Ordering::SeqCst);
        let fate = match (is_killed, chance.below(2)) {
            (false, _) => Fate::Answered,
            (true, 0) => Fate::KilledBefore,
            (true, _) => Fate::KilledAfter,
        };
        (fate, before, after)
    }
}

/// Counts a request whose client goes away, which drops the handler.
struct OpenRequest(Option<Arc<FleetState>>);

impl Drop for OpenRequest {
    fn drop(&mut self) {
        if let Some(state) = self.0.take() {
            state.cut_short.fetch_add(1, Ordering::SeqCst);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("no thread has panicked")
}

//! A LinkedIn that stops at a named request: before it is taken, or after, when its answer would
//! leave. What waits there waits for ever, so that the test can kill whoever asked.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{Html, IntoResponse as _, Response};

/// Where requests stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// Before the platform sees the request.
    Before,
    /// Before the platform sees the request, until the gate is opened.
    Held,
    /// After it did what was asked, before its answer leaves.
    After,
    /// After it did what was asked; the answer leaves once the gate is open.
    UntilOpen,
    /// Nowhere: the first one is done, and answered with a 504 as if it were not.
    Lost,
    /// Nowhere: the first one is not done, and answered with a 503.
    Refused,
    /// Nowhere: the first one is done, and a gateway answers it with a page of this status.
    Masked(u16),
}

/// A gate at one request.
pub(crate) struct Gate {
    reached: Receiver<()>,
    open: Arc<AtomicBool>,
}

impl Gate {
    /// `router` behind a gate at the first request of this method whose path begins so.
    pub(crate) fn before(
        router: Router,
        method: &'static str,
        path: &'static str,
        stop: Stop,
    ) -> (Self, Router) {
        let (reach, reached) = channel();
        let open = Arc::new(AtomicBool::new(false));
        let passes = Arc::clone(&open);
        let router = router.layer(from_fn(move |request: Request, next: Next| {
            let (reach, passes) = (reach.clone(), Arc::clone(&passes));
            async move {
                let meant = request.method() == method && request.uri().path().starts_with(path);
                let stops = meant && !passes.load(Ordering::SeqCst);
                if stops && matches!(stop, Stop::Lost | Stop::Refused | Stop::Masked(_)) {
                    passes.store(true, Ordering::SeqCst);
                }
                guard(stops, stop, reach, &passes, request, next).await
            }
        }));
        (Self { reached, open }, router)
    }

    /// Waits until the request is there.
    pub(crate) fn wait(&self) {
        self.reached
            .recv_timeout(Duration::from_secs(60))
            .expect("the request comes");
    }

    /// Lets everything pass from now on.
    pub(crate) fn open(&self) {
        self.open.store(true, Ordering::SeqCst);
    }
}

async fn guard(
    stops: bool,
    stop: Stop,
    reach: Sender<()>,
    passes: &AtomicBool,
    request: Request,
    next: Next,
) -> Response {
    if !stops {
        return next.run(request).await;
    }
    if stop == Stop::Refused {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    if stop == Stop::Lost {
        next.run(request).await;
        return StatusCode::GATEWAY_TIMEOUT.into_response();
    }
    if let Stop::Masked(status) = stop {
        next.run(request).await;
        let status = StatusCode::from_u16(status).expect("a status");
        return (status, Html("<html><h1>Blocked</h1></html>")).into_response();
    }
    if stop == Stop::UntilOpen {
        let response = next.run(request).await;
        reach.send(()).ok();
        while !passes.load(Ordering::SeqCst) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        return response;
    }
    if stop == Stop::Held {
        reach.send(()).ok();
        while !passes.load(Ordering::SeqCst) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        return next.run(request).await;
    }
    if stop == Stop::After {
        // What was asked is done even when nobody hears of it.
        tokio::spawn(next.run(request))
            .await
            .expect("the platform answers");
    }
    reach.send(()).ok();
    std::future::pending().await
}

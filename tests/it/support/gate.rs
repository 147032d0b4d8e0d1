//! A LinkedIn sandbox that blocks a given request before or after it is processed. A blocked request waits
//! forever, so that the test can kill its client.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{Html, IntoResponse as _, Response};

/// The treatment of the first matching request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GateAction {
    /// Blocks the request before the platform gets it.
    BlockRequest,
    /// Holds the request before the platform gets it, until the gate opens.
    HoldRequest,
    /// Processes the request and blocks the response.
    BlockResponse,
    /// Processes the request and holds the response until the gate opens.
    HoldResponse,
    /// Processes the request and answers with 504.
    LoseResponse,
    /// Does not process the request and answers with 503.
    RefuseRequest,
    /// Processes the request and answers with a gateway's HTML page of this status.
    ReplaceResponse(u16),
}

/// A handle of the gate in front of a router.
pub(crate) struct Gate {
    reached: Receiver<()>,
    open: Arc<AtomicBool>,
}

impl Gate {
    /// Puts a gate before `router`. It applies to the first request with this method and path prefix.
    pub(crate) fn before(
        router: Router,
        method: &'static str,
        path: &'static str,
        action: GateAction,
    ) -> (Self, Router) {
        let (reach, reached) = channel();
        let open = Arc::new(AtomicBool::new(false));
        let passes = Arc::clone(&open);
        let router = router.layer(from_fn(move |request: Request, next: Next| {
            let (reach, passes) = (reach.clone(), Arc::clone(&passes));
            async move {
                let matches_request =
                    request.method() == method && request.uri().path().starts_with(path);
                let applies = matches_request && !passes.load(Ordering::SeqCst);
                if applies
                    && matches!(
                        action,
                        GateAction::LoseResponse
                            | GateAction::RefuseRequest
                            | GateAction::ReplaceResponse(_)
                    )
                {
                    passes.store(true, Ordering::SeqCst);
                }
                guard(applies, action, reach, &passes, request, next).await
            }
        }));
        (Self { reached, open }, router)
    }

    /// Waits until the request arrives.
    pub(crate) fn wait(&self) {
        self.reached
            .recv_timeout(Duration::from_secs(60))
            .expect("the request comes");
    }

    /// Opens the gate for all requests.
    pub(crate) fn open(&self) {
        self.open.store(true, Ordering::SeqCst);
    }
}

async fn guard(
    applies: bool,
    action: GateAction,
    reach: Sender<()>,
    passes: &AtomicBool,
    request: Request,
    next: Next,
) -> Response {
    if !applies {
        return next.run(request).await;
    }
    if action == GateAction::RefuseRequest {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    if action == GateAction::LoseResponse {
        next.run(request).await;
        return StatusCode::GATEWAY_TIMEOUT.into_response();
    }
    if let GateAction::ReplaceResponse(status) = action {
        next.run(request).await;
        let status = StatusCode::from_u16(status).expect("a status");
        return (status, Html("<html><h1>Blocked</h1></html>")).into_response();
    }
    if action == GateAction::HoldResponse {
        let response = next.run(request).await;
        reach.send(()).ok();
        while !passes.load(Ordering::SeqCst) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        return response;
    }
    if action == GateAction::HoldRequest {
        reach.send(()).ok();
        while !passes.load(Ordering::SeqCst) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        return next.run(request).await;
    }
    if action == GateAction::BlockResponse {
        // The platform processes the request even if the client disconnects.
        tokio::spawn(next.run(request))
            .await
            .expect("the platform answers");
    }
    reach.send(()).ok();
    std::future::pending().await
}

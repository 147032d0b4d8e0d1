//! Logs each request that a server on loopback answers: method, path, status and time. A query may hold a
//! secret, such as the code of a login, and is never logged.

use std::time::Instant;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use tracing::debug;

/// Answers `request` with `next`, and logs it.
pub(crate) async fn log_request(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let began = Instant::now();
    let response = next.run(request).await;
    debug!(
        %method,
        path,
        status = response.status().as_u16(),
        elapsed_ms = began.elapsed().as_millis(),
        "request answered"
    );
    response
}

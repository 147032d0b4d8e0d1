//! The hit: what a fault makes of a request and its answer.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

use super::{What, broken};
use crate::sandbox::App;
use crate::sandbox::auth;
use crate::sandbox::errors::Refusal;
use crate::sandbox::journal::Note;

/// How long a slow answer takes: longer than most clients wait.
const SLOW: Duration = Duration::from_secs(45);

/// Lets a request through unless a fault hits it.
pub(in crate::sandbox) async fn strike(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Response {
    let faults = &app.sandbox.faults;
    let hit = faults.next(|fault| {
        let counts_here = !matches!(fault.what, What::Late | What::Failed);
        counts_here && fault.place.is_at(request.method(), request.uri())
    });
    let Some(fault) = hit else {
        return next.run(request).await;
    };
    let mut response = match instead(fault.what) {
        Some(response) => {
            // Who is still sending may miss the answer, so the body is read first.
            drop(axum::body::to_bytes(request.into_body(), usize::MAX).await);
            response
        }
        None => after(fault.what, next.run(request).await).await,
    };
    let told = response.extensions().get::<Note>();
    let told = told.map(|Note(text)| format!(": {text}"));
    let note = format!("fault {fault}{}", told.unwrap_or_default());
    response.extensions_mut().insert(Note(note));
    response
}

/// The answer to a request that is not done, if that is the fault.
fn instead(what: What) -> Option<Response> {
    match what {
        What::Html => Some(page()),
        What::Token(code) => Some(auth::refusal(code).into_response()),
        What::Status {
            status,
            done: false,
        } => Some(refusal(status).into_response()),
        _ => None,
    }
}

/// What is left of the answer to a request that was done.
async fn after(what: What, mut response: Response) -> Response {
    match what {
        What::Lost => broken::lost(response),
        What::Cut => broken::cut(response),
        What::NoId => {
            response.headers_mut().remove("x-restli-id");
            response.headers_mut().remove(header::LOCATION);
            response
        }
        What::Slow => {
            tokio::time::sleep(SLOW).await;
            response
        }
        What::Status { status, .. } => refusal(status).into_response(),
        What::Html | What::Token(_) | What::Late | What::Failed => response,
    }
}

/// What a proxy on the way answers.
fn page() -> Response {
    let page = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1>\
                </body></html>";
    (StatusCode::BAD_GATEWAY, Html(page)).into_response()
}

fn refusal(status: u16) -> Refusal {
    let gateway = |status, code, message| Refusal::gateway(status, code, message);
    match status {
        409 => gateway(StatusCode::CONFLICT, "CONFLICT", "write conflict"),
        426 => gateway(
            StatusCode::UPGRADE_REQUIRED,
            "NONEXISTENT_VERSION",
            "Requested version is not active",
        ),
        429 => Refusal::throttled(),
        503 => gateway(
            StatusCode::SERVICE_UNAVAILABLE,
            "SERVICE_UNAVAILABLE",
            "the service is unavailable",
        ),
        504 => Refusal::plain(StatusCode::GATEWAY_TIMEOUT, "the request timed out"),
        _ => Refusal::plain(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error"),
    }
}

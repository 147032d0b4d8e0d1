//! Applies the configured faults to requests and their responses.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

use super::broken_body;
use crate::app::AppState;
use crate::auth;
use crate::errors::{ErrorResponse, InputError};
use crate::faults::FaultEffect;
use crate::state::journal::JournalNote;

/// The `maxLength` in the error for a text that is too long.
const MAX_LENGTH: usize = 3000;

/// The delay of a slow response, which is longer than the timeout of most clients.
const SLOW_RESPONSE: Duration = Duration::from_secs(45);

/// Handles a request, with the fault that applies to it.
pub(crate) async fn inject_fault(
    State(app): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let faults = &app.settings.faults;
    let hit = faults.next(|fault| {
        let counts_here = !matches!(fault.effect, FaultEffect::Late | FaultEffect::Failed);
        counts_here && fault.matcher.matches(request.method(), request.uri())
    });
    let Some(fault) = hit else {
        return next.run(request).await;
    };
    let mut response = match response_instead(fault.effect) {
        Some(response) => {
            // The body is read first: a client that is still sending can miss the response.
            drop(axum::body::to_bytes(request.into_body(), usize::MAX).await);
            response
        }
        None => response_after(fault.effect, next.run(request).await).await,
    };
    let handler_note = response.extensions().get::<JournalNote>();
    let handler_note = handler_note.map(|JournalNote(text)| format!(": {text}"));
    let note = format!("fault {fault}{}", handler_note.unwrap_or_default());
    response.extensions_mut().insert(JournalNote(note));
    response
}

/// Returns the response to a request that is not processed, if the effect is of that kind.
fn response_instead(effect: FaultEffect) -> Option<Response> {
    match effect {
        FaultEffect::Html => Some(proxy_error_page()),
        FaultEffect::Token(code) => Some(auth::error_response(code).into_response()),
        FaultEffect::TooLong => Some(text_too_long().into_response()),
        FaultEffect::Status {
            status,
            done: false,
        } => Some(error_response(status).into_response()),
        _ => None,
    }
}

/// Applies an effect to the response of a request that was processed.
async fn response_after(effect: FaultEffect, mut response: Response) -> Response {
    match effect {
        FaultEffect::Lost => broken_body::drop_connection(response),
        FaultEffect::Cut => broken_body::truncate(response),
        FaultEffect::NoId => {
            response.headers_mut().remove("x-restli-id");
            response.headers_mut().remove(header::LOCATION);
            response
        }
        FaultEffect::Slow => {
            tokio::time::sleep(SLOW_RESPONSE).await;
            response
        }
        FaultEffect::Status { status, .. } => error_response(status).into_response(),
        FaultEffect::Html
        | FaultEffect::Token(_)
        | FaultEffect::TooLong
        | FaultEffect::Late
        | FaultEffect::Failed => response,
    }
}

/// Returns the error page of a proxy.
fn proxy_error_page() -> Response {
    let page = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1>\
                </body></html>";
    (StatusCode::BAD_GATEWAY, Html(page)).into_response()
}

fn error_response(status: u16) -> ErrorResponse {
    let gateway = |status, code, message| ErrorResponse::gateway(status, code, message);
    match status {
        400 => gateway(
            StatusCode::BAD_REQUEST,
            "ILLEGAL_ARGUMENT",
            "invalid request",
        ),
        403 => ErrorResponse::denied("Not enough permissions to access this resource"),
        404 => gateway(
            StatusCode::NOT_FOUND,
            "NOT_FOUND",
            "the entity is not found",
        ),
        410 => ErrorResponse::plain(StatusCode::GONE, "the resource is no longer available"),
        413 => gateway(
            StatusCode::PAYLOAD_TOO_LARGE,
            "REQUEST_ENTITY_TOO_LARGE",
            "the request's body is too large",
        ),
        415 => ErrorResponse::plain(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "the media type is not supported",
        ),
        422 => gateway(
            StatusCode::UNPROCESSABLE_ENTITY,
            "UNPROCESSABLE_ENTITY",
            "the entity cannot be processed",
        ),
        409 => gateway(StatusCode::CONFLICT, "CONFLICT", "write conflict"),
        426 => gateway(
            StatusCode::UPGRADE_REQUIRED,
            "NONEXISTENT_VERSION",
            "Requested version is not active",
        ),
        429 => ErrorResponse::throttled(),
        503 => gateway(
            StatusCode::SERVICE_UNAVAILABLE,
            "SERVICE_UNAVAILABLE",
            "the service is unavailable",
        ),
        504 => ErrorResponse::plain(StatusCode::GATEWAY_TIMEOUT, "the request timed out"),
        _ => ErrorResponse::plain(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error"),
    }
}

/// Returns the error for a text that is too long. Its text is from LinkedIn's error table and differs
/// from the error that the sandbox's own length check returns.
fn text_too_long() -> ErrorResponse {
    let description = "the text exceeds its maximum length";
    let error = InputError {
        max_length: Some(MAX_LENGTH),
        ..InputError::about("FIELD_LENGTH_TOO_LONG", description, "…")
    };
    ErrorResponse::content(StatusCode::UNPROCESSABLE_ENTITY, description, vec![error])
}

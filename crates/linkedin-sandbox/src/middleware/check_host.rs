//! Accepts requests to the sandbox's own host and refuses all others.

use axum::extract::{Request, State};
use axum::http::{StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use loopback_page::{HostRejection, check_request, set_headers};

use crate::app::AppState;
use crate::errors::ErrorResponse;

/// The policy of all pages: resources from this server only, and no scripts.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
                                       media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Refuses requests to another host or from another origin, and sets the security headers.
pub(crate) async fn check_host(
    State(app): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let port = port_of(&app.base_url);
    let mut response = match check_request(port, &request) {
        Ok(()) => next.run(request).await,
        Err(rejection) => error_response(rejection, port).into_response(),
    };
    set_headers(response.headers_mut(), CONTENT_SECURITY_POLICY);
    response
}

fn error_response(rejection: HostRejection, port: u16) -> ErrorResponse {
    match rejection {
        HostRejection::Malformed => ErrorResponse::plain(
            StatusCode::BAD_REQUEST,
            "the request must have one valid Host header",
        ),
        HostRejection::Host => ErrorResponse::plain(
            StatusCode::MISDIRECTED_REQUEST,
            format!("the sandbox accepts requests to localhost:{port} and 127.0.0.1:{port} only"),
        ),
        HostRejection::Origin => ErrorResponse::plain(
            StatusCode::FORBIDDEN,
            "pages of other origins must not send such requests",
        ),
    }
}

fn port_of(base_url: &str) -> u16 {
    let uri: Option<Uri> = base_url.parse().ok();
    uri.and_then(|uri| uri.port_u16()).unwrap_or(80)
}

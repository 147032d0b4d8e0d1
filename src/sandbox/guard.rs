//! Lets requests of this machine through, and says to all others in the sandbox's own way that they
//! are not welcome.

use axum::extract::{Request, State};
use axum::http::{StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::App;
use super::errors::Refusal;
use crate::loopback::{self, Trespass};

/// Where a page may take anything from: here, and no script from anywhere.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
                                       media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Lets requests of this machine through and marks every answer as ours alone.
pub(super) async fn admit(State(app): State<App>, request: Request, next: Next) -> Response {
    let port = port_of(&app.base_url);
    let mut response = match loopback::check(port, &request) {
        Ok(()) => next.run(request).await,
        Err(trespass) => refusal(trespass, port).into_response(),
    };
    loopback::mark(response.headers_mut(), CONTENT_SECURITY_POLICY);
    response
}

fn refusal(trespass: Trespass, port: u16) -> Refusal {
    match trespass {
        Trespass::Malformed => Refusal::plain(
            StatusCode::BAD_REQUEST,
            "the request's Host header is not one name",
        ),
        Trespass::Host => Refusal::plain(
            StatusCode::MISDIRECTED_REQUEST,
            format!("the sandbox answers to localhost:{port} and 127.0.0.1:{port} only"),
        ),
        Trespass::Origin => Refusal::plain(
            StatusCode::FORBIDDEN,
            "a page of another origin may not change anything here",
        ),
    }
}

fn port_of(base_url: &str) -> u16 {
    let uri: Option<Uri> = base_url.parse().ok();
    uri.and_then(|uri| uri.port_u16()).unwrap_or(80)
}

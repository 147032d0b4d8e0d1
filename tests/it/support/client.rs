//! A client for the test's own requests to a server.

use serde_json::Value;
use syndicate_api::http::{Http, HttpError, HttpRequest, HttpResponse};

use super::platform::runtime;

/// Sends a request and waits for the response of any status.
#[track_caller]
pub(crate) fn send(request: HttpRequest) -> HttpResponse {
    try_send(request).unwrap_or_else(|error| panic!("no response: {error}"))
}

/// Sends a request and waits for the response, or for the end of the connection without one.
pub(crate) fn try_send(request: HttpRequest) -> Result<HttpResponse, HttpError> {
    let client = Http::new();
    runtime().block_on(client.send(request))
}

/// Requests `url`, with a bearer token unless it is empty.
#[track_caller]
pub(crate) fn get(url: &str, token: &str) -> HttpResponse {
    send(with_token(HttpRequest::new("GET", url), token))
}

/// Returns a request with this JSON as its body, and with a bearer token unless it is empty.
pub(crate) fn json_request(
    method: &'static str,
    url: &str,
    token: &str,
    body: &Value,
) -> HttpRequest {
    let request = HttpRequest::new(method, url)
        .header("content-type", "application/json")
        .body(body.to_string().into());
    with_token(request, token)
}

fn with_token(request: HttpRequest, token: &str) -> HttpRequest {
    if token.is_empty() {
        return request;
    }
    request.header("authorization", format!("Bearer {token}"))
}

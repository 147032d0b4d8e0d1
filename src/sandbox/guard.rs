//! Who may talk to a server on loopback. Any web page can make the browser send requests here, so
//! the host must be one of this machine's own names (a foreign name that resolves to loopback is a
//! DNS rebinding attack) and nothing is changed for a page of another origin.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::App;
use super::errors::Refusal;

/// Where a page may take anything from: here, and no script from anywhere.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
                                       media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Lets requests of this machine through and marks every answer as ours alone.
pub(super) async fn admit(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = match check(&app.base_url, &request) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(
        "cross-origin-resource-policy",
        HeaderValue::from_static("same-origin"),
    );
    response
}

fn check(base_url: &str, request: &Request) -> Result<(), Refusal> {
    let port = port_of(base_url);
    let uri = request.uri().authority().cloned();
    let host = named_host(request.headers())?.or(uri);
    if !host.is_some_and(|host| is_ours(&host, port)) {
        return Err(Refusal::plain(
            StatusCode::MISDIRECTED_REQUEST,
            format!("the sandbox answers to localhost:{port} and 127.0.0.1:{port} only"),
        ));
    }
    let changes = !matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if changes && let Some(origin) = request.headers().get(header::ORIGIN) {
        let ours = origin.to_str().ok().and_then(|origin| {
            let authority = origin.strip_prefix("http://")?;
            authority.parse().ok()
        });
        if !ours.is_some_and(|origin| is_ours(&origin, port)) {
            return Err(Refusal::plain(
                StatusCode::FORBIDDEN,
                "a page of another origin may not change anything here",
            ));
        }
    }
    Ok(())
}

/// The host that the request's `Host` header names, if it has one.
fn named_host(headers: &HeaderMap) -> Result<Option<Authority>, Refusal> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let Some(host) = hosts.next() else {
        return Ok(None);
    };
    let authority = host.to_str().ok().and_then(|host| host.parse().ok());
    match authority {
        Some(authority) if hosts.next().is_none() => Ok(Some(authority)),
        _ => Err(Refusal::plain(
            StatusCode::BAD_REQUEST,
            "the request's Host header is not one name",
        )),
    }
}

fn is_ours(host: &Authority, port: u16) -> bool {
    let name = host.host();
    let address = name.trim_start_matches('[').trim_end_matches(']');
    let loopback = name.eq_ignore_ascii_case("localhost")
        || address.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
    loopback && host.port_u16().unwrap_or(80) == port && !host.as_str().contains('@')
}

fn port_of(base_url: &str) -> u16 {
    let uri: Option<Uri> = base_url.parse().ok();
    uri.and_then(|uri| uri.port_u16()).unwrap_or(80)
}

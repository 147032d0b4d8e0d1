//! Who may talk to a server on loopback. Any web page can make the browser send requests here, so
//! the host must be one of this machine's own names (a foreign name that resolves to loopback is a
//! DNS rebinding attack) and nothing is changed for a page of another origin.

use std::net::IpAddr;

use axum::extract::Request;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};

/// Why a request is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trespass {
    /// Its `Host` header is not one name.
    Malformed,
    /// It is meant for another host or port.
    Host,
    /// A page of another origin wants to change something.
    Origin,
}

/// Whether `request` is meant for `port` of this machine, and by a page of ours if by any.
pub(crate) fn check(port: u16, request: &Request) -> Result<(), Trespass> {
    let uri = request.uri().authority().cloned();
    let host = named_host(request.headers())?.or(uri);
    if !host.is_some_and(|host| is_ours(&host, port)) {
        return Err(Trespass::Host);
    }
    if changes(request.method())
        && let Some(origin) = request.headers().get(header::ORIGIN)
    {
        let ours = origin.to_str().ok().and_then(|origin| {
            let authority = origin.strip_prefix("http://")?;
            authority.parse().ok()
        });
        if !ours.is_some_and(|origin| is_ours(&origin, port)) {
            return Err(Trespass::Origin);
        }
    }
    Ok(())
}

/// Whether a request of this method may change something.
pub(crate) fn changes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Marks an answer as ours alone; `policy` says where its page may take anything from.
pub(crate) fn mark(headers: &mut HeaderMap, policy: &'static str) {
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

/// The host that the request's `Host` header names, if it has one.
fn named_host(headers: &HeaderMap) -> Result<Option<Authority>, Trespass> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let Some(host) = hosts.next() else {
        return Ok(None);
    };
    let authority = host.to_str().ok().and_then(|host| host.parse().ok());
    match authority {
        Some(authority) if hosts.next().is_none() => Ok(Some(authority)),
        _ => Err(Trespass::Malformed),
    }
}

fn is_ours(host: &Authority, port: u16) -> bool {
    let name = host.host();
    let address = name.trim_start_matches('[').trim_end_matches(']');
    let loopback = name.eq_ignore_ascii_case("localhost")
        || address.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
    loopback && host.port_u16().unwrap_or(80) == port && !host.as_str().contains('@')
}

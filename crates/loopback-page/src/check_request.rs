//! Who may talk to a server on loopback. Any web page can make the browser send requests here, so
//! the host must be one of this machine's own names (a foreign name that resolves to loopback is a
//! DNS rebinding attack) and nothing is changed for a page of another origin.

use std::net::IpAddr;

use axum::extract::Request;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method, header};

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostRejection {
    /// Its `Host` header is not one name.
    Malformed,
    /// It is meant for another host or port.
    Host,
    /// A page of another origin wants to change something.
    Origin,
}

/// Checks that `request` is meant for `port` of this machine, and that no page of another origin
/// sends it to change something.
///
/// # Errors
/// Returns why the request must be refused.
pub fn check_request(port: u16, request: &Request) -> Result<(), HostRejection> {
    let uri = request.uri().authority().cloned();
    let host = named_host(request.headers())?.or(uri);
    if !host.is_some_and(|host| is_ours(&host, port)) {
        return Err(HostRejection::Host);
    }
    if is_unsafe_method(request.method())
        && let Some(origin) = request.headers().get(header::ORIGIN)
    {
        let ours = origin.to_str().ok().and_then(|origin| {
            let authority = origin.strip_prefix("http://")?;
            authority.parse().ok()
        });
        if !ours.is_some_and(|origin| is_ours(&origin, port)) {
            return Err(HostRejection::Origin);
        }
    }
    Ok(())
}

/// Returns whether a request of this method may change something.
pub fn is_unsafe_method(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// The host that the request's `Host` header names, if it has one.
fn named_host(headers: &HeaderMap) -> Result<Option<Authority>, HostRejection> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let Some(host) = hosts.next() else {
        return Ok(None);
    };
    let authority = host.to_str().ok().and_then(|host| host.parse().ok());
    match authority {
        Some(authority) if hosts.next().is_none() => Ok(Some(authority)),
        _ => Err(HostRejection::Malformed),
    }
}

fn is_ours(host: &Authority, port: u16) -> bool {
    let name = host.host();
    let address = name.trim_start_matches('[').trim_end_matches(']');
    let loopback = name.eq_ignore_ascii_case("localhost")
        || address.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
    loopback && host.port_u16().unwrap_or(80) == port && !host.as_str().contains('@')
}

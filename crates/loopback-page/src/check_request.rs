//! Checks the host and the origin of requests to a server on loopback. Any web page can make the
//! browser send requests here. The host must therefore be a name of this machine (a foreign name that
//! resolves to loopback is a DNS rebinding attack), and pages of other origins must not change data.

use std::net::IpAddr;

use axum::extract::Request;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method, header};

/// The reason why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostRejection {
    /// The request does not have exactly one valid `Host` header.
    Malformed,
    /// The `Host` header names another host or port.
    Host,
    /// A page of another origin sent it, and its method can change data.
    Origin,
}

/// Checks that `request` is for `port` of this machine, and that its method is safe if a page of
/// another origin sent it.
///
/// # Errors
/// Returns the reason if the request must be refused.
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

/// Returns `true` if a request with this method can change data.
pub fn is_unsafe_method(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Returns the value of the `Host` header, if the request has one.
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

//! The proxy of the test harness: a fault must break the request that it is for, at the point that it names.

use std::time::{Duration, Instant};

use syndicate_api::http::{HttpRequest, HttpResponse};

use crate::support::client::{send, try_send};
use crate::support::{Proxy, ProxyFault, RawServer};

/// Sends a request with a body that is not text through the proxy. Returns `None` if the connection closes
/// before the head of the response.
fn post(proxy: &Proxy, path: &str) -> Option<HttpResponse> {
    let request = HttpRequest::new("POST", format!("{}{path}?query", proxy.url));
    try_send(request.body(vec![0xff; 100_000].into())).ok()
}

/// Returns a server and its proxy with this fault for the second `POST /a`.
fn with_fault(fault: ProxyFault) -> (RawServer, Proxy) {
    let server = RawServer::answering(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello");
    let proxy = Proxy::before(&server.url);
    proxy.fault("POST /a", 2, fault);
    (server, proxy)
}

/// Sends three requests that match and one that does not. Returns the second response, and the number of
/// requests that the server got.
fn play(fault: ProxyFault) -> (Option<HttpResponse>, usize) {
    let (server, proxy) = with_fault(fault);
    let is_complete = |path| post(&proxy, path).is_some_and(|response| response.body == "hello");
    assert!(is_complete("/a") && is_complete("/b"));
    let broken = post(&proxy, "/a");
    assert!(is_complete("/a"));
    assert_eq!(
        (proxy.requests("POST /a"), proxy.requests("POST /")),
        (3, 4)
    );
    (broken, server.requests())
}

#[test]
fn cut_request_never_arrives() {
    let (response, requests) = play(ProxyFault::CutRequest);
    assert!(response.is_none());
    assert_eq!(requests, 3);
}

#[test]
fn cut_answer_follows_processed_request() {
    let (response, requests) = play(ProxyFault::CutAnswer);
    assert!(response.is_none());
    assert_eq!(requests, 4);
    let (response, requests) = play(ProxyFault::CutAnswerAt(42));
    assert!(response.is_none_or(|response| response.body.len() < 5));
    assert_eq!(requests, 4);
}

#[test]
fn replaced_answer_hides_server() {
    let teapot = b"HTTP/1.1 418 Teapot\r\ncontent-length: 0\r\n\r\n";
    for (fault, expected) in [
        (ProxyFault::ReplaceRequest(teapot.to_vec()), 3),
        (ProxyFault::ReplaceAnswer(teapot.to_vec()), 4),
    ] {
        let (response, requests) = play(fault.clone());
        assert_eq!(
            response.map(|response| response.status),
            Some(418),
            "{fault:?}"
        );
        assert_eq!(requests, expected, "{fault:?}");
    }
}

#[test]
fn cleared_fault_breaks_nothing() {
    let (server, proxy) = with_fault(ProxyFault::CutRequest);
    proxy.fault_all("POST /b", ProxyFault::CutRequest);
    assert!(post(&proxy, "/b").is_none() && post(&proxy, "/b").is_none());
    proxy.clear();
    assert!(post(&proxy, "/a").is_some() && post(&proxy, "/b").is_some());
    assert_eq!(server.requests(), 2);
}

#[test]
fn delayed_request_outlives_client() {
    let (server, proxy) = with_fault(ProxyFault::CutRequest);
    proxy.clear();
    let delay = Duration::from_secs(1);
    proxy.fault_all("POST /a", ProxyFault::Delay(delay));
    let request = HttpRequest::new("POST", format!("{}/a", proxy.url));
    let start = Instant::now();
    assert!(try_send(request.timeout(delay / 4)).is_err());
    proxy.wait_for("POST /a", 1);
    assert_eq!(
        server.requests(),
        0,
        "the client has gone before the server gets the request"
    );
    proxy.wait_until_idle();
    assert_eq!(server.requests(), 1);
    assert!(start.elapsed() >= delay * 2);
}

#[test]
fn address_in_answer_is_replaced() {
    let server = RawServer::answering(
        b"HTTP/1.1 200 OK\r\ncontent-length: 45\r\n\r\nhttp://localhost:2583 http://localhost:2583/a",
    );
    let proxy = Proxy::before(&server.url);
    proxy.replace("http://localhost:2583", "http://localhost:9999");
    let response = send(HttpRequest::new("GET", proxy.url.as_str()));
    assert_eq!(
        response.body,
        "http://localhost:9999 http://localhost:9999/a"
    );
}

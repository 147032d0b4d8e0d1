use std::net::SocketAddr;
use std::sync::Arc;

use url::Url;
use wiremock::matchers::{header, headers, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::{FetchRequest, Validators};
use crate::http::public_hosts::PublicNames;
use crate::http::{FetchError, Http};

fn http() -> Http {
    Http::new()
}

/// Returns a client whose resolver returns one address for every name.
fn http_resolving_to(address: SocketAddr) -> Http {
    let names = PublicNames(Arc::new(move |_| {
        Box::pin(async move { Ok(vec![address]) })
    }));
    let mut http = http();
    http.clients.names = names;
    http
}

async fn server(at: &str, answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    serve(&server, at, answer).await;
    server
}

async fn serve(server: &MockServer, at: &str, answer: ResponseTemplate) {
    Mock::given(method("GET"))
        .and(path(at))
        .respond_with(answer)
        .mount(server)
        .await;
}

fn redirect(to: &str) -> ResponseTemplate {
    ResponseTemplate::new(302).insert_header("location", to)
}

fn refused(result: Result<super::FetchResponse, FetchError>) -> String {
    match result {
        Err(FetchError::NotAllowed(message)) => message,
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn fetch_returns_status_url_and_validators() {
    let answer = ResponseTemplate::new(200)
        .insert_header("etag", "\"1\"")
        .set_body_string("hello");
    let server = server("/b", answer).await;
    serve(&server, "/a", redirect("b?x=1")).await;
    let fetch = FetchRequest::new(format!("{}/a", server.uri())).from_config();
    let fetched = http().fetch(fetch).await.unwrap();
    assert_eq!((fetched.status, &fetched.body[..]), (200, &b"hello"[..]));
    assert_eq!(fetched.url.as_str(), format!("{}/b?x=1", server.uri()));
    assert_eq!(fetched.validators().etag.as_deref(), Some("\"1\""));
    assert!(!fetched.truncated);
}

#[tokio::test]
async fn redirect_may_be_utf8() {
    let server = server("/%C3%BCber/", ResponseTemplate::new(200)).await;
    let moved = ResponseTemplate::new(301).insert_header("location", "/über/".as_bytes());
    serve(&server, "/about/", moved).await;
    let fetch = FetchRequest::new(format!("{}/about/", server.uri())).from_config();
    assert_eq!(http().fetch(fetch).await.unwrap().status, 200);
}

#[tokio::test]
async fn fetch_revalidates_with_validators() {
    let server = MockServer::start().await;
    Mock::given(header("if-none-match", "\"1\""))
        // The matcher splits values at commas.
        .and(headers(
            "if-modified-since",
            vec!["Sun", "22 Nov 2026 12:00:00 GMT"],
        ))
        .respond_with(ResponseTemplate::new(304))
        .mount(&server)
        .await;
    let validators = Validators {
        etag: Some("\"1\"".to_owned()),
        last_modified: Some("Sun, 22 Nov 2026 12:00:00 GMT".to_owned()),
    };
    let fetch = FetchRequest::new(server.uri())
        .from_config()
        .if_changed(&validators);
    assert_eq!(http().fetch(fetch).await.unwrap().status, 304);
}

#[tokio::test]
async fn fetch_truncates_long_body() {
    let server = server(
        "/",
        ResponseTemplate::new(200).set_body_string("0123456789"),
    )
    .await;
    for (max_bytes, truncated) in [(9, true), (10, false), (11, false)] {
        let fetch = FetchRequest::new(server.uri())
            .from_config()
            .max_bytes(max_bytes);
        let fetched = http().fetch(fetch).await.unwrap();
        assert_eq!(fetched.truncated, truncated, "{max_bytes}");
        assert_eq!(fetched.body.len(), max_bytes.min(10));
    }
}

#[tokio::test]
async fn redirect_loop_is_an_error() {
    let server = server("/", redirect("/")).await;
    let fetch = FetchRequest::new(server.uri()).from_config();
    assert!(refused(http().fetch(fetch).await).contains("redirects more than 5 times"));
    assert_eq!(server.received_requests().await.unwrap().len(), 6);
}

#[tokio::test]
async fn private_host_needs_configuration() {
    let server = server("/", ResponseTemplate::new(200)).await;
    let message = refused(http().fetch(FetchRequest::new(server.uri())).await);
    assert_eq!(message, "`127.0.0.1` is not a public host");
    assert_eq!(server.received_requests().await.unwrap().len(), 0);
}

#[tokio::test]
async fn private_redirect_is_refused() {
    for target in [
        "http://localhost/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data",
        "http://2130706434/",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
    ] {
        let server = server("/", redirect(target)).await;
        refused(
            http()
                .fetch(FetchRequest::new(server.uri()).from_config())
                .await,
        );
    }
}

#[tokio::test]
async fn public_name_with_private_address_is_refused() {
    let server = server("/", ResponseTemplate::new(200)).await;
    let http = http_resolving_to(*server.address());
    let url = format!("http://rebound.example.com:{}/", server.address().port());
    for fetch in [
        FetchRequest::new(&url),
        FetchRequest::new(&url).from_config(),
    ] {
        let message = refused(http.fetch(fetch).await);
        assert!(message.contains("it has no public address"), "{message}");
    }
    assert_eq!(server.received_requests().await.unwrap().len(), 0);
}

#[test]
fn client_depends_on_host() {
    let http = http();
    for (url, own, allowed) in [
        ("https://example.com/", None, true),
        ("https://93.184.216.34/", None, true),
        ("http://127.0.0.1/", None, false),
        ("http://127.0.0.1:8080/", Some("127.0.0.1"), true),
        ("http://127.0.0.2/", Some("127.0.0.1"), false),
        ("http://nas.local/", Some("nas.local"), true),
        ("http://nas.local/", Some("example.com"), false),
        ("http://web/", Some("web"), true),
    ] {
        let url = Url::parse(url).unwrap();
        assert_eq!(http.client_for(&url, own).is_ok(), allowed, "{url} {own:?}");
    }
}

#[tokio::test]
async fn unreachable_host_is_temporary() {
    let fetch = FetchRequest::new("http://127.0.0.1:9/feed?token=secret").from_config();
    match http().fetch(fetch).await {
        Err(FetchError::Unreachable(message)) => {
            assert!(message.starts_with("cannot reach `127.0.0.1`"), "{message}");
        }
        other => panic!("{other:?}"),
    }
}

use std::net::SocketAddr;
use std::sync::Arc;

use url::Url;
use wiremock::matchers::{header, headers, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::{FetchRequest, Validators};
use crate::http::public_hosts::PublicNames;
use crate::http::{FetchError, Http};

fn http() -> Http {
    Http::new().unwrap()
}

/// A door whose name server knows one address for every name.
fn http_where_names_lead_to(address: SocketAddr) -> Http {
    let names = PublicNames(Arc::new(move |_| {
        Box::pin(async move { Ok(vec![address]) })
    }));
    let mut http = http();
    http.public.names = names;
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
async fn the_body_comes_with_status_address_and_validators() {
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
async fn a_server_is_asked_only_for_what_is_new() {
    let server = MockServer::start().await;
    Mock::given(header("if-none-match", "\"1\""))
        // A comma separates values to the matcher, as it does in most headers.
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
async fn a_long_body_is_cut_and_said_to_be() {
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
async fn a_ring_of_redirects_ends() {
    let server = server("/", redirect("/")).await;
    let fetch = FetchRequest::new(server.uri()).from_config();
    assert!(refused(http().fetch(fetch).await).contains("redirects more than 5 times"));
    assert_eq!(server.received_requests().await.unwrap().len(), 6);
}

#[tokio::test]
async fn nothing_private_is_asked_unless_the_user_named_it() {
    let server = server("/", ResponseTemplate::new(200)).await;
    let message = refused(http().fetch(FetchRequest::new(server.uri())).await);
    assert_eq!(message, "`127.0.0.1` is no public host");
    assert_eq!(server.received_requests().await.unwrap().len(), 0);
}

#[tokio::test]
async fn a_named_private_host_may_not_send_us_to_another() {
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
async fn a_public_name_that_leads_to_a_private_address_is_refused() {
    let server = server("/", ResponseTemplate::new(200)).await;
    let http = http_where_names_lead_to(*server.address());
    let url = format!("http://rebound.example.com:{}/", server.address().port());
    for fetch in [
        FetchRequest::new(&url),
        FetchRequest::new(&url).from_config(),
    ] {
        let message = refused(http.fetch(fetch).await);
        assert!(
            message.contains("it leads to no public address"),
            "{message}"
        );
    }
    assert_eq!(server.received_requests().await.unwrap().len(), 0);
}

#[test]
fn which_host_may_be_asked() {
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
async fn a_host_that_is_not_there_may_be_tried_later() {
    let fetch = FetchRequest::new("http://127.0.0.1:9/feed?token=secret").from_config();
    match http().fetch(fetch).await {
        Err(FetchError::Unreachable(message)) => {
            assert!(message.starts_with("cannot reach `127.0.0.1`"), "{message}");
        }
        other => panic!("{other:?}"),
    }
}

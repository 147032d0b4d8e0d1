//! Tests of feeds over HTTP: conditional requests, the cache, failing servers.

use serde_json::json;
use syndicate_api::{Context, Diagnostic, SourceScan};
use wiremock::matchers::{any, header};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::{context, rss_item, source};

async fn scan(server: &MockServer, cx: &Context) -> syndicate_api::Result<SourceScan> {
    let url = format!("{}/feed?token=secret", server.uri());
    let source = source(&json!({"url": url}), std::path::Path::new("/nowhere"));
    source.scan(cx).await
}

fn feed(title: &str) -> ResponseTemplate {
    ResponseTemplate::new(200)
        .set_body_raw(rss_item(&format!("<title>{title}</title>")), "text/xml")
}

async fn answers(server: &MockServer, answer: ResponseTemplate) {
    server.reset().await;
    Mock::given(any()).respond_with(answer).mount(server).await;
}

#[track_caller]
fn title(scan: &SourceScan) -> &str {
    assert_eq!(scan.faults, []);
    scan.items[0].title.as_deref().unwrap()
}

#[tokio::test]
async fn unchanged_feed_yields_same_items() {
    let (server, cx) = (MockServer::start().await, context());
    answers(&server, feed("One").insert_header("etag", "\"1\"")).await;
    let first = scan(&server, &cx).await.unwrap();
    server.reset().await;
    Mock::given(header("if-none-match", "\"1\""))
        .respond_with(ResponseTemplate::new(304))
        .expect(1)
        .mount(&server)
        .await;
    let second = scan(&server, &cx).await.unwrap();
    assert_eq!(title(&first), "One");
    assert_eq!(first.items, second.items);
}

#[tokio::test]
async fn invalid_response_is_not_cached() {
    let (server, cx) = (MockServer::start().await, context());
    answers(&server, feed("One").insert_header("etag", "\"1\"")).await;
    scan(&server, &cx).await.unwrap();
    let page = ResponseTemplate::new(200).insert_header("etag", "\"2\"");
    answers(&server, page.set_body_string("<html>Down for today")).await;
    let broken = scan(&server, &cx).await.unwrap();
    assert!(broken.items.is_empty());
    assert!(broken.faults[0].message.contains("web page"));
    let requests = |server: MockServer| async move { server.received_requests().await.unwrap() };
    answers(&server, ResponseTemplate::new(304)).await;
    assert_eq!(title(&scan(&server, &cx).await.unwrap()), "One");
    assert_eq!(requests(server).await[0].headers["if-none-match"], "\"1\"");
}

#[tokio::test]
async fn offline_uses_cache_or_fails() {
    let (server, mut cx) = (MockServer::start().await, context());
    cx.offline = true;
    let error = scan(&server, &cx).await.unwrap_err();
    assert!(error.to_string().contains("is not in the cache"), "{error}");
    cx.offline = false;
    answers(&server, feed("One")).await;
    scan(&server, &cx).await.unwrap();
    cx.offline = true;
    server.reset().await;
    assert_eq!(title(&scan(&server, &cx).await.unwrap()), "One");
    assert_eq!(server.received_requests().await.unwrap().len(), 0);
}

#[tokio::test]
async fn damaged_cache_is_ignored() {
    let (server, mut cx) = (MockServer::start().await, context());
    answers(&server, feed("One")).await;
    scan(&server, &cx).await.unwrap();
    let key = format!("feed {}/feed?token=secret", server.uri());
    let kept = cx.blob_cache.get(&key).unwrap();
    cx.offline = true;
    for damaged in [&kept[..kept.len() - 1], b"", b"{}\n", b"no line"] {
        cx.blob_cache.put(&key, damaged);
        scan(&server, &cx).await.unwrap_err();
    }
}

#[tokio::test]
async fn failure_has_hint_and_hides_query() {
    let server = MockServer::start().await;
    let moved = ResponseTemplate::new(302).insert_header("location", "http://10.0.0.1/");
    for (answer, cause, hint) in [
        (
            ResponseTemplate::new(404),
            "answered 404",
            "check that `url`",
        ),
        (
            ResponseTemplate::new(401),
            "answered 401",
            "save the feed to a file",
        ),
        (ResponseTemplate::new(429), "answered 429", "less often"),
        (
            ResponseTemplate::new(503),
            "answered 503",
            "run again later",
        ),
        (
            ResponseTemplate::new(304),
            "answered 304",
            "open the address",
        ),
        (moved, "`10.0.0.1`", "on a public host"),
        (
            feed("x").insert_header("content-encoding", "br"),
            "content encoding `br`",
            "Accept-Encoding",
        ),
    ] {
        answers(&server, answer).await;
        let error = scan(&server, &context()).await.unwrap_err();
        let said = format!("{error:#}");
        assert!(said.contains(cause), "{said}");
        assert!(
            said.contains("/feed?…`") && !said.contains("secret"),
            "{said}"
        );
        let diagnostic = error.downcast_ref::<Diagnostic>().unwrap();
        assert!(
            diagnostic.hint.as_ref().unwrap().contains(hint),
            "{diagnostic:?}"
        );
    }
}

#[tokio::test]
async fn unreachable_server_is_reported() {
    let options = json!({"url": "http://127.0.0.1:9/feed"});
    let source = source(&options, std::path::Path::new("/nowhere"));
    let error = source.scan(&context()).await.unwrap_err();
    let said = format!("{error:#}");
    assert!(said.contains("cannot reach `127.0.0.1`"), "{said}");
    assert!(source.roots().is_empty());
}

#[tokio::test]
async fn oversized_feed_is_refused() {
    let server = MockServer::start().await;
    answers(
        &server,
        ResponseTemplate::new(200).set_body_bytes(vec![b' '; (16 << 20) + 1]),
    )
    .await;
    let error = scan(&server, &context()).await.unwrap_err();
    assert!(error.to_string().contains("larger than 16 MiB"), "{error}");
}

#[tokio::test]
async fn relative_addresses_resolve_from_feed_url() {
    let (server, cx) = (MockServer::start().await, context());
    let body =
        "<rss><channel><item><link>a?b=1</link></item><item><link>#c</link></item></channel></rss>";
    answers(&server, ResponseTemplate::new(200).set_body_string(body)).await;
    let scan = scan(&server, &cx).await.unwrap();
    let urls: Vec<_> = scan
        .items
        .iter()
        .map(|item| item.url.clone().unwrap())
        .collect();
    assert_eq!(
        urls,
        [
            format!("{}/a?b=1", server.uri()),
            format!("{}/feed#c", server.uri())
        ]
    );
}

#[tokio::test]
async fn server_charset_is_used() {
    let (server, cx) = (MockServer::start().await, context());
    let latin: Vec<u8> = rss_item("<title>Größe</title>")
        .chars()
        .map(|c| c as u8)
        .collect();
    let answer = ResponseTemplate::new(200).set_body_raw(latin, "text/xml; charset=\"ISO-8859-1\"");
    answers(&server, answer).await;
    assert_eq!(title(&scan(&server, &cx).await.unwrap()), "Größe");
}

#[tokio::test]
async fn missing_file_is_an_error() {
    let source = source(&json!({"path": "no.xml"}), std::path::Path::new("/nowhere"));
    let error = source.scan(&context()).await.unwrap_err();
    assert_eq!(error.to_string(), "cannot read the feed `no.xml`");
    assert_eq!(source.roots(), [std::path::Path::new("/nowhere/no.xml")]);
}

//! Tests of the sink against a mock server.

mod compose;
mod contract;
mod edit;
mod search;

use serde_json::{Value, json};
use syndicate_api::testkit::wiremock::matchers::{header, method, path, query_param};
use syndicate_api::testkit::wiremock::{Mock, MockServer, ResponseTemplate};
use syndicate_api::testkit::{self, build_sink};
use syndicate_api::{
    Article, Context, Finding, Payload, Post, Prepared, Readiness, RichText, ServerInfo, Sink,
    Stamp,
};

const KEY: &str = "example-key-1";
const PAGE: &str = "https://example.org/hello/";

fn options(endpoint: &str) -> Value {
    json!({"endpoint": endpoint, "api_key": KEY})
}

fn sink(endpoint: &str) -> Box<dyn Sink> {
    build_sink(&crate::PLUGIN, &options(endpoint))
}

fn post() -> Post {
    Post {
        text: RichText::text("About greetings"),
        article: Some(Article {
            key: "https://example.org/hello".to_owned(),
            title: "Hello".to_owned(),
            markdown: "Hello, *world*.\nSee {{ x }}.\n".to_owned(),
            url: PAGE.to_owned(),
            tags: vec!["Rust".to_owned(), "C++".to_owned()],
            cover_url: Some("https://example.org/cover.png".to_owned()),
            ..Article::default()
        }),
        ..Post::default()
    }
}

/// Returns an article as the list and the response to a creation show it.
fn article(id: u64, canonical: &str, published: bool) -> Value {
    json!({
        "type_of": "article",
        "id": id,
        "title": "Hello",
        "body_markdown": "Hello, *world*. See {% raw %}{{ x }}{% endraw %}.",
        "published": published,
        "published_at": published.then_some("2026-11-28T10:00:00Z"),
        "path": format!("/jane/hello-{id}"),
        "url": format!("https://dev.to/jane/hello-{id}"),
        "canonical_url": canonical,
    })
}

fn refusal(status: u16, message: &str) -> ResponseTemplate {
    let body = json!({"error": message, "status": status});
    ResponseTemplate::new(status).set_body_json(body)
}

async fn answer(server: &MockServer, verb: &str, route: &str, response: ResponseTemplate) {
    let mock = Mock::given(method(verb)).and(path(route));
    mock.respond_with(response).mount(server).await;
}

/// Returns a server with the account and these pages of its articles.
async fn serve(pages: &[Vec<Value>]) -> MockServer {
    let server = MockServer::start().await;
    mock_account().mount(&server).await;
    for (index, page) in pages.iter().enumerate() {
        let list = Mock::given(path("/api/articles/me/all"))
            .and(query_param("page", (index + 1).to_string()))
            .and(header("api-key", KEY))
            .and(header("accept", "application/vnd.forem.api-v1+json"));
        let body = ResponseTemplate::new(200).set_body_json(page);
        list.respond_with(body).mount(&server).await;
    }
    mock_empty_page().mount(&server).await;
    server
}

fn mock_account() -> Mock {
    let body = json!({"type_of": "user", "id": 7, "username": "jane", "name": "Jane"});
    Mock::given(path("/api/users/me")).respond_with(ResponseTemplate::new(200).set_body_json(body))
}

fn mock_empty_page() -> Mock {
    let body = ResponseTemplate::new(200).set_body_json(json!([]));
    Mock::given(path("/api/articles/me/all")).respond_with(body)
}

fn payload(sink: &dyn Sink) -> Payload {
    sink.compose(&post(), &ServerInfo::default()).unwrap()
}

fn seal(sink: &dyn Sink, cx: &Context, readiness: Readiness) -> Prepared {
    let Readiness::Ready(ready) = readiness else {
        panic!("{readiness:?}")
    };
    let stamp = Stamp {
        now: cx.now(),
        attempt: "attempt-1".to_owned(),
    };
    let steps = payload(sink).steps;
    sink.seal(cx, &steps, ready, &stamp).unwrap()
}

fn context() -> Context {
    testkit::context()
}

#[test]
fn unusable_key_is_reported() {
    for (key, is_usable) in [(KEY, true), ("", false), ("two words", false)] {
        let options = json!({"endpoint": "http://127.0.0.1:9", "api_key": key});
        let findings = build_sink(&crate::PLUGIN, &options).check(&context());
        let is_failed = findings
            .iter()
            .any(|finding| matches!(finding, Finding::Failed(_)));
        assert_eq!(is_failed, !is_usable, "{key:?}: {findings:?}");
    }
}

//! A server for tests, as a mock, and sinks that use it.

use serde_json::{Value, json};
use syndicate_api::testkit::wiremock::matchers::{method, path};
use syndicate_api::testkit::wiremock::{Mock, MockServer, ResponseTemplate};
use syndicate_api::testkit::{build_sink, context};
use syndicate_api::{
    Context, Payload, Post, Prepared, Readiness, RichText, ServerInfo, Sink, Stamp, TextSpan,
};

/// The token of the account.
pub(super) const TOKEN: &str = "example-token-1";

/// The link of the post of tests.
pub(super) const LINK: &str = "https://blog.example.org/a/";

/// Returns the sink for the server at `endpoint` with these further options.
pub(super) fn sink(endpoint: &str, options: &Value) -> Box<dyn Sink> {
    let mut all = json!({"endpoint": endpoint, "token": TOKEN});
    for (key, value) in options.as_object().into_iter().flatten() {
        all[key] = value.clone();
    }
    build_sink(&crate::PLUGIN, &all)
}

/// Returns a post with a link.
pub(super) fn post() -> Post {
    Post {
        text: RichText(vec![
            TextSpan::Text("Hello ".to_owned()),
            TextSpan::Link(LINK.to_owned()),
        ]),
        lang: Some("en-GB".to_owned()),
        ..Post::default()
    }
}

/// Returns a response with this JSON body.
pub(super) fn answer(status: u16, body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body)
}

/// Returns a mock of one request.
pub(super) fn mock(verb: &str, route: &str, response: ResponseTemplate) -> Mock {
    Mock::given(method(verb))
        .and(path(route))
        .respond_with(response)
}

/// Returns the answers to the requests of `prepare` of a server at `url` that runs `software`.
pub(super) fn server(url: &str, software: &str) -> Vec<Mock> {
    let schema = "http://nodeinfo.diaspora.software/ns/schema/2.0";
    let links = json!({"links": [{"rel": schema, "href": format!("{url}/nodeinfo/2.0")}]});
    let document = json!({"version": "2.0", "software": {"name": software, "version": "4.5.0"}});
    let account = json!({"id": "1", "acct": "jane", "display_name": "Jane"});
    vec![
        mock("GET", "/.well-known/nodeinfo", answer(200, &links)),
        mock("GET", "/nodeinfo/2.0", answer(200, &document)),
        mock(
            "GET",
            "/api/v1/accounts/verify_credentials",
            answer(200, &account),
        ),
    ]
}

/// Starts a server that runs `software`, with these further mocks.
pub(super) async fn start(software: &str, mocks: Vec<Mock>) -> MockServer {
    let server_at = MockServer::start().await;
    for mock in mocks.into_iter().chain(server(&server_at.uri(), software)) {
        mock.mount(&server_at).await;
    }
    server_at
}

/// Returns a post of the server with this link, created at `created`.
pub(super) fn status(id: &str, created: &str, link: &str) -> Value {
    json!({
        "id": id,
        "uri": format!("https://example.social/users/jane/statuses/{id}"),
        "url": format!("https://example.social/@jane/{id}"),
        "created_at": created, "edited_at": null, "visibility": "public",
        "content": format!("<p>Hello <a href=\"{link}\"><span>{link}</span></a></p>"),
        "account": {"id": "1", "acct": "jane"}, "media_attachments": [], "reblog": null, "poll": null,
    })
}

/// Returns the payload of `post`.
pub(super) fn composed(sink: &dyn Sink, post: &Post) -> Payload {
    sink.compose(post, &ServerInfo::default()).unwrap()
}

/// Prepares and seals `payload` at the time of `cx`.
pub(super) async fn prepared(sink: &dyn Sink, cx: &Context, payload: &Payload) -> Prepared {
    let ready = sink.prepare(cx, &payload.steps, &payload.media).await;
    let Ok(Readiness::Ready(ready)) = ready else {
        panic!("cannot prepare: {ready:?}");
    };
    let stamp = Stamp {
        now: cx.now(),
        attempt: "0193a7c5-0000-7000-8000-000000000001".to_owned(),
    };
    sink.seal(cx, &payload.steps, ready, &stamp).unwrap()
}

/// Returns a context whose clock shows `now`.
pub(super) fn at(now: &str) -> Context {
    let mut cx = context();
    cx.clock = syndicate_api::Clock::fixed(now.parse().unwrap());
    cx
}

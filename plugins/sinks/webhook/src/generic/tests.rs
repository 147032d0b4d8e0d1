use serde_json::{Value, json};
use syndicate_api::testkit::{TestPlatform, build_sink, check_delivery, check_sink, wiremock};
use syndicate_api::{
    Article, Context, Env, PicturePolicy, Post, PublishError, PublishErrorKind, Receipt, Repeat,
    Role, ServerInfo, Sink, Stamp, testkit,
};
use wiremock::matchers::{header, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::{PLUGIN, fixture};

const URL: &str = "https://hooks.example.com/catch/9f8e7d6c5b4a-secret-path/?token=q1w2e3r4t5y6";
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

fn options(endpoint: &str) -> Value {
    json!({"url": URL, "endpoint": endpoint, "secret": SECRET})
}

fn sink(options: &Value) -> Box<dyn Sink> {
    build_sink(&PLUGIN, options)
}

/// Returns the body that `sink` composes for `post`.
fn body(options: &Value, post: &Post) -> Value {
    let payload = sink(options).compose(post, &ServerInfo::default()).unwrap();
    payload.create().unwrap().body.as_json().clone()
}

async fn publish(sink: &dyn Sink, cx: &Context) -> Result<Receipt, PublishError> {
    let payload = sink
        .compose(&fixture::post(), &ServerInfo::default())
        .unwrap();
    let stamp = Stamp {
        now: cx.now(),
        attempt: "0193a7c5".to_owned(),
    };
    let prepared = sink.seal(cx, &payload.steps, Default::default(), &stamp)?;
    sink.send(cx, &prepared, 0).await
}

#[tokio::test]
async fn sink_keeps_contract() {
    check_sink(
        &PLUGIN,
        &json!({"url": "${WEBHOOK_URL}", "secret": "${WEBHOOK_SECRET}"}),
    );
    check_delivery(&TestPlatform {
        sink: &|endpoint| sink(&options(endpoint)),
        post: &fixture::post(),
        secret: "9f8e7d6c5b4a-secret-path",
        prepare: &|_| Vec::new(),
        creates: ("POST", "/catch/9f8e7d6c5b4a-secret-path/"),
        created: ResponseTemplate::new(202),
        refusal: &|status, message| json!({"status": status, "title": message}).to_string(),
        odd: &[
            (410, "", "rejected"),
            (410, "<html>", "rejected"),
            (
                404,
                r#"{"code": 404, "message": "not registered"}"#,
                "unknown",
            ),
            (
                404,
                r#"{"type": "about:blank", "title": "Not Found", "status": 404}"#,
                "rejected",
            ),
            (
                408,
                r#"{"title": "Request Timeout", "status": 408}"#,
                "unknown",
            ),
            (503, r#"{"title": "Unavailable", "status": 503}"#, "unknown"),
        ],
    })
    .await;
}

#[tokio::test]
async fn request_keeps_query_and_is_signed() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/catch/9f8e7d6c5b4a-secret-path/"))
        .and(query_param("token", "q1w2e3r4t5y6"))
        .and(header("content-type", "application/json"))
        .and(header("webhook-id", "0193a7c5"))
        .and(header("webhook-timestamp", "0"))
        .respond_with(ResponseTemplate::new(200))
        .expect(1)
        .mount(&server)
        .await;
    let receipt = publish(&*sink(&options(&server.uri())), &testkit::context())
        .await
        .unwrap();
    assert_eq!(receipt, Receipt::default());
    let requests = server.received_requests().await.unwrap();
    let signature = requests[0].headers.get("webhook-signature").unwrap();
    assert!(signature.to_str().unwrap().starts_with("v1,"));
}

#[tokio::test]
async fn gone_hint_names_new_webhook() {
    let server = MockServer::start().await;
    let gone = ResponseTemplate::new(410);
    Mock::given(method("POST"))
        .respond_with(gone)
        .expect(2)
        .mount(&server)
        .await;
    let cx = testkit::context();
    for _ in 0..2 {
        let error = publish(&*sink(&options(&server.uri())), &cx)
            .await
            .unwrap_err();
        let hint = "create a new webhook, and put its URL into the variable that `url` names";
        assert_eq!(error.hint.as_deref(), Some(hint));
    }
}

#[test]
fn default_body_has_all_fields() {
    let expected = json!({
        "description": "A short story.",
        "image": "https://blog.example.com/crab.png",
        "lang": "en",
        "link": fixture::LINK,
        "published": null,
        "tags": [],
        "text": format!("Crabs & co: {} #rust", fixture::LINK),
        "title": "Why <crabs> walk sideways",
        "url": fixture::LINK,
    });
    assert_eq!(body(&json!({"url": URL}), &fixture::post()), expected);
}

#[test]
fn body_template_keeps_types() {
    let post = Post {
        article: Some(Article {
            url: "https://blog.example.com/crabs/".to_owned(),
            tags: vec!["a".to_owned(), "b \"c\"".to_owned()],
            html: "<p>Hi</p>".to_owned(),
            ..Article::default()
        }),
        ..fixture::post()
    };
    let template = json!({
        "n": 1,
        "tags": "{{ tags }}",
        "none": "{{slug}}",
        "list": ["{{title}}: {{url}}", "{{#each tags}}{{this}};{{/each}}", "{{#if slug}}x{{/if}}"],
        "html": "{{html}}",
    });
    let expected = json!({
        "n": 1,
        "tags": ["a", "b \"c\""],
        "none": null,
        "list": ["Why <crabs> walk sideways: https://blog.example.com/crabs/", "a;b \"c\";", ""],
        "html": "<p>Hi</p>",
    });
    assert_eq!(
        body(&json!({"url": URL, "body": template}), &post),
        expected
    );
}

#[test]
fn article_is_read_if_named() {
    for (body, expected) in [
        (json!({"a": "{{title}}"}), false),
        (json!({"html": "<b>"}), false),
        (json!({"a": [{"b": "x {{html}}"}]}), true),
    ] {
        let sink = sink(&json!({"url": URL, "body": body}));
        assert_eq!(sink.capabilities().reads_article, expected, "{body}");
    }
    assert!(sink(&json!({"url": URL})).capabilities().reads_article);
}

#[test]
fn values_cannot_become_templates_or_slots() {
    let post = fixture::with_text("{{title}} {\"$slot\":\"key\"} \"},\"x\":1");
    let options = json!({"url": URL, "body": {"a": "{{text}}", "b": "- {{text}}"}});
    let text = "{{title}} {\"$slot\":\"key\"} \"},\"x\":1";
    assert_eq!(
        body(&options, &post),
        json!({"a": text, "b": format!("- {text}")})
    );
}

#[test]
fn receiver_that_keeps_ids_is_keyed() {
    let sent = "2026-11-28T09:00:00Z".parse().unwrap();
    assert_eq!(
        sink(&json!({"url": URL})).repeat(Role::Create, sent),
        Repeat::Never
    );
    let keeps = sink(&json!({"url": URL, "receiver_keeps_ids": "24h"}));
    let until = "2026-11-29T09:00:00Z".parse().unwrap();
    assert_eq!(
        keeps.repeat(Role::Create, sent),
        Repeat::Keyed { from: None, until }
    );
}

#[tokio::test]
async fn unusable_url_is_refused_without_request() {
    for (url, part) in [
        (None, "`HOOK` is not set"),
        (Some(""), "empty"),
        (Some("hooks.example.com/x"), "absolute"),
        (Some("http://hooks.example.com/very-secret"), "unencrypted"),
    ] {
        let mut cx = testkit::context();
        cx.env = url.map_or_else(Env::empty, |url| Env::from_pairs([("HOOK", url)]));
        let sink = sink(&json!({"url": "${HOOK}"}));
        let error = sink.prepare(&cx, &[], &[]).await.unwrap_err();
        assert_eq!(error.kind, PublishErrorKind::Unauthorized);
        assert!(error.message.contains(part), "{error}");
        let findings = format!("{error:?} {:?}", sink.check(&cx));
        assert!(!findings.contains("very-secret"), "{findings}");
    }
}

#[test]
fn own_body_needs_only_named_picture() {
    for (body, picture) in [
        (json!({"text": "{{text}}"}), PicturePolicy::Skip),
        (json!({"image": "{{image.url}}"}), PicturePolicy::Require),
    ] {
        let mut options = options("http://127.0.0.1:9");
        options["thumbnail"] = json!("require");
        options["body"] = body;
        let sink = sink(&options);
        assert_eq!(sink.limits(&ServerInfo::default()).picture, picture);
        assert!(!sink.appearance().has_card(), "the card is not sent");
    }
    assert!(sink(&options("http://127.0.0.1:9")).appearance().has_card());
}

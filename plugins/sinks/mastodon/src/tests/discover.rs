use serde_json::{Value, json};
use syndicate_api::testkit::context;
use syndicate_api::testkit::wiremock::ResponseTemplate;
use syndicate_api::{Finding, PublishErrorKind};

use super::support::{answer, mock, sink, start};

fn instance(max: u64) -> Value {
    json!({"configuration": {"statuses": {"max_characters": max, "characters_reserved_per_url": 32}}})
}

#[tokio::test]
async fn second_version_is_preferred() {
    let mocks = vec![
        mock("GET", "/api/v2/instance", answer(200, &instance(1000))),
        mock("GET", "/api/v1/instance", answer(200, &instance(2000))),
    ];
    let server = start("mastodon", mocks).await;
    let sink = sink(&server.uri(), &json!({}));
    let info = sink.discover(&context()).await.unwrap();
    assert_eq!(info.number("max_characters"), Some(1000));
    assert_eq!(info.text("software"), Some("mastodon"));
    assert_eq!(info.text("account"), Some("1"));
    assert!(
        info.text("account_name")
            .unwrap()
            .starts_with("@jane@127.0.0.1:")
    );
    assert!(info.as_of.is_some());
    assert_eq!(sink.limits(&info).text, 1000);
}

#[tokio::test]
async fn missing_second_version_falls_back() {
    let mocks = vec![
        mock("GET", "/api/v2/instance", ResponseTemplate::new(404)),
        mock("GET", "/api/v1/instance", answer(200, &instance(2000))),
    ];
    let server = start("snac", mocks).await;
    let info = sink(&server.uri(), &json!({}))
        .discover(&context())
        .await
        .unwrap();
    assert_eq!(info.number("max_characters"), Some(2000));
    assert_eq!(info.number("characters_reserved_per_url"), Some(32));
}

#[tokio::test]
async fn limits_need_no_token() {
    let mocks = vec![mock(
        "GET",
        "/api/v2/instance",
        answer(200, &instance(1000)),
    )];
    let server = start("mastodon", mocks).await;
    let sink = sink(&server.uri(), &json!({"token": "${MASTODON_TOKEN}"}));
    let info = sink.discover(&context()).await.unwrap();
    assert_eq!(info.text("account"), None);
    assert_eq!(info.number("max_characters"), Some(1000));
}

#[tokio::test]
async fn failing_server_is_unavailable() {
    for status in [500, 503, 403] {
        let failing = mock("GET", "/api/v2/instance", ResponseTemplate::new(status));
        let server = start("mastodon", vec![failing]).await;
        let discovered = sink(&server.uri(), &json!({})).discover(&context()).await;
        assert_eq!(
            discovered.unwrap_err().kind,
            PublishErrorKind::Unavailable,
            "{status}"
        );
    }
}

#[tokio::test]
async fn sender_is_known_after_discovery() {
    let mocks = vec![mock(
        "GET",
        "/api/v2/instance",
        answer(200, &instance(1000)),
    )];
    let server = start("mastodon", mocks).await;
    let (sink, cx) = (sink(&server.uri(), &json!({})), context());
    assert!(sink.sender(&cx).is_unknown());
    sink.discover(&cx).await.unwrap();
    let sender = sink.sender(&cx);
    assert_eq!(sender.id.as_deref(), Some("1"));
    assert!(sender.to_string().starts_with("@jane@"), "{sender}");
}

#[tokio::test]
async fn online_check_describes_server() {
    let mocks = vec![
        mock("GET", "/api/v2/instance", answer(200, &instance(1000))),
        mock(
            "GET",
            "/api/v1/accounts/1/statuses",
            answer(403, &json!({"error": "no scope"})),
        ),
    ];
    let server = start("snac", mocks).await;
    let findings = sink(&server.uri(), &json!({}))
        .check_online(&context())
        .await;
    let [
        Finding::Passed(account),
        Finding::Warning { hint, .. },
        Finding::Passed(limits),
    ] = findings.as_slice()
    else {
        panic!("{findings:?}");
    };
    assert!(account.contains("@jane@"), "{account}");
    assert!(hint.contains("`read:statuses`"), "{hint}");
    assert!(
        limits.contains("snac") && limits.contains("1000") && limits.contains("not recognise"),
        "{limits}"
    );
}

#[test]
fn check_names_missing_token() {
    let sink = sink(
        "https://example.social",
        &json!({"token": "${MASTODON_TOKEN}"}),
    );
    let findings = sink.check(&context());
    let Some(Finding::Failed(diagnostic)) = findings.first() else {
        panic!("{findings:?}");
    };
    let hint = diagnostic.hint.as_deref().unwrap();
    assert!(hint.contains("MASTODON_TOKEN"), "{diagnostic:?}");
}

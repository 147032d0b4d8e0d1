use serde_json::{Value, json};
use syndicate_api::testkit::context;
use syndicate_api::testkit::wiremock::{Mock, MockServer};
use syndicate_api::{
    Attachment, Medium, Picture, Post, PublishError, PublishErrorKind, Ready, Receipt, RichText,
};

use super::support::{LINK, answer, composed, mock, post, prepared, sink, start, status};

const AT: &str = "2026-11-28T10:00:01.000Z";
const EDITED: &str = "2026-11-28T11:00:00.000Z";
const PATH: &str = "/api/v1/statuses/110";

fn receipt() -> Receipt {
    let mut receipt = Receipt::new("110");
    receipt.extra.insert("edited_at".to_owned(), Value::Null);
    receipt
}

async fn update(server: &MockServer, receipt: &Receipt) -> Result<Receipt, PublishError> {
    let (sink, cx) = (sink(&server.uri(), &json!({})), context());
    let revision = sink.revise(&composed(&*sink, &post())).unwrap();
    let stamp = syndicate_api::Stamp {
        now: cx.now(),
        attempt: "x".to_owned(),
    };
    let sealed = sink
        .seal(&cx, &revision.steps, Ready::default(), &stamp)
        .unwrap();
    let change = sealed.with_receipt(receipt).unwrap();
    sink.update(&cx, receipt, &change).await
}

async fn server(current: Value, further: Vec<Mock>) -> MockServer {
    let mut edited = status("110", AT, LINK);
    edited["edited_at"] = EDITED.into();
    let mut mocks = vec![
        mock("GET", PATH, answer(200, &current)),
        mock("PUT", PATH, answer(200, &edited)),
    ];
    mocks.extend(further);
    start("mastodon", mocks).await
}

async fn puts(server: &MockServer) -> Vec<Value> {
    let requests = server.received_requests().await.unwrap();
    let puts = requests
        .iter()
        .filter(|request| request.method.as_str() == "PUT");
    puts.map(|request| serde_json::from_slice(&request.body).unwrap())
        .collect()
}

#[tokio::test]
async fn edit_keeps_media() {
    let mut current = status("110", AT, LINK);
    current["media_attachments"] = json!([{"id": "7"}, {"id": "8"}]);
    let server = server(current, Vec::new()).await;
    let receipt = update(&server, &receipt()).await.unwrap();
    assert_eq!(receipt.extra["edited_at"], EDITED);
    let expected = json!({
        "status": format!("Hello {LINK}"), "language": "en", "spoiler_text": "", "sensitive": false,
        "media_ids": ["7", "8"],
    });
    assert_eq!(puts(&server).await, [expected]);
}

#[tokio::test]
async fn foreign_edit_is_conflict() {
    let mut current = status("110", AT, LINK);
    current["edited_at"] = EDITED.into();
    let source = json!({"id": "110", "text": "Changed by hand", "spoiler_text": ""});
    let source = || mock("GET", "/api/v1/statuses/110/source", answer(200, &source));
    let with_source = server(current.clone(), vec![source()]).await;
    let error = update(&with_source, &receipt()).await.unwrap_err();
    assert_eq!(error.kind, PublishErrorKind::Conflict);
    assert!(puts(&with_source).await.is_empty());
    let without_source = server(current.clone(), Vec::new()).await;
    let error = update(&without_source, &receipt()).await.unwrap_err();
    assert_eq!(error.kind, PublishErrorKind::Conflict);
    // A receipt without the time is one that must be overwritten.
    update(&without_source, &Receipt::new("110")).await.unwrap();
    assert_eq!(puts(&without_source).await.len(), 1);
}

#[tokio::test]
async fn repeated_edit_succeeds() {
    let mut current = status("110", AT, LINK);
    current["edited_at"] = EDITED.into();
    let source = json!({"id": "110", "text": format!("Hello {LINK}"), "spoiler_text": ""});
    let source = mock("GET", "/api/v1/statuses/110/source", answer(200, &source));
    let server = server(current, vec![source]).await;
    let receipt = update(&server, &receipt()).await.unwrap();
    assert_eq!(receipt.extra["edited_at"], EDITED);
    assert!(puts(&server).await.is_empty());
}

#[tokio::test]
async fn impossible_edits_are_rejected() {
    let mut poll = status("110", AT, LINK);
    poll["poll"] = json!({"id": "3"});
    let with_poll = server(poll, Vec::new()).await;
    let gone = mock(
        "GET",
        PATH,
        answer(404, &json!({"error": "Record not found"})),
    );
    let without_post = start("mastodon", vec![gone]).await;
    for server in [with_poll, without_post] {
        let error = update(&server, &receipt()).await.unwrap_err();
        assert_eq!(error.kind, PublishErrorKind::Rejected, "{error}");
        assert!(puts(&server).await.is_empty());
    }
}

#[test]
fn revision_separates_fixed_parts() {
    let sink = sink("https://example.social", &json!({}));
    let revision = |post: &Post| sink.revise(&composed(&*sink, post)).unwrap();
    let other_text = Post {
        text: RichText::text("Other"),
        ..post()
    };
    let (one, two) = (revision(&post()), revision(&other_text));
    assert_ne!(one.editable, two.editable);
    assert_eq!(one.fixed, two.fixed);
    let picture = |alt: &str| Post {
        attachment: Some(Attachment::Pictures(vec![Picture {
            medium: Medium {
                bytes: b"a".as_slice().into(),
                media_type: "image/png".into(),
                ..Medium::default()
            },
            alt: Some(alt.to_owned()),
            url: None,
        }])),
        ..post()
    };
    let (one, two) = (revision(&picture("A map")), revision(&picture("A chart")));
    assert_eq!(one.editable, two.editable);
    assert_ne!(one.fixed, two.fixed);
}

#[tokio::test]
async fn revision_needs_no_upload() {
    let server = start("mastodon", Vec::new()).await;
    let sink = sink(&server.uri(), &json!({}));
    let revision = sink.revise(&composed(&*sink, &post())).unwrap();
    let mut payload = composed(&*sink, &post());
    payload.steps = revision.steps;
    let prepared = prepared(&*sink, &context(), &payload).await;
    assert!(!prepared.slots.contains_key("links"));
    assert_eq!(prepared.account.as_deref(), Some("1"));
}

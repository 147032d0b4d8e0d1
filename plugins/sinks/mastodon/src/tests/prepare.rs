use serde_json::json;
use syndicate_api::testkit::wiremock::ResponseTemplate;
use syndicate_api::testkit::{context, wiremock};
use syndicate_api::{Attachment, Medium, Picture, Post, PublishErrorKind, Repeat};

use super::support::{LINK, answer, at, composed, mock, post, prepared, sink, start};

fn picture_post() -> Post {
    let picture = Picture {
        medium: Medium {
            bytes: b"bytes of a picture".as_slice().into(),
            media_type: "image/png".into(),
            ..Medium::default()
        },
        alt: Some("A chart".to_owned()),
        url: None,
    };
    Post {
        attachment: Some(Attachment::Pictures(vec![picture])),
        ..post()
    }
}

async fn requests(server: &wiremock::MockServer, route: &str) -> Vec<wiremock::Request> {
    let requests = server.received_requests().await.unwrap_or_default();
    requests
        .into_iter()
        .filter(|request| request.url.path() == route)
        .collect()
}

#[tokio::test]
async fn repeat_depends_on_software() {
    for (software, expected) in [
        (
            "mastodon",
            Some(["2026-11-28T10:01:00Z", "2026-11-28T10:55:00Z"]),
        ),
        (
            "hollo",
            Some(["2026-11-28T10:01:00Z", "2026-11-28T10:55:00Z"]),
        ),
        ("snac", None),
        ("gotosocial", None),
    ] {
        let server = start(software, Vec::new()).await;
        let sink = sink(&server.uri(), &json!({}));
        let cx = at("2026-11-28T10:00:00Z");
        let prepared = prepared(&*sink, &cx, &composed(&*sink, &post())).await;
        let expected = expected.map_or(Repeat::Never, |[from, until]| Repeat::Keyed {
            from: Some(from.parse().unwrap()),
            until: until.parse().unwrap(),
        });
        assert_eq!(prepared.repeat, [expected], "{software}");
        assert_eq!(prepared.slots["links"], json!([LINK]));
        assert_eq!(prepared.account.as_deref(), Some("1"));
    }
}

#[tokio::test]
async fn unknown_software_never_repeats() {
    let foreign = json!({"links": [{
        "rel": "http://nodeinfo.diaspora.software/ns/schema/2.1",
        "href": "https://elsewhere.example/nodeinfo/2.1",
    }]});
    for links in [
        ResponseTemplate::new(404),
        answer(200, &foreign),
        answer(200, &json!([])),
    ] {
        let mocks = vec![mock("GET", "/.well-known/nodeinfo", links)];
        let server = start("mastodon", mocks).await;
        let sink = sink(&server.uri(), &json!({}));
        let prepared = prepared(&*sink, &context(), &composed(&*sink, &post())).await;
        assert_eq!(prepared.repeat, [Repeat::Never]);
    }
}

#[tokio::test]
async fn processed_upload_fills_slot() {
    let pending = json!({"id": "9", "url": null});
    let mocks = vec![
        mock("POST", "/api/v2/media", answer(202, &pending)),
        mock("GET", "/api/v1/media/9", ResponseTemplate::new(206)).up_to_n_times(2),
        mock(
            "GET",
            "/api/v1/media/9",
            answer(200, &json!({"id": "9", "url": "https://a.example/9"})),
        ),
    ];
    let server = start("mastodon", mocks).await;
    let sink = sink(&server.uri(), &json!({}));
    let prepared = prepared(&*sink, &context(), &composed(&*sink, &picture_post())).await;
    let create = prepared.create().unwrap();
    assert_eq!(create.request.body.as_json()["media_ids"], json!(["9"]));
    assert_eq!(requests(&server, "/api/v1/media/9").await.len(), 3);
    let uploads = requests(&server, "/api/v2/media").await;
    let upload = String::from_utf8_lossy(&uploads[0].body).into_owned();
    for part in [
        "name=\"description\"",
        "A chart",
        "bytes of a picture",
        "media-0.png",
    ] {
        assert!(upload.contains(part), "{part}: {upload}");
    }
    assert_eq!(
        uploads[0].headers["authorization"],
        "Bearer example-token-1"
    );
}

#[tokio::test]
async fn upload_wait_ends() {
    let mocks = vec![
        mock(
            "POST",
            "/api/v2/media",
            answer(202, &json!({"id": "9", "url": null})),
        ),
        mock("GET", "/api/v1/media/9", ResponseTemplate::new(206)),
    ];
    let server = start("mastodon", mocks).await;
    let sink = sink(&server.uri(), &json!({}));
    let payload = composed(&*sink, &picture_post());
    let error = sink
        .prepare(&context(), &payload.steps, &payload.media)
        .await
        .unwrap_err();
    assert_eq!(error.kind, PublishErrorKind::Unavailable);
    let polls = requests(&server, "/api/v1/media/9").await.len();
    assert!((20..50).contains(&polls), "{polls}");
}

#[tokio::test]
async fn refused_upload_is_rejected() {
    let refusal = json!({"error": "Validation failed: File content type is invalid"});
    let mocks = vec![mock("POST", "/api/v2/media", answer(422, &refusal))];
    let server = start("mastodon", mocks).await;
    let sink = sink(&server.uri(), &json!({}));
    let payload = composed(&*sink, &picture_post());
    let error = sink
        .prepare(&context(), &payload.steps, &payload.media)
        .await
        .unwrap_err();
    assert_eq!(error.kind, PublishErrorKind::Rejected);
}

#[tokio::test]
async fn send_adds_key_and_token() {
    let created = super::support::status("110", "2026-11-28T10:00:01.000Z", LINK);
    let server = start(
        "mastodon",
        vec![mock("POST", "/api/v1/statuses", answer(200, &created))],
    )
    .await;
    let sink = sink(&server.uri(), &json!({}));
    let cx = context();
    let prepared = prepared(&*sink, &cx, &composed(&*sink, &post())).await;
    let receipt = sink.send(&cx, &prepared, 0).await.unwrap();
    assert_eq!(receipt.id.as_deref(), Some("110"));
    assert_eq!(
        receipt.url.as_deref(),
        Some("https://example.social/@jane/110")
    );
    assert_eq!(receipt.extra["edited_at"], json!(null));
    let sent = requests(&server, "/api/v1/statuses").await;
    assert_eq!(
        sent[0].headers["idempotency-key"],
        "0193a7c5-0000-7000-8000-000000000001"
    );
    assert_eq!(sent[0].headers["authorization"], "Bearer example-token-1");
    assert_eq!(sent[0].headers["content-type"], "application/json");
}

use axum::http::{Method, StatusCode};
use image::ImageFormat;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{Call, Client, DEMO, picture, text_post};

fn with_content(content: Value) -> Value {
    let mut post = text_post("hi");
    post["content"] = content;
    post
}

async fn uploaded(client: &Client, kind: &str, bytes: &[u8]) -> String {
    let (urn, path) = client.open_medium(kind, DEMO).await;
    assert_eq!(client.put(&path, bytes).await.status, StatusCode::CREATED);
    urn
}

async fn image(client: &Client, side: u32) -> String {
    uploaded(client, "image", &picture(side, side, ImageFormat::Png)).await
}

fn poll() -> Value {
    json!({"poll": {
        "question": "Tea or coffee?",
        "options": [{"text": "Tea"}, {"text": "Coffee"}],
        "settings": {"duration": "THREE_DAYS", "voteSelectionType": "SINGLE_VOTE",
                     "isVoterVisibleToAuthor": true},
    }})
}

/// Returns the code of the first error that the content service reports for `post`.
async fn code(client: &Client, post: &Value) -> String {
    let reply = client.post(post).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{}", reply.text());
    let code = &reply.json()["errorDetails"]["inputErrors"][0]["code"];
    code.as_str().unwrap().to_owned()
}

#[tokio::test]
async fn media_post_shows_picture() {
    let client = Client::new();
    let urn = image(&client, 2).await;
    let reply = client
        .post(&with_content(
            json!({"media": {"id": urn, "altText": "A square"}}),
        ))
        .await;
    assert!(reply.header("x-restli-id").starts_with("urn:li:share:"));
    let seen = &client.get("/feed.json").await.json()[0]["media"][0];
    assert_eq!(
        (&seen["alt"], &seen["media_type"]),
        (&json!("A square"), &json!("image/png"))
    );
    let page = client.get("/").await.text();
    assert!(page.contains("class=\"picture\" src=\"/media/"), "{page}");
}

#[tokio::test]
async fn media_alt_text_limit_is_4086() {
    let client = Client::new();
    let urn = image(&client, 2).await;
    let of =
        |length: usize| with_content(json!({"media": {"id": urn, "altText": "x".repeat(length)}}));
    assert_eq!(client.post(&of(4086)).await.status, StatusCode::CREATED);
    assert_eq!(code(&client, &of(4087)).await, "FIELD_LENGTH_TOO_LONG");
}

#[tokio::test]
async fn multi_image_has_2_to_20_own_images() {
    let client = Client::new();
    let mut images = Vec::new();
    for side in 1..=21 {
        images.push(json!({"id": image(&client, side).await, "altText": "x"}));
    }
    let of = |images: &[Value]| with_content(json!({"multiImage": {"images": images}}));
    assert_eq!(
        code(&client, &of(&images[..1])).await,
        "INVALID_VALUE_FOR_FIELD"
    );
    assert_eq!(
        code(&client, &of(&images)).await,
        "FIELD_ARRAY_SIZE_TOO_HIGH"
    );
    for count in [2, 20] {
        let reply = client.post(&of(&images[..count])).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
    }
    let again = client.post(&of(&images[..2])).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut same_bytes = images[..2].to_vec();
    same_bytes[1]["id"] = image(&client, 2).await.into();
    let reply = client.post(&of(&same_bytes)).await;
    assert!(
        reply.text().contains("DUPLICATE_POST"),
        "another URN makes no other picture"
    );

    let document = uploaded(&client, "document", b"%PDF-1.7").await;
    images[1]["id"] = document.into();
    assert_eq!(code(&client, &of(&images[..2])).await, "INVALID_URN_TYPE");
}

#[tokio::test]
async fn document_needs_title_and_valid_bytes() {
    let client = Client::new();
    let urn = uploaded(&client, "document", b"%PDF-1.7 and so on").await;
    assert!(urn.starts_with("urn:li:document:"));
    let untitled = with_content(json!({"media": {"id": urn}}));
    assert_eq!(code(&client, &untitled).await, "MISSING_FIELD");
    let titled = |urn: &str| with_content(json!({"media": {"id": urn, "title": "My slides"}}));
    assert_eq!(client.post(&titled(&urn)).await.status, StatusCode::CREATED);
    let page = client.get("/").await.text();
    assert!(page.contains("My slides") && page.contains("PDF"), "{page}");

    let other = uploaded(&client, "document", b"no document").await;
    let status = Call::rest(
        Method::GET,
        &format!("/rest/documents/{}", other.replace(':', "%3A")),
    );
    let status = client.send(status).await.json();
    assert_eq!(status["status"], "PROCESSING_FAILED");
    assert_eq!(
        client.post(&titled(&other)).await.status,
        StatusCode::CREATED
    );
    let hidden = client
        .sandbox
        .posts()
        .pop()
        .unwrap()
        .hidden_because
        .unwrap();
    assert!(hidden.contains("not a PDF"), "{hidden}");
}

#[tokio::test]
async fn poll_limits_are_checked() {
    let client = Client::new();
    let reply = client.post(&with_content(poll())).await;
    assert!(reply.header("x-restli-id").starts_with("urn:li:ugcPost:"));
    let seen = &client.get("/feed.json").await.json()[0]["poll"];
    assert_eq!(
        *seen,
        json!({"question": "Tea or coffee?", "options": ["Tea", "Coffee"], "days": 3})
    );
    assert!(client.get("/").await.text().contains("3 days left"));

    for (pointer, value, expected) in [
        ("question", json!("x".repeat(141)), "FIELD_LENGTH_TOO_LONG"),
        ("question", json!(" "), "INVALID_VALUE_BLANK_FIELD"),
        (
            "options",
            json!([{"text": "Tea"}]),
            "INVALID_VALUE_FOR_FIELD",
        ),
        (
            "options",
            json!([{"text": "1"}, {"text": "2"}, {"text": "3"}, {"text": "4"}, {"text": "5"}]),
            "FIELD_ARRAY_SIZE_TOO_HIGH",
        ),
        (
            "options",
            json!([{"text": "Tea"}, {"text": "x".repeat(31)}]),
            "FIELD_LENGTH_TOO_LONG",
        ),
        (
            "settings",
            json!({"duration": "ONE_DAY", "voteSelectionType": "MULTIPLE_VOTE"}),
            "INVALID_VALUE_FOR_FIELD",
        ),
        (
            "settings",
            json!({"duration": "ONE_DAY", "isVoterVisibleToAuthor": false}),
            "INVALID_VALUE_FOR_FIELD",
        ),
    ] {
        let mut post = with_content(poll());
        post["content"]["poll"][pointer] = value;
        assert_eq!(code(&client, &post).await, expected, "{post}");
    }
    let mut post = with_content(poll());
    post["content"]["poll"]["settings"]["duration"] = "TWO_DAYS".into();
    assert_eq!(
        client.post(&post).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn reshare_shows_parent() {
    let client = Client::new();
    let parent = client.post(&text_post("the first")).await;
    let parent = parent.header("x-restli-id");
    let reshare = |commentary: &str, parent: &str| {
        let mut post = text_post(commentary);
        post["reshareContext"] = json!({"parent": parent});
        post
    };
    for (commentary, urn) in [("look", parent), ("", parent), ("look", "urn:li:ugcPost:7")] {
        let reply = client.post(&reshare(commentary, urn)).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
    }
    let feed = client.get("/feed.json").await.json();
    assert_eq!(
        feed[1]["reshared"],
        json!({"id": parent, "author": DEMO, "text": "the first"})
    );
    assert_eq!(feed[3]["reshared"]["text"], Value::Null);
    let page = client.get("/").await.text();
    assert!(page.contains("class=\"reshared\""), "{page}");

    assert_eq!(
        code(&client, &reshare("a", "urn:li:activity:7")).await,
        "INVALID_URN_TYPE"
    );
    let mut with_poll = reshare("a", parent);
    with_poll["content"] = poll();
    assert_eq!(code(&client, &with_poll).await, "INVALID_VALUE_FOR_FIELD");
    let mut rooted = reshare("a", parent);
    rooted["reshareContext"]["root"] = parent.into();
    assert_eq!(client.post(&rooted).await.status, StatusCode::FORBIDDEN);
    let mut kept = text_post("for myself");
    kept["isReshareDisabledByAuthor"] = true.into();
    let kept = client.post(&kept).await;
    let post = reshare("a", kept.header("x-restli-id"));
    assert_eq!(code(&client, &post).await, "INVALID_VALUE_FOR_FIELD");
}

#[tokio::test]
async fn media_need_kind_and_owner() {
    let client = Client::new();
    for (urn, expected) in [
        ("https://example.org/a.png", "INVALID_URN_TYPE"),
        ("urn:li:digitalmediaAsset:D5622AQ1", "INVALID_URN_TYPE"),
        ("urn:li:image:none", "INVALID_IMAGE_ID"),
        ("urn:li:video:none", "INVALID_VIDEO_ID"),
        ("urn:li:document:none", "INVALID_URN_ID"),
    ] {
        let post = with_content(json!({"media": {"id": urn, "title": "x"}}));
        assert_eq!(code(&client, &post).await, expected, "{urn}");
    }
    let (pages, _) = client.open_upload("urn:li:organization:12").await;
    let reply = client
        .post(&with_content(json!({"media": {"id": pages}})))
        .await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    assert!(reply.text().contains("[/content/media/id]"));
}

#[tokio::test]
async fn processing_delay_hides_post() {
    let delay = SignedDuration::from_secs(90);
    let client = Client::of(Client::new().sandbox.with_media_delay(delay));
    let urn = image(&client, 2).await;
    let status = |client: Client| {
        let path = format!("/rest/images/{}", urn.replace(':', "%3A"));
        async move { client.send(Call::rest(Method::GET, &path)).await.json()["status"].clone() }
    };
    let reply = client
        .post(&with_content(json!({"media": {"id": urn}})))
        .await;
    assert_eq!(
        reply.status,
        StatusCode::CREATED,
        "the post does not wait for processing"
    );
    for (time, expected, visible) in [
        ("2026-11-22T12:00:00Z", "PROCESSING", false),
        ("2026-11-22T12:01:29Z", "PROCESSING", false),
        ("2026-11-22T12:01:30Z", "AVAILABLE", true),
    ] {
        assert_eq!(status(client.at(time)).await, expected, "{time}");
        let seen = client.at(time).sandbox.posts().pop().unwrap();
        assert_eq!(seen.visible, visible, "{time}");
    }
}

use axum::http::StatusCode;
use image::ImageFormat;
use serde_json::{Value, json};

use super::{Client, DEMO, article_post, picture, text_post};

fn with_picture(commentary: &str, image: &str) -> Value {
    let mut post = article_post(commentary);
    post["content"]["article"]["thumbnail"] = image.into();
    post["content"]["article"]["thumbnailAltText"] = "A square".into();
    post
}

#[tokio::test]
async fn created_post_has_headers_without_body() {
    let client = Client::new();
    let reply = client.post(&text_post("hello")).await;
    assert_eq!((reply.status, reply.body.len()), (StatusCode::CREATED, 0));
    let urn = reply.header("x-restli-id");
    let id = urn.strip_prefix("urn:li:share:").unwrap();
    assert!(
        id.len() == 19 && id.bytes().all(|byte| byte.is_ascii_digit()),
        "{urn}"
    );
    assert_eq!(
        reply.header("location"),
        format!("/posts/urn%3Ali%3Ashare%3A{id}")
    );
    assert_eq!(reply.header("x-restli-protocol-version"), "2.0.0");
    for name in ["x-li-fabric", "x-li-pop", "x-li-proto", "x-li-uuid"] {
        assert!(!reply.header(name).is_empty(), "{name}");
    }
    let second = client.post(&text_post("more")).await;
    assert_ne!(second.header("x-restli-id"), urn);
    assert_ne!(second.header("x-li-uuid"), reply.header("x-li-uuid"));
}

#[tokio::test]
async fn card_with_picture_is_visible() {
    let client = Client::new();
    let (image, path) = client.open_upload(DEMO).await;
    client.put(&path, &picture(8, 4, ImageFormat::Jpeg)).await;
    let body = with_picture(r"A {hashtag|\#|rust} post \(part 2\) #now", &image);
    let reply = client.post(&body).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());

    let id = image.rsplit(':').next().unwrap();
    assert_eq!(
        client.get("/feed.json").await.json(),
        json!([{
            "id": reply.header("x-restli-id"),
            "author": DEMO,
            "text": "A #rust post (part 2) #now",
            "cut_at": null,
            "visible": true,
            "hidden_because": null,
            "article": {
                "source": "https://www.example.org/a",
                "title": "A title (plain)",
                "description": "A description",
                "image": format!("/media/{id}"),
                "alt": "A square",
            },
            "media": [],
            "poll": null,
            "reshared": null,
            "raw": body,
            "created": "2026-11-22T12:00:00Z",
            "edited": null,
        }])
    );
}

#[tokio::test]
async fn cut_text_is_accepted_and_reported() {
    let client = Client::new();
    let reply = client.post(&text_post("On the blog (part 2)")).await;
    assert_eq!(
        reply.status,
        StatusCode::CREATED,
        "LinkedIn accepts it without a word"
    );
    let post = client.sandbox.posts().pop().unwrap();
    assert_eq!(post.text, "On the blog ");
    let cut = post.cut_at.unwrap();
    assert_eq!((cut.character, cut.position), ('(', 13));
    assert_eq!(client.get("/feed.json").await.json()[0]["cut_at"], 13);
}

#[tokio::test]
async fn post_with_failed_picture_is_invisible() {
    let client = Client::new();
    let (image, path) = client.open_upload(DEMO).await;
    let reply = client.post(&with_picture("hi", &image)).await;
    assert_eq!(reply.status, StatusCode::CREATED);
    let seen = || client.sandbox.posts().pop().unwrap();
    assert!(!seen().visible);
    assert_eq!(
        seen().hidden_because.unwrap(),
        "its picture was never uploaded"
    );

    client.put(&path, b"no picture").await;
    assert!(
        seen()
            .hidden_because
            .unwrap()
            .starts_with("its picture failed")
    );
    assert_eq!(seen().article.unwrap().image, None);

    client.put(&path, &picture(2, 2, ImageFormat::Png)).await;
    assert!(
        seen().visible,
        "a picture that was processed later is visible"
    );
}

#[tokio::test]
async fn picture_of_other_owner_is_refused() {
    let client = Client::new();
    let (image, path) = client.open_upload("urn:li:organization:12").await;
    client.put(&path, &picture(2, 2, ImageFormat::Png)).await;
    let mut post = with_picture("hi", &image);
    let reply = client.post(&post).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    assert!(reply.text().contains("[/content/article/thumbnail]"));

    post["author"] = "urn:li:organization:12".into();
    for commentary in ["hi", "the same picture again"] {
        post["commentary"] = commentary.into();
        assert_eq!(client.post(&post).await.status, StatusCode::CREATED);
    }
}

#[tokio::test]
async fn feed_distribution_none_is_invisible() {
    let client = Client::new();
    let mut post = text_post("hi");
    post["distribution"]["feedDistribution"] = "NONE".into();
    client.post(&post).await;
    assert!(!client.sandbox.posts()[0].visible);
}

#[tokio::test]
async fn connections_and_pages_are_accepted() {
    let client = Client::new();
    let mut post = text_post("hi");
    post["visibility"] = "CONNECTIONS".into();
    assert_eq!(client.post(&post).await.status, StatusCode::CREATED);
    post["author"] = "urn:li:organization:12".into();
    assert_eq!(client.post(&post).await.status, StatusCode::BAD_REQUEST);
    post["visibility"] = "PUBLIC".into();
    assert_eq!(client.post(&post).await.status, StatusCode::CREATED);
}

use axum::http::{Method, StatusCode};
use image::ImageFormat;
use serde_json::json;

use super::{Call, Client, DEMO, picture};

fn encoded(urn: &str) -> String {
    format!("/rest/images/{}", urn.replace(':', "%3A"))
}

async fn status_of(client: &Client, urn: &str) -> serde_json::Value {
    client
        .send(Call::rest(Method::GET, &encoded(urn)))
        .await
        .json()
}

#[tokio::test]
async fn uploaded_picture_is_available() {
    let client = Client::new();
    let (urn, path) = client.open_upload(DEMO).await;
    assert!(urn.starts_with("urn:li:image:D5610AQ"), "{urn}");
    assert_eq!(status_of(&client, &urn).await["status"], "WAITING_UPLOAD");

    let png = picture(4, 2, ImageFormat::Png);
    let reply = client.put(&path, &png).await;
    assert_eq!((reply.status, reply.body.len()), (StatusCode::CREATED, 0));
    let status = status_of(&client, &urn).await;
    assert_eq!(status["status"], "AVAILABLE");
    assert_eq!(
        (&status["id"], &status["owner"]),
        (&json!(urn), &json!(DEMO))
    );

    let download = status["downloadUrl"].as_str().unwrap();
    let media = client
        .get(download.strip_prefix(super::BASE).unwrap())
        .await;
    assert_eq!(media.header("content-type"), "image/png");
    assert_eq!(media.header("x-content-type-options"), "nosniff");
    assert_eq!(media.body, png);

    let gif = picture(3, 3, ImageFormat::Gif);
    client.put(&path, &gif).await;
    let media = client
        .get(download.strip_prefix(super::BASE).unwrap())
        .await;
    assert_eq!(media.body, gif, "a second upload replaces the first");
}

#[tokio::test]
async fn upload_ids_differ_and_are_reproducible() {
    let client = Client::new();
    let first = client.open_upload(DEMO).await;
    let second = client.open_upload(DEMO).await;
    assert_ne!(first.0, second.0);
    assert_ne!(first.1, second.1);
    assert_eq!(Client::new().open_upload(DEMO).await, first);
}

#[tokio::test]
async fn invalid_picture_fails_silently() {
    let truncated = picture(64, 64, ImageFormat::Png)[..60].to_vec();
    // Only the header is read for the size, so the pixels are not needed.
    let sized = |width: u16, height: u16| {
        let mut gif = picture(1, 1, ImageFormat::Gif);
        gif[6..8].copy_from_slice(&width.to_le_bytes());
        gif[8..10].copy_from_slice(&height.to_le_bytes());
        gif
    };
    for (bytes, why) in [
        (b"no picture".to_vec(), "not a picture"),
        (picture(4, 4, ImageFormat::WebP), "image/webp is not one of"),
        (truncated, "cannot be decoded"),
        // 36,152,320 = 6080 × 5946.1, so 5947 rows are the first that are too many.
        (sized(6080, 5947), "6080 × 5947 pixels are"),
    ] {
        let client = Client::new();
        let (urn, path) = client.open_upload(DEMO).await;
        assert_eq!(client.put(&path, &bytes).await.status, StatusCode::CREATED);
        assert_eq!(
            status_of(&client, &urn).await["status"],
            "PROCESSING_FAILED"
        );
        let id = urn.rsplit(':').next().unwrap();
        let media = client.get(&format!("/media/{id}")).await;
        assert_eq!(media.status, StatusCode::NOT_FOUND);
        let record = client.get("/log").await.text();
        assert!(record.contains(why), "`{why}` is missing in {record}");
    }
}

#[tokio::test]
async fn animation_with_too_many_frames_fails() {
    for (frames, status) in [(250, "AVAILABLE"), (251, "PROCESSING_FAILED")] {
        let mut gif = Vec::new();
        {
            let mut encoder = image::codecs::gif::GifEncoder::new_with_speed(&mut gif, 30);
            let frame = image::RgbaImage::from_pixel(1, 1, image::Rgba([1, 2, 3, 255]));
            let frames = (0..frames).map(|_| image::Frame::new(frame.clone()));
            encoder.encode_frames(frames).unwrap();
        }
        let client = Client::new();
        let (urn, path) = client.open_upload(DEMO).await;
        client.put(&path, &gif).await;
        assert_eq!(status_of(&client, &urn).await["status"], status, "{frames}");
    }
}

#[tokio::test]
async fn upload_not_opened_is_refused() {
    let client = Client::new();
    let (_, path) = client.open_upload(DEMO).await;
    let png = picture(2, 2, ImageFormat::Png);
    let without_query = path.split('?').next().unwrap();
    let upload = || Call::upload(&path, &png);
    for (call, status) in [
        (upload().without("authorization"), 401),
        (upload().with("authorization", "Bearer member-else"), 403),
        (upload().without("content-length"), 411),
        (upload().with("content-type", "image/webp"), 415),
        (Call::upload(without_query, &png), 404),
        (
            Call::upload("/dms-uploads/sp/v2/none/uploaded-image/0?ut=a", &png),
            404,
        ),
    ] {
        assert_eq!(client.send(call).await.status.as_u16(), status);
    }
    let tomorrow = client.at("2026-11-23T12:00:00Z");
    assert_eq!(
        tomorrow.send(upload()).await.json()["code"],
        "EXPIRED_UPLOAD_URL"
    );
    let typed = upload().with("content-type", "image/png");
    assert_eq!(client.send(typed).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn oversized_upload_is_refused() {
    let client = Client::new();
    let (urn, path) = client.open_upload(DEMO).await;
    let reply = client.put(&path, &vec![0; (64 << 20) + 1]).await;
    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(reply.json()["code"], "REQUEST_ENTITY_TOO_LARGE");
    assert_eq!(status_of(&client, &urn).await["status"], "WAITING_UPLOAD");
}

#[tokio::test]
async fn open_upload_checks_request() {
    let client = Client::new();
    let path = "/rest/images?action=initializeUpload";
    let open = |path: &str, body| Call::rest(Method::POST, path).json(&body);
    let owner = |owner: &str| json!({"initializeUploadRequest": {"owner": owner}});
    for (call, status, word) in [
        (
            open(path, owner("urn:li:person:else")),
            403,
            "[/initializeUploadRequest/owner]",
        ),
        (
            open(path, owner("s4ndb0xQ")),
            403,
            "[/initializeUploadRequest/owner]",
        ),
        (
            open(path, json!({"registerUploadRequest": {}})),
            403,
            "[/registerUploadRequest]",
        ),
        (
            open(path, json!({"initializeUploadRequest": {}})),
            422,
            "/initializeUploadRequest/owner",
        ),
        (open("/rest/images", owner(DEMO)), 400, "initializeUpload"),
        (
            open(path, owner(DEMO)).with("authorization", "Bearer noscope"),
            403,
            "partnerApiImagesExternal",
        ),
    ] {
        let reply = client.send(call).await;
        assert_eq!(reply.status.as_u16(), status, "{}", reply.text());
        assert!(reply.text().contains(word), "{}", reply.text());
    }
    client.open_upload("urn:li:organization:12").await;
}

#[tokio::test]
async fn urn_in_path_must_be_encoded() {
    let client = Client::new();
    let (urn, _) = client.open_upload(DEMO).await;
    let raw = client
        .send(Call::rest(Method::GET, &format!("/rest/images/{urn}")))
        .await;
    assert_eq!(
        raw.json(),
        json!({"status": 400, "code": "ILLEGAL_ARGUMENT", "message": "Syntax exception in path variables"})
    );
    let unknown = client
        .send(Call::rest(Method::GET, &encoded("urn:li:image:x")))
        .await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    let foreign =
        Call::rest(Method::GET, &encoded(&urn)).with("authorization", "Bearer member-else");
    assert_eq!(client.send(foreign).await.status, StatusCode::FORBIDDEN);
}

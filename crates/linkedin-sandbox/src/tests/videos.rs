use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use super::{BASE, Call, Client, DEMO, text_post};

const PART: usize = 4 << 20;

fn mp4(length: usize) -> Vec<u8> {
    let mut bytes = b"\0\0\0\x18ftypisom".to_vec();
    bytes.resize(length, 7);
    bytes
}

fn act(action: &str, body: Value) -> Call {
    let path = format!("/rest/videos?action={action}");
    Call::rest(Method::POST, &path).json(&body)
}

fn initialize(size: impl Into<Value>) -> Call {
    let size: Value = size.into();
    act(
        "initializeUpload",
        json!({"initializeUploadRequest": {
            "owner": DEMO, "fileSizeBytes": size, "uploadCaptions": false, "uploadThumbnail": false,
        }}),
    )
}

fn finalize(video: &str, etags: &[String]) -> Call {
    act(
        "finalizeUpload",
        json!({"finalizeUploadRequest": {
            "video": video, "uploadToken": "", "uploadedPartIds": etags,
        }}),
    )
}

fn part(url: &Value, bytes: &[u8]) -> Call {
    let path = url.as_str().unwrap().strip_prefix(BASE).unwrap();
    Call::upload(path, bytes)
        .without("authorization")
        .with("content-type", "application/octet-stream")
}

fn post(video: &str) -> Value {
    let mut post = text_post("moving");
    post["content"] = json!({"media": {"id": video, "title": "A film"}});
    post
}

/// Opens and sends a video of `bytes`. Returns its URN and the identifiers of its parts.
async fn sent(client: &Client, bytes: &[u8]) -> (String, Vec<String>) {
    let opened = client.send(initialize(bytes.len())).await.json();
    let mut etags = Vec::new();
    for instruction in opened["value"]["uploadInstructions"].as_array().unwrap() {
        let place = |name: &str| instruction[name].as_u64().unwrap() as usize;
        let range = place("firstByte")..=place("lastByte");
        let reply = client
            .send(part(&instruction["uploadUrl"], &bytes[range]))
            .await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
        etags.push(reply.header("etag").trim_matches('"').to_owned());
    }
    let urn = opened["value"]["video"].as_str().unwrap().to_owned();
    (urn, etags)
}

async fn status(client: &Client, urn: &str) -> Value {
    let path = format!("/rest/videos/{}", urn.replace(':', "%3A"));
    client.send(Call::rest(Method::GET, &path)).await.json()
}

#[tokio::test]
async fn video_is_uploaded_in_parts() {
    let client = Client::new();
    let bytes = mp4(PART + 10);
    let opened = client.send(initialize(bytes.len())).await.json();
    let places: Vec<_> = opened["value"]["uploadInstructions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| (part["firstByte"].clone(), part["lastByte"].clone()))
        .collect();
    assert_eq!(
        places,
        [(json!(0), json!(PART - 1)), (json!(PART), json!(PART + 9))]
    );
    assert_eq!(opened["value"]["uploadToken"], "");

    let (urn, etags) = sent(&client, &bytes).await;
    assert_eq!(status(&client, &urn).await["status"], "WAITING_UPLOAD");
    let reversed: Vec<String> = etags.iter().rev().cloned().collect();
    for wrong in [&reversed[..], &etags[..1]] {
        let reply = client.send(finalize(&urn, wrong)).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST);
        assert!(reply.text().contains("uploadedPartIds"), "{}", reply.text());
    }
    let reply = client.send(finalize(&urn, &etags)).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    let status = status(&client, &urn).await;
    assert_eq!(status["status"], "AVAILABLE");
    let download = status["downloadUrl"].as_str().unwrap();
    let media = client.get(download.strip_prefix(BASE).unwrap()).await;
    assert_eq!(media.body, bytes);

    let reply = client.post(&post(&urn)).await;
    assert!(reply.header("x-restli-id").starts_with("urn:li:ugcPost:"));
    assert!(client.get("/").await.text().contains("<video"));
}

#[tokio::test]
async fn missing_or_invalid_video_is_refused() {
    let client = Client::new();
    let (urn, etags) = sent(&client, &mp4(80_000)).await;
    let waiting = client.post(&post(&urn)).await;
    assert!(
        waiting.text().contains("MEDIA_ASSET_WAITING_UPLOAD"),
        "{}",
        waiting.text()
    );
    client.send(finalize(&urn, &etags)).await;
    assert_eq!(client.post(&post(&urn)).await.status, StatusCode::CREATED);

    let (urn, etags) = sent(&client, &[1; 80_000]).await;
    assert_eq!(
        client.send(finalize(&urn, &etags)).await.status,
        StatusCode::OK
    );
    let status = status(&client, &urn).await;
    assert_eq!(status["status"], "PROCESSING_FAILED");
    assert_eq!(status["processingFailureReason"], "it is not an MP4 video");
    let failed = client.post(&post(&urn)).await;
    assert!(
        failed.text().contains("MEDIA_ASSET_PROCESSING_FAILED"),
        "{}",
        failed.text()
    );
}

#[tokio::test]
async fn video_parts_and_calls_are_checked() {
    let client = Client::new();
    let opened = client.send(initialize(80_000)).await.json();
    let url = &opened["value"]["uploadInstructions"][0]["uploadUrl"];
    let whole = mp4(80_000);
    for (call, status) in [
        (part(url, &whole[1..]), 400),
        (part(url, &whole).with("content-type", "video/mp4"), 415),
        (part(url, &whole).without("content-length"), 411),
        (
            part(
                &url.as_str().unwrap().replace("-video/0", "-video/1").into(),
                &whole,
            ),
            404,
        ),
    ] {
        assert_eq!(client.send(call).await.status.as_u16(), status);
    }
    let urn = opened["value"]["video"].as_str().unwrap();
    for (call, status, word) in [
        (initialize(0), 400, "fileSizeBytes"),
        (initialize((500_u64 << 20) + 1), 400, "fileSizeBytes"),
        (initialize("many"), 422, "cannot be coerced to Long"),
        (finalize(urn, &[]), 400, "MEDIA_ASSET_WAITING_UPLOAD"),
        (finalize("urn:li:video:none", &[]), 400, "INVALID_VIDEO_ID"),
        (act("other", json!({})), 400, "action=initializeUpload"),
        (
            initialize(5).with("authorization", "Bearer noscope"),
            403,
            "partnerApiVideosExternal",
        ),
    ] {
        let reply = client.send(call).await;
        assert_eq!(reply.status.as_u16(), status, "{}", reply.text());
        assert!(reply.text().contains(word), "{}", reply.text());
    }
}

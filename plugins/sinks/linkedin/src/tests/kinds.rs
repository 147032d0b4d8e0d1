//! Every kind of post in every dialect, against a mock of LinkedIn: the fields of each request, and
//! the contract of all sinks.

use serde_json::{Value, json};
use syndicate_api::testkit::{TestPlatform, check_delivery};
use syndicate_api::{Attachment, Code, Post, PublishError, PublishErrorKind};
use wiremock::matchers::{body_json, header, method, path, query_param};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::fixture;

const DOCUMENT: &str = "urn:li:document:D5610AQEYzRR1C4dhFA";
const VIDEO: &str = "urn:li:video:C5505AQH";
const ASSET: &str = "urn:li:digitalmediaAsset:C5500AQG";
const UGC_POST: &str = "urn:li:ugcPost:7341234567890123456";

fn ok(body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

/// Expects a versioned request for an action with this body.
fn action(interface: &str, action: &str, body: Value) -> wiremock::MockBuilder {
    Mock::given(method("POST"))
        .and(path(format!("/rest/{interface}")))
        .and(query_param("action", action))
        .and(header("LinkedIn-Version", "202609"))
        .and(header("X-Restli-Protocol-Version", "2.0.0"))
        .and(header("Content-Type", "application/json"))
        .and(body_json(body))
}

fn is_unversioned(request: &Request) -> bool {
    !request.headers.contains_key("LinkedIn-Version")
        && request.headers.contains_key("X-Restli-Protocol-Version")
}

fn document(endpoint: &str) -> Vec<Mock> {
    let address = format!("{endpoint}/dms-uploads/doc?a=b");
    let body = json!({"initializeUploadRequest": {"owner": fixture::AUTHOR}});
    let answer = json!({"value": {"uploadUrl": address, "document": DOCUMENT}});
    vec![
        fixture::userinfo(),
        action("documents", "initializeUpload", body).respond_with(ok(&answer)),
        Mock::given(method("PUT"))
            .and(path("/dms-uploads/doc"))
            .and(header(
                "Authorization",
                format!("Bearer {}", fixture::TOKEN),
            ))
            .and(header("Content-Type", "application/pdf"))
            .respond_with(ResponseTemplate::new(201)),
        status(
            "documents",
            "urn%3Ali%3Adocument%3AD5610AQEYzRR1C4dhFA",
            "AVAILABLE",
        ),
    ]
}

fn status(interface: &str, urn: &str, status: &str) -> Mock {
    Mock::given(method("GET"))
        .and(path(format!("/rest/{interface}/{urn}")))
        .and(header("LinkedIn-Version", "202609"))
        .respond_with(ok(
            &json!({"status": status, "processingFailureReason": "no sound"}),
        ))
}

/// The byte ranges and IDs of three parts. The last part is shorter.
const PARTS: [(usize, usize, &str); 3] = [(0, 3, "one"), (4, 7, "two"), (8, 9, "three")];

fn video_as(endpoint: &str, state: &str) -> Vec<Mock> {
    let instructions = PARTS.map(|(first, last, id)| {
        let address = format!("{endpoint}/dms-uploads/{id}");
        json!({"uploadUrl": address, "firstByte": first, "lastByte": last})
    });
    let initialize = json!({"initializeUploadRequest": {
        "owner": fixture::AUTHOR, "fileSizeBytes": 10,
        "uploadCaptions": false, "uploadThumbnail": false
    }});
    let answer = json!({"value": {
        "video": VIDEO, "uploadToken": "", "uploadInstructions": instructions
    }});
    let finalize = json!({"finalizeUploadRequest": {
        "video": VIDEO, "uploadToken": "", "uploadedPartIds": ["one", "two", "three"]
    }});
    let mut mocks = vec![
        fixture::userinfo(),
        action("videos", "initializeUpload", initialize).respond_with(ok(&answer)),
        action("videos", "finalizeUpload", finalize).respond_with(ResponseTemplate::new(200)),
        status("videos", "urn%3Ali%3Avideo%3AC5505AQH", state),
    ];
    mocks.extend(PARTS.map(|(first, last, id)| {
        let bytes = b"0123456789"[first..=last].to_vec();
        Mock::given(method("PUT"))
            .and(path(format!("/dms-uploads/{id}")))
            .and(header("Content-Type", "application/octet-stream"))
            .and(move |request: &Request| {
                request.body == bytes && !request.headers.contains_key("Authorization")
            })
            .respond_with(ResponseTemplate::new(200).insert_header("ETag", format!("\"{id}\"")))
    }));
    mocks
}

fn video(endpoint: &str) -> Vec<Mock> {
    video_as(endpoint, "AVAILABLE")
}

fn asset(endpoint: &str, recipe: &str) -> Vec<Mock> {
    let body = json!({"registerUploadRequest": {
        "recipes": [format!("urn:li:digitalmediaRecipe:{recipe}")],
        "owner": fixture::AUTHOR,
        "serviceRelationships": [
            {"relationshipType": "OWNER", "identifier": "urn:li:userGeneratedContent"}
        ]
    }});
    let answer = json!({"value": {"asset": ASSET, "uploadMechanism": {
        "com.linkedin.digitalmedia.uploading.MediaUploadHttpRequest": {
            "uploadUrl": format!("{endpoint}/dms-uploads/asset")
        }
    }}});
    vec![
        fixture::userinfo(),
        Mock::given(method("POST"))
            .and(path("/v2/assets"))
            .and(query_param("action", "registerUpload"))
            .and(is_unversioned)
            .and(body_json(body))
            .respond_with(ok(&answer)),
        Mock::given(method("PUT"))
            .and(path("/dms-uploads/asset"))
            .and(header(
                "Authorization",
                format!("Bearer {}", fixture::TOKEN),
            ))
            .respond_with(ResponseTemplate::new(201)),
    ]
}

async fn serve(mocks: Vec<Mock>, server: &MockServer) {
    for mock in mocks {
        mock.mount(server).await;
    }
}

/// Checks the contract of all sinks for this post, and the URNs in its slots.
async fn check(
    api: &str,
    post: &Post,
    prepare: &dyn Fn(&str) -> Vec<Mock>,
    creates: (&str, &str),
    created: ResponseTemplate,
    urns: &[&str],
) {
    let sink = |endpoint: &str| fixture::sink_with(json!({"api": api}), endpoint);
    check_delivery(&TestPlatform {
        sink: &sink,
        post,
        secret: fixture::TOKEN,
        prepare,
        creates,
        created,
        refusal: &fixture::refusal,
        odd: &[],
    })
    .await;

    let server = MockServer::start().await;
    serve(prepare(&server.uri()), &server).await;
    let sink = sink(&server.uri());
    let prepared = fixture::prepare(&*sink, &fixture::context(), post).await;
    let slots = prepared.unwrap().slots;
    let media = slots.iter().filter(|(slot, _)| slot.starts_with("media:"));
    let found: Vec<&Value> = media.map(|(_, urn)| urn).collect();
    assert_eq!(found, urns, "{api}");
}

#[tokio::test]
async fn gallery_uploads_every_picture() {
    let post = fixture::with(fixture::pictures(3));
    let urns = [fixture::IMAGE; 3];
    let created = fixture::created();
    check(
        "posts",
        &post,
        &fixture::preparation,
        fixture::POSTS,
        created,
        &urns,
    )
    .await;
}

#[tokio::test]
async fn document_is_uploaded_in_one_put() {
    let post = fixture::with(fixture::document());
    let created = fixture::created();
    check(
        "posts",
        &post,
        &document,
        fixture::POSTS,
        created,
        &[DOCUMENT],
    )
    .await;
}

#[tokio::test]
async fn video_is_uploaded_in_requested_parts() {
    let post = fixture::with(fixture::video());
    let created = ResponseTemplate::new(201).insert_header("x-restli-id", UGC_POST);
    check("posts", &post, &video, fixture::POSTS, created, &[VIDEO]).await;
}

#[tokio::test]
async fn poll_and_reshare_upload_nothing() {
    let me = |_: &str| vec![fixture::userinfo()];
    for attachment in [
        Attachment::Poll(fixture::poll()),
        Attachment::Reshare(fixture::SHARE.to_owned()),
    ] {
        let post = fixture::with(attachment);
        let created = ResponseTemplate::new(201).insert_header("x-restli-id", UGC_POST);
        check("posts", &post, &me, fixture::POSTS, created, &[]).await;
    }
}

#[tokio::test]
async fn older_dialects_keep_contract() {
    let me = |_: &str| vec![fixture::userinfo()];
    let created = || ResponseTemplate::new(201).set_body_json(json!({"id": fixture::SHARE}));
    let ugc = ("POST", "/v2/ugcPosts");
    check("ugc", &fixture::post(), &me, ugc, created(), &[]).await;
    let image = |endpoint: &str| asset(endpoint, "feedshare-image");
    let post = fixture::with(fixture::pictures(1));
    check("ugc", &post, &image, ugc, fixture::created(), &[ASSET]).await;
    let video = |endpoint: &str| asset(endpoint, "feedshare-video");
    let post = fixture::with(fixture::video());
    check("ugc", &post, &video, ugc, created(), &[ASSET]).await;
    check(
        "shares",
        &fixture::post(),
        &me,
        ("POST", "/v2/shares"),
        created(),
        &[],
    )
    .await;
}

#[tokio::test]
async fn older_dialects_send_no_version() {
    for (api, route, id) in [
        ("ugc", "/v2/ugcPosts", fixture::SHARE),
        ("shares", "/v2/shares", "7341234567890123456"),
    ] {
        let server = MockServer::start().await;
        let answer = ResponseTemplate::new(201).set_body_json(json!({"id": id}));
        let create = Mock::given(method("POST"))
            .and(path(route))
            .and(is_unversioned);
        create.respond_with(answer).mount(&server).await;
        fixture::userinfo().mount(&server).await;
        let sink = fixture::sink_with(json!({"api": api}), &server.uri());
        let cx = fixture::context();
        let prepared = fixture::prepare(&*sink, &cx, &fixture::post()).await;
        let receipt = fixture::send(&*sink, &cx, &prepared.unwrap()).await;
        assert_eq!(receipt.unwrap().id.unwrap(), fixture::SHARE, "{api}");
    }
}

async fn prepared(mocks: Vec<Mock>, server: &MockServer, post: &Post) -> PublishError {
    serve(mocks, server).await;
    let sink = fixture::sink(&server.uri());
    let prepared = fixture::prepare(&*sink, &fixture::context(), post).await;
    prepared.unwrap_err()
}

#[tokio::test]
async fn unprocessable_video_stops_post() {
    let server = MockServer::start().await;
    let mocks = video_as(&server.uri(), "PROCESSING_FAILED");
    let error = prepared(mocks, &server, &fixture::with(fixture::video())).await;
    assert_eq!(
        (error.kind, error.code),
        (PublishErrorKind::Rejected, Code::AttachmentFormat)
    );
    assert!(error.message.contains("`demo.mp4`"), "{error}");
    assert_eq!(error.cause.as_deref(), Some("no sound"));
}

#[tokio::test]
async fn video_part_without_etag_fails() {
    let server = MockServer::start().await;
    let nameless = Mock::given(method("PUT")).respond_with(ResponseTemplate::new(200));
    let mut mocks = vec![nameless];
    mocks.extend(video(&server.uri()));
    let error = prepared(mocks, &server, &fixture::with(fixture::video())).await;
    assert_eq!(error.kind, PublishErrorKind::Unavailable);
    assert!(error.message.contains("`ETag`"), "{error}");
}

#[tokio::test]
async fn sandbox_uploads_stay_on_loopback() {
    let server = MockServer::start().await;
    let answer = json!({"value": {"video": VIDEO, "uploadInstructions": [
        {"uploadUrl": "https://www.linkedin.com/dms-uploads/1", "firstByte": 0, "lastByte": 9}
    ]}});
    let initialize = Mock::given(path("/rest/videos")).respond_with(ok(&answer));
    let mocks = vec![fixture::userinfo(), initialize];
    let error = prepared(mocks, &server, &fixture::with(fixture::video())).await;
    assert_eq!(error.kind, PublishErrorKind::Rejected, "{error}");
    assert!(error.message.contains("`www.linkedin.com`"), "{error}");
}

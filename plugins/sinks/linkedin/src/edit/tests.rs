//! Updates and deletions of published posts.

use serde_json::json;
use syndicate_api::{Post, PublishErrorKind, Receipt, RichText, Sink, canonical_json, sha256_hex};
use wiremock::matchers::{body_json, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;
use crate::fixture;

const POST: &str = "/rest/posts/urn%3Ali%3Ashare%3A7341234567890123456";

fn receipt() -> Receipt {
    Receipt::new(fixture::SHARE)
}

/// Returns the payload of the fixture's post in this dialect with this commentary.
fn payload(api: &str, text: &str) -> Payload {
    let mut post = fixture::post();
    post.text = RichText::text(text);
    composed(api, &post)
}

fn composed(api: &str, post: &Post) -> Payload {
    let sink = fixture::sink_with(json!({"api": api}), "http://127.0.0.1:9");
    fixture::compose(&*sink, post).unwrap()
}

/// Returns the revision of the fixture's post with this commentary.
fn revision(text: &str) -> Revision {
    revise(&payload("posts", text)).unwrap()
}

/// Changes the commentary of the post of `receipt`.
async fn update(sink: &dyn Sink, receipt: &Receipt) -> Result<Receipt, PublishError> {
    let change = fixture::change(receipt, &revision("Two").steps);
    sink.update(&fixture::context(), receipt, &change).await
}

#[test]
fn revision_changes_only_commentary() {
    let (a, b) = (revision("One (1)"), revision("Two"));
    assert_eq!(a.fixed, b.fixed);
    assert_ne!(a.steps, b.steps);
    assert_ne!(a.editable, b.editable);
    assert_eq!(
        a.steps[0].request.body.as_json(),
        &json!({"patch": {"$set": {"commentary": "One \\(1\\)"}}})
    );
    assert!(!a.fixed.to_string().contains("One"));

    let mut post = fixture::post();
    post.text = RichText::text("Two");
    let card = post.card.as_mut().unwrap();
    card.picture.as_mut().unwrap().medium.bytes = b"another".as_slice().into();
    let repainted = revise(&composed("posts", &post)).unwrap();
    assert_eq!(repainted.steps, b.steps);
    assert_eq!(repainted.editable, b.editable);
    assert_ne!(repainted.fixed, b.fixed);
}

#[test]
fn ugc_revision_uses_little_text() {
    let revised = |text: &str| revise(&payload("ugc", text)).unwrap();
    let (a, b) = (revised("One (1) #rust"), revised("Two"));
    assert_eq!(a.fixed, b.fixed);
    let request = &a.steps[0].request;
    assert_eq!(request.target(), "/rest/posts/%7Breceipt%3A%2Fid%7D");
    assert_eq!(
        request.body.as_json(),
        &json!({"patch": {"$set": {"commentary": "One \\(1\\) #rust"}}})
    );
    assert!(!a.fixed.to_string().contains("shareCommentary"));
    assert_eq!(revise(&payload("shares", "One")), None);
}

/// The value whose digest earlier versions recorded in the ledger for this commentary.
const RECORDED: &str = r#"[{"body":{"patch":{"$set":{"commentary":"One \\(1\\)"}}},"method":"POST","path":"/rest/posts/{id}"}]"#;
const RECORDED_DIGEST: &str = "c82cf655e18dddfa";

#[test]
fn editable_digest_equals_recorded_one() {
    let editable = canonical_json(&revision("One (1)").editable);
    assert_eq!(editable, RECORDED);
    assert_eq!(sha256_hex(editable.as_bytes())[..16], *RECORDED_DIGEST);
}

#[tokio::test]
async fn retract_trusts_only_linkedin_404() {
    let cx = fixture::context();
    for (body, is_gone) in [
        (r#"{"status":404,"code":"NOT_FOUND","message":"M"}"#, true),
        (
            r#"{"status":404,"serviceErrorCode":100,"message":"M"}"#,
            true,
        ),
        (r#"{"status":404,"message":"Not Found"}"#, false),
        (r#"{"error":"no such route"}"#, false),
        ("{}", false),
        ("<html>404</html>", false),
        ("", false),
    ] {
        let server = MockServer::start().await;
        Mock::given(path(POST))
            .respond_with(ResponseTemplate::new(404).set_body_string(body))
            .mount(&server)
            .await;
        let sink = fixture::sink(&server.uri());
        let retract = sink.retract(&cx, &receipt()).await;
        assert_eq!(retract.is_ok(), is_gone, "{body}");
        let update = update(&*sink, &receipt()).await;
        let error = update.unwrap_err();
        assert_eq!(error.code == Code::PostGone, is_gone, "{body}: {error}");
        if let Err(error) = retract {
            assert_eq!(error.kind, PublishErrorKind::Unavailable, "{body}");
            assert!(error.message.contains("not in LinkedIn's form"), "{error}");
            assert!(error.hint.unwrap().contains("`endpoint`"), "{body}");
        }
    }
}

#[tokio::test]
async fn update_conflict_may_be_repeated() {
    let server = MockServer::start().await;
    let body = json!({"status": 409, "code": "CONFLICT", "message": "M"});
    Mock::given(path(POST))
        .respond_with(ResponseTemplate::new(409).set_body_json(body))
        .mount(&server)
        .await;
    let sink = fixture::sink(&server.uri());
    let error = update(&*sink, &receipt()).await.unwrap_err();
    assert_eq!(error.kind, PublishErrorKind::Unavailable);
    let hint = error.hint.unwrap();
    assert!(
        !hint.contains("created") && hint.contains("no harm"),
        "{hint}"
    );
}

#[test]
fn revision_ignores_picture_metadata() {
    let fixed = |bytes: &'static [u8], source: Option<String>| {
        let mut post = fixture::post();
        let card = post.card.as_mut().unwrap();
        let medium = &mut card.picture.as_mut().unwrap().medium;
        medium.bytes = bytes.into();
        medium.source = source;
        let payload = composed("posts", &post);
        (revise(&payload).unwrap().fixed, payload.hash())
    };
    // An earlier version of this program uploaded the file with its metadata.
    let (then, sent) = fixed(b"with metadata", None);
    let source = syndicate_api::sha256_hex(b"with metadata");
    let (now, previewed) = fixed(b"without", Some(source));
    assert_eq!(then, now);
    assert_ne!(sent, previewed, "the hash is that of what is uploaded");
}

#[tokio::test]
async fn update_sends_partial_update() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path(POST))
        .and(header("X-RestLi-Method", "PARTIAL_UPDATE"))
        .and(header("LinkedIn-Version", "202609"))
        .and(header("X-Restli-Protocol-Version", "2.0.0"))
        .and(header("Content-Type", "application/json"))
        .and(body_json(json!({"patch": {"$set": {"commentary": "Two"}}})))
        .respond_with(ResponseTemplate::new(204))
        .expect(1)
        .mount(&server)
        .await;
    let sink = fixture::sink(&server.uri());
    let updated = update(&*sink, &receipt()).await;
    assert_eq!(updated, Ok(receipt()), "LinkedIn returns no version");
}

#[tokio::test]
async fn retract_of_deleted_post_succeeds() {
    let gone = json!({"status": 404, "code": "NOT_FOUND", "message": "M"});
    for (status, body) in [(204, json!(null)), (404, gone)] {
        let server = MockServer::start().await;
        Mock::given(method("DELETE"))
            .and(path(POST))
            .and(header("X-RestLi-Method", "DELETE"))
            .and(header("LinkedIn-Version", "202609"))
            .respond_with(ResponseTemplate::new(status).set_body_json(body))
            .expect(1)
            .mount(&server)
            .await;
        let sink = fixture::sink(&server.uri());
        sink.retract(&fixture::context(), &receipt()).await.unwrap();
    }
}

#[tokio::test]
async fn lost_edit_response_may_be_repeated() {
    let cx = fixture::context();
    for (status, kind) in [
        (500, PublishErrorKind::Unavailable),
        (504, PublishErrorKind::Unavailable),
        (403, PublishErrorKind::Rejected),
        (422, PublishErrorKind::Rejected),
    ] {
        let server = MockServer::start().await;
        Mock::given(path(POST))
            .respond_with(ResponseTemplate::new(status))
            .mount(&server)
            .await;
        let sink = fixture::sink(&server.uri());
        let update = update(&*sink, &receipt()).await;
        let retract = sink.retract(&cx, &receipt()).await;
        for error in [update.unwrap_err(), retract.unwrap_err()] {
            assert_eq!(error.kind, kind, "{status}: {error}");
            assert!(error.hint.is_some_and(|hint| !hint.is_empty()), "{status}");
        }
    }
    let server = MockServer::start().await;
    Mock::given(path(POST))
        .respond_with(
            ResponseTemplate::new(404)
                .set_body_json(json!({"status": 404, "code": "NOT_FOUND", "message": "M"})),
        )
        .mount(&server)
        .await;
    let sink = fixture::sink(&server.uri());
    let error = update(&*sink, &receipt()).await.unwrap_err();
    assert!(error.message.contains("no longer on LinkedIn"), "{error}");
}

#[tokio::test]
async fn activity_urn_is_refused_without_request() {
    let server = MockServer::start().await;
    let sink = fixture::sink(&server.uri());
    let cx = fixture::context();
    let urn = "urn:li:activity:7341234567890123457";
    let receipt = Receipt::new(urn);
    let update = update(&*sink, &receipt).await.map(drop);
    let retract = sink.retract(&cx, &receipt).await;
    for (outcome, verb) in [(update, "edit it"), (retract, "delete it")] {
        let error = outcome.unwrap_err();
        let expected = (PublishErrorKind::Rejected, Code::Unsupported);
        assert_eq!((error.kind, error.code), expected);
        assert!(error.message.contains(urn), "{error}");
        let hint = error.hint.unwrap();
        assert!(
            hint.contains(verb) && hint.contains("/feed/update/"),
            "{hint}"
        );
    }
    assert_eq!(server.received_requests().await.unwrap().len(), 0);
}

use serde_json::json;
use syndicate_api::testkit::{
    TestPlatform, TestSearch, check_delivery, check_search, check_sink, wiremock,
};

use super::platform::{DID, PASSWORD, PUT, answer, options, post, preparation, refusal, sink};

#[tokio::test]
async fn sink_keeps_contract() {
    check_sink(&crate::PLUGIN, &options("https://pds.example"));
    // The contract test seals at 1970-01-01 with a fixed id.
    let key = crate::tid::post_key(
        jiff::Timestamp::UNIX_EPOCH,
        "0193a7c5-0000-7000-8000-000000000001",
    );
    let uri = format!("at://{DID}/app.bsky.feed.post/{key}");
    let platform = TestPlatform {
        sink: &sink,
        post: &post(),
        secret: PASSWORD,
        prepare: &|_| preparation(),
        creates: ("POST", PUT),
        created: wiremock::ResponseTemplate::new(200)
            .set_body_json(json!({"uri": uri, "cid": "bafyreipost"})),
        refusal: &|status, message| {
            let error = match status {
                401 => "AuthenticationRequired",
                429 => "RateLimitExceeded",
                _ => "InvalidRequest",
            };
            json!({"error": error, "message": message}).to_string()
        },
        odd: &[
            (
                400,
                r#"{"error": "BlobNotFound", "message": "Could not find blob"}"#,
                "unavailable",
            ),
            (
                413,
                r#"{"error": "PayloadTooLarge", "message": "too large"}"#,
                "rejected",
            ),
            (
                500,
                r#"{"error": "InternalServerError", "message": "Internal"}"#,
                "unknown",
            ),
            (
                200,
                r#"{"uri": "at://did:plc:x/app.bsky.feed.post/y", "cid": "z"}"#,
                "unknown",
            ),
            (200, "{}", "unknown"),
        ],
    };
    check_delivery(&platform).await;
    let record = json!({"uri": uri, "cid": "bafyreipost", "value": {"text": "Hello"}});
    let get = "com.atproto.repo.getRecord";
    check_search(
        &platform,
        &TestSearch {
            there: &|_| vec![answer("GET", get, 200, &record)],
            missing: &|_| vec![answer("GET", get, 400, &refusal("RecordNotFound"))],
        },
    )
    .await;
}

use serde_json::{Value, json};
use syndicate_api::testkit::wiremock::ResponseTemplate;
use syndicate_api::testkit::{
    TestListing, TestPlatform, TestPost, TestSearch, check_delivery, check_listing, check_search,
    check_sink,
};
use syndicate_api::{Attachment, Medium, Picture, Post};

use super::support::{LINK, TOKEN, answer, mock, post, server, sink, status};

/// Answers that only this API gives.
const ODD: &[(u16, &str, &str)] = &[
    (
        403,
        r#"{"error": "This action is outside the authorized scopes"}"#,
        "rejected",
    ),
    (404, r#"{"error": "Record not found"}"#, "rejected"),
    // A repeated key, before Mastodon's fix of September 2026: the first post exists.
    (
        500,
        r#"{"error": "undefined method 'account' for nil"}"#,
        "unknown",
    ),
    (
        503,
        r#"{"error": "There was a temporary problem serving your request"}"#,
        "unknown",
    ),
    // snac refuses a token with an empty body.
    (401, "", "unknown"),
    (200, "{}", "unknown"),
    (200, "<html></html>", "unknown"),
];

const LISTING: TestListing<'_> = TestListing {
    path: "/api/v1/accounts/1/statuses",
    page: &|posts, _| posts.iter().map(listed).collect::<Value>().to_string(),
    other_account: &|| {
        let route = "/api/v1/accounts/verify_credentials";
        let other = json!({"id": "2", "acct": "joe", "display_name": "Joe"});
        vec![mock("GET", route, answer(200, &other))]
    },
};

fn listed(post: &TestPost<'_>) -> Value {
    let mut listed = status(&post.number.to_string(), &post.at.to_string(), post.link);
    if !post.is_own {
        listed["account"] = json!({"id": "2", "acct": "joe"});
    }
    listed
}

async fn check(software: &str, post: &Post, options: &Value) {
    let uploads = json!({"id": "9", "type": "image", "url": "https://example.social/9.png"});
    let platform = TestPlatform {
        sink: &|endpoint| sink(endpoint, options),
        post,
        secret: TOKEN,
        prepare: &|url| {
            let mut mocks = server(url, software);
            mocks.push(mock("POST", "/api/v2/media", answer(200, &uploads)));
            mocks
        },
        creates: ("POST", "/api/v1/statuses"),
        created: ResponseTemplate::new(200).set_body_json(status(
            "110",
            "1970-01-01T00:00:00.000Z",
            LINK,
        )),
        refusal: &|_, message| json!({"error": message}).to_string(),
        odd: ODD,
    };
    check_delivery(&platform).await;
    check_listing(&platform, &LISTING).await;
    // The search ends at the first post that is older than the request.
    let older = status(
        "1",
        "1969-12-31T23:00:00.000Z",
        "https://example.org/other/",
    );
    let listing = |posts: &[&Value]| vec![mock("GET", LISTING.path, answer(200, &json!(posts)))];
    let own = status("110", "1970-01-01T00:00:00.000Z", LINK);
    check_search(
        &platform,
        &TestSearch {
            there: &|_| listing(&[&own, &older]),
            missing: &|_| listing(&[&older]),
        },
    )
    .await;
}

#[test]
fn declaration_keeps_contract() {
    check_sink(
        &crate::PLUGIN,
        &json!({"endpoint": "https://example.social"}),
    );
}

#[tokio::test]
async fn keyed_server_keeps_contract() {
    check("mastodon", &post(), &json!({})).await;
}

#[tokio::test]
async fn server_without_keys_keeps_contract() {
    let options = json!({"content_warning": "Rust", "visibility": "unlisted", "sensitive": true});
    check("snac", &post(), &options).await;
}

#[tokio::test]
async fn picture_keeps_contract() {
    let picture = Picture {
        medium: Medium {
            bytes: b"not looked at".as_slice().into(),
            media_type: "image/png".into(),
            ..Medium::default()
        },
        alt: Some("A chart".to_owned()),
        url: None,
    };
    let post = Post {
        attachment: Some(Attachment::Pictures(vec![picture])),
        ..post()
    };
    check("mastodon", &post, &json!({})).await;
}

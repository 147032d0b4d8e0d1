use serde_json::{Value, json};
use syndicate_api::testkit::wiremock::{Mock, ResponseTemplate};
use syndicate_api::testkit::{
    TestListing, TestPlatform, TestPost, TestSearch, build_sink, check_delivery, check_listing,
    check_search, check_sink,
};
use syndicate_api::{Article, Post, Sink};

use super::platform::{
    DID, PASSWORD, PUT, answer, options, post, preparation, refusal, session, sink,
};

/// The listing that is searched if the ledger has no key of the post. Its last page is empty.
const LISTING: TestListing<'_> = TestListing {
    path: "/xrpc/com.atproto.repo.listRecords",
    page: &|posts, more| {
        let records: Value = posts.iter().map(listed).collect();
        let mut page = json!({"records": records});
        if more {
            page["cursor"] = "3l2abc".into();
        }
        page.to_string()
    },
    other_account: &|| {
        let mut other = session("access-token-2");
        other["did"] = json!(OTHER_DID);
        vec![answer(
            "POST",
            "com.atproto.server.createSession",
            200,
            &other,
        )]
    },
};

const OTHER_DID: &str = "did:plc:44ybard66vv44zksje25o7dz";

fn listed(post: &TestPost<'_>) -> Value {
    let author = if post.is_own { DID } else { OTHER_DID };
    json!({
        "uri": format!("at://{author}/app.bsky.feed.post/3l2ab{}", post.number), "cid": "bafyreipost",
        "value": {"text": "Hello", "createdAt": post.at, "embed": {"external": {"uri": post.link}}},
    })
}

/// Answers that only this API gives.
const ODD: &[(u16, &str, &str)] = &[
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
];

const GET: &str = "com.atproto.repo.getRecord";

/// Returns the URI of the post. The contract test seals at 1970-01-01 with a fixed id.
fn uri() -> String {
    let attempt = "0193a7c5-0000-7000-8000-000000000001";
    let key = crate::tid::post_key(jiff::Timestamp::UNIX_EPOCH, attempt);
    format!("at://{DID}/app.bsky.feed.post/{key}")
}

fn platform<'a>(
    sink: &'a dyn Fn(&str) -> Box<dyn Sink>,
    post: &'a Post,
    prepare: &'a dyn Fn(&str) -> Vec<Mock>,
) -> TestPlatform<'a> {
    TestPlatform {
        sink,
        post,
        secret: PASSWORD,
        prepare,
        creates: ("POST", PUT),
        created: ResponseTemplate::new(200)
            .set_body_json(json!({"uri": uri(), "cid": "bafyreipost"})),
        refusal: &|status, message| {
            let error = match status {
                401 => "AuthenticationRequired",
                429 => "RateLimitExceeded",
                _ => "InvalidRequest",
            };
            json!({"error": error, "message": message}).to_string()
        },
        odd: ODD,
    }
}

#[tokio::test]
async fn sink_keeps_contract() {
    check_sink(&crate::PLUGIN, &options("https://pds.example"));
    let post = post();
    let platform = platform(&sink, &post, &|_| preparation());
    check_delivery(&platform).await;
    check_listing(&platform, &LISTING).await;
    let record = json!({"uri": uri(), "cid": "bafyreipost", "value": {"text": "Hello"}});
    check_search(
        &platform,
        &TestSearch {
            there: &|_| vec![answer("GET", GET, 200, &record)],
            missing: &|_| vec![answer("GET", GET, 400, &refusal("RecordNotFound"))],
        },
    )
    .await;
}

/// The records of standard.site are steps before and after the creating request.
#[tokio::test]
async fn standard_site_keeps_contract() {
    let sink = |endpoint: &str| {
        let mut options = options(endpoint);
        options["standard_site"] = json!({"url": "https://example.org", "name": "A site"});
        build_sink(&crate::PLUGIN, &options)
    };
    let article = Article {
        key: "https://example.org/a".to_owned(),
        title: "A post".to_owned(),
        url: "https://example.org/a/".to_owned(),
        published: "2026-11-20T12:00:00Z".parse().ok(),
        ..Article::default()
    };
    let post = Post {
        article: Some(article),
        ..post()
    };
    let prepare = |_: &str| {
        let mut mocks = preparation();
        mocks.push(answer("GET", GET, 400, &refusal("RecordNotFound")));
        mocks
    };
    check_delivery(&platform(&sink, &post, &prepare)).await;
}

use serde_json::{Value, json};
use syndicate_api::testkit::wiremock::matchers::{path, query_param};
use syndicate_api::testkit::wiremock::{Mock, ResponseTemplate};
use syndicate_api::testkit::{
    TestListing, TestPlatform, TestPost, TestSearch, check_delivery, check_listing, check_search,
    check_sink,
};

use super::{KEY, PAGE, article, mock_account, mock_empty_page, options, post, sink};

const LISTING: TestListing<'_> = TestListing {
    path: "/api/articles/me/all",
    page: &|posts, _| posts.iter().map(listed).collect::<Value>().to_string(),
    other_account: &|| {
        let other = json!({"type_of": "user", "id": 8, "username": "joe", "name": "Joe"});
        let body = ResponseTemplate::new(200).set_body_json(other);
        vec![Mock::given(path("/api/users/me")).respond_with(body)]
    },
};

fn listed(post: &TestPost<'_>) -> Value {
    let mut listed = article(post.number, post.link, true);
    listed["published_at"] = json!(post.at);
    let (id, name) = if post.is_own { (7, "jane") } else { (8, "joe") };
    listed["user"] = json!({"user_id": id, "username": name});
    listed
}

#[tokio::test]
async fn sink_keeps_contract() {
    check_sink(&crate::PLUGIN, &options("https://dev.to"));
    let platform = TestPlatform {
        sink: &sink,
        post: &post(),
        secret: KEY,
        prepare: &|_| vec![mock_account(), mock_empty_page()],
        creates: ("POST", "/api/articles"),
        created: ResponseTemplate::new(201).set_body_json(article(1, PAGE, false)),
        refusal: &|status, message| json!({"error": message, "status": status}).to_string(),
        odd: &[
            (
                422,
                r#"{"error":"Canonical url has already been taken","status":422}"#,
                "rejected",
            ),
            (429, "Retry later\n", "throttled"),
            (403, "Forbidden Bots", "unknown"),
            (201, "{}", "unknown"),
            (201, "", "unknown"),
        ],
    };
    check_delivery(&platform).await;
    check_listing(&platform, &LISTING).await;
    let listing = |article: Value| {
        let first = Mock::given(path("/api/articles/me/all")).and(query_param("page", "1"));
        let body = ResponseTemplate::new(200).set_body_json(json!([article]));
        vec![first.respond_with(body), mock_empty_page()]
    };
    check_search(
        &platform,
        &TestSearch {
            there: &|_| listing(article(1, PAGE, false)),
            missing: &|_| listing(article(2, "https://example.org/other/", false)),
        },
    )
    .await;
}

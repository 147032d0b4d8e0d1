use serde_json::json;
use syndicate_api::Post;
use syndicate_api::testkit::{TestPlatform, build_sink, check_delivery, check_sink, wiremock};

#[tokio::test]
async fn sink_keeps_contract() {
    let options = |endpoint: &str| json!({"endpoint": endpoint, "token": "example-token-1"});
    check_sink(&crate::PLUGIN, &options("https://hooks.example.org"));
    let platform = TestPlatform {
        sink: &|endpoint| build_sink(&crate::PLUGIN, &options(endpoint)),
        post: &Post::text("Hello https://example.org/a/"),
        secret: "example-token-1",
        prepare: &|_| Vec::new(),
        creates: ("POST", "/messages"),
        created: wiremock::ResponseTemplate::new(201).set_body_json(json!({"id": "1"})),
        refusal: &|status, message| json!({"code": status, "message": message}).to_string(),
        odd: &[],
    };
    check_delivery(&platform).await;
}

use serde_json::json;
use syndicate_api::testkit::wiremock::ResponseTemplate;
use syndicate_api::testkit::{TestPlatform, check_delivery, check_sink};

use super::{KEY, PAGE, article, mock_account, mock_empty_page, options, post, sink};

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
}

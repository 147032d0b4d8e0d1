use serde_json::{Value, json};
use syndicate_api::Finding;

use super::support::sink;

fn findings(page: &str, options: &Value) -> Vec<Finding> {
    sink("https://example.social", options).check_page("public/a.html", page.as_bytes())
}

#[test]
fn page_names_author_of_card() {
    for (head, expected) in [
        (
            "<meta name=\"fediverse:creator\" content=\" @jane@example.social \">",
            true,
        ),
        (
            "<META property='fediverse:creator' content='jane@example.social'>",
            true,
        ),
        (
            "<meta name=\"fediverse:creator\" content=\"Jane Doe\">",
            false,
        ),
        ("<meta name=\"author\" content=\"Jane\">", false),
    ] {
        let page = format!("<html><head>{head}</head><body>Hello</body></html>");
        let findings = findings(&page, &json!({}));
        match findings.as_slice() {
            [Finding::Passed(message)] if expected => {
                assert!(message.contains("jane@example.social"))
            }
            [Finding::Warning { message, hint }] if !expected => {
                assert!(message.contains("`public/a.html`"), "{message}");
                assert!(hint.contains("fediverse:creator"), "{hint}");
            }
            other => panic!("{head}: {other:?}"),
        }
    }
}

#[test]
fn post_without_card_needs_no_author() {
    assert_eq!(
        findings("<html></html>", &json!({"content_warning": "Rust"})),
        []
    );
}

use serde_json::json;
use syndicate_api::PagePart;

use super::support::sink;

#[test]
fn author_must_be_account() {
    let rules = sink("https://example.social", &json!({})).page_rules();
    let mut parts = rules.unwrap().parts.iter();
    let author = parts.find(|rule| rule.part == PagePart::Author).unwrap();
    let rule = author.value.unwrap();
    for (creator, expected) in [
        ("@jane@example.social", true),
        ("jane@example.social", true),
        (rule.example, true),
        ("Jane Doe", false),
        ("https://example.social/@jane", false),
    ] {
        assert_eq!((rule.is_met)(creator), expected, "{creator}");
    }
}

#[test]
fn page_of_post_without_card_is_not_read() {
    let hidden = sink(
        "https://example.social",
        &json!({"content_warning": "Rust"}),
    );
    assert!(hidden.page_rules().is_none());
}

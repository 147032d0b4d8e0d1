use serde_json::json;
use syndicate_api::{ComponentContext, Item, TransformOptions, TransformOutcome, load_options};

use crate::{Options, PLUGIN};

#[test]
fn declaration_keeps_contract() {
    syndicate_api::testkit::check_transform(&PLUGIN, &json!({"tags": {"none": ["note"]}}));
}

fn item() -> Item {
    Item {
        path: Some("content/blog/a.md".to_owned()),
        tags: vec!["Rust".to_owned(), "Note".to_owned()],
        lang: Some("en-GB".to_owned()),
        front: json!({"series": "one", "promote": true})
            .as_object()
            .cloned()
            .unwrap(),
        ..Item::default()
    }
}

#[test]
fn rule_keeps_or_gives_reason() {
    for (options, expected) in [
        (json!({"tags": {"any": ["rust", "go"]}}), None),
        (
            json!({"tags": {"any": ["go"]}}),
            Some("has none of the tags `go`"),
        ),
        (
            json!({"tags": {"all": ["rust", "go"]}}),
            Some("lacks the tag `go`"),
        ),
        (
            json!({"tags": {"none": ["note"]}}),
            Some("has the tag `note`"),
        ),
        (json!({"paths": {"include": ["content/**/*.md"]}}), None),
        (
            json!({"paths": {"include": ["content/*.md"]}}),
            Some("`content/blog/a.md` is not included"),
        ),
        (
            json!({"paths": {"exclude": ["**/a.md"]}}),
            Some("`content/blog/a.md` is excluded"),
        ),
        (json!({"langs": ["en"]}), None),
        (json!({"langs": ["de"]}), Some("its language is `en-GB`")),
        (json!({"front": {"promote": true, "series": "one"}}), None),
        (
            json!({"front": {"promote": false}}),
            Some("its `promote` is not `false`"),
        ),
        (
            json!({"front": {"absent": "x"}}),
            Some("its `absent` is not `x`"),
        ),
    ] {
        let loaded: Options = load_options(&options).unwrap();
        let place = ComponentContext {
            name: "f".to_owned(),
            base: ".".into(),
        };
        let verdict = loaded.build(&place).unwrap().apply(item()).unwrap();
        let reason = match &verdict {
            TransformOutcome::Keep(kept) => {
                assert_eq!(**kept, item(), "{options}");
                None
            }
            TransformOutcome::Skip { reason } => Some(reason.as_str()),
        };
        assert_eq!(reason, expected, "{options}");
    }
}

#[test]
fn filter_without_rules_is_invalid() {
    assert!((PLUGIN.load)(&json!({})).is_err());
    let Err(faults) = (PLUGIN.load)(&json!({"paths": {"include": ["a{"]}})) else {
        panic!("an invalid pattern loads")
    };
    assert_eq!(faults[0].keys(), ["paths", "include", "0"]);
}

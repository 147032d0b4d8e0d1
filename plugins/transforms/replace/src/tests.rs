use serde_json::{Value, json};
use syndicate_api::{
    ComponentContext, FieldOrigin, Item, ItemField, TransformOptions as _, TransformOutcome,
    load_options,
};

use crate::{Options, PLUGIN};

#[test]
fn declaration_keeps_contract() {
    let example = json!({"rules": [{"fields": ["title"], "pattern": "^Draft: "}]});
    syndicate_api::testkit::check_transform(&PLUGIN, &example);
}

/// Returns an item as a transform with this rule returns it.
fn applied(rule: &Value) -> Item {
    let loaded: Options = load_options(&json!({"rules": [rule]})).unwrap();
    let place = ComponentContext {
        name: "words".to_owned(),
        base: ".".into(),
    };
    let item = Item {
        title: Some("Draft: Cats & dogs".to_owned()),
        description: Some("About cats.".to_owned()),
        link: Some("https://a.org/cats/".to_owned()),
        tags: vec!["cats".to_owned(), "pet cats".to_owned()],
        ..Item::default()
    };
    match loaded.build(&place).unwrap().apply(item).unwrap() {
        TransformOutcome::Keep(kept) => *kept,
        skip @ TransformOutcome::Skip { .. } => panic!("{skip:?}"),
    }
}

#[test]
fn text_is_replaced_in_named_fields() {
    let item = applied(&json!({"fields": ["title"], "pattern": "^Draft: "}));
    assert_eq!(item.title.as_deref(), Some("Cats & dogs"));
    assert_eq!(item.description.as_deref(), Some("About cats."));
    let origin = item.origin.get(&ItemField::Title);
    assert_eq!(origin, Some(&FieldOrigin::Transform("words".to_owned())));

    let rule = json!({"fields": ["title", "description", "link"], "pattern": "(?i)(cat)s", "with": "${1}fish"});
    let item = applied(&rule);
    assert_eq!(item.title.as_deref(), Some("Draft: Catfish & dogs"));
    assert_eq!(item.description.as_deref(), Some("About catfish."));
    assert_eq!(item.link.as_deref(), Some("https://a.org/catfish/"));
    assert_eq!(item.tags, ["cats", "pet cats"]);
}

#[test]
fn emptied_values_are_none() {
    let item =
        applied(&json!({"fields": ["description", "tags", "author"], "pattern": "^.*cats.?$"}));
    assert_eq!(item.description, None);
    assert_eq!(item.tags, [""; 0]);
    assert_eq!(item.author, None);
    assert_eq!(item.origin.get(&ItemField::Author), None);
}

#[test]
fn fields_without_match_keep_their_origin() {
    let item = applied(&json!({"fields": ["title", "tags"], "pattern": "birds", "with": "x"}));
    assert!(item.origin.is_empty(), "{:?}", item.origin);
}

#[test]
fn all_faults_are_reported() {
    let options = json!({"rules": [
        {"fields": ["title"], "pattern": "(a"},
        {"fields": [], "pattern": "(a)", "with": "$2"},
    ]});
    let faults = (PLUGIN.load)(&options).err().unwrap();
    let messages: Vec<&str> = faults.iter().map(|fault| &*fault.message).collect();
    assert_eq!(
        messages,
        [
            "invalid regular expression: unclosed group",
            "no field is named",
            "the pattern has no group `2`",
        ]
    );
    let faults = (PLUGIN.load)(&json!({})).err().unwrap();
    assert_eq!(
        faults[0].message,
        "missing rule: this transform changes nothing"
    );
}

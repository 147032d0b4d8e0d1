use proptest::prelude::*;
use serde_json::{Value, json};
use syndicate_api::text::is_hashtag;
use syndicate_api::{
    ComponentContext, FieldOrigin, Item, ItemField, TransformOptions as _, TransformOutcome,
    load_options,
};

use crate::{Options, PLUGIN};

#[test]
fn declaration_keeps_contract() {
    syndicate_api::testkit::check_transform(&PLUGIN, &json!({"max": 3}));
}

/// Returns `item` as the transform with these options returns it.
fn applied(options: &Value, item: &Item) -> Item {
    let loaded: Options = load_options(options).unwrap();
    let place = ComponentContext {
        name: "tags".to_owned(),
        base: ".".into(),
    };
    match loaded.build(&place).unwrap().apply(item.clone()).unwrap() {
        TransformOutcome::Keep(kept) => *kept,
        skip @ TransformOutcome::Skip { .. } => panic!("{skip:?}"),
    }
}

fn tagged(tags: &[&str]) -> Item {
    Item {
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        ..Item::default()
    }
}

#[test]
fn tags_become_hashtags() {
    let item = tagged(&["C++", "Open Source", "rust", "2026", "Rust", "misc"]);
    for (options, expected) in [
        (json!({}), vec!["cpp", "OpenSource", "rust", "misc"]),
        (json!({"max": 2}), vec!["cpp", "OpenSource"]),
        (json!({"max": 0}), vec![]),
        (
            json!({"deny": ["open-source", "MISC"]}),
            vec!["cpp", "rust"],
        ),
        (
            json!({"words": {"c++": "CPlusPlus", "Rust": "rustlang"}}),
            vec!["CPlusPlus", "OpenSource", "rustlang", "misc"],
        ),
        (
            json!({"add": ["blog", "Rust"], "max": 3}),
            vec!["blog", "Rust", "cpp"],
        ),
        (
            json!({"case": "lower"}),
            vec!["cpp", "opensource", "rust", "misc"],
        ),
        (
            json!({"case": "title", "words": {"rust": "rustlang"}}),
            vec!["Cpp", "OpenSource", "rustlang", "Misc"],
        ),
    ] {
        let changed = applied(&options, &item);
        assert_eq!(changed.tags, expected, "{options}");
        let origin = changed.origin.get(&ItemField::Tags);
        assert_eq!(origin, Some(&FieldOrigin::Transform("tags".to_owned())));
    }
}

#[test]
fn valid_tags_keep_their_origin() {
    let item = tagged(&["rust"]);
    assert_eq!(applied(&json!({}), &item), item);
}

#[test]
fn invalid_hashtags_are_errors() {
    let options = json!({"add": ["fine", "not fine"], "words": {"c": "#c", "d": "2026"}});
    let faults = (PLUGIN.load)(&options).err().unwrap();
    assert_eq!(faults.len(), 3);
    let is_right = |fault: &syndicate_api::Diagnostic| fault.message == "invalid hashtag";
    assert!(faults.iter().all(is_right), "{faults:?}");
}

proptest! {
    #[test]
    fn result_is_hashtags_and_stays(tags in proptest::collection::vec(r"\PC{0,12}", 0..6)) {
        let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
        for case in ["as_written", "lower", "title"] {
            let options = json!({"case": case, "max": 4});
            let once = applied(&options, &tagged(&tags));
            prop_assert!(once.tags.len() <= 4);
            prop_assert!(once.tags.iter().all(|tag| is_hashtag(tag)), "{:?}", once.tags);
            prop_assert_eq!(&applied(&options, &once).tags, &once.tags);
        }
    }
}

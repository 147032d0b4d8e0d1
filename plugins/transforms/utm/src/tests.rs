use proptest::prelude::*;
use serde_json::{Value, json};
use syndicate_api::{
    ComponentContext, Item, TransformOptions as _, TransformOutcome, load_options, normalise_url,
};

use crate::{Options, PLUGIN};

#[test]
fn declaration_keeps_contract() {
    syndicate_api::testkit::check_transform(&PLUGIN, &json!({"source": "linkedin"}));
}

/// Returns the item with this URL and link as the transform with these options returns it.
fn applied(options: &Value, url: Option<&str>, link: Option<&str>) -> Item {
    let loaded: Options = load_options(options).unwrap();
    let place = ComponentContext {
        name: "utm".to_owned(),
        base: ".".into(),
    };
    let item = Item {
        url: url.map(str::to_owned),
        link: link.map(str::to_owned),
        ..Item::default()
    };
    match loaded.build(&place).unwrap().apply(item).unwrap() {
        TransformOutcome::Keep(kept) => *kept,
        skip @ TransformOutcome::Skip { .. } => panic!("{skip:?}"),
    }
}

#[test]
fn parameters_are_added_to_link() {
    let options = json!({"source": "linkedin", "campaign": "spring & müll"});
    let added = "utm_source=linkedin&utm_campaign=spring%20%26%20m%C3%BCll";
    for (link, expected) in [
        ("https://a.org/x/", format!("https://a.org/x/?{added}")),
        ("https://a.org", format!("https://a.org?{added}")),
        ("https://a.org/x?", format!("https://a.org/x?{added}")),
        (
            "https://a.org/x?a=1",
            format!("https://a.org/x?a=1&{added}"),
        ),
        (
            "https://a.org/x?a=1&",
            format!("https://a.org/x?a=1&{added}"),
        ),
        (
            "https://a.org/x#top",
            format!("https://a.org/x?{added}#top"),
        ),
        (
            "https://a.org/%C3%A4?b#?c",
            format!("https://a.org/%C3%A4?b&{added}#?c"),
        ),
        (
            "https://a.org/x?utm_source=mail",
            "https://a.org/x?utm_source=mail&utm_campaign=spring%20%26%20m%C3%BCll".to_owned(),
        ),
        (
            "https://a.org/x?utm%5Fsource=mail&utm_campaign",
            "https://a.org/x?utm%5Fsource=mail&utm_campaign".to_owned(),
        ),
    ] {
        let item = applied(&options, Some("https://a.org/u"), Some(link));
        assert_eq!(item.link.as_deref(), Some(&*expected));
        assert_eq!(item.url.as_deref(), Some("https://a.org/u"));
        let again = applied(&options, None, Some(&expected));
        assert_eq!(again.link.as_deref(), Some(&*expected), "twice is once");
    }
}

#[test]
fn url_is_link_if_item_has_none() {
    let options = json!({"medium": "social"});
    let item = applied(&options, Some("https://a.org/u"), None);
    assert_eq!(
        item.link.as_deref(),
        Some("https://a.org/u?utm_medium=social")
    );
    assert_eq!(applied(&options, None, None).link, None);
}

#[test]
fn empty_options_are_errors() {
    for (options, expected) in [
        (json!({}), "missing parameter: this transform adds nothing"),
        (json!({"source": " "}), "the value of `source` is empty"),
    ] {
        let faults = (PLUGIN.load)(&options).err().unwrap();
        assert_eq!(faults[0].message, expected);
    }
}

proptest! {
    #[test]
    fn link_stays_address_of_post(
        query in r"(\?[a-z=&%]{0,12})?",
        fragment in r"(#[a-z?&]{0,6})?",
        value in r"\PC{1,12}",
    ) {
        prop_assume!(!value.trim().is_empty());
        let link = format!("https://example.org/a/{query}{fragment}");
        let options = json!({"source": value});
        let once = applied(&options, None, Some(&link)).link.unwrap();
        prop_assert_eq!(normalise_url(&once), normalise_url(&link));
        prop_assert_eq!(applied(&options, None, Some(&once)).link.unwrap(), once);
    }
}

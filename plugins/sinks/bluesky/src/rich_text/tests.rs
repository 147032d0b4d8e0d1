use proptest::prelude::*;
use syndicate_api::{RichText, TextSpan};

use super::*;

fn text(text: &str) -> TextSpan {
    TextSpan::Text(text.to_owned())
}

fn link(url: &str) -> TextSpan {
    TextSpan::Link(url.to_owned())
}

fn mention(name: &str, target: &str) -> TextSpan {
    TextSpan::Mention {
        name: name.to_owned(),
        target: target.to_owned(),
    }
}

/// Returns the marked parts of the text.
fn marked(encoded: &EncodedText) -> Vec<&str> {
    let facets = encoded.facets.iter();
    facets
        .map(|facet| &encoded.text[facet.start..facet.end])
        .collect()
}

#[test]
fn facets_count_bytes() {
    let spans = vec![
        text("Grüße 👩🏽‍💻 an "),
        mention("Jané", "@Jane.Example"),
        text(": "),
        link("https://example.org/a/b/c/d/e/f/g/h"),
        text(" "),
        TextSpan::Hashtag("größe".to_owned()),
    ];
    let encoded = encode(&RichText(spans), true);
    assert_eq!(
        encoded.text,
        "Grüße 👩🏽‍💻 an Jané: example.org/a/b/c/d/e/f/… #größe"
    );
    assert_eq!(
        marked(&encoded),
        ["Jané", "example.org/a/b/c/d/e/f/…", "#größe"]
    );
    let features = encoded.facets.iter().map(|facet| facet.feature.clone());
    assert_eq!(
        features.collect::<Vec<_>>(),
        [
            Feature::Mention("jane.example".to_owned()),
            Feature::Link("https://example.org/a/b/c/d/e/f/g/h".to_owned()),
            Feature::Tag("größe".to_owned()),
        ]
    );
}

#[test]
fn whole_link_is_visible_by_option() {
    let spans = vec![link("https://example.org/a/b/c/d/e/f/g/h")];
    let encoded = encode(&RichText(spans), false);
    assert_eq!(marked(&encoded), ["https://example.org/a/b/c/d/e/f/g/h"]);
}

#[test]
fn unusable_spans_stay_text() {
    let long = "x".repeat(65);
    for (span, expected) in [
        (link("javascript:alert(1)"), "javascript:alert(1)"),
        (link("example.org"), "example.org"),
        (TextSpan::Hashtag("2026".to_owned()), "#2026"),
        (TextSpan::Hashtag(String::new()), "#"),
        (TextSpan::Hashtag(long.clone()), &*format!("#{long}")),
        (mention(" ", "jane.example"), ""),
    ] {
        let encoded = encode(&RichText(vec![span]), true);
        assert_eq!((&*encoded.text, encoded.facets.len()), (expected, 0));
    }
}

#[test]
fn white_space_around_text_is_removed() {
    let spans = vec![
        text("\r\n \u{1b}"),
        link("https://example.org/"),
        text(" \n"),
    ];
    let encoded = encode(&RichText(spans), true);
    assert_eq!(encoded.text, "example.org");
    assert_eq!(marked(&encoded), ["example.org"]);
}

#[test]
fn graphemes_are_extended_clusters() {
    let encoded = encode(&RichText::text("👩🏽‍💻e\u{301}x"), true);
    assert_eq!((encoded.graphemes(), encoded.text.len()), (3, 19));
}

#[test]
fn mention_of_handle_is_slot() {
    let spans = vec![
        mention("Jane", "jane.example"),
        mention("Joe", "did:plc:joe"),
    ];
    let facets = encode(&RichText(spans), true).facets_json();
    assert_eq!(
        facets[0]["features"][0]["did"],
        json!({"$slot": "mention:jane.example"})
    );
    assert_eq!(facets[1]["features"][0]["did"], "did:plc:joe");
}

fn any_span() -> impl Strategy<Value = TextSpan> {
    let words = "[a-zäß世👩🏽\u{200d}💻\u{301}# \r\n\u{1b}\u{feff}@.]{0,12}";
    prop_oneof![
        words.prop_map(TextSpan::Text),
        words.prop_map(TextSpan::Hashtag),
        words.prop_map(TextSpan::Link),
        ("[a-z]{1,8}", "[a-zä/?#=%]{0,40}")
            .prop_map(|(host, path)| TextSpan::Link(format!("https://{host}.example/{path}"))),
        (words, "[a-z]{1,8}\\.example")
            .prop_map(|(name, target)| TextSpan::Mention { name, target }),
    ]
}

proptest! {
    #[test]
    fn facets_mark_their_text(
        spans in proptest::collection::vec(any_span(), 0..12),
        shorten_links: bool,
    ) {
        let encoded = encode(&RichText(spans), shorten_links);
        let mut end = 0;
        for facet in &encoded.facets {
            prop_assert!(facet.start >= end && facet.start < facet.end, "{encoded:?}");
            end = facet.end;
            // Panics unless both offsets are at character boundaries inside the text.
            let marked = &encoded.text[facet.start..facet.end];
            match &facet.feature {
                Feature::Link(uri) if shorten_links => {
                    let shown = marked.trim_end_matches('…');
                    prop_assert!(uri.contains(shown), "{encoded:?}");
                }
                Feature::Link(uri) => prop_assert_eq!(web_url(marked).unwrap().to_string(), &**uri),
                Feature::Tag(tag) => prop_assert!(marked.ends_with(tag.as_str()), "{encoded:?}"),
                Feature::Mention(target) => prop_assert!(target.ends_with(".example")),
            }
        }
        prop_assert_eq!(encoded.text.trim(), &encoded.text);
    }
}

//! Checks `compose`: the same post always becomes the same payload, the only slots are `author` and
//! `media:N` of its own media, and no text causes a panic.

use serde_json::Value;

use crate::{Card, Post, RichText, SLOT_KEY, Sink, TextSpan};

/// Texts that broke other programs: markup of several platforms, unclosed elements, control characters,
/// right-to-left text, grapheme clusters of several code points.
const HOSTILE: &[&str] = &[
    "",
    " \n\t ",
    "\0\u{1b}[31m\r\u{7f}\u{85}",
    "\\",
    "C# \\( snake_case (unclosed [ {x} <b>",
    "{hashtag|\\#|word} @[Name](urn:li:person:1) {{title}} ${HOME}",
    "##a#b_c #",
    "\"}],\"x\":null,{\"$slot\":\"author\"}",
    "\u{202e}desrever \u{feff}\u{200d}e\u{301}",
    "👩‍👩‍👧‍👦𝕏\u{fe0f}",
    "https://example.org/a_(b)?c=d&e=%F0%9F#~f",
    "javascript:alert(1)",
];

/// Checks that `sink` composes `post` into the same payload each time, and survives hostile texts.
///
/// # Panics
/// Panics if the sink breaks the contract.
pub fn check_compose(sink: &dyn Sink, post: &Post) {
    let payload = sink
        .compose(post)
        .unwrap_or_else(|error| panic!("cannot compose the post of the test: {error}"));
    let again = sink.compose(post);
    assert_eq!(again.as_ref(), Ok(&payload), "`compose` is not pure");
    assert_eq!(
        again.map(|again| again.hash()).as_deref(),
        Ok(payload.hash().as_str())
    );

    let mut slots = Vec::new();
    for request in &payload.requests {
        collect_slots(&request.body, &mut slots);
    }
    for slot in slots {
        let known = slot == "author"
            || slot
                .strip_prefix("media:")
                .and_then(|index| index.parse::<usize>().ok())
                .is_some_and(|index| index < payload.media.len());
        assert!(
            known,
            "slot `{slot}` is neither `author` nor `media:N` of a medium"
        );
    }

    let long = "long words ".repeat(10_000);
    for text in HOSTILE.iter().copied().chain([long.as_str()]) {
        for hostile in [with_text(post, text), with_card(post, text)] {
            sink.measure(&hostile.text);
            assert_eq!(
                sink.compose(&hostile),
                sink.compose(&hostile),
                "`compose` is not pure for {text:?}"
            );
        }
    }
}

fn collect_slots<'a>(value: &'a Value, slots: &mut Vec<&'a str>) {
    match value {
        Value::Object(map) => {
            slots.extend(map.get(SLOT_KEY).and_then(Value::as_str));
            map.values().for_each(|value| collect_slots(value, slots));
        }
        Value::Array(values) => values.iter().for_each(|value| collect_slots(value, slots)),
        _ => {}
    }
}

fn with_text(post: &Post, text: &str) -> Post {
    let spans = vec![
        TextSpan::Text(text.to_owned()),
        TextSpan::Hashtag(text.to_owned()),
        TextSpan::Mention {
            name: text.to_owned(),
            target: text.to_owned(),
        },
        TextSpan::Link(text.to_owned()),
        TextSpan::Text(text.to_owned()),
    ];
    Post {
        text: RichText(spans),
        ..post.clone()
    }
}

fn with_card(post: &Post, text: &str) -> Post {
    let card = post.card.clone().unwrap_or_default();
    let picture = card.picture.map(|mut picture| {
        picture.alt = Some(text.to_owned());
        picture
    });
    Post {
        card: Some(Card {
            url: text.to_owned(),
            title: text.to_owned(),
            description: Some(text.to_owned()),
            picture,
        }),
        ..post.clone()
    }
}

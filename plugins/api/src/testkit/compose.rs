//! Checks `compose`: the same post always becomes the same payload, its steps have the right order, slots of media
//! and receipts stand where they can be filled, and no text causes a panic.

use serde_json::Value;

use crate::{Card, Payload, Post, RichText, Role, SLOT_KEY, ServerInfo, Sink, Step, TextSpan};

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
    let info = ServerInfo::default();
    let payload = sink
        .compose(post, &info)
        .unwrap_or_else(|error| panic!("cannot compose the post of the test: {error}"));
    let again = sink.compose(post, &info);
    assert_eq!(again.as_ref(), Ok(&payload), "`compose` is not pure");
    assert_eq!(
        again.map(|again| again.hash()).as_deref(),
        Ok(payload.hash().as_str())
    );
    check_steps(&payload);
    assert!(
        sink.measure(&post.text, &info)
            .iter()
            .all(|measure| measure.fits()),
        "the post of the test is too long"
    );

    let long = "long words ".repeat(10_000);
    for text in HOSTILE.iter().copied().chain([long.as_str()]) {
        for hostile in [with_text(post, text), with_card(post, text)] {
            sink.measure(&hostile.text, &info);
            assert_eq!(
                sink.compose(&hostile, &info),
                sink.compose(&hostile, &info),
                "`compose` is not pure for {text:?}"
            );
        }
    }
}

fn check_steps(payload: &Payload) {
    let mut roles = payload.steps.iter().map(|step| step.role);
    let creates = roles.clone().filter(|role| *role == Role::Create).count();
    assert_eq!(creates, 1, "expected one step that creates the post");
    let rank = |role| match role {
        Role::Prepare => 0,
        Role::Before => 1,
        Role::Create => 2,
        Role::FollowUp => 3,
    };
    assert!(
        roles.by_ref().map(rank).is_sorted(),
        "the steps are not in the order of the delivery"
    );
    for step in &payload.steps {
        for slot in slots(step) {
            let is_of_receipt = slot.starts_with("receipt:");
            assert!(
                !is_of_receipt || step.role == Role::FollowUp,
                "slot `{slot}` is filled after step `{}`",
                step.name
            );
            let medium = slot.strip_prefix("media:");
            let index = medium.map(|index| index.parse::<usize>().ok());
            assert!(
                index.is_none_or(|index| index.is_some_and(|index| index < payload.media.len())),
                "the payload has no medium for slot `{slot}`"
            );
        }
    }
}

/// Returns the names of the slots of `step`.
fn slots(step: &Step) -> Vec<String> {
    let request = serde_json::to_value(&step.request).unwrap_or_default();
    let mut slots = Vec::new();
    collect_slots(&request, &mut slots);
    slots.into_iter().map(str::to_owned).collect()
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

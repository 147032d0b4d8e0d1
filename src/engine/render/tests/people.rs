//! Mentions: whom a sink can name, whom it cannot, and who is nobody.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::json;
use syndicate_api::{Diagnostic, Item, PostKind, RichText, TextSpan};

use super::sample::{Chars, object, with_hint};
use crate::config::{Mention, Mentions};
use crate::engine::render::{MentionTable, Rendered, Template, render};

const URN: &str = "urn:li:organization:123";

fn ledger_state() -> Mentions {
    let mention = |name: &str, on: &[(&str, &str)]| Mention {
        name: name.to_owned(),
        on: on
            .iter()
            .map(|(sink, id)| ((*sink).to_owned(), (*id).to_owned()))
            .collect(),
        ..Mention::default()
    };
    Mentions(BTreeMap::from([
        (
            "acme".to_owned(),
            mention("ACME #1 Corp", &[("linkedin", URN)]),
        ),
        ("jane".to_owned(), mention("Jane", &[("other", "@jane")])),
    ]))
}

fn compile(text: &str) -> Result<Template, Vec<Diagnostic>> {
    let people = Arc::new(MentionTable::on("company", "linkedin", &ledger_state()));
    Template::compile_for("t.hbs", text, &people)
}

fn text_of(item: &Item, text: &str) -> RichText {
    let Rendered { text, .. } = render(
        &compile(text).unwrap(),
        item,
        PostKind::Article,
        &Chars(3000),
    )
    .unwrap();
    text
}

#[test]
fn those_whom_the_sink_knows_are_mentioned_and_others_are_named() {
    let item = Item {
        front: object(json!({"partner": "acme"})),
        ..Item::default()
    };
    let acme = || TextSpan::Mention {
        name: "ACME #1 Corp".to_owned(),
        target: URN.to_owned(),
    };
    let text = |text: &str| TextSpan::Text(text.to_owned());
    for (template, spans) in [
        (
            "With {{mention \"acme\"}}!",
            vec![text("With "), acme(), text("!")],
        ),
        ("{{mention front.partner}}", vec![acme()]),
        ("{{{mention \"acme\"}}}", vec![acme()]),
        ("With {{mention \"jane\"}}!", vec![text("With Jane!")]),
        ("#x{{mention \"jane\"}}", vec![text("#xJane")]),
    ] {
        assert_eq!(text_of(&item, template).0, spans, "{template}");
    }
}

#[test]
fn the_name_of_a_sink_goes_before_its_type() {
    let mut ledger_state = ledger_state();
    let acme = ledger_state.0.get_mut("acme").unwrap();
    acme.on
        .insert("company".to_owned(), "urn:li:organization:9".to_owned());
    let target = |sink| {
        MentionTable::on(sink, "linkedin", &ledger_state)
            .target(0)
            .map(str::to_owned)
    };
    assert_eq!(target("company").as_deref(), Some("urn:li:organization:9"));
    assert_eq!(target("mine").as_deref(), Some(URN));
    let elsewhere = MentionTable::on("files", "file", &ledger_state);
    assert_eq!(elsewhere.target(0), None);
}

#[test]
fn nobody_is_an_error_with_the_nearest_name() {
    let faults = compile("a\n{{mention \"acne\"}}").unwrap_err();
    let faults: Vec<String> = faults.iter().map(with_hint).collect();
    assert_eq!(
        faults,
        ["t.hbs:2:3: nobody is known as `acne`\ndid you mean `acme`?"]
    );

    let item = Item {
        front: object(json!({"partner": "bob"})),
        ..Item::default()
    };
    let template = compile("{{mention front.partner}}").unwrap();
    let fault = render(&template, &item, PostKind::Article, &Chars(3000)).unwrap_err();
    assert_eq!(
        with_hint(&fault),
        "t.hbs: nobody is known as `bob`\nwrite `mentions: {bob: {name: …}}` into pipeline.yaml"
    );
}

//! Tests of mentions: accounts with and without an identifier, and unknown keys.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::json;
use syndicate_api::{Diagnostic, Item, PostKind, RichText, TextSpan};

use super::sample::{Chars, object, with_hint};
use crate::config::{Mention, Mentions};
use crate::engine::render::{MentionTable, Rendered, Template, render};

const URN: &str = "urn:li:organization:123";

fn mention_accounts() -> Mentions {
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
    let mentions = Arc::new(MentionTable::on("company", "linkedin", &mention_accounts()));
    Template::compile_for("t.hbs", text, &mentions)
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
fn account_without_id_is_plain_name() {
    let item = Item {
        front: object(json!({"partner": "acme"})).into(),
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
fn sink_name_precedes_sink_type() {
    let mut ledger_state = mention_accounts();
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
fn unknown_mention_suggests_nearest_key() {
    let faults = compile("a\n{{mention \"acne\"}}").unwrap_err();
    let faults: Vec<String> = faults.iter().map(with_hint).collect();
    assert_eq!(
        faults,
        ["t.hbs:2:3: unknown mention `acne`\ndid you mean `acme`?"]
    );

    let item = Item {
        front: object(json!({"partner": "bob"})).into(),
        ..Item::default()
    };
    let template = compile("{{mention front.partner}}").unwrap();
    let fault = render(&template, &item, PostKind::Article, &Chars(3000)).unwrap_err();
    assert_eq!(
        with_hint(&fault),
        "t.hbs: unknown mention `bob`\nadd `mentions: {bob: {name: …}}` to pipeline.yaml"
    );
}

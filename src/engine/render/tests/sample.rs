//! The item and the measure that the tests share.

use serde_json::{Map, Value, json};
use std::sync::Arc;
use syndicate_api::{Diagnostic, Image, Item, PostDate, PostKind, RichText, Site, TextSpan};

use crate::engine::render::{MeasureText, Rendered, Template, render};

/// Counts characters up to a limit.
pub(super) struct Chars(pub(super) usize);

impl MeasureText for Chars {
    fn limit(&self) -> usize {
        self.0
    }

    fn measure(&self, text: &RichText) -> usize {
        text.plain().chars().count()
    }
}

pub(super) fn item() -> Item {
    Item {
        source: "blog".to_owned(),
        path: Some("content/a.md".to_owned()),
        url: Some("https://example.org/a/".to_owned()),
        link: Some("https://example.org/a/?utm_source=x".to_owned()),
        title: Some("C# & the #1 bug in snake_case".to_owned()),
        description: Some("Mail a@b.org or see https://other.example. It <works>.".to_owned()),
        image: Some(Image {
            alt: Some("A bug".to_owned()),
            ..Image::default()
        }),
        published: Some(PostDate {
            at: "2026-03-01T09:05:00+01:00[Europe/Berlin]".parse().unwrap(),
            day_only: false,
        }),
        tags: vec![
            "Rust".to_owned(),
            "c++".to_owned(),
            "Social Sharing".to_owned(),
        ],
        lang: Some("en".to_owned()),
        front: object(json!({
            "subtitle": "A tale",
            "views": 3,
            "list": ["a", "b"],
            "people": [{"name": "Ann"}, {"name": "Bob", "role": "editor"}],
            "empty": null,
            "a key": "spaced",
        }))
        .into(),
        vars: object(json!({"campaign": "spring"})),
        site: Arc::new(Site {
            title: Some("Example".to_owned()),
            url: Some("https://example.org".to_owned()),
            ..Site::default()
        }),
        ..Item::default()
    }
}

pub(super) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        other => panic!("{other} is not an object"),
    }
}

pub(super) fn template(text: &str) -> Template {
    Template::compile("t.hbs", text).unwrap_or_else(|faults| panic!("{text}: {faults:?}"))
}

pub(super) fn rendered(text: &str, item: &Item) -> Result<Rendered, Diagnostic> {
    render(&template(text), item, PostKind::Article, &Chars(3000))
}

/// Returns the text of the shared item, with hashtags and links in brackets.
pub(super) fn shown(text: &str) -> String {
    match rendered(text, &item()) {
        Ok(rendered) => bracketed(&rendered.text),
        Err(fault) => panic!("{text}: {fault}"),
    }
}

pub(super) fn bracketed(text: &RichText) -> String {
    text.0
        .iter()
        .map(|span| match span {
            TextSpan::Text(text) => text.clone(),
            TextSpan::Hashtag(word) => format!("[#{word}]"),
            TextSpan::Link(link) => format!("[{link}]"),
            other => panic!("{other:?}"),
        })
        .collect()
}

/// Returns an error as it is printed, with its hint on a second line.
pub(super) fn with_hint(fault: &Diagnostic) -> String {
    match &fault.hint {
        Some(hint) => format!("{fault}\n{hint}"),
        None => fault.to_string(),
    }
}

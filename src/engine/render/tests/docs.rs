//! Tests of the reference page of templates: its examples are run, and it lists all helpers and names.

use std::sync::Arc;

use serde_json::{Map, Value};
use syndicate_api::{Item, PostDate, PostKind};

use super::sample::{Chars, with_hint};
use crate::engine::render::helpers::{HELPERS, names};
use crate::engine::render::mention_table::Mentionable;
use crate::engine::render::shape::{ROOT, ValueShape};
use crate::engine::render::{MentionTable, Template, render};

const PAGE: &str = include_str!("../../../../docs/templates.md");

/// Returns the fenced blocks of the page: the info string and the text.
fn blocks() -> Vec<(&'static str, &'static str)> {
    let mut parts = PAGE.split("```");
    parts.next();
    let mut blocks = Vec::new();
    while let (Some(block), _) = (parts.next(), parts.next()) {
        blocks.push(block.split_once('\n').expect("a fence ends its line"));
    }
    blocks
}

/// Returns the post that the page describes.
fn post(yaml: &str) -> Item {
    let front: Map<String, Value> = serde_saphyr::from_str(yaml).unwrap();
    let text = |key: &str| front[key].as_str().map(str::to_owned);
    let tags = front["tags"].as_array().unwrap();
    let date = format!("{}[+01:00]", front["date"].as_str().unwrap());
    Item {
        source: "blog".to_owned(),
        path: Some("content/bug.md".to_owned()),
        title: text("title"),
        description: text("description"),
        url: text("url"),
        link: text("url"),
        lang: text("lang"),
        tags: tags
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        published: Some(PostDate {
            at: date.parse().unwrap(),
            day_only: false,
        }),
        front: front.into(),
        ..Item::default()
    }
}

/// Returns the output that the page should show for a template.
fn shown(source: &str, item: &Item, limit: usize) -> String {
    let acme = Mentionable {
        key: "acme".to_owned(),
        name: "ACME Corp".to_owned(),
        target: Some("urn:li:organization:123".to_owned()),
    };
    let mentions = Arc::new(MentionTable::from_iter([acme]));
    let template = match Template::compile_for("example.hbs", source, &mentions) {
        Ok(template) => template,
        Err(faults) => {
            let faults: Vec<String> = faults.iter().map(with_hint).collect();
            return faults.join("\n");
        }
    };
    match render(&template, item, PostKind::Article, &Chars(limit)) {
        Ok(rendered) => rendered.text.plain(),
        Err(fault) => with_hint(&fault),
    }
}

#[test]
fn docs_examples_print_documented_text() {
    let blocks = blocks();
    let Some((("yaml", yaml), rest)) = blocks.split_first() else {
        panic!("the page begins with its post");
    };
    let item = post(yaml);
    assert!(rest.len() > 2 * HELPERS.len());
    for pair in rest.chunks(2) {
        let [("handlebars", source), (kind, expected)] = pair else {
            panic!("a template and its text go together: {pair:?}");
        };
        let limit = kind
            .strip_prefix("text ")
            .map_or(3000, |limit| limit.parse().unwrap());
        assert_eq!(shown(source, &item, limit), expected.trim_end(), "{source}");
    }
}

#[test]
fn docs_list_every_helper() {
    for helper in HELPERS {
        let (name, usage) = (helper.signature.name, helper.signature.usage);
        let section = format!("### `{name}`\n\n`{usage}` ");
        assert!(PAGE.contains(&section), "{section}");
    }
    for name in names() {
        let is_there = [format!("`{name}`"), format!("`({name} ")]
            .iter()
            .any(|mention| PAGE.contains(mention));
        assert!(is_there, "{name}");
    }
}

#[test]
fn docs_list_every_name() {
    for name in ROOT.names() {
        let mentions = match ROOT.below(name) {
            Some(shape @ ValueShape::Record(_)) => {
                shape.names().map(|key| format!("`{name}.{key}`")).collect()
            }
            Some(ValueShape::Open) => vec![format!("`{name}.KEY`")],
            _ => vec![format!("`{name}`")],
        };
        for mention in mentions {
            assert!(PAGE.contains(&mention), "{mention}");
        }
    }
}

//! `check` relies on the built-in templates of all sinks and does not compile them.

use std::path::Path;

use serde_json::{Value, json};
use syndicate_api::{ComponentContext, Sink};

use crate::engine::render::Template;
use crate::registry::BUILT_IN;

/// The options that give a webhook each of its templates.
const WEBHOOKS: &[&str] = &[
    r#"{"dialect": "generic", "url": "https://example.org/hook"}"#,
    r#"{"dialect": "discord", "card": "own", "url": "https://discord.com/api/webhooks/1/x"}"#,
    r#"{"dialect": "discord", "card": "platform", "url": "https://discord.com/api/webhooks/1/x"}"#,
    r#"{"dialect": "slack", "card": "own", "url": "https://hooks.slack.com/services/T/B/x"}"#,
    r#"{"dialect": "slack", "card": "platform", "url": "https://hooks.slack.com/services/T/B/x"}"#,
    r#"{"dialect": "slack", "card": "own", "token": "x", "channel": "C1"}"#,
    r#"{"dialect": "telegram", "token": "x", "chat_id": "@blog"}"#,
];

/// Returns the options in the example of a sink.
fn example(text: &str) -> Value {
    let pairs = text.lines().filter_map(|line| line.split_once(": "));
    pairs
        .map(|(key, value)| (key.to_owned(), json!(value)))
        .collect()
}

#[test]
fn built_in_templates_compile() {
    for plugin in BUILT_IN.sinks {
        let variants = match plugin.name {
            "webhook" => WEBHOOKS
                .iter()
                .map(|text| serde_json::from_str(text).unwrap())
                .collect(),
            _ => vec![example(plugin.example)],
        };
        for options in variants {
            let about = format!("{} {options}", plugin.name);
            let context = ComponentContext {
                name: plugin.name.to_owned(),
                base: Path::new(".").to_owned(),
            };
            let loaded =
                (plugin.load)(&options).unwrap_or_else(|faults| panic!("{about}: {faults:?}"));
            let sink: Box<dyn Sink> = loaded.build(&context).unwrap();
            let compiled = Template::compile("the built-in template", sink.template());
            assert_eq!(compiled.err(), None, "{about}");
        }
    }
}

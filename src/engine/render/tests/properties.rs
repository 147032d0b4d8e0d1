//! Properties that hold for every item.

use proptest::prelude::*;
use serde_json::json;
use syndicate_api::{Item, PostKind, TextSpan};

use super::sample::{Chars, object, template};
use crate::engine::render::{Template, render};

/// Returns texts with characters that have a special meaning elsewhere.
fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => r"\PC{0,12}",
        2 => r"[ #@a-z0-9_.(){}\[\]\\\n]{0,12}",
        1 => Just("#tag ".to_owned()),
        1 => Just("https://x.org/#y".to_owned()),
        1 => Just("{{title}}".to_owned()),
        1 => r"[\u{fdd0}-\u{fdd5}\u{202a}-\u{202e}\u{0}-\u{1f}]{0,4}",
    ];
    proptest::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat())
}

fn items() -> impl Strategy<Value = Item> {
    (
        proptest::option::of(nasty()),
        proptest::option::of(nasty()),
        proptest::collection::vec(nasty(), 0..4),
        nasty(),
    )
        .prop_map(|(title, description, tags, key)| Item {
            title,
            description,
            tags,
            front: object(json!({"key": key})).into(),
            ..Item::default()
        })
}

proptest! {
    #[test]
    fn values_leave_no_spans_or_placeholders(item in items()) {
        let template = template("> {{title}} {{fit description}}{{join tags}}{{front.key}} <\n{{#each tags}}{{this}}{{/each}}");
        let rendered = render(&template, &item, PostKind::Article, &Chars(100_000)).unwrap();
        prop_assert!(rendered.text.0.iter().all(|span| matches!(span, TextSpan::Text(_))), "{rendered:?}");
        let plain = rendered.text.plain();
        prop_assert!(!plain.contains(|c: char| {
            ('\u{fdd0}'..='\u{fdef}').contains(&c)
                || ('\u{202a}'..='\u{202e}').contains(&c)
                || (c.is_control() && !matches!(c, '\n' | '\t'))
        }), "{plain:?}");
    }

    #[test]
    fn end_of_template_is_kept(item in items(), limit in 20_usize..200) {
        let template = template("{{fit title min=0}}\n\n{{fit description min=0}}\n\n#tail https://x.org");
        if let Ok(rendered) = render(&template, &item, PostKind::Article, &Chars(limit)) {
            let plain = rendered.text.plain();
            prop_assert!(plain.chars().count() <= limit);
            prop_assert!(plain.ends_with("#tail https://x.org"));
        }
    }

    #[test]
    fn compile_never_panics(pieces in proptest::collection::vec(
        prop_oneof![
            Just("{{"), Just("}}"), Just("{{{"), Just("}}}"), Just("{{#if "), Just("{{#each tags as |a b|}}"),
            Just("{{else}}"), Just("{{else if title}}"), Just("{{/if}}"), Just("{{/each}}"), Just("title"),
            Just("(upper "), Just(")"), Just("'"), Just("\""), Just("~"), Just("\\"), Just("{{!"), Just("--"),
            Just("@index"), Just("../"), Just("."), Just("this"), Just("="), Just(" "), Just("\n"), Just("é"),
            Just("{{{{"), Just("}}}}"), Just("{{> x}}"), Just("{{#*inline \"x\"}}"), Just("[0]"), Just("^"), Just("&"),
        ], 0..12)
    ) {
        let text = pieces.concat();
        if let Ok(template) = Template::compile("t.hbs", &text) {
            // An item without values gives the same text.
            let first = render(&template, &Item::default(), PostKind::Article, &Chars(3000));
            prop_assert_eq!(first, render(&template, &Item::default(), PostKind::Article, &Chars(3000)));
        }
    }
}

#[test]
fn template_is_sync() {
    fn shared<T: Send + Sync>() {}
    shared::<Template>();
}

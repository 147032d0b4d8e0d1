//! The page about crawlers states the rules that the sinks declare.

use std::path::Path;

use serde_json::{Value, json};
use syndicate::BUILT_IN;
use syndicate_api::{
    ComponentContext, PageElement, PageOccasion, PagePart, PageRules, PartNeed, PartRule,
    RuleBasis, Sink,
};

use crate::documents::assert_current;

const HEAD: &str = "# What platforms read from your pages

This page helps you to give each page of your site what link cards are made of. Mastodon, and chats whose sink has
`card: platform`, make the card of a post from your page. LinkedIn and Bluesky read it when other people share its link.

```sh
syndicate check --pages                    # all built pages: what each platform reads and misses
syndicate check --pages content/hello.md   # one post, with each value
syndicate check --pages --format github    # in a job: the gaps as annotations at the posts
```

Nothing is requested: the command reads the built pages (`output` of the source), and the files of their pictures. Each
gap has its effect on readers and, if one closes it, the element to add to the template of your pages, with the values
of the post. Words in capitals stand for values that the post does not have. `syndicate check` reports the gaps of the
newest post, and [previews](preview.md) show the same below each card that a platform makes. Gaps never stop a post.

A *warning* is something important that each of your posts lacks. A *note* is an improvement, or concerns only links
that people share themselves.

For any platform, the page also gets a remark if its canonical address or its picture is on `localhost` or another host
that is not public, if the picture is missing in the built site or cannot be read, and if the link of a
[standard.site](sinks/bluesky.md#standardsite) record is missing.

This page is generated from the rules in the crates of the sinks, by which the command works.
";

/// The sinks with rules, and the options that they need besides the example of the sink.
const SINKS: [(&str, &str); 6] = [
    ("mastodon", "{}"),
    (
        "webhook",
        r#"{"dialect": "discord", "card": "platform", "url": "https://discord.com/api/webhooks/1/x"}"#,
    ),
    (
        "webhook",
        r#"{"dialect": "slack", "card": "platform", "url": "https://hooks.slack.com/services/T/B/x"}"#,
    ),
    (
        "webhook",
        r#"{"dialect": "telegram", "card": "platform", "token": "x", "chat_id": "@blog"}"#,
    ),
    ("linkedin", "{}"),
    ("bluesky", "{}"),
];

/// Builds a sink from the example of its plugin with these options.
fn build(name: &str, options: &str) -> Box<dyn Sink> {
    let mut plugins = BUILT_IN.sinks.iter();
    let plugin = plugins.find(|plugin| plugin.name == name).unwrap();
    let mut all: Value = match options {
        "{}" => {
            let pairs = plugin
                .example
                .lines()
                .filter_map(|line| line.split_once(": "));
            pairs
                .map(|(key, value)| (key.to_owned(), json!(value)))
                .collect()
        }
        _ => json!({}),
    };
    let options: Value = serde_json::from_str(options).unwrap();
    for (key, value) in options.as_object().unwrap() {
        all[key] = value.clone();
    }
    let context = ComponentContext {
        name: name.to_owned(),
        base: Path::new(".").to_owned(),
    };
    let loaded = (plugin.load)(&all).unwrap_or_else(|faults| panic!("{name}: {faults:?}"));
    loaded.build(&context).unwrap()
}

fn section(rules: &PageRules) -> String {
    let occasion = match rules.occasion {
        PageOccasion::EachPost => "after each post",
        PageOccasion::SharedLinks => "when people share the link",
    };
    let basis = match rules.basis {
        RuleBasis::SourceCode => "the source code of the crawler",
        RuleBasis::Documentation => "the documentation of the platform",
        RuleBasis::Observation => "observations of others; the platform documents less",
    };
    let mut text = format!(
        "\n## {}\n\nIt reads the page {occasion}.\n\n",
        rules.crawler
    );
    text.push_str("| part | elements, the preferred first | if it is missing |\n|---|---|---|\n");
    rules
        .parts
        .iter()
        .for_each(|rule| text.push_str(&row(rule)));
    text.push_str(&picture(rules));
    let sources = rules.sources.iter().map(|source| format!("<{source}>"));
    let sources: Vec<String> = sources.collect();
    text.push_str(&format!("\nSource: {basis}: {}.\n", sources.join(", ")));
    text
}

fn row(rule: &PartRule) -> String {
    let names = |elements: &[PageElement]| {
        let names = elements.iter().map(|element| match element {
            PageElement::JsonLd { types, key } => {
                format!("`{key}` of JSON-LD ({})", types.join(", "))
            }
            element => format!("`{element}`"),
        });
        names.collect::<Vec<_>>().join(", ")
    };
    let mut elements = names(rule.elements);
    if !rule.fallback.is_empty() {
        elements.push_str(&format!("; else {}", names(rule.fallback)));
    }
    if let Some(value) = &rule.value {
        elements.push_str(&format!("; such as `{}`", value.example));
    }
    let effect = match rule.need {
        PartNeed::Optional => "",
        PartNeed::Needed | PartNeed::Advised => rule.missing_effect,
    };
    format!("| {} | {elements} | {effect} |\n", rule.part.name())
}

fn picture(rules: &PageRules) -> String {
    let rule = rules.picture;
    let formats: Vec<&str> = rule
        .formats
        .iter()
        .map(|format| format.trim_start_matches("image/"))
        .collect();
    let mut parts = Vec::new();
    if !formats.is_empty() {
        parts.push(format!("the format {}", formats.join(", ")));
    }
    let bytes = rule
        .max_bytes
        .map(|most| format!("at most {} kB", most / 1_000));
    parts.extend(bytes);
    let pixels = rule.min_pixels;
    parts.extend(pixels.map(|(width, height)| format!("at least {width}×{height} pixels")));
    if !rule.resolves_relative {
        parts.push("an address with its host".to_owned());
    }
    match parts.is_empty() {
        true => String::new(),
        false => format!("\nThe picture needs {}.\n", parts.join(", ")),
    }
}

#[test]
fn pages_document_is_current() {
    let sinks = SINKS.map(|(name, options)| build(name, options));
    let rules = sinks.iter().map(|sink| sink.page_rules().unwrap());
    let text: String = std::iter::once(HEAD.to_owned())
        .chain(rules.map(section))
        .collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert_current(&root.join("docs/pages.md"), &text);
}

#[test]
fn rules_are_complete() {
    for (name, options) in SINKS {
        let rules = build(name, options).page_rules().unwrap();
        assert!(!rules.sources.is_empty(), "{name}");
        let position = |part| rules.parts.iter().position(|rule| rule.part == part);
        // The alternative text is read for a picture that is known.
        let alt = position(PagePart::PictureAlt);
        assert!(
            alt.is_none_or(|alt| alt > position(PagePart::Picture).unwrap()),
            "{name}"
        );
        for rule in rules.parts {
            let is_optional = rule.need == PartNeed::Optional;
            assert_eq!(
                rule.missing_effect.is_empty(),
                is_optional,
                "{name} {rule:?}"
            );
            assert!(rule.suggested_element().is_some(), "{name} {rule:?}");
            if let Some(value) = rule.value {
                assert!((value.is_met)(value.example), "{name} {rule:?}");
            }
        }
    }
}

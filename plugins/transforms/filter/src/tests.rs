use serde_json::json;
use syndicate_api::{
    ComponentContext, Item, ItemAuthor, TransformOptions, TransformOutcome, load_options,
};

use crate::{Options, PLUGIN};

#[test]
fn declaration_keeps_contract() {
    syndicate_api::testkit::check_transform(&PLUGIN, &json!({"tags": {"none": ["note"]}}));
}

fn item() -> Item {
    Item {
        path: Some("content/blog/a.md".to_owned()),
        tags: vec!["Rust".to_owned(), "Note".to_owned()],
        lang: Some("en-GB".to_owned()),
        front: json!({"series": "one", "promote": true})
            .as_object()
            .cloned()
            .unwrap()
            .into(),
        ..Item::default()
    }
}

/// Returns the reason why a filter with these options skips `item`, if it does.
fn reason(options: &serde_json::Value, item: &Item) -> Option<String> {
    let loaded: Options = load_options(options).unwrap();
    let place = ComponentContext {
        name: "f".to_owned(),
        base: ".".into(),
    };
    let outcome = loaded.build(&place).unwrap().apply(item.clone()).unwrap();
    match outcome {
        TransformOutcome::Keep(kept) => {
            assert_eq!(*kept, *item, "{options}");
            None
        }
        TransformOutcome::Skip { reason } => Some(reason),
    }
}

#[test]
fn rule_keeps_or_gives_reason() {
    for (options, expected) in [
        (json!({"tags": {"any": ["rust", "go"]}}), None),
        (
            json!({"tags": {"any": ["go"]}}),
            Some("has none of the tags `go`"),
        ),
        (
            json!({"tags": {"all": ["rust", "go"]}}),
            Some("lacks the tag `go`"),
        ),
        (
            json!({"tags": {"none": ["note"]}}),
            Some("has the tag `note`"),
        ),
        (json!({"paths": {"include": ["content/**/*.md"]}}), None),
        (
            json!({"paths": {"include": ["content/*.md"]}}),
            Some("`content/blog/a.md` is not included"),
        ),
        (
            json!({"paths": {"exclude": ["**/a.md"]}}),
            Some("`content/blog/a.md` is excluded"),
        ),
        (json!({"langs": ["en"]}), None),
        (json!({"langs": ["de"]}), Some("its language is `en-GB`")),
        (json!({"front": {"promote": true, "series": "one"}}), None),
        (
            json!({"front": {"promote": false}}),
            Some("its `promote` is not `false`"),
        ),
        (
            json!({"front": {"absent": "x"}}),
            Some("its `absent` is not `x`"),
        ),
    ] {
        assert_eq!(reason(&options, &item()).as_deref(), expected, "{options}");
    }
}

#[test]
fn filter_without_rules_is_invalid() {
    assert!((PLUGIN.load)(&json!({})).is_err());
    let Err(faults) = (PLUGIN.load)(&json!({"paths": {"include": ["a{"]}})) else {
        panic!("an invalid pattern loads")
    };
    assert_eq!(faults[0].keys(), ["paths", "include", "0"]);
}

fn authors(all: &[(&str, Option<&str>)]) -> Item {
    let authors = all.iter().map(|(name, key)| ItemAuthor {
        name: (*name).to_owned(),
        key: key.map(str::to_owned),
    });
    let authors: Vec<ItemAuthor> = authors.collect();
    Item {
        author: ItemAuthor::joined_names(&authors),
        authors,
        ..Item::default()
    }
}

#[test]
fn author_is_found_in_any_spelling() {
    for (wanted, name, key) in [
        ("Jane Doe", "Jane Doe", None),
        ("jane doe", "JANE  DOE", None),
        ("jane-doe", "Jane Doe", None),
        ("jane", "Jane Doe", Some("jane")),
        ("Jane Doe", "Jane Doe", Some("jane")),
        ("Jörg Åström", "jorg astrom", None),
        ("Lukasz", "Łukasz", None),
        ("Soren", "Søren", None),
        ("Andre\u{301}", "André", None),
        ("Doe, Jane", "Doe, Jane", None),
        ("Otto", "Jane Doe, Otto", None),
        ("Otto", "Jane; Otto", None),
        ("山田 太郎", "山田 太郎", None),
        ("Анна", "АННА", None),
    ] {
        let item = authors(&[(name, key)]);
        let options = json!({"authors": {"any": ["Someone Else", wanted]}});
        assert_eq!(reason(&options, &item), None, "{wanted} in {name}");
        let options = json!({"authors": {"none": [wanted]}});
        let expected = format!("its author is `{wanted}`");
        assert_eq!(reason(&options, &item), Some(expected), "{name}");
    }
    // A source may know only the joined names.
    let joined = Item {
        author: Some("Jane Doe, Otto".to_owned()),
        ..Item::default()
    };
    assert_eq!(
        reason(&json!({"authors": {"all": ["jane doe", "otto"]}}), &joined),
        None
    );
}

#[test]
fn other_author_is_the_reason() {
    let options = json!({"authors": {"any": ["jane"]}});
    for (item, expected) in [
        (authors(&[]), "has no author"),
        (
            authors(&[("Zoe Ray", Some("zoe"))]),
            "its author is `Zoe Ray`",
        ),
        (authors(&[("Jane Doe", None)]), "its author is `Jane Doe`"),
        (authors(&[("Janet", None)]), "its author is `Janet`"),
        // Names that only a transliteration makes equal.
        (authors(&[("張三", None)]), "its author is `張三`"),
        (
            authors(&[("A", None), ("B", None)]),
            "its authors are `A`, `B`",
        ),
    ] {
        assert_eq!(reason(&options, &item).as_deref(), Some(expected));
    }
    let options = json!({"authors": {"any": ["章三"]}});
    assert!(reason(&options, &authors(&[("張三", None)])).is_some());
    let options = json!({"authors": {"all": ["jane", "otto"]}});
    assert!(reason(&options, &authors(&[("Jane", None)])).is_some());
    let options = json!({"authors": {"none": ["jane"]}});
    assert_eq!(reason(&options, &authors(&[])), None);
    assert_eq!(reason(&options, &authors(&[("Otto", None)])), None);
    // A name without letters and digits matches nothing.
    let options = json!({"authors": {"any": ["---"]}});
    assert!(reason(&options, &authors(&[("***", None)])).is_some());
}

#[test]
fn expression_keeps_or_gives_reason() {
    let item = Item {
        title: Some("Rust at work".to_owned()),
        ..item()
    };
    for (when, is_kept) in [
        ("'Rust' in tags", true),
        ("tags.exists(tag, tag.lowerAscii() == 'note')", true),
        ("tags.all(t, tags.exists(u, u == t && u != 'Go'))", true),
        ("size(tags) > 2", false),
        ("title.startsWith('Rust') && front.promote", true),
        ("has(front.series) ? front.series == 'two' : true", false),
        ("has(front.other) || description != ''", false),
        ("path.matches('^content/.*[.]md$')", true),
        ("published == '' || published >= '2026-01-01'", true),
        ("{'en-GB': true}[lang]", true),
        ("draft", false),
    ] {
        let expected = (!is_kept).then(|| format!("`{when}` is false"));
        assert_eq!(reason(&json!({"when": when}), &item), expected, "{when}");
    }
}

#[test]
fn invalid_expression_is_error_of_its_option() {
    for (when, error) in [
        (
            "title ==",
            "invalid expression at character 9: the expression ends too early",
        ),
        (
            "tags.exists(t, )",
            "invalid expression at character 16: unexpected `)`",
        ),
        (
            "title == 'a' || (\n  draft",
            "invalid expression at line 2, character 8: `)` is missing",
        ),
        (
            "title = 'a'",
            "invalid expression at character 7: unexpected `=`; write `==` to compare",
        ),
        (
            "title ~ 'a'",
            "invalid expression at character 7: unexpected `~`",
        ),
        (
            "title == \"a",
            "invalid expression at character 10: the text \"a has no closing quotation mark",
        ),
        ("1 2", "invalid expression at character 3: unexpected `2`"),
        ("titel == 'a'", "items have no field `titel`"),
        ("tags.exists(t, u == t)", "items have no field `u`"),
        ("title.shout() == 'A'", "unknown function `shout`"),
    ] {
        let options: Options = load_options(&json!({"when": when})).unwrap();
        let faults = options.validate();
        assert_eq!(faults.len(), 1, "{when}");
        assert!(
            faults[0].message.starts_with(error),
            "{}",
            faults[0].message
        );
        assert_eq!(faults[0].keys(), ["when"]);
    }
}

#[test]
fn expression_without_answer_fails_item() {
    for (when, error) in [
        (
            "front.other == 1",
            "the post has no key `other`; test with `has(…)` first",
        ),
        (
            "title",
            "the expression must be `true` or `false`, not text",
        ),
        (
            "size(tags)",
            "the expression must be `true` or `false`, not a number",
        ),
        ("1 / 0 == 1", "`when`: "),
        ("title < 3", "`when`: "),
    ] {
        let options: Options = load_options(&json!({"when": when})).unwrap();
        let place = ComponentContext {
            name: "f".to_owned(),
            base: ".".into(),
        };
        let filter = options.build(&place).unwrap();
        let failed = filter.apply(item()).unwrap_err().to_string();
        assert!(failed.contains(error), "{failed}");
    }
}

//! Combines documents at random from typical parts and edits them. Only the edited key may change, and no
//! line may be lost.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use super::edit;

/// Lines before and after the block; an edit must not change them.
const YAML_LINES: &[&str] = &[
    "title: A # of mine\n",
    "name : 'spaced: out'\n",
    "# a remark\n",
    "\n",
    "tags:\n- a\n- b # why\n",
    "text: |\n  # no comment\n  ----\n\n  commentary: x\n",
    "kept: |+\n  syndicate:\n    skip: true\n\n\n",
    "folded: >2-\n    two\n\n   one\n",
    "base: &b\n  id: x\nmerged:\n  <<: *b\n  skip: true\n",
    "list: [a,\n  b]\n",
    "\"quoted key\": \"a\\\n  b\"\n",
    "empty:\nnothing: {}\n",
];

/// Variants of the `syndicate` block.
const YAML_BLOCKS: &[&str] = &[
    "",
    "syndicate:\n",
    "syndicate: # how it goes out\n",
    "syndicate: {}\n",
    "syndicate: true\n",
    "syndicate: ~  \n",
    "syndicate : {skip: [a], linkedin: {commentary: \"a, {b}\"}}  \n",
    "'syndicate': { id: x }\n",
    "syndicate:\n  id: x\n",
    "syndicate:\n  # above\n  commentary: Plain words\n  # below\n  skip: true\n",
    "syndicate:\n    commentary: |2\n        One\n\n       two\n\n    at: 2026-12-01 09:00\n",
    "syndicate:\n  commentary: >+\n    kept\n\n\n  linkedin:\n    commentary: |\n      #a\n",
    "syndicate:\n  skip:\n  - a\n  - b\n  linkedin:\n",
    "syndicate:\n  skip: true\n# at the margin\n  \"commentary\": 'it''s # text'\n",
];

const TOML_LINES: &[&str] = &[
    "title = 'A' # of mine\n",
    "# a remark\n",
    "\n",
    "tags = [\n  'a', # why\n  'b',\n]\n",
    "text = '''\n[syndicate]\n# no comment\n'''\n",
    "a.b.c = 1\n",
];

const TOML_BLOCKS: &[&str] = &[
    "",
    "syndicate = {}\n",
    "syndicate = { skip = true, linkedin = {commentary = \"x\"} } # kept\n",
    "syndicate.id = \"x\" # kept\n",
    "syndicate.linkedin.commentary = 'x'\nsyndicate.skip = true\n",
    "[syndicate]\n",
    "[syndicate] # kept\n# above\nskip = true\n# below\nid = 'x'\n",
    "[syndicate]\nlinkedin.commentary = 'x'\n\n[extra]\na = 1\n",
    "[syndicate.linkedin]\ncommentary = '''\nOne\nTwo'''\n[[more]]\na = 1\n[[more]]\na = 2\n",
    "[syndicate]\nat = 2026-12-01T09:00:00Z\n[syndicate.linkedin]\n# empty\n",
];

const PATHS: &[&[&str]] = &[
    &["syndicate", "commentary"],
    &["syndicate", "linkedin", "commentary"],
    &["syndicate", "skip"],
    &["syndicate", "at"],
];

fn words() -> impl Strategy<Value = String> {
    let odd = select(vec![
        "#Rust first",
        "- a\n- b",
        "  spaces\nbefore",
        "\n\nblank\n",
        "tail \n  ",
        "a: b # c",
        "---\n...\n+++",
        "\u{feff}\u{2028}\u{85}\u{7f}\u{ffff}",
        "שלום 👩‍🚀 עולם",
        "\ttab\n\ttab",
        "'''\"\"\"\\ \\n",
        "true",
        "2026-12-01T:",
        "*a &b !c %d @e `f",
        "a\r\nb\rc",
    ]);
    prop_oneof![
        any::<String>(),
        odd.prop_map(str::to_owned),
        "(?s).{0,9}\n.{0,9}\n[ #\t-].{0,9}",
        "[a-z ]{2000}",
    ]
}

fn values() -> impl Strategy<Value = Option<Value>> {
    prop_oneof![
        words().prop_map(|words| Some(json!(words))),
        Just(Some(json!(true))),
        Just(Some(json!(["a", "# b"]))),
        Just(Some(json!("2026-12-01T09:00+01:00"))),
        Just(None),
    ]
}

/// Parses the front matter of `text` with the parser of its format.
fn read(text: &str) -> Value {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let (fence, rest) = text.split_once('\n').unwrap();
    let (source, _) = format!("\n{rest}")
        .split_once(&format!("\n{fence}\n"))
        .map(|(source, rest)| (format!("{source}\n"), rest.to_owned()))
        .unwrap();
    let read = match fence {
        "+++" => toml_value(source.parse::<toml_edit::DocumentMut>().unwrap().as_item()),
        _ => serde_saphyr::from_str(&source).unwrap_or_else(|error| panic!("{error}\n{text}")),
    };
    pruned(&read)
}

fn toml_value(item: &toml_edit::Item) -> Value {
    if let Some(tables) = item.as_array_of_tables() {
        let tables = tables.iter().cloned().map(toml_edit::Item::Table);
        return tables.map(|table| toml_value(&table)).collect();
    }
    match item.as_table_like() {
        Some(table) => table
            .iter()
            .map(|(key, item)| (key.to_owned(), toml_value(item)))
            .collect::<Map<_, _>>()
            .into(),
        None => match item.as_value().unwrap() {
            toml_edit::Value::String(text) => json!(text.value()),
            toml_edit::Value::Boolean(flag) => json!(flag.value()),
            toml_edit::Value::Array(values) => {
                values.iter().map(|value| json!(value.as_str())).collect()
            }
            other => json!(other.clone().decorated("", "").to_string()),
        },
    }
}

/// Returns `value` without nulls and empty maps.
fn pruned(value: &Value) -> Value {
    let Value::Object(map) = value else {
        return value.clone();
    };
    let map = map.iter().map(|(key, value)| (key.clone(), pruned(value)));
    map.filter(|(_, value)| !value.is_null() && *value != json!({}))
        .collect::<Map<_, _>>()
        .into()
}

/// Returns `data` with the key at `path` set, or removed for `None`.
fn with(mut data: Value, path: &[&str], value: Option<&Value>) -> Value {
    let mut at = &mut data;
    for key in path {
        if !at.is_object() && value.is_none() {
            return pruned(&data);
        }
        if !at.is_object() {
            *at = json!({});
        }
        at = &mut at[*key];
    }
    *at = value.cloned().unwrap_or_default();
    pruned(&data)
}

fn is_comment(line: &&str) -> bool {
    line.contains("# ") && !line.contains('\'')
}

fn check(text: &str, around: (&str, &str), path: &[&str], value: Option<&Value>) {
    let edited = edit(text, path, value)
        .unwrap_or_else(|error| panic!("{error:?}\n{text}\n{path:?} {value:?}"));
    // Line endings within the value become those of the file.
    let value = value.map(|value| match value.as_str() {
        Some(text) if text.contains("\r\n") => json!(text),
        _ => value.clone(),
    });
    let data = with(read(text), path, value.as_ref());
    assert_eq!(read(&edited), data, "\n{text}\n{edited}");
    assert!(edited.starts_with(around.0), "{text}\n{edited}");
    assert!(edited.ends_with(around.1), "{text}\n{edited}");
    let mut lines = edited.lines();
    for remark in text.lines().filter(is_comment) {
        let (_, remark) = remark.split_once("# ").unwrap();
        assert!(
            lines.any(|line| line.ends_with(remark)),
            "{remark}\n{edited}"
        );
    }
    let again = edit(&edited, path, value.as_ref()).unwrap();
    assert_eq!(again, edited, "set twice");
    let out = edit(&edited, path, None).unwrap();
    assert_eq!(read(&out), with(data, path, None), "{out}");
    assert!(
        out.starts_with(around.0) && out.ends_with(around.1),
        "{out}"
    );
}

proptest! {
    #[test]
    fn yaml_edit_keeps_other_lines(
        before in select(YAML_LINES),
        block in select(YAML_BLOCKS),
        after in select(YAML_LINES),
        indent in select(vec!["", "  "]),
        ends in any::<bool>(),
        mark in any::<bool>(),
        path in select(PATHS),
        value in values(),
    ) {
        prop_assume!(before.split(':').next() != after.split(':').next() || !before.contains(':'));
        let spread = |lines: &str| -> String {
            lines.split_inclusive('\n').map(|line| match line {
                "\n" => line.to_owned(),
                line => format!("{indent}{line}"),
            }).collect::<String>()
        };
        let line_end = |lines: String| if ends { lines.replace('\n', "\r\n") } else { lines };
        let mark = if mark { "\u{feff}" } else { "" };
        let before = line_end(format!("{mark}---\n{}", spread(before)));
        let after = line_end(format!("{}---\nBody\n---\n", spread(after)));
        let text = format!("{before}{}{after}", line_end(spread(block)));
        // A new block is added at the end.
        let around = match block {
            "" => (&text[..text.len() - line_end("---\nBody\n---\n".to_owned()).len()], "Body"),
            _ => (before.as_str(), after.as_str()),
        };
        let around = (around.0.trim_end(), around.1.trim_start_matches("Body"));
        check(&text, around, path, value.as_ref());
    }

    #[test]
    fn toml_edit_keeps_other_lines(
        before in select(TOML_LINES),
        block in select(TOML_BLOCKS),
        ends in any::<bool>(),
        path in select(PATHS),
        value in values(),
    ) {
        let line_end = |lines: String| if ends { lines.replace('\n', "\r\n") } else { lines };
        let before = line_end(format!("+++\n{before}"));
        let after = line_end("+++\nBody\n+++\n".to_owned());
        let text = format!("{before}{}{after}", line_end(block.to_owned()));
        check(&text, (&before, &after), path, value.as_ref());
    }
}

#[test]
fn edit_that_loses_comment_is_refused() {
    for text in [
        "---\nsyndicate:\n  commentary: \"a\" # \"b\"\n---\n",
        "---\nsyndicate:\n  commentary: a\n    b # why\n---\n",
        "---\nsyndicate:\n  commentary: | # why\n    b\n---\n",
        "---\nsyndicate:\n  commentary: |\n      b\n    # why\n---\n",
        "---\nsyndicate:\n  commentary: >2-\n      b\n   # why\n---\n",
        "---\nsyndicate:\n  commentary:\n  # why\n  - b\n---\n",
        "---\nsyndicate: true\n  # why\n---\n",
        "+++\nsyndicate = {skip = true, # why\n}\n+++\n",
    ] {
        let path = &["syndicate", "commentary"];
        let refused = edit(text, path, Some(&json!("New")));
        assert!(refused.is_err(), "{refused:?}");
    }
    let text = "+++\n[syndicate]\ncommentary = 'x' # why\n+++\n";
    edit(text, &["syndicate", "commentary"], None).unwrap_err();
}

#[test]
fn missing_block_is_created() {
    for (text, edited) in [
        ("---\n---", "---\nsyndicate:\n  skip: true\n---"),
        (
            "---\n# c\n\n---\n",
            "---\n# c\nsyndicate:\n  skip: true\n\n---\n",
        ),
        (
            "---\r\n---\r\n",
            "---\r\nsyndicate:\r\n  skip: true\r\n---\r\n",
        ),
        ("+++\n+++\n", "+++\n[syndicate]\nskip = true\n+++\n"),
    ] {
        let path = &["syndicate", "skip"];
        assert_eq!(edit(text, path, Some(&json!(true))).unwrap(), edited);
    }
}

#[test]
fn mixed_line_endings_stay() {
    let text = "+++\r\na = 1\nb = 2\r\n[syndicate]\nid = 'x'\r\n+++\nBody";
    let edited = edit(text, &["syndicate", "skip"], Some(&json!(true))).unwrap();
    assert!(
        edited.starts_with("+++\r\na = 1\nb = 2\r\n[syndicate]\nid = 'x'\r\n"),
        "{edited:?}"
    );
}

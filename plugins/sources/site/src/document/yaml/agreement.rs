//! Compares the reader of plain YAML with the complete parser.

use proptest::prelude::*;
use proptest::string::string_regex;
use syndicate_api::testkit::trials;

use super::{YamlRules, parse, plain_yaml};

/// A regular expression of the parts of values.
const PART: &str = concat!(
    r"(a|b|title|é|東京|true|False|no|y|null|~|1|0|12|1\.5|1e3|0x1|2026|2026-01-02|T10:00:00Z| 10:00 \+01:00|on|inf|\.nan",
    r#"|C\+\+|C#|x-y|: |:| |  |- |-|\[|\]|, |,|"|'|''|\\"|\\|\\n|#| #|/|\./|\.\.|\.|\?|!|&|\*|\||>|\{|\}|%|@|`|=|<<|\+|_"#,
    "|\t|\u{a0}|\u{85}|\u{2028}|\u{feff}|---|\\.\\.\\.)"
);

/// A regular expression of the keys of maps.
const KEY: &str = "(title|date|tags|a|b|c|d|e|x-y|x_1|n|é|1)";

/// Returns texts whose lines look like front matter, with any values.
fn lines() -> impl Strategy<Value = String> {
    let value = format!("{PART}{{1,3}}");
    let line = [
        format!("{KEY}: {value}|{KEY}: (a|b|1|true|é)"),
        format!("{KEY}: \"{value}\"|{KEY}: '{value}'|{KEY}: \"(a|é)\""),
        format!(
            "{KEY}: \\[{value}, {value}\\]|{KEY}: \\['{value}', \"{value}\"\\]|{KEY}: \\[(a|b), (1|c)\\]"
        ),
        format!("{KEY}:|{KEY}:\n- {value}|{KEY}:\n  - {value}\n  - (a|'b')"),
        format!("- {value}|  - {value}|  {KEY}: {value}|# {value}| # {value}| *"),
    ];
    let line = line.join("|");
    string_regex(&format!("(({line})(\n|\n|\n|\r\n)){{1,6}}")).unwrap()
}

/// Returns texts of any parts.
fn parts() -> impl Strategy<Value = String> {
    string_regex(&format!(
        "({PART}|\n|\n- |a: b\n|c: \\[d, e\\]\n|e:\n- f\n){{1,24}}"
    ))
    .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(trials(512)))]

    /// Everything that the reader of plain YAML accepts has the value that the complete parser gives it.
    #[test]
    fn plain_yaml_agrees_with_parser(source in prop_oneof![3 => lines(), 1 => parts()]) {
        if let Some(value) = plain_yaml::read(&source) {
            let parsed = parse(&source, YamlRules::default());
            prop_assert_eq!(parsed.ok(), Some(value), "{:?}", source);
        }
    }
}

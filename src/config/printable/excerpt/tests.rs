use proptest::prelude::*;

use super::*;

const SECRET: &str = "hunter2-hunter2";

/// Returns the excerpt of the last line of a sink with these lines.
fn shown(lines: &str) -> String {
    let text = format!("sinks:\n  linkedin:\n    type: linkedin\n{lines}");
    excerpt("pipeline.yaml", &text, text.lines().count())
}

#[test]
fn harmless_value_is_shown() {
    for line in [
        "    type: linkedn",
        "    author: urn:li:company:1",
        "    text_limit: many",
        "    thumbnail: maybe",
        "    token: ${LINKEDIN_ACCESS_TOKEN}",
        "    endpoint: http://example.org/li",
        "    url: https://blog.example.org/",
        "    url: http://127.0.0.1:8080",
        "    max_per_rum: 3",
        "    cI: true",
        "    commentary: \"{{titel}} and more\"",
        "  out: {type: fil, thumbnail: \"skip\"}",
        "    inputs: [blgo, news]",
        "    api_version: latest",
    ] {
        assert_eq!(shown(line), line);
    }
    assert_eq!(shown("    inputs:\n    - blgo"), "    - blgo");
}

#[test]
fn value_of_secret_or_unknown_key_is_hidden() {
    for (line, expected) in [
        ("    token: S", "    token: ***"),
        ("    tokn: S", "    tokn: ***"),
        ("    Token: 'S'", "    Token: ***"),
        ("    \"token\": \"S\"", "    \"token\": ***"),
        (
            "    access_token: S # mine S",
            "    access_token: ***             # …",
        ),
        ("    token: [S, S]", "    token: ***"),
        ("    tokn: [S]", "    tokn: [***            ]"),
        ("    tokn: &a S", "    tokn: ***"),
        ("    token: !x S", "    token: ***"),
        ("    token: {S}", "    token: ***"),
        ("    tk: {S}", "    tk: {***            }"),
        ("    token: S: x", "    token: ***"),
        ("    token:S", "    token:***"),
        ("    S", "    ***"),
        ("    - S", "    - ***"),
        ("    token: ${X:-S}", "    token: ***"),
        ("    token: 'S", "    token: ***"),
        (
            "  x: {type: linkedin, token: S, post: text}",
            "  x: {type: linkedin, token: ***            , post: text}",
        ),
        ("    token: |\n      S", "      ***"),
        ("    token: >-\n      a\n      S", "      ***"),
        ("    token: |\n      S\n     S", "     ***"),
        ("    token: \"S\n      S\"", "      ***"),
        ("    token:\n      S", "      ***"),
        ("    token:\n      - S", "      ***"),
        ("    tokn:\n      S", "      ***"),
        ("    token: \"S\n    thumbnail: skip", "    ***"),
    ] {
        let line = line.replace('S', SECRET);
        assert_eq!(shown(&line), expected, "{line}");
    }
}

#[test]
fn secret_under_harmless_key_is_hidden() {
    for (line, expected) in [
        ("    author: AQXfakeTOKEN12345", "    author: ***"),
        (
            "    endpoint: https://ann:pw1@api.example",
            "    endpoint: https://***@api.example",
        ),
        (
            "    endpoint: ann:pw1@api.example",
            "    endpoint: ***@api.example",
        ),
        (
            "    commentary: |\n      {{titel}} AQXfakeTOKEN12345 x",
            "      {{titel}} *** x",
        ),
        (
            "    url: https://chat.example.org/services/T0/B0/x",
            "    url: ***",
        ),
        (
            "  w: {url: \"https://chat.example.org/?key=x\", dialect: slak}",
            "  w: {url: ***                              , dialect: slak}",
        ),
        ("    url: chat.example.org/T0/B0/x", "    url: ***"),
        (
            "    url: |\n      https://chat.example.org/T0/B0/x",
            "      ***",
        ),
        (
            "    commentary: |\n      token: hunter2",
            "      token: ***",
        ),
        ("    commentary: \"open\n    tokn: hunter2", "    tokn: ***"),
    ] {
        assert_eq!(shown(line), expected, "{line}");
    }
}

#[test]
fn front_matter_hides_secret_alone() {
    let text =
        "---\ntitle: My 2nd post: a test\npassword: hunter2\nkey = 'x'\napi_key = 'x'\n---\n";
    let line = |number| excerpt("posts/a.md", text, number);
    assert_eq!(line(2), "title: My 2nd post: a test");
    assert_eq!(line(3), "password: ***");
    assert_eq!(line(4), "key = 'x'");
    assert_eq!(line(5), "api_key = ***");
    assert_eq!(line(99), "");
}

proptest! {
    #[test]
    fn no_text_breaks_excerpt(text in "[ -~\n\u{e9}]{0,200}", number in 0usize..9) {
        let line = excerpt("pipeline.yaml", &text, number);
        prop_assert!(!line.contains('\n'));
    }

    #[test]
    fn no_form_shows_secret(
        before in "( {0,6}|  - )(tokn|token|Token|x|)(: |:| )",
        around in "(S|'S'|\"S\"|\\[S\\]|\\{S\\}|\\{a: S, b: S\\}|\\|\n      S|>\n     S|&a S|\"S)",
    ) {
        let text = format!("sinks:\n  linkedin:\n{before}{}\n", around.replace('S', SECRET));
        for number in 1..=text.lines().count() {
            let line = excerpt("pipeline.yaml", &text, number);
            prop_assert!(!line.contains("hunter2"), "{text}\n{line}");
        }
    }
}

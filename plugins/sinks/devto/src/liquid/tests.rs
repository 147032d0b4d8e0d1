use std::ops::Range;

use proptest::prelude::*;

use super::{END_RAW, RAW, code, protect};

#[test]
fn tags_in_text_are_protected() {
    for (text, expected) in [
        ("a {{ x }} b", "a {% raw %}{{ x }}{% endraw %} b"),
        ("{% if a %}", "{% raw %}{% if a %}{% endraw %}"),
        ("{{< figure >}}", "{% raw %}{{< figure >}}{% endraw %}"),
        ("{{ a\n}}", "{% raw %}{{{% endraw %} a\n}}"),
        ("{{ a `b` }}", "{% raw %}{{{% endraw %} a `b` }}"),
        ("{% endraw %}", "{% raw %}{%{% endraw %} endraw %}"),
        ("{%- raw -%} a", "{% raw %}{%- raw -%}{% endraw %} a"),
        ("{{{ x }}}", "{% raw %}{{{ x }}{% endraw %}}"),
        ("    {{ x }}", "    {% raw %}{{ x }}{% endraw %}"),
        ("{`x`}", "{% raw %}{{% endraw %}`x`}"),
        ("a { b } c }} d", "a { b } c }} d"),
    ] {
        assert_eq!(protect(text), expected, "{text}");
    }
}

#[test]
fn code_protects_itself() {
    for text in [
        "`{{ x }}`",
        "``{% y %}``",
        "```liquid\n{% raw %}{{ x }}{% endraw %}\n```",
        "~~~\n{{ x }}\n~~~",
        "no tags",
    ] {
        assert_eq!(protect(text), text);
    }
}

#[test]
fn end_tag_in_code_gets_known_spelling() {
    for (text, expected) in [
        (
            "`{%- endraw -%}` {{ x }}",
            "`{% endraw %}` {% raw %}{{ x }}{% endraw %}",
        ),
        (
            "```\n{%endraw%} {% y %}\n```",
            "```\n{% endraw %} {% y %}\n```",
        ),
    ] {
        assert_eq!(protect(text), expected, "{text}");
    }
}

#[test]
fn raw_block_is_not_doubled() {
    for text in [
        "{% raw %}{{ x }}{% endraw %}",
        "a {%- raw -%}\n{{ x }} {% y %}\n{%- endraw -%} b",
    ] {
        assert_eq!(protect(text), text);
    }
}

#[test]
fn raw_block_around_code_is_taken_apart() {
    for (text, expected) in [
        (
            "{% raw %}\n```\n{{ x }}\n```\n{% endraw %}\n",
            "\n```\n{{ x }}\n```\n\n",
        ),
        ("{% raw %}`{{ x }}`{% endraw %}", "`{{ x }}`"),
        (
            "{% raw %}{{ a }} `b` {% c %}{% endraw %}",
            "{% raw %}{{ a }}{% endraw %} `b` {% raw %}{% c %}{% endraw %}",
        ),
    ] {
        assert_eq!(protect(text), expected, "{text}");
    }
}

/// Renders a template as Forem does: code in raw blocks first, then Liquid, of which only raw blocks are known.
fn render(text: &str) -> Result<String, String> {
    let mut template = String::new();
    let mut at = 0;
    for Range { start, end } in code::regions(text) {
        let inside = text[start..end].replace(END_RAW, "END").replace(RAW, "RAW");
        template.push_str(&text[at..start]);
        template.push_str(&format!("{RAW}{inside}{END_RAW}"));
        at = end;
    }
    template.push_str(&text[at..]);
    let mut shown = String::new();
    let mut rest = template.as_str();
    while let Some(start) = rest.find(['{']) {
        shown.push_str(&rest[..start]);
        rest = &rest[start..];
        if rest.starts_with("{%") || rest.starts_with("{{") {
            let block = raw_block(rest).ok_or_else(|| rest.chars().take(40).collect::<String>())?;
            shown.push_str(&block.0);
            rest = &rest[block.1..];
        } else {
            shown.push('{');
            rest = &rest[1..];
        }
    }
    shown.push_str(rest);
    Ok(shown.replace("END", END_RAW).replace("RAW", RAW))
}

/// Returns the content and the length of the raw block at the beginning of `text`.
fn raw_block(text: &str) -> Option<(String, usize)> {
    let name = |tag: &str| tag.trim_matches(['-', ' ', '\t']).to_owned();
    let opening = text.strip_prefix("{%")?.split_once("%}")?.0;
    if name(opening) != "raw" {
        return None;
    }
    let start = opening.len() + 4;
    let mut at = start;
    loop {
        let open = at + text[at..].find("{%")?;
        let close = open + 2 + text[open + 2..].find("%}")?;
        if name(&text[open + 2..close]) == "endraw" {
            return Some((text[start..open].to_owned(), close + 2));
        }
        at = open + 2;
    }
}

proptest! {
    #[test]
    fn protected_text_is_shown(pieces in proptest::collection::vec(
        prop_oneof![
            Just("{{ x }}"), Just("{{"), Just("}}"), Just("{% y %}"), Just("{%"), Just("%}"),
            Just("`"), Just("``"), Just("```"), Just("~~~"), Just("\n"), Just(" a "), Just("{"), Just("é"),
        ],
        0..12,
    )) {
        let text = pieces.concat();
        prop_assert_eq!(render(&protect(&text)), Ok(text));
    }

    #[test]
    fn raw_blocks_leave_a_valid_template(pieces in proptest::collection::vec(
        prop_oneof![
            Just("{% raw %}"), Just("{% endraw %}"), Just("{{ x }}"), Just("{%- raw -%}"),
            Just("`"), Just("```"), Just("\n"), Just(" a "), Just("{% y %}"), Just("{%- endraw %}"), Just("{"),
        ],
        0..12,
    )) {
        let text = pieces.concat();
        prop_assert!(render(&protect(&text)).is_ok(), "{}", protect(&text));
    }
}

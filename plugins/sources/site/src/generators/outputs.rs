//! Replaces template outputs (`{{ … }}`) and shortcodes in a text whose value is known. All others are left to the
//! Markdown reader, which drops them and records the gap.

use std::borrow::Cow;

/// Replaces each tag between `open` and `close` for whose content `value` returns a text.
pub(super) fn fill<'a>(
    text: &'a str,
    (open, close): (&str, &str),
    value: &dyn Fn(&str) -> Option<String>,
) -> Cow<'a, str> {
    if !text.contains(open) {
        return Cow::Borrowed(text);
    }
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        let Some((content, tail)) = after.split_once(close) else {
            break;
        };
        filled.push_str(before);
        match value(content.trim_matches(|c: char| c == '-' || c.is_whitespace())) {
            Some(value) => filled.push_str(&value),
            None => {
                for part in [open, content, close] {
                    filled.push_str(part);
                }
            }
        }
        rest = tail;
    }
    filled.push_str(rest);
    Cow::Owned(filled)
}

/// Applies a filter without arguments that has the same meaning in Liquid and Nunjucks. Returns `None` for any other.
pub(super) fn apply_filter(text: &str, filter: &str) -> Option<String> {
    Some(match filter {
        "downcase" | "lower" => text.to_lowercase(),
        "upcase" | "upper" => text.to_uppercase(),
        "strip" | "trim" => text.trim().to_owned(),
        "escape" | "safe" | "xml_escape" => text.to_owned(),
        _ => return None,
    })
}

/// Returns the text between a pair of quotes.
pub(super) fn unquote(text: &str) -> Option<&str> {
    let inside = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    let found = inside('"').or_else(|| inside('\''));
    found.filter(|inside| !inside.contains(['"', '\'']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_tags_are_filled() {
        let value = |content: &str| (content == "a b").then(|| "A".to_owned());
        for (text, filled) in [
            ("x {{ a b }} {{-a b-}} {{ c }}", "x A A {{ c }}"),
            ("{{ open {{ a b", "{{ open {{ a b"),
        ] {
            assert_eq!(fill(text, ("{{", "}}"), &value), filled);
        }
    }
}

//! Rewrites serde's messages about values in the terms of YAML.

/// The hint for a single value in place of a list.
const LIST_HINT: &str = "put it in square brackets";

/// Returns message and hint for the option at `path`. `text` is the message of serde or of the option's own type,
/// which may append a hint after `; hint: `.
pub(super) fn reword(path: &[String], text: &str) -> (String, Option<String>) {
    let subject = subject(path);
    let rest = ["invalid type: ", "invalid value: ", "invalid length "];
    let rest = rest.iter().find_map(|start| text.strip_prefix(start));
    if let Some((found, expected)) = rest.and_then(|rest| rest.rsplit_once(", expected ")) {
        return mismatch(&subject, found, expected);
    }
    if text.starts_with("data did not match any variant") {
        return (format!("{subject} has a value of the wrong kind"), None);
    }
    match text.split_once("; hint: ") {
        Some((message, hint)) => (message.to_owned(), Some(hint.to_owned())),
        None => (text.to_owned(), None),
    }
}

/// Returns the name of the option in a message: its last key, and its position in a list.
fn subject(path: &[String]) -> String {
    let is_index = |segment: &str| segment.parse::<usize>().ok();
    let key = path.iter().rfind(|segment| is_index(segment).is_none());
    let key = key.map_or("the value", String::as_str);
    match path.last().and_then(|last| is_index(last)) {
        Some(index) => format!("value {} of `{key}`", index + 1),
        None if path.is_empty() => key.to_owned(),
        None => format!("`{key}`"),
    }
}

fn mismatch(subject: &str, found: &str, expected: &str) -> (String, Option<String>) {
    let is_negative = found.contains("`-");
    let expected = match expected {
        "u8" | "u16" | "u32" | "u64" | "usize" if is_negative => "a whole number from 0",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number",
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number",
        "f32" | "f64" => "a number",
        "a string" | "a borrowed string" | "string or map" => "text",
        "path string" => "a path",
        "a boolean" => "`true` or `false`",
        "a sequence" => "a list",
        "a map" => "a mapping",
        "a string key" => "a text as key",
        expected if expected.starts_with("struct ") => "a mapping",
        expected if expected.starts_with("enum ") => "text",
        expected => expected,
    };
    let is_scalar = found.starts_with(['i', 'f', 'b']);
    let hint = if expected == "text" && is_scalar {
        Some("put it in quotation marks".to_owned())
    } else if is_quoted(found, expected) {
        Some("remove the quotation marks".to_owned())
    } else if expected == "a list" && (is_scalar || found.starts_with("string ")) {
        Some(LIST_HINT.to_owned())
    } else {
        None
    };
    let message = match of_found(found) {
        Some(found) => format!("{subject} must be {expected}, not {found}"),
        None => format!("{subject} is empty and must be {expected}"),
    };
    (message, hint)
}

/// Returns `true` if `found` is a text that would be a value of the expected type without its quotation marks.
fn is_quoted(found: &str, expected: &str) -> bool {
    let text = found.strip_prefix("string \"");
    let Some(text) = text.and_then(|text| text.strip_suffix('"')) else {
        return false;
    };
    match expected {
        "`true` or `false`" => text.parse::<bool>().is_ok(),
        "a whole number" => text.parse::<i64>().is_ok(),
        "a number" => text.parse::<f64>().is_ok(),
        _ => false,
    }
}

/// Returns the value that serde found, or `None` for an empty value.
fn of_found(found: &str) -> Option<String> {
    let quoted = |quote: char| {
        let (_, rest) = found.split_once(quote)?;
        let (value, _) = rest.rsplit_once(quote)?;
        Some(format!("`{value}`"))
    };
    match found {
        "sequence" => Some("a list".to_owned()),
        "map" => Some("a mapping".to_owned()),
        "null" | "unit value" | "Option value" => None,
        _ if found.starts_with("string ") => quoted('"'),
        _ => quoted('`').or_else(|| Some(found.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn message_names_yaml_types() {
        for (text, expected) in [
            (
                "invalid type: string \"many\", expected usize",
                "`max` must be a whole number, not `many`",
            ),
            (
                "invalid value: integer `-1`, expected u32",
                "`max` must be a whole number from 0, not `-1`",
            ),
            (
                "invalid type: floating point `1.5`, expected u64",
                "`max` must be a whole number, not `1.5`",
            ),
            (
                "invalid type: integer `12`, expected a string",
                "`max` must be text, not `12`",
            ),
            (
                "invalid type: sequence, expected a boolean",
                "`max` must be `true` or `false`, not a list",
            ),
            (
                "invalid type: map, expected path string",
                "`max` must be a path, not a mapping",
            ),
            (
                "invalid type: null, expected struct Inner",
                "`max` is empty and must be a mapping",
            ),
            (
                "data did not match any variant of untagged enum Written",
                "`max` has a value of the wrong kind",
            ),
        ] {
            assert_eq!(reword(&["max".to_owned()], text).0, expected, "{text}");
        }
    }

    #[test]
    fn list_item_is_counted() {
        let path = ["inner", "tags", "1"].map(str::to_owned);
        let (message, hint) = reword(&path, "invalid type: integer `7`, expected a string");
        assert_eq!(message, "value 2 of `tags` must be text, not `7`");
        assert_eq!(hint.as_deref(), Some("put it in quotation marks"));
    }

    #[test]
    fn single_value_of_list_has_hint() {
        for (found, expected) in [
            ("string \"blog\"", Some(LIST_HINT)),
            ("integer `2026`", Some(LIST_HINT)),
            ("map", None),
            ("null", None),
        ] {
            let text = format!("invalid type: {found}, expected a sequence");
            let (_, hint) = reword(&["add".to_owned()], &text);
            assert_eq!(hint.as_deref(), expected, "{found}");
        }
    }

    #[test]
    fn quoted_value_has_hint() {
        for (text, expected) in [
            (r#"string "false", expected a boolean"#, true),
            (r#"string "3", expected usize"#, true),
            (r#"string "1.5", expected f64"#, true),
            (r#"string "no", expected a boolean"#, false),
            (r#"string "1.5", expected u32"#, false),
            ("integer `1`, expected a boolean", false),
        ] {
            let (_, hint) = reword(&["max".to_owned()], &format!("invalid type: {text}"));
            let expected = expected.then_some("remove the quotation marks");
            assert_eq!(hint.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn own_message_keeps_its_hint() {
        let (message, hint) = reword(&[], "invalid date `x`; hint: write it as `2026-11-22`");
        assert_eq!(message, "invalid date `x`");
        assert_eq!(hint.as_deref(), Some("write it as `2026-11-22`"));
    }
}

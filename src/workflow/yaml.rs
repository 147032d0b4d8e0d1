//! Writes values into YAML text.

/// Returns `text` as a YAML scalar on one line, with quotes if it could be read as something else.
pub(super) fn scalar(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_./-@ ".contains(c);
    let is_word = matches!(
        text,
        "true" | "false" | "null" | "yes" | "no" | "on" | "off"
    );
    let starts_plain = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' || c == '.');
    if starts_plain && text.chars().all(is_plain) && !text.ends_with(' ') && !is_word {
        text.to_owned()
    } else {
        serde_json::Value::from(text).to_string()
    }
}

/// Returns shell commands as the value of a key: a scalar, or a block whose lines are indented by
/// `indent` spaces.
pub(super) fn script(text: &str, indent: usize) -> String {
    if !text.contains('\n') && scalar(text) == text {
        return text.to_owned();
    }
    let lines = text.lines().map(|line| {
        let indent = if line.is_empty() { 0 } else { indent };
        format!("\n{:indent$}{line}", "")
    });
    format!("|{}", lines.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ambiguous_scalar_is_quoted() {
        assert_eq!(scalar("main"), "main");
        assert_eq!(scalar("docs/site"), "docs/site");
        assert_eq!(scalar("true"), "\"true\"");
        assert_eq!(scalar("2026"), "\"2026\"");
        assert_eq!(scalar("a: b"), "\"a: b\"");
        assert_eq!(scalar("*x"), "\"*x\"");
    }

    #[test]
    fn complex_command_becomes_block() {
        assert_eq!(script("npm ci", 4), "npm ci");
        assert_eq!(script("a # b", 4), "|\n    a # b");
        assert_eq!(script("a\nb", 2), "|\n  a\n  b");
    }
}

//! Writes values into shell commands.

/// Returns `text` as one word of a command, with quotes if it needs them.
pub(super) fn word(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_./-@".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_with_space_is_quoted() {
        assert_eq!(word("docs/site-1"), "docs/site-1");
        assert_eq!(word("my site"), "'my site'");
        assert_eq!(word("it's $HOME"), r"'it'\''s $HOME'");
        assert_eq!(word(""), "''");
    }
}

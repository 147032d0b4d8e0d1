//! Writes values into commands that a shell reads.

use std::borrow::Cow;

/// Returns `text` as one word of a shell command, in quotes if it needs them.
pub(crate) fn shell_word(text: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:~%+,@=".contains(c);
    // At the start of a word, shells replace `~`, and zsh `=`.
    let is_word = !text.is_empty() && !text.starts_with(['~', '=']);
    if is_word && text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("'{}'", text.replace('\'', r"'\''")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unusual_word_is_quoted() {
        for (text, word) in [
            ("docs/site-1", "docs/site-1"),
            (
                "https://über.example/~ann/?a=1",
                "'https://über.example/~ann/?a=1'",
            ),
            ("https://über.example/~ann/", "https://über.example/~ann/"),
            ("my site", "'my site'"),
            ("it's $HOME", r"'it'\''s $HOME'"),
            ("~ann", "'~ann'"),
            ("=a", "'=a'"),
            ("", "''"),
        ] {
            assert_eq!(shell_word(text), word);
        }
    }
}

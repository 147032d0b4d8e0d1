//! Removes invisible characters from text: control characters, bidirectional overrides, and the
//! noncharacters that [`super::placeholders`] reserves. Front matter can contain any of them, and a
//! noncharacter in a value would be mistaken for a placeholder.

use std::borrow::Cow;

/// Returns `text` with `\n` line endings and without invisible characters. Tabs and zero-width joiners
/// are kept, because emoji and Persian or Indic scripts need the joiners.
pub(in crate::engine) fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_touched) {
        return Cow::Borrowed(text);
    }
    let mut cleaned = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\u{2028}' | '\u{2029}' => cleaned.push('\n'),
            _ if is_touched(c) => {}
            _ => cleaned.push(c),
        }
    }
    Cow::Owned(cleaned)
}

/// Returns `text` cleaned as by [`clean`], on one line and trimmed. Used for titles.
pub(in crate::engine) fn clean_line(text: &str) -> String {
    let cleaned = clean(text);
    let lines = cleaned.lines().map(str::trim);
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    lines.join(" ")
}

fn is_touched(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        // The byte order mark, the embeddings, overrides and isolates of UAX #9, and noncharacters.
        '\u{feff}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{fdd0}'..='\u{fdef}' => true,
        _ => c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn clean_removes_invisible_keeps_joiners() {
        for (text, expected) in [
            ("a\r\nb\rc\u{2028}d", "a\nb\nc\nd"),
            ("\u{feff}a\u{0}\u{7f}\u{85}\u{9f}b", "ab"),
            ("user\u{202e}gpj.exe\u{2069}", "usergpj.exe"),
            ("\u{fdd0}#x\u{fdef}", "#x"),
            ("tab\there", "tab\there"),
            ("👩‍👩‍👧 می‌خواهم", "👩‍👩‍👧 می‌خواهم"),
        ] {
            assert_eq!(clean(text), expected, "{text:?}");
        }
    }
}

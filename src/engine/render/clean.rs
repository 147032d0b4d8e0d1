//! Which characters may stand in a post. Front matter is copied from anywhere, and what nobody sees
//! (controls, bidirectional overrides that turn the text around them, the noncharacters that
//! [`super::marks`] claims) must neither reach a reader nor be mistaken for one of our marks.

use std::borrow::Cow;

/// `text` with `\n` for every kind of line end and without invisible characters. Tabs and the
/// joiners of emoji and of Persian or Indic scripts stay.
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

/// Returns `text` as [`clean`] does, on one line and without white space around it. For titles.
pub(in crate::engine) fn clean_line(text: &str) -> String {
    let cleaned = clean(text);
    let lines = cleaned.lines().map(str::trim);
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    lines.join(" ")
}

fn is_touched(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        // The byte order mark, embeddings, overrides and isolates of UAX #9, and noncharacters.
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
    fn what_nobody_sees_goes_and_what_shapes_letters_stays() {
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

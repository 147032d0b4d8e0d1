//! Escapes characters that a terminal would interpret instead of displaying them.
//!
//! Titles, file names, responses of platforms and lines of the ledger are untrusted. A control
//! character in them could recolour, overwrite or retitle the terminal, a bidirectional control
//! could reorder the displayed text, and a line break could forge a line of output. They are
//! escaped and not removed, so that the user sees that they exist.
//!
//! GitHub, Azure Pipelines and TeamCity execute commands that they find in the log of a job. The
//! program writes no such commands, so all of them are escaped, also outside of CI, because logs
//! are copied.

use std::borrow::Cow;

use memchr::memmem;

use super::style;

/// Prefixes of commands in the logs of CI services, valid at any position of a line.
const COMMANDS: [&str; 3] = ["##[", "##vso[", "##teamcity["];

/// Returns `value` on one line, with line breaks escaped too. Use it for values inside a text of
/// several lines.
pub(crate) fn escape_value(value: &str) -> Cow<'_, str> {
    escape(value, |c| {
        c == '\n' || is_active(c) || style::is_noncharacter(c)
    })
}

/// Returns `true` if [`escape_lines`] certainly returns `text` unchanged and it has no style marks. Most text is like this,
/// and it is written much faster.
pub(crate) fn is_plain(text: &str) -> bool {
    // The lead bytes of all characters that are escaped, and of many others.
    let is_suspect = |bytes: &[u8]| match *bytes {
        [b'\n' | b'\t', ..] => false,
        [0xe2, next, ..] => next <= 0x81,
        [byte, ..] => byte < 0x80 || matches!(byte, 0xc2 | 0xd8 | 0xef..),
        [] => false,
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = unusual_from(bytes, at) {
        if is_suspect(&bytes[found..]) {
            return false;
        }
        at = found + 1;
    }
    let has = |part: &str| memmem::find(bytes, part.as_bytes()).is_some();
    !has("::") && !has("##")
}

/// Returns the position of the first byte at or after `from` that is not a printable ASCII character.
fn unusual_from(bytes: &[u8], from: usize) -> Option<usize> {
    let (words, _) = bytes[from..].as_chunks::<8>();
    let is_usual = |word: &&[u8; 8]| !has_unusual(u64::from_ne_bytes(**word));
    let at = from + 8 * words.iter().take_while(is_usual).count();
    let is_unusual = |byte: &u8| !(b' '..=b'~').contains(byte);
    let offset = bytes[at..].iter().position(is_unusual)?;
    Some(at + offset)
}

/// Returns `true` if a byte of `word` is not a printable ASCII character. Looks at all eight at once: a subtraction sets
/// the highest bit of a byte that is less than the subtrahend, as long as no byte has that bit itself.
fn has_unusual(word: u64) -> bool {
    const EACH: u64 = u64::from_ne_bytes([1; 8]);
    const HIGHEST: u64 = 0x80 * EACH;
    let below_space = word.wrapping_sub(b' ' as u64 * EACH);
    let is_delete = (word ^ (0x7f * EACH)).wrapping_sub(EACH);
    (word | below_space | is_delete) & HIGHEST != 0
}

/// Returns `text` with everything escaped that a terminal or a CI service would interpret, except
/// line breaks and style marks.
pub(crate) fn escape_lines(text: &str) -> String {
    let text = escape(text, |c| {
        is_active(c) || style::is_noncharacter(c) && !style::is_mark(c)
    });
    let lines: Vec<Cow<'_, str>> = text.split('\n').map(escape_command).collect();
    lines.join("\n")
}

fn escape(text: &str, is_escaped: impl Fn(char) -> bool) -> Cow<'_, str> {
    // No printable ASCII character is escaped.
    let is_ascii = unusual_from(text.as_bytes(), 0).is_none();
    if is_ascii || !text.chars().any(&is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_escaped(c) {
            escaped.extend(c.escape_default());
        } else {
            escaped.push(c);
        }
    }
    Cow::Owned(escaped)
}

/// Returns `true` if a terminal interprets `c`: C0 and C1 controls, line and paragraph separators,
/// bidirectional controls and the byte order mark. Line feeds and tabs do not count.
pub(crate) fn is_active(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' => true,
        '\u{2066}'..='\u{2069}' | '\u{feff}' => true,
        _ => c.is_control(),
    }
}

/// Returns `true` if a terminal interprets a character of `text`.
pub(crate) fn has_active(text: &str) -> bool {
    let mut at = 0;
    while let Some(found) = unusual_from(text.as_bytes(), at) {
        let unusual = text[found..].chars().next();
        if unusual.is_some_and(is_active) {
            return true;
        }
        at = found + unusual.map_or(1, char::len_utf8);
    }
    false
}

/// Escapes text that a CI service would execute as a command. `::` is escaped at the beginning of a
/// line and after leading white space, because GitHub's runner trims lines.
fn escape_command(line: &str) -> Cow<'_, str> {
    let mut line = Cow::Borrowed(line);
    let start = line.len() - line.trim_start_matches(is_skipped).len();
    if line[start..].starts_with("::") {
        line.to_mut().replace_range(start..=start, "\\u{3a}");
    }
    for command in COMMANDS {
        if line.contains(command) {
            let escaped = format!("#\\u{{23}}{}", &command[2..]);
            line = Cow::Owned(line.replace(command, &escaped));
        }
    }
    line
}

fn is_skipped(c: char) -> bool {
    c.is_whitespace() || style::is_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_become_visible() {
        for (text, expected) in [
            ("a\u{1b}[31mb", "a\\u{1b}[31mb"),
            ("\u{1b}]0;title\u{7}", "\\u{1b}]0;title\\u{7}"),
            ("\u{9b}2J \u{7f}\u{85}", "\\u{9b}2J \\u{7f}\\u{85}"),
            ("safe\rsent", "safe\\rsent"),
            ("abc\u{202e}gpj\u{2069}", "abc\\u{202e}gpj\\u{2069}"),
            ("\u{feff}a\u{200f}\u{61c}", "\\u{feff}a\\u{200f}\\u{61c}"),
            ("a\u{2028}b\0", "a\\u{2028}b\\u{0}"),
            ("\u{fdee}\u{ffff}", "\\u{fdee}\\u{ffff}"),
            ("two\nlines\tand a tab", "two\nlines\tand a tab"),
            ("Größe 👩‍👩‍👧 می‌خواهم", "Größe 👩‍👩‍👧 می‌خواهم"),
        ] {
            assert_eq!(escape_lines(text), expected, "{text:?}");
        }
    }

    #[test]
    fn plain_text_is_written_unchanged() {
        for (text, expected) in [
            ("sent  https://a.org/1 → linkedin\n\tDépôt größer", true),
            ("::warning::", false),
            ("##[group]", false),
            ("\u{1b}[31m", false),
            ("\r", false),
        ] {
            assert_eq!(is_plain(text), expected, "{text:?}");
        }
        // Every character that is not plain alone is found, and every other is unchanged.
        for c in '\0'..=char::MAX {
            let text = format!("a{c}b");
            let written = style::paint(&escape_lines(&text));
            assert!(!is_plain(&text) || written == text, "{c:?}");
        }
    }

    #[test]
    fn active_characters_are_found_in_text() {
        for c in '\0'..=char::MAX {
            assert_eq!(has_active(&format!("é{c}“")), is_active(c), "{c:?}");
        }
    }

    #[test]
    fn unusual_bytes_are_found_in_words() {
        for byte in 0..=u8::MAX {
            for place in 0..20 {
                let mut bytes = *b" the_quick fox ~AZ09";
                bytes[place] = byte;
                let expected = Some(place).filter(|_| !(b' '..=b'~').contains(&byte));
                assert_eq!(unusual_from(&bytes, 0), expected, "{byte:#x} at {place}");
            }
        }
    }

    #[test]
    fn line_break_of_value_is_escaped() {
        assert_eq!(escape_value("a\nsent   b"), "a\\nsent   b");
        assert_eq!(escape_value("a\r\n\u{1b}[2K"), "a\\r\\n\\u{1b}[2K");
        assert!(matches!(escape_value("as it is"), Cow::Borrowed(_)));
    }

    #[test]
    fn value_cannot_hold_style_marks() {
        let red = format!(
            "{}x{:#}",
            super::super::Style::Bad,
            super::super::Style::Bad
        );
        assert!(!escape_value(&red).chars().any(style::is_mark), "{red:?}");
    }

    #[test]
    fn ci_commands_are_escaped() {
        for (text, expected) in [
            ("::error::boom", "\\u{3a}:error::boom"),
            ("a\n  ::add-mask::b", "a\n  \\u{3a}:add-mask::b"),
            ("std::io::Error", "std::io::Error"),
            ("title ##[error]x", "title #\\u{23}[error]x"),
            ("##vso[task.complete]", "#\\u{23}vso[task.complete]"),
            ("##teamcity[x]", "#\\u{23}teamcity[x]"),
            ("## Heading", "## Heading"),
            (
                "section_start:1:a\r\u{1b}[0K",
                "section_start:1:a\\r\\u{1b}[0K",
            ),
        ] {
            assert_eq!(escape_lines(text), expected, "{text:?}");
        }
    }

    #[test]
    fn styled_command_is_escaped() {
        let style = super::super::Style::Bad;
        let text = format!("{style}::error::x{style:#}");
        assert!(!super::super::plain(&escape_lines(&text)).starts_with("::"));
    }
}

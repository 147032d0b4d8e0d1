//! Escapes text of posts for Markdown: it cannot end a cell, begin a heading, mention an account, refer to
//! an issue or a commit, or load a picture.
//!
//! GitHub and GitLab search the *rendered* text for references, so character references alone do not
//! prevent them. A zero-width space inside the reference does.

use std::borrow::Cow;

use url::Url;

use crate::terminal::escape_value;

/// Maximum number of characters of one value.
const MAX_CHARACTERS: usize = 280;

/// Maximum number of characters of a text with commands.
const MAX_STEP: usize = 1_500;

/// The invisible character that interrupts a reference.
const BREAK: &str = "&#8203;";

/// Number of hexadecimal digits that GitHub and GitLab may take for a commit.
const COMMIT_DIGITS: usize = 7;

/// Escapes `text` for a table cell or a paragraph, and cuts it if it is long. Line breaks become `<br>`.
pub(crate) fn escape_text(text: &str) -> String {
    let text = cut(text, MAX_CHARACTERS);
    let mut escaped = String::with_capacity(text.len());
    for (index, line) in text.trim().split('\n').map(str::trim_end).enumerate() {
        if index > 0 {
            escaped.push_str("<br>");
        }
        escape_line(&escape_value(line), &mut escaped);
    }
    escaped
}

/// Formats `text` as code, without interrupting references: code has none, and is copied.
pub(crate) fn escape_code(text: &str) -> String {
    let text = cut(text, MAX_CHARACTERS);
    let mut escaped = String::from("<code>");
    for character in escape_value(&text).chars() {
        push(character, &mut escaped);
    }
    escaped.push_str("</code>");
    escaped
}

/// Escapes a text whose commands are in backticks, and formats these as code.
pub(crate) fn escape_step(step: &str) -> String {
    let step = cut(step, MAX_STEP);
    let parts = step.split('`').enumerate();
    let parts = parts.map(|(index, part)| match index % 2 {
        1 => escape_code(part),
        _ => {
            let (start, end) = (part.starts_with(' '), part.ends_with(' '));
            let space = |is_set| if is_set { " " } else { "" };
            let text = escape_text(part);
            match text.is_empty() {
                true => space(start || end).to_owned(),
                false => format!("{}{text}{}", space(start), space(end)),
            }
        }
    });
    parts.collect()
}

/// Formats a link to a page on the web. Returns the address as text if it is of another kind.
pub(super) fn link(text: &str, address: &str) -> String {
    match Url::parse(address) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => {
            let mut target = String::new();
            for character in url.as_str().chars() {
                push(character, &mut target);
            }
            format!("<a href=\"{target}\">{}</a>", escape_text(text))
        }
        _ => escape_text(address),
    }
}

fn cut(text: &str, maximum: usize) -> Cow<'_, str> {
    match text.char_indices().nth(maximum) {
        Some((at, _)) => format!("{}…", &text[..at]).into(),
        None => text.into(),
    }
}

fn escape_line(line: &str, escaped: &mut String) {
    let mut before = ' ';
    let mut digits = 0;
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        push(character, escaped);
        let next = characters.peek().copied().unwrap_or(' ');
        digits = match character.is_ascii_hexdigit() {
            true => digits + 1,
            false => 0,
        };
        let is_reference = match character {
            // Mentions, issues, labels, milestones, snippets, emoji and addresses.
            '@' | '#' | '!' | '~' | '%' | '$' | '&' | '^' | '*' | ':' => !next.is_whitespace(),
            // `GH-1`, and the prefixes of trackers that a repository configures.
            '-' => before.is_ascii_alphanumeric() && next.is_ascii_digit(),
            // An address without a scheme.
            '.' => before.eq_ignore_ascii_case(&'w'),
            _ => digits == COMMIT_DIGITS - 1,
        };
        if is_reference {
            escaped.push_str(BREAK);
            digits = 0;
        }
        before = character;
    }
}

/// Appends a character: one with a meaning in Markdown or HTML becomes a character reference.
fn push(character: char, escaped: &mut String) {
    match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' | ',' | ';' | '?' | '/' | '\'' => {
            escaped.push(character);
        }
        other if other.is_ascii() => escaped.push_str(&format!("&#{};", u32::from(other))),
        other => escaped.push(other),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::*;

    /// Returns the text that readers see, as GitHub's filters for references search it.
    fn rendered(markdown: &str) -> String {
        let parser = Parser::new_ext(markdown, Options::ENABLE_GFM | Options::ENABLE_TABLES);
        parser
            .map(|event| match event {
                Event::Text(text) | Event::Code(text) => text.into_string(),
                Event::InlineHtml(tag) if tag.as_ref() == "<br>" => "\n".to_owned(),
                Event::Start(Tag::Paragraph) | Event::End(_) => String::new(),
                other => panic!("{markdown:?} has {other:?}"),
            })
            .collect()
    }

    #[test]
    fn escaped_text_stays_in_cell() {
        assert_eq!(escape_text("a | b\n1. c"), "a &#124; b<br>1&#46; c");
        assert_eq!(escape_text("<img src=x>"), "&#60;img src&#61;x&#62;");
        assert_eq!(escape_text("Größe"), "Größe");
    }

    #[test]
    fn references_are_interrupted() {
        for text in [
            "@someone",
            "@org/team",
            "a@example.org",
            "#123",
            "org/repo#1",
            "!12",
            "~bug",
            "%v1",
            "$5",
            "&7",
            "GH-1",
            "JIRA-12",
            "https://example.org",
            "www.example.org",
            ":+1:",
            "commit 0123456789abcdef0123456789abcdef01234567",
            "abcdef0",
            "^1",
            "*iteration",
        ] {
            let shown = rendered(&escape_text(text));
            assert_eq!(shown.replace('\u{200b}', ""), text);
            assert_ne!(shown, text);
        }
        let sha = rendered(&escape_text("0123456789abcdef0123456789abcdef01234567"));
        assert!(
            sha.split('\u{200b}').all(|part| part.len() < COMMIT_DIGITS),
            "{sha}"
        );
    }

    #[test]
    fn code_is_copied_unchanged() {
        let command = "syndicate settle 'a | b_`<c>`.md' --sink out@x #1";
        let code = escape_code(command);
        let text = code
            .trim_start_matches("<code>")
            .trim_end_matches("</code>");
        assert!(!text.contains(['|', '`', '<', '_', '*']), "{code}");
        assert_eq!(rendered(text), command);
    }

    #[test]
    fn step_formats_commands() {
        let step = escape_step("check, then `syndicate settle a.md` or `--not-sent`");
        let expected = "check, then <code>syndicate settle a&#46;md</code> or \
                        <code>&#45;&#45;not&#45;sent</code>";
        assert_eq!(step, expected);
    }

    #[test]
    fn link_opens_web_pages_only() {
        let expected = "<a href=\"https&#58;//x&#46;org/a&#34;b\">x</a>";
        assert_eq!(
            link("x", "https://x.org/a\"b")
                .replace("%22", "&#34;")
                .replace("&#37;22", "&#34;"),
            expected
        );
        assert!(!link("x", "javascript:alert(1)").contains("href"));
    }

    #[test]
    fn control_characters_become_visible() {
        let shown = rendered(&escape_text("a\u{202e}b\u{1b}[2Jc"));
        assert!(shown.contains("\\u{202e}"), "{shown}");
        assert!(!shown.contains('\u{1b}'), "{shown}");
    }

    #[test]
    fn long_text_is_cut() {
        let text = rendered(&escape_text(&"🌈".repeat(1_000)));
        assert_eq!(text.chars().count(), MAX_CHARACTERS + 1);
    }

    proptest! {
        #[test]
        fn escaped_text_has_no_markdown(text in any::<String>()) {
            let made = escape_text(&text).replace("<br>", "").replace("&#", "");
            prop_assert!(!made.contains(['|', '\n', '`', '*', '_', '[', ']', '<', '>', '@', '#']));
            rendered(&escape_text(&text));
        }
    }
}

//! Encodes text as Discord's Markdown, so that readers see it as written: no markup, no mention, no emoji name and no
//! automatic link.

use syndicate_api::{RichText, TextSpan};

use crate::text::{one_line, sanitize, web_url};

/// Characters that have a meaning anywhere.
const SPECIAL: &[char] = &['\\', '*', '_', '~', '`', '|', '[', ']', '<', '@'];

/// Characters that have a meaning at the start of a line: headings, quotations and lists.
const SPECIAL_AT_START: &[char] = &['#', '>', '-', '+'];

/// Encodes `text`. Discord makes a card of the link `unfurled`; all others are in `<…>`, which prevents it.
pub(super) fn encode(text: &RichText, unfurled: Option<&str>) -> String {
    let unfurled = unfurled.and_then(web_url);
    let mut encoded = String::new();
    for span in &text.0 {
        match span {
            TextSpan::Text(text) => escape_into(&mut encoded, &sanitize(text)),
            TextSpan::Link(link) => match web_url(link) {
                Some(url) if Some(&url) == unfurled.as_ref() => encoded.push_str(&url),
                Some(url) => encoded.push_str(&format!("<{url}>")),
                None => escape_into(&mut encoded, &sanitize(link)),
            },
            TextSpan::Hashtag(word) => {
                escape_into(&mut encoded, "#");
                escape_into(&mut encoded, &sanitize(word));
            }
            TextSpan::Mention { target, .. } if is_user_id(target) => {
                encoded.push_str(&format!("<@{target}>"));
            }
            TextSpan::Mention { name, .. } => escape_into(&mut encoded, &sanitize(name)),
            _ => {}
        }
    }
    encoded.trim().to_owned()
}

/// Escapes `text` on one line.
pub(super) fn escape_line(text: &str) -> String {
    let mut escaped = String::new();
    escape_into(&mut escaped, &one_line(text));
    escaped
}

/// Appends `text` to `encoded` with a backslash before each character that has a meaning.
fn escape_into(encoded: &mut String, text: &str) {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let is_special = SPECIAL.contains(&c)
            || SPECIAL_AT_START.contains(&c) && is_line_start(encoded)
            || c == '.' && is_list_number(encoded)
            // Names of emoji, and the scheme of a URL.
            || c == ':' && next.is_some_and(|next| !next.is_whitespace());
        if is_special {
            encoded.push('\\');
        }
        encoded.push(c);
    }
}

fn is_line_start(encoded: &str) -> bool {
    last_line(encoded).trim().is_empty()
}

/// Returns `true` if a dot would make the line the item of a numbered list.
fn is_list_number(encoded: &str) -> bool {
    let line = last_line(encoded).trim_start();
    !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit())
}

fn last_line(encoded: &str) -> &str {
    encoded.rsplit('\n').next().unwrap_or_default()
}

/// Returns `true` if `id` is a snowflake, the ID of a member.
pub(super) fn is_user_id(id: &str) -> bool {
    (17..=20).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const URL: &str = "https://example.org/a_b?c=d*e";

    #[test]
    fn markup_is_escaped() {
        for (text, expected) in [
            (
                "**a** __b__ ~~c~~ `d` ||e||",
                r"\*\*a\*\* \_\_b\_\_ \~\~c\~\~ \`d\` \|\|e\|\|",
            ),
            (
                "@everyone <@&1> <#2> <t:0>",
                r"\@everyone \<\@&1> \<#2> \<t\:0>",
            ),
            (
                "see https://x.example/ :tada:",
                r"see https\://x.example/ \:tada:",
            ),
            (
                "# a\n > b\n- c - d\n1. e 2.0\n#f #g",
                "\\# a\n \\> b\n\\- c - d\n1\\. e 2.0\n\\#f #g",
            ),
            ("Title: sub", "Title: sub"),
            ("[a](b)", r"\[a\](b)"),
        ] {
            assert_eq!(encode(&RichText::text(text), None), expected);
        }
    }

    #[test]
    fn only_item_link_is_unfurled() {
        let text = RichText(vec![
            TextSpan::Link(URL.to_owned()),
            TextSpan::Text(" ".to_owned()),
            TextSpan::Link("https://other.example/>".to_owned()),
            TextSpan::Text("\n".to_owned()),
            TextSpan::Hashtag("a_b".to_owned()),
        ]);
        let rest = "<https://other.example/%3E>\n\\#a\\_b";
        assert_eq!(encode(&text, Some(URL)), format!("{URL} {rest}"));
        assert_eq!(encode(&text, None), format!("<{URL}> {rest}"));
    }

    #[test]
    fn mention_needs_member_id() {
        let mention = |target: &str| {
            let (name, target) = ("Jo_".to_owned(), target.to_owned());
            encode(&RichText(vec![TextSpan::Mention { name, target }]), None)
        };
        assert_eq!(mention("123456789012345678"), "<@123456789012345678>");
        assert_eq!(mention("everyone"), r"Jo\_");
        assert_eq!(mention("&123456789012345678"), r"Jo\_");
    }

    /// Removes the escapes as Discord does.
    fn unescape(text: &str) -> String {
        let mut plain = String::new();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match chars.peek() {
                Some(next) if c == '\\' && next.is_ascii_punctuation() => {
                    plain.extend(chars.next())
                }
                _ => plain.push(c),
            }
        }
        plain
    }

    proptest! {
        #[test]
        fn readers_see_text_as_written(text in "\\PC*|([-#>*_`|@:<.0-9a\\\\ \n]){0,40}") {
            let encoded = encode(&RichText::text(text.clone()), None);
            prop_assert_eq!(unescape(&encoded), sanitize(&text).trim().to_owned());
            prop_assert!(!encoded.replace("\\:", "").contains("://"));
            for line in encoded.lines().map(str::trim_start) {
                prop_assert!(!line.starts_with(['#', '>', '-', '*', '+']), "{}", line);
            }
        }

        #[test]
        fn no_special_character_is_bare(text in "([*_~`|@<\\[\\]a]){0,40}") {
            let encoded = encode(&RichText::text(text), None);
            let mut chars = encoded.chars();
            while let Some(c) = chars.next() {
                if c == '\\' {
                    chars.next();
                } else {
                    prop_assert_eq!(c, 'a');
                }
            }
        }
    }
}

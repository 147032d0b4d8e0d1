//! Encodes a text. Mastodon has no escapes, so a word joiner, which is invisible, keeps a `#` or `@` in plain text from
//! becoming a hashtag or a mention. A title with `@Override` must not notify the account of that name.

use syndicate_api::{RichText, TextSpan};

use super::mention::handle;

/// The character that separates a sign from its word. Its only effect is to forbid a line break.
const WORD_JOINER: char = '\u{2060}';

/// Returns the text as it is sent.
pub(crate) fn encode(text: &RichText) -> String {
    let mut encoded = String::new();
    for span in &text.0 {
        match span {
            TextSpan::Text(text) => push_plain(&mut encoded, text),
            TextSpan::Hashtag(word) => {
                encoded.push('#');
                encoded.extend(visible(word));
            }
            TextSpan::Mention { name, target } => match handle(target) {
                Some(handle) => encoded.push_str(&handle),
                // `compose` refuses such a mention.
                None => push_plain(&mut encoded, name),
            },
            TextSpan::Link(url) => encoded.extend(visible(url)),
            // A kind of span that this sink does not know yet has no markup here.
            other => push_plain(&mut encoded, &RichText(vec![other.clone()]).plain()),
        }
    }
    encoded
}

fn push_plain(encoded: &mut String, text: &str) {
    let text: String = visible(text).collect();
    let mut before = encoded.chars().next_back();
    for (at, sign) in text.char_indices() {
        encoded.push(sign);
        let after = &text[at + sign.len_utf8()..];
        if opens_entity(before, sign, after) {
            encoded.push(WORD_JOINER);
        }
        before = Some(sign);
    }
}

/// Returns `true` if Mastodon reads a hashtag or a mention at `sign`.
fn opens_entity(before: Option<char>, sign: char, after: &str) -> bool {
    let is_inside = |before: char| before.is_alphanumeric() || "_=/".contains(before);
    if before.is_some_and(is_inside) {
        return false;
    }
    match sign {
        '@' => after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_'),
        '#' | '＃' => after.starts_with(|c: char| c.is_alphanumeric() || c == '_'),
        _ => false,
    }
}

/// Returns the characters of `text` without control characters other than line breaks.
fn visible(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !c.is_control() || *c == '\n')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plain(text: &str) -> String {
        encode(&RichText::text(text))
    }

    #[test]
    fn signs_in_values_stay_text() {
        for (text, expected) in [
            ("use @Override", "use @\u{2060}Override"),
            (
                "@a@b.org and (#rust)",
                "@\u{2060}a@b.org and (#\u{2060}rust)",
            ),
            ("me@example.org, C#, a#b", "me@example.org, C#, a#b"),
            ("https://example.org/@me#top", "https://example.org/@me#top"),
            ("# 1, @ 2, #, @", "# 1, @ 2, #, @"),
            ("a\u{0}b\u{1b}[31m\r\nc", "ab[31m\nc"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }

    #[test]
    fn spans_become_signs() {
        let text = RichText(vec![
            TextSpan::Text("By ".to_owned()),
            TextSpan::Mention {
                name: "Jane".to_owned(),
                target: "jane@example.social".to_owned(),
            },
            TextSpan::Text(" ".to_owned()),
            TextSpan::Hashtag("rust".to_owned()),
            TextSpan::Text("\n".to_owned()),
            TextSpan::Link("https://example.org/a/".to_owned()),
        ]);
        let expected = "By @jane@example.social #rust\nhttps://example.org/a/";
        assert_eq!(encode(&text), expected);
    }

    proptest! {
        #[test]
        fn plain_text_has_no_entities(text in r"[ @#a-c_./=]{0,30}") {
            let encoded = plain(&text);
            let mut before = None;
            for (at, sign) in encoded.char_indices() {
                prop_assert!(!opens_entity(before, sign, &encoded[at + sign.len_utf8()..]), "{encoded:?}");
                before = Some(sign);
            }
            prop_assert_eq!(encoded.replace(WORD_JOINER, ""), text);
        }
    }
}

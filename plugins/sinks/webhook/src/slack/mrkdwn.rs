//! Encodes text as Slack's mrkdwn. Only `&`, `<` and `>` are escaped: they start everything that Slack gives a
//! meaning by itself, such as `<!channel>`.

use syndicate_api::{Code, Diagnostic, RichText, TextSpan};

use crate::text::{one_line, sanitize, web_url};

/// Encodes `text`.
pub(super) fn encode(text: &RichText) -> String {
    let mut encoded = String::new();
    for span in &text.0 {
        match span {
            TextSpan::Text(text) => encoded.push_str(&escape(&sanitize(text))),
            TextSpan::Link(url) => encoded.push_str(&link(url, None)),
            TextSpan::Hashtag(word) => encoded.push_str(&escape(&format!("#{}", sanitize(word)))),
            TextSpan::Mention { target, .. } if is_user_id(target) => {
                encoded.push_str(&format!("<@{target}>"));
            }
            TextSpan::Mention { name, .. } => encoded.push_str(&escape(&sanitize(name))),
            _ => {}
        }
    }
    encoded.trim().to_owned()
}

/// Returns `url` as a link with this label; the text of `url` if it is not a web URL.
pub(super) fn link(url: &str, label: Option<&str>) -> String {
    let Some(url) = web_url(url) else {
        return escape(&one_line(label.unwrap_or(url)));
    };
    // A `|` would end the URL.
    let url = escape(&url.replace('|', "%7C"));
    match label {
        Some(label) => format!("<{url}|{}>", escape(&one_line(label))),
        None => format!("<{url}>"),
    }
}

/// Escapes the three characters of Slack's documentation.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Checks the identifier of a mentioned account.
///
/// # Errors
/// Returns `mention_invalid` unless it is the ID of a member.
pub(super) fn check_mention(target: &str) -> Result<(), Diagnostic> {
    if is_user_id(target) {
        return Ok(());
    }
    let message = format!("`{target}` is not the ID of a member of Slack, such as `U012AB3CD`");
    Err(Diagnostic::new(Code::MentionInvalid, message))
}

/// Returns `true` if `id` is the ID of a member. IDs of groups are refused, because they mention many people.
fn is_user_id(id: &str) -> bool {
    id.len() >= 9
        && id.starts_with(['U', 'W'])
        && id
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spans_are_encoded() {
        for (span, expected) in [
            (TextSpan::Text("a & <b>".to_owned()), "a &amp; &lt;b&gt;"),
            (
                TextSpan::Text("<!channel> @here".to_owned()),
                "&lt;!channel&gt; @here",
            ),
            (
                TextSpan::Link("https://example.org/?a=1&b=<|>".to_owned()),
                "<https://example.org/?a=1&amp;b=%3C%7C%3E>",
            ),
            (
                TextSpan::Link("javascript:<x>".to_owned()),
                "javascript:&lt;x&gt;",
            ),
            (TextSpan::Hashtag("a<b".to_owned()), "#a&lt;b"),
            (mention("U012AB3CD"), "<@U012AB3CD>"),
            (mention("!channel"), "Jo"),
            (mention("S012AB3CD"), "Jo"),
        ] {
            assert_eq!(encode(&RichText(vec![span])), expected);
        }
        assert_eq!(
            link("https://example.org/", Some("a|b > <!here>\n")),
            "<https://example.org/|a|b &gt; &lt;!here&gt;>"
        );
    }

    fn mention(target: &str) -> TextSpan {
        TextSpan::Mention {
            name: "Jo".to_owned(),
            target: target.to_owned(),
        }
    }

    proptest! {
        #[test]
        fn text_has_no_markup_and_can_be_read_back(text in "\\PC*|.*[&<>!@#|].*") {
            let encoded = encode(&RichText::text(text.clone()));
            prop_assert!(!encoded.contains(['<', '>']));
            let decoded = encoded.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            prop_assert_eq!(decoded, sanitize(&text).trim().to_owned());
        }

        #[test]
        fn link_is_one_element(url in "https://[a-z]{1,8}\\.example/\\PC{0,20}", label in "\\PC{0,20}") {
            let encoded = link(&url, Some(&label));
            prop_assert_eq!(encoded.matches('<').count(), 1);
            prop_assert!(encoded.starts_with("<https://") && encoded.ends_with('>'));
            prop_assert_eq!(encoded.matches('>').count(), 1);
        }
    }
}

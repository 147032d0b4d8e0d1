//! Renders a commentary as HTML: hashtags, mentions and links are highlighted, and the folded part is
//! separate. Every character of the payload is kept and escaped.

use syndicate_api::TextSpan;

use loopback_page::Escaped;

/// Renders a commentary, whose spans have their visible texts, in two parts: its first `shown` bytes, and the part that the
/// feed folds away.
pub(super) fn commentary(spans: &[(&TextSpan, String)], shown: usize) -> (String, String) {
    let (mut seen, mut folded) = (String::new(), String::new());
    let mut start = 0;
    for (span, text) in spans {
        let within = shown.saturating_sub(start).min(text.len());
        let (before, after) = text.split_at_checked(within).unwrap_or((text, ""));
        for (part, out) in [(before, &mut seen), (after, &mut folded)] {
            if !part.is_empty() {
                out.push_str(&span_html(span, part));
            }
        }
        start += text.len();
    }
    (seen, folded)
}

/// Renders a part of a span. Only web addresses become links.
fn span_html(span: &TextSpan, part: &str) -> String {
    let shown = Escaped(part);
    match span {
        TextSpan::Hashtag(_) | TextSpan::Mention { .. } => {
            format!("<span class=\"link\">{shown}</span>")
        }
        TextSpan::Link(address) => match web_address(address) {
            Some(address) => format!(
                "<a href=\"{}\" rel=\"noopener noreferrer\" target=\"_blank\">{shown}</a>",
                Escaped(address)
            ),
            None => shown.to_string(),
        },
        _ => shown.to_string(),
    }
}

/// Renders a message; text between backticks becomes `<code>`.
pub(crate) fn message(text: &str) -> String {
    text.split_inclusive('\n').map(line).collect()
}

fn line(line: &str) -> String {
    let parts: Vec<&str> = line.split('`').collect();
    // An unpaired backtick is ordinary text.
    if parts.len().is_multiple_of(2) {
        return Escaped(line).to_string();
    }
    let mut html = String::new();
    for (index, part) in parts.into_iter().enumerate() {
        let part = Escaped(part);
        html.push_str(&match index % 2 {
            0 => part.to_string(),
            _ => format!("<code>{part}</code>"),
        });
    }
    html
}

/// Returns `address` if its scheme is `http` or `https`.
pub(crate) fn web_address(address: &str) -> Option<&str> {
    let url = url::Url::parse(address).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(address)
}

#[cfg(test)]
mod tests {
    use super::{commentary, message, web_address};
    use syndicate_api::TextSpan;

    fn halves(spans: &[(TextSpan, &str)], shown: usize) -> (String, String) {
        let spans = spans.iter();
        let spans: Vec<_> = spans
            .map(|(span, text)| (span, (*text).to_owned()))
            .collect();
        commentary(&spans, shown)
    }

    #[test]
    fn spans_are_rendered_and_escaped() {
        let link = "https://a.example/\"><script>";
        let spans = [
            (TextSpan::Text("a <b> & ".to_owned()), "a <b> & "),
            (TextSpan::Hashtag("Rust".to_owned()), "#Rust"),
            (TextSpan::Text(" ".to_owned()), " "),
            (TextSpan::Link(link.to_owned()), "a.example/\"><s…"),
        ];
        let (seen, folded) = halves(&spans, usize::MAX);
        assert!(seen.starts_with("a &lt;b&gt; &amp; <span class=\"link\">#Rust</span> <a href=\""));
        assert!(seen.ends_with(">a.example/&quot;&gt;&lt;s…</a>"), "{seen}");
        assert!(!seen.contains("<script>") && folded.is_empty());
    }

    #[test]
    fn fold_splits_span() {
        let text = "seen and folded";
        let spans = [(TextSpan::Text(text.to_owned()), text)];
        let expected = ("seen".to_owned(), " and folded".to_owned());
        assert_eq!(halves(&spans, 4), expected);
    }

    #[test]
    fn backticks_become_code() {
        for (text, html) in [
            ("no `<x>` here", "no <code>&lt;x&gt;</code> here"),
            ("`a` & `b`", "<code>a</code> &amp; <code>b</code>"),
            ("one ` only", "one ` only"),
            ("`a`\n  | ` \n`b", "<code>a</code>\n  | ` \n`b"),
        ] {
            assert_eq!(message(text), html);
        }
    }

    #[test]
    fn only_web_addresses_become_links() {
        assert_eq!(web_address("javascript:alert(1)"), None);
        assert_eq!(web_address("data:text/html,x"), None);
        assert!(web_address("https://example.org/").is_some());
    }
}

//! Renders the commentary of a post as HTML: hashtags, mentions and URLs are highlighted,
//! line breaks are kept, and a long text is collapsed to about three lines, as in LinkedIn's feed.

use crate::little_text::{RenderedText, TextSpan};
use loopback_page::Escaped;

/// The number of characters above which the feed collapses a text.
const FOLD_CHARACTERS: usize = 210;

/// The number of lines above which the feed collapses a text.
const FOLD_LINES: usize = 3;

/// Renders the commentary of a post; `number` is the position of the post on the page.
pub(crate) fn render(rendered: &RenderedText, number: usize) -> String {
    let text: String = rendered.spans.iter().map(span).collect();
    if text.is_empty() {
        return "<p class=\"commentary nothing\">None of the text is shown.</p>".to_owned();
    }
    let text = format!("<div class=\"commentary\">{text}</div>");
    let plain = rendered.plain();
    let long = plain.chars().count() > FOLD_CHARACTERS || plain.lines().count() > FOLD_LINES;
    if !long {
        return format!("<div dir=\"auto\">{text}</div>");
    }
    // A checkbox expands the text without a script, and screen readers always get the whole text.
    format!(
        "<div dir=\"auto\"><input class=\"unfold\" type=\"checkbox\" id=\"unfold-{number}\" \
         aria-label=\"Show the whole text\">{text}\
         <label class=\"more\" for=\"unfold-{number}\" aria-hidden=\"true\"></label></div>"
    )
}

fn span(span: &TextSpan) -> String {
    match span {
        TextSpan::Text(text) => linked(text),
        TextSpan::Hashtag(word) => format!("<span class=\"link\">#{}</span>", Escaped(word)),
        TextSpan::Mention(name) => format!("<span class=\"link mention\">{}</span>", Escaped(name)),
    }
}

/// Renders a text with its URLs as links.
fn linked(text: &str) -> String {
    let mut html = String::new();
    let mut rest = text;
    while let Some(start) = address_start(rest) {
        let (before, from) = rest.split_at(start);
        let end = from.find(char::is_whitespace).unwrap_or(from.len());
        let address = from[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"', '\'']);
        let shown = Escaped(address);
        html.push_str(&format!(
            "{}<a href=\"{shown}\" rel=\"noopener noreferrer\" target=\"_blank\">{shown}</a>",
            Escaped(before)
        ));
        rest = &from[address.len()..];
    }
    html.push_str(&Escaped(rest).to_string());
    html
}

fn address_start(text: &str) -> Option<usize> {
    let starts = ["https://", "http://"].map(|scheme| text.find(scheme));
    starts.into_iter().flatten().min()
}

#[cfg(test)]
mod tests {
    use super::{linked, render};
    use crate::little_text::parse;

    #[test]
    fn addresses_become_links_and_rest_is_escaped() {
        assert_eq!(linked("a < b"), "a &lt; b");
        let link = |address: &str| {
            format!(
                "<a href=\"{address}\" rel=\"noopener noreferrer\" target=\"_blank\">{address}</a>"
            )
        };
        let address = link("https://a.example/x?y=1");
        assert_eq!(
            linked("(https://a.example/x?y=1)."),
            format!("({address}).")
        );
        assert_eq!(
            linked("http://a https://b"),
            format!("{} {}", link("http://a"), link("https://b"))
        );
        assert!(linked("https://a/\"><script>").contains("&quot;&gt;&lt;script&gt;"));
        assert_eq!(linked("javascript:alert"), "javascript:alert");
    }

    #[test]
    fn long_text_is_collapsed() {
        let folds = |text: &str| render(&parse(text), 0).contains("checkbox");
        assert!(!folds("short"));
        assert!(!folds("1\n2\n3"));
        assert!(folds("1\n2\n3\n4"));
        assert!(!folds(&"x".repeat(210)));
        assert!(folds(&"x".repeat(211)));
    }

    #[test]
    fn text_cut_at_start_is_reported() {
        assert!(render(&parse("(a"), 0).contains("None of the text"));
    }
}

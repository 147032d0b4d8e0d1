//! Renders an article as HTML: cover, title, tags and the first part of its text.

use syndicate_api::Article;

use super::pictures::Pictures;
use super::text::web_address;
use crate::preview::article::{ArticleSpan, Block, BlockKind, SpanFormat, excerpt};
use loopback_page::Escaped;

/// Renders the cover of an article, which is above its author. A cover that the platform fetches is only named.
pub(super) fn cover(article: &Article, pictures: Pictures<'_>) -> String {
    match (&article.cover, &article.cover_url) {
        (Some(cover), _) => format!(
            "<img class=\"cover\" src=\"{}\" alt=\"{}\">",
            Escaped(&pictures(&cover.medium)),
            Escaped(cover.alt.as_deref().unwrap_or_default())
        ),
        (None, Some(url)) => format!("<p class=\"unread muted\">Cover at {}</p>", Escaped(url)),
        (None, None) => String::new(),
    }
}

/// Renders title, tags, text and canonical URL.
pub(super) fn body(article: &Article) -> String {
    let tags: String = article
        .tags
        .iter()
        .map(|tag| {
            format!(
                "<span><span aria-hidden=\"true\">#</span>{}</span> ",
                Escaped(tag)
            )
        })
        .collect();
    let start = excerpt(&article.markdown);
    let blocks: String = start.blocks.iter().map(block).collect();
    let more = if start.is_cut {
        "<p class=\"muted\">…</p>"
    } else {
        ""
    };
    let url = Escaped(&article.url);
    let canonical = match web_address(&article.url) {
        Some(address) => format!(
            "<a href=\"{}\" rel=\"noopener noreferrer\" target=\"_blank\">{url}</a>",
            Escaped(address)
        ),
        None => url.to_string(),
    };
    format!(
        "<div class=\"body\" dir=\"auto\"><p class=\"headline\">{}</p><p class=\"tags\">{tags}</p>{blocks}{more}\
         <p class=\"muted\" dir=\"ltr\">Canonical URL {canonical}</p></div>",
        Escaped(&article.title)
    )
}

/// Renders a block. A heading becomes a paragraph, because the page has an outline of its own.
fn block(block: &Block) -> String {
    let text: String = block.spans.iter().map(span).collect();
    match block.kind {
        BlockKind::Heading => format!("<p class=\"subtitle\">{text}</p>"),
        BlockKind::Paragraph => format!("<p>{text}</p>"),
        BlockKind::ListItem { number, depth } => list_item(&text, number, depth),
        BlockKind::Quote => format!("<blockquote>{text}</blockquote>"),
        BlockKind::Code => format!("<pre tabindex=\"0\">{text}</pre>"),
    }
}

/// Renders an item of a list. The style sheet indents the items of inner lists.
fn list_item(text: &str, number: Option<u64>, depth: usize) -> String {
    let deep = if depth > 0 { " deep" } else { "" };
    match number {
        Some(number) => format!("<p class=\"list{deep}\">{number}. {text}</p>"),
        None => format!("<p class=\"list bullet{deep}\">{text}</p>"),
    }
}

fn span(span: &ArticleSpan) -> String {
    let text = Escaped(&span.text);
    match span.format {
        SpanFormat::Plain => text.to_string(),
        SpanFormat::Emphasis => format!("<em>{text}</em>"),
        SpanFormat::Strong => format!("<strong>{text}</strong>"),
        SpanFormat::Code => format!("<code>{text}</code>"),
        SpanFormat::Link => format!("<span class=\"link\">{text}</span>"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordered_list_shows_numbers() {
        let article = Article {
            markdown: "1. one\n   - inner\n2. two\n".to_owned(),
            ..Article::default()
        };
        let html = body(&article);
        assert!(
            html.contains(
                "<p class=\"list\">1. one</p><p class=\"list bullet deep\">inner</p>\
                 <p class=\"list\">2. two</p>"
            ),
            "{html}"
        );
    }

    #[test]
    fn address_below_hebrew_text_is_left_to_right() {
        let article = Article {
            title: "\u{5e9}\u{5dc}\u{5d5}\u{5dd}".to_owned(),
            url: "https://example.org/one/".to_owned(),
            ..Article::default()
        };
        let html = body(&article);
        assert!(
            html.contains("<p class=\"muted\" dir=\"ltr\">Canonical URL <a href"),
            "{html}"
        );
    }
}

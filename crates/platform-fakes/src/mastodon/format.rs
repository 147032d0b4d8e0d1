//! The HTML of a post (`content`), with links, mentions and hashtags as Mastodon formats them.

use crate::mastodon::count::{Piece, pieces};

/// The number of characters of a URL that are visible.
const VISIBLE: usize = 30;

/// Returns the HTML of a text.
pub(super) fn html(text: &str, base_url: &str) -> String {
    let inline: String = pieces(text)
        .into_iter()
        .map(|piece| inline(piece, base_url))
        .collect();
    if inline.is_empty() {
        return String::new();
    }
    let paragraphs = inline.replace("\r\n", "\n");
    let paragraphs: Vec<String> = paragraphs
        .split("\n\n")
        .map(|paragraph| format!("<p>{}</p>", paragraph.replace('\n', "<br />")))
        .collect();
    paragraphs.concat()
}

fn inline(piece: Piece<'_>, base_url: &str) -> String {
    match piece {
        Piece::Text(text) => escape(text),
        Piece::Url(url) => link(url),
        // No other server exists, so no mention is a link.
        Piece::Mention(user, domain) => escape(&format!("{user}{domain}")),
        Piece::Hashtag(tag) => {
            let name = tag.trim_start_matches('#');
            format!(
                "<a href=\"{base_url}/tags/{}\" class=\"mention hashtag\" rel=\"tag\">#<span>{}</span></a>",
                escape(&name.to_lowercase()),
                escape(name)
            )
        }
    }
}

fn link(url: &str) -> String {
    let prefix = ["https://www.", "http://www.", "https://", "http://"]
        .into_iter()
        .find(|prefix| url.starts_with(prefix))
        .unwrap_or_default();
    let rest = &url[prefix.len()..];
    let cut = rest.char_indices().nth(VISIBLE).map(|(at, _)| at);
    let (shown, hidden) = rest.split_at(cut.unwrap_or(rest.len()));
    let class = if hidden.is_empty() { "" } else { "ellipsis" };
    format!(
        "<a href=\"{}\" target=\"_blank\" rel=\"nofollow noopener\" translate=\"no\">\
         <span class=\"invisible\">{}</span><span class=\"{class}\">{}</span>\
         <span class=\"invisible\">{}</span></a>",
        escape(url),
        escape(prefix),
        escape(shown),
        escape(hidden)
    )
}

fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn html_hides_long_urls() {
        assert_eq!(
            html(
                "a & b\nhttps://example.org/posts/1?a=1&b=2#and-more\n\nc",
                ""
            ),
            "<p>a &amp; b<br /><a href=\"https://example.org/posts/1?a=1&amp;b=2#and-more\" \
             target=\"_blank\" rel=\"nofollow noopener\" translate=\"no\">\
             <span class=\"invisible\">https://</span>\
             <span class=\"ellipsis\">example.org/posts/1?a=1&amp;b=2#an</span>\
             <span class=\"invisible\">d-more</span></a></p><p>c</p>"
        );
    }
}

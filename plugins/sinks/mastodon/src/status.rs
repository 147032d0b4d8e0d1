//! A post as the server returns it. The API calls it a status.

use jiff::Timestamp;
use serde_json::{Map, Value};
use syndicate_api::text::collapse_whitespace;
use syndicate_api::text::html::{HtmlToken, attribute, decode, tokens};
use syndicate_api::{Listed, Receipt};

/// The name of the time of the last edit in a receipt, which is `null` for a post that was never edited.
pub(crate) const EDITED_AT: &str = "edited_at";

/// The longest title of a listed post, in characters.
const MAX_TITLE: usize = 100;

/// A post of the server.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Status {
    pub(crate) id: String,
    /// The addresses of the post: the page for people and the identifier of ActivityPub.
    pub(crate) addresses: Vec<String>,
    pub(crate) created_at: Option<Timestamp>,
    /// The time of the last edit as the server writes it, or `null`.
    pub(crate) edited_at: Value,
    /// The identifier of the author.
    pub(crate) account: Option<String>,
    /// The targets of its links, without hashtags and mentions.
    pub(crate) links: Vec<String>,
    /// The text without markup.
    pub(crate) text: String,
    /// The identifiers of the attached media.
    pub(crate) media: Vec<String>,
    pub(crate) has_poll: bool,
    /// `true` if it is a post of another account that this one shared.
    pub(crate) is_shared: bool,
}

impl Status {
    /// Parses a post. Returns `None` without an identifier or content.
    pub(crate) fn parse(status: &Value) -> Option<Self> {
        let text = |pointer: &str| status.pointer(pointer)?.as_str().map(str::to_owned);
        let content = text("/content")?;
        let media = status["media_attachments"].as_array();
        let media = media.into_iter().flatten();
        Some(Self {
            id: text("/id").filter(|id| !id.is_empty())?,
            addresses: ["/url", "/uri"].into_iter().filter_map(text).collect(),
            created_at: text("/created_at").and_then(|time| time.parse().ok()),
            edited_at: status[EDITED_AT].clone(),
            account: text("/account/id"),
            links: links(&content),
            text: plain_text(&content),
            media: media
                .filter_map(|medium| medium["id"].as_str().map(str::to_owned))
                .collect(),
            has_poll: status["poll"].is_object(),
            is_shared: status["reblog"].is_object(),
        })
    }

    /// Returns the receipt of the post.
    pub(crate) fn receipt(&self) -> Receipt {
        Receipt {
            id: Some(self.id.clone()),
            url: self.addresses.first().cloned(),
            at: self.created_at,
            extra: Map::from_iter([(EDITED_AT.to_owned(), self.edited_at.clone())]),
        }
    }

    /// Returns the post as an entry of a listing.
    pub(crate) fn listed(&self) -> Listed {
        let first = self
            .text
            .lines()
            .map(str::trim)
            .find(|line| !line.is_empty());
        Listed {
            receipt: self.receipt(),
            links: self.links.clone(),
            title: first.map(|line| line.chars().take(MAX_TITLE).collect()),
        }
    }
}

/// Returns the targets of the links in `content`. Links of hashtags and mentions have a class of that name.
fn links(content: &str) -> Vec<String> {
    let anchors = tokens(content).filter_map(|token| match token {
        HtmlToken::Open(name, attributes) if name.eq_ignore_ascii_case("a") => Some(attributes),
        _ => None,
    });
    let is_entity = |attributes: &str| {
        let class = attribute(attributes, "class").unwrap_or_default();
        class
            .split_whitespace()
            .any(|name| matches!(name, "hashtag" | "mention"))
    };
    anchors
        .filter(|attributes| !is_entity(attributes))
        .filter_map(|attributes| attribute(attributes, "href"))
        .collect()
}

/// Returns the text of `content`. Lines end at line breaks and paragraphs.
fn plain_text(content: &str) -> String {
    let mut text = String::new();
    for token in tokens(content) {
        match token {
            HtmlToken::Text(part) => text.push_str(&decode(part)),
            HtmlToken::Open(name, _) | HtmlToken::Close(name)
                if name.eq_ignore_ascii_case("br") || name.eq_ignore_ascii_case("p") =>
            {
                text.push('\n');
            }
            _ => {}
        }
    }
    let lines = text.lines().map(collapse_whitespace);
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The HTML of Mastodon: a part of the URL is invisible, and `&` is a character reference.
    const MASTODON: &str = "<p>Hello &amp; <a href=\"https://example.org/a?x=1&amp;y=2\" target=\"_blank\" \
        rel=\"nofollow noopener\" translate=\"no\"><span class=\"invisible\">https://</span><span \
        class=\"ellipsis\">example.org/a?x</span><span class=\"invisible\">=1&amp;y=2</span></a> <a \
        href=\"https://social.example/tags/rust\" class=\"mention hashtag\" rel=\"tag\">#<span>rust</span></a></p>\
        <p>2<br />3</p>";

    #[test]
    fn links_exclude_hashtags() {
        assert_eq!(links(MASTODON), ["https://example.org/a?x=1&y=2"]);
        // snac does not replace `&`.
        let snac = "Hi <a href=\"https://example.org/?x=1&y=2\" target=\"_blank\">…</a> \
            <a href=\"http://127.0.0.1?t=a\" class=\"mention hashtag\" rel=\"tag\">#a</a><br>";
        assert_eq!(links(snac), ["https://example.org/?x=1&y=2"]);
    }

    #[test]
    fn text_has_visible_and_invisible_parts() {
        assert_eq!(
            plain_text(MASTODON),
            "Hello & https://example.org/a?x=1&y=2 #rust\n\n2\n3"
        );
    }

    #[test]
    fn receipt_keeps_edit_time() {
        let status = json!({
            "id": "7", "uri": "https://a.example/users/a/statuses/7", "url": null,
            "created_at": "2026-11-28T20:48:58.000Z", "edited_at": "2026-11-28T21:00:00.000Z",
            "content": "<p> A title </p>", "account": {"id": "1"},
            "media_attachments": [{"id": "3"}], "poll": null, "reblog": null,
        });
        let status = Status::parse(&status).unwrap();
        let receipt = status.receipt();
        assert_eq!(receipt.id.as_deref(), Some("7"));
        assert_eq!(
            receipt.url.as_deref(),
            Some("https://a.example/users/a/statuses/7")
        );
        assert_eq!(receipt.extra[EDITED_AT], "2026-11-28T21:00:00.000Z");
        assert_eq!(status.media, ["3"]);
        assert_eq!(status.listed().title.as_deref(), Some("A title"));
        for broken in [
            json!({"id": "", "content": ""}),
            json!({"id": "7", "content": null}),
        ] {
            assert_eq!(Status::parse(&broken), None);
        }
    }
}

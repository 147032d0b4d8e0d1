//! Encodes a post as a message of Slack. There is never more than one card: either blocks draw it and links are not
//! unfurled, or Slack unfurls the link of a message without blocks.

use serde_json::{Map, Value, json};
use syndicate_api::{Code, Diagnostic, Measure, PicturePolicy, Post, RichText};

use super::mrkdwn::{encode, escape, link};
use crate::card::{OwnCard, check_kind, own_card, too_long};
use crate::options::CardStyle;
use crate::text::utf16_len;

/// The maximum length of the text of a section block.
const MAX_SECTION: usize = 3000;

/// The maximum length of a message without blocks. Slack accepts more, but recommends this limit.
const MAX_TEXT: usize = 4000;

/// The maximum length of the alternative text of a picture.
const MAX_ALT: usize = 2000;

/// The maximum length of the URL of a picture.
const MAX_PICTURE_URL: usize = 3000;

/// Returns the maximum length of the text.
pub(super) const fn text_limit(card: CardStyle) -> usize {
    match card {
        CardStyle::Own => MAX_SECTION,
        CardStyle::Platform | CardStyle::None => MAX_TEXT,
    }
}

/// Measures the encoded text in UTF-16 code units. Slack does not document its unit; this one gives the highest
/// count of the common units.
pub(super) fn measure(text: &RichText, card: CardStyle) -> Measure {
    Measure::new("characters", utf16_len(&encode(text)), text_limit(card))
}

/// Encodes `post` as the arguments of a message, without its channel.
pub(super) fn message(
    post: &Post,
    card: CardStyle,
    pictures: PicturePolicy,
) -> Result<Map<String, Value>, Diagnostic> {
    check_kind(post)?;
    let text = encode(&post.text);
    let Measure { used, limit, .. } = measure(&post.text, card);
    if used > limit {
        return Err(too_long("text", used, limit, Code::TextTooLong));
    }
    let own = match card {
        CardStyle::Own => own_card(post, pictures)?,
        CardStyle::Platform | CardStyle::None => None,
    };
    if text.is_empty() && own.is_none() {
        return Err(Diagnostic::new(Code::TextEmpty, "the text is empty"));
    }
    let unfurls = card == CardStyle::Platform;
    let mut message = Map::from_iter([
        ("text".to_owned(), fallback(&text, own.as_ref()).into()),
        ("unfurl_links".to_owned(), unfurls.into()),
        ("unfurl_media".to_owned(), unfurls.into()),
    ]);
    if let Some(own) = own {
        message.insert("blocks".to_owned(), blocks(&text, &own)?.into());
    }
    Ok(message)
}

/// Returns the text of notifications and screen readers, which do not read blocks.
fn fallback(text: &str, card: Option<&OwnCard>) -> String {
    let Some(card) = card else {
        return text.to_owned();
    };
    let link = link(&card.url, Some(&card.title));
    if text.is_empty() {
        link
    } else {
        format!("{text}\n{link}")
    }
}

fn blocks(text: &str, card: &OwnCard) -> Result<Vec<Value>, Diagnostic> {
    let mut blocks = Vec::new();
    if !text.is_empty() {
        blocks.push(section(text));
    }
    let mut words = format!("*{}*", link(&card.url, Some(&card.title)));
    if utf16_len(&words) > MAX_SECTION {
        return Err(too_long(
            "title with its link",
            utf16_len(&words),
            MAX_SECTION,
            Code::TitleTooLong,
        ));
    }
    if let Some(description) = &card.description {
        words.push('\n');
        words.push_str(&escape(description));
    }
    if utf16_len(&words) > MAX_SECTION {
        return Err(too_long(
            "card",
            utf16_len(&words),
            MAX_SECTION,
            Code::DescriptionTooLong,
        ));
    }
    blocks.push(section(&words));
    if let Some((url, alt)) = card
        .picture
        .as_ref()
        .filter(|(url, _)| utf16_len(url) <= MAX_PICTURE_URL)
    {
        let alt = alt.as_ref().unwrap_or(&card.title);
        if utf16_len(alt) > MAX_ALT {
            return Err(too_long(
                "alternative text",
                utf16_len(alt),
                MAX_ALT,
                Code::AltTooLong,
            ));
        }
        blocks.push(json!({"type": "image", "image_url": url, "alt_text": alt}));
    }
    Ok(blocks)
}

/// Returns a block of text. `verbatim` keeps Slack from finding links and names in it.
fn section(text: &str) -> Value {
    json!({"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": true}})
}

#[cfg(test)]
mod tests {
    use syndicate_api::{Card, TextSpan};

    use super::*;
    use crate::fixture;

    fn compose(post: &Post, card: CardStyle) -> Result<Value, Diagnostic> {
        message(post, card, PicturePolicy::Warn).map(Value::from)
    }

    #[test]
    fn own_card_is_blocks_without_unfurling() {
        let link = "<https://blog.example.com/crabs/?utm_source=chat>";
        let card =
            "<https://blog.example.com/crabs/?utm_source=chat|Why &lt;crabs&gt; walk sideways>";
        let text = format!("Crabs &amp; co: {link} #rust");
        let section = |text: &str| {
            json!({"type": "section",
            "text": {"type": "mrkdwn", "text": text, "verbatim": true}})
        };
        let expected = json!({
            "text": format!("{text}\n{card}"),
            "unfurl_links": false,
            "unfurl_media": false,
            "blocks": [
                section(&text),
                section(&format!("*{card}*\nA short story.")),
                {"type": "image", "image_url": "https://blog.example.com/crab.png", "alt_text": "A crab"},
            ],
        });
        assert_eq!(compose(&fixture::post(), CardStyle::Own), Ok(expected));
    }

    #[test]
    fn platform_card_has_no_blocks() {
        let composed = compose(&fixture::post(), CardStyle::Platform).unwrap();
        assert_eq!(composed.get("blocks"), None);
        assert_eq!(composed["unfurl_links"], true);
        let composed = compose(&fixture::post(), CardStyle::None).unwrap();
        assert_eq!(
            (composed.get("blocks"), &composed["unfurl_links"]),
            (None, &Value::from(false))
        );
    }

    #[test]
    fn too_long_parts_are_refused() {
        let with_card = |card: Card| Post {
            card: Some(card),
            ..fixture::post()
        };
        let card = fixture::post().card.unwrap();
        for (post, code) in [
            (fixture::with_text(&"<".repeat(751)), Code::TextTooLong),
            (
                with_card(Card {
                    title: "x".repeat(3000),
                    ..card.clone()
                }),
                Code::TitleTooLong,
            ),
            (
                with_card(Card {
                    description: Some("x".repeat(3000)),
                    ..card.clone()
                }),
                Code::DescriptionTooLong,
            ),
            (
                with_card(Card {
                    url: "/x".to_owned(),
                    ..card
                }),
                Code::NoUrl,
            ),
            (
                Post {
                    card: None,
                    ..fixture::with_text(" ")
                },
                Code::TextEmpty,
            ),
        ] {
            assert_eq!(compose(&post, CardStyle::Own).unwrap_err().code, code);
        }
    }

    #[test]
    fn measure_counts_escapes() {
        let text = RichText(vec![TextSpan::Text("a & 🦀".to_owned())]);
        assert_eq!(
            measure(&text, CardStyle::Own),
            Measure::new("characters", 10, 3000)
        );
        assert!(measure(&RichText::text("x".repeat(4000)), CardStyle::Platform).fits());
    }
}

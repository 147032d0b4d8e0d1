//! Encodes a post as a message of Discord. There is never more than one card: either an embed draws it and links are
//! in `<…>`, or Discord unfurls the link without an embed beside it.

use serde_json::{Map, Value, json};
use syndicate_api::{Code, Diagnostic, Measure, PicturePolicy, Post, RichText};

use super::markdown::{encode, escape_line};
use crate::body::BodyTemplate;
use crate::card::{OwnCard, check_kind, own_card, too_long};
use crate::options::CardStyle;
use crate::text::one_line;

/// The maximum length of a message.
pub(super) const MAX_CONTENT: usize = 2000;

/// The maximum length of the title of an embed.
const MAX_TITLE: usize = 256;

/// The maximum length of the description of an embed.
const MAX_DESCRIPTION: usize = 4096;

/// The maximum length of all texts of the embeds of a message.
const MAX_EMBEDS: usize = 6000;

/// The maximum length of the title of a forum post.
const MAX_THREAD_NAME: usize = 100;

/// The message flag `SUPPRESS_EMBEDS`.
const SUPPRESS_EMBEDS: u32 = 1 << 2;

/// The settings of a message.
pub(super) struct MessageSettings<'a> {
    pub(super) card: CardStyle,
    pub(super) pictures: PicturePolicy,
    pub(super) thread_name: Option<&'a BodyTemplate>,
}

/// Measures the text with its escapes in code points, as Discord does. Before the card is known, every link counts as
/// one in `<…>`, which is two code points longer.
pub(super) fn measure(text: &RichText) -> Measure {
    Measure::new(
        "characters",
        encode(text, None).chars().count(),
        MAX_CONTENT,
    )
}

/// Encodes `post` as the body of a message.
pub(super) fn message(
    post: &Post,
    settings: &MessageSettings<'_>,
) -> Result<Map<String, Value>, Diagnostic> {
    check_kind(post)?;
    let card = match settings.card {
        CardStyle::Own => own_card(post, settings.pictures)?,
        CardStyle::Platform | CardStyle::None => None,
    };
    let unfurled = post
        .card
        .as_ref()
        .filter(|_| settings.card == CardStyle::Platform);
    let content = encode(&post.text, unfurled.map(|card| card.url.as_str()));
    let length = content.chars().count();
    if length > MAX_CONTENT {
        return Err(too_long("text", length, MAX_CONTENT, Code::TextTooLong));
    }
    if content.is_empty() && card.is_none() {
        return Err(Diagnostic::new(Code::TextEmpty, "the text is empty"));
    }
    let embeds: Vec<Value> = card.as_ref().map(embed).transpose()?.into_iter().collect();
    let mut message = Map::from_iter([
        ("content".to_owned(), content.into()),
        ("embeds".to_owned(), embeds.into()),
        ("allowed_mentions".to_owned(), json!({"parse": []})),
    ]);
    if settings.card == CardStyle::None {
        message.insert("flags".to_owned(), SUPPRESS_EMBEDS.into());
    }
    if let Some(template) = settings.thread_name {
        message.insert(
            "thread_name".to_owned(),
            thread_name(template, post)?.into(),
        );
    }
    Ok(message)
}

fn embed(card: &OwnCard) -> Result<Value, Diagnostic> {
    let title = escape_line(&card.title);
    let length = title.chars().count();
    if length > MAX_TITLE {
        return Err(too_long(
            "title with its escapes",
            length,
            MAX_TITLE,
            Code::TitleTooLong,
        ));
    }
    let mut embed = json!({"title": title, "url": card.url});
    if let Some(description) = &card.description {
        let description = escape_line(description);
        let limit = MAX_DESCRIPTION.min(MAX_EMBEDS - length);
        let length = description.chars().count();
        if length > limit {
            let name = "description with its escapes";
            return Err(too_long(name, length, limit, Code::DescriptionTooLong));
        }
        embed["description"] = description.into();
    }
    if let Some((url, _)) = &card.picture {
        embed["image"] = json!({"url": url});
    }
    Ok(embed)
}

/// Returns the title of the forum post, which is plain text.
fn thread_name(template: &BodyTemplate, post: &Post) -> Result<String, Diagnostic> {
    let name = template.render(post)?;
    let name = one_line(name.as_str().unwrap_or_default());
    let length = name.chars().count();
    match length {
        0 => {
            let message = "`thread_name` is empty for this post";
            Err(Diagnostic::new(Code::TitleMissing, message))
        }
        1..=MAX_THREAD_NAME => Ok(name),
        _ => Err(too_long(
            "title of the forum post",
            length,
            MAX_THREAD_NAME,
            Code::TitleTooLong,
        )),
    }
}

#[cfg(test)]
mod tests {
    use syndicate_api::Card;

    use super::*;
    use crate::fixture;

    fn compose(post: &Post, card: CardStyle) -> Result<Value, Diagnostic> {
        let settings = MessageSettings {
            card,
            pictures: PicturePolicy::Warn,
            thread_name: None,
        };
        message(post, &settings).map(Value::from)
    }

    #[test]
    fn own_card_is_embed_without_unfurling() {
        let expected = json!({
            "content": format!(r"Crabs & co: <{}> #rust", fixture::LINK),
            "embeds": [{
                "title": r"Why \<crabs> walk sideways",
                "url": fixture::LINK,
                "description": "A short story.",
                "image": {"url": "https://blog.example.com/crab.png"},
            }],
            "allowed_mentions": {"parse": []},
        });
        assert_eq!(compose(&fixture::post(), CardStyle::Own), Ok(expected));
    }

    #[test]
    fn platform_card_has_bare_link() {
        let expected = json!({
            "content": format!("Crabs & co: {} #rust", fixture::LINK),
            "embeds": [],
            "allowed_mentions": {"parse": []},
        });
        assert_eq!(compose(&fixture::post(), CardStyle::Platform), Ok(expected));
        let none = compose(&fixture::post(), CardStyle::None).unwrap();
        assert_eq!((&none["flags"], &none["embeds"]), (&json!(4), &json!([])));
    }

    #[test]
    fn forum_post_has_title() {
        let template = BodyTemplate::new(&[], &json!("New: {{title}}")).unwrap();
        let settings = MessageSettings {
            card: CardStyle::Own,
            pictures: PicturePolicy::Skip,
            thread_name: Some(&template),
        };
        let composed = message(&fixture::post(), &settings).unwrap();
        assert_eq!(composed["thread_name"], "New: Why <crabs> walk sideways");
        let mut post = fixture::post();
        post.card.as_mut().unwrap().title = "x".repeat(96);
        assert_eq!(
            message(&post, &settings).unwrap_err().code,
            Code::TitleTooLong
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
            (fixture::with_text(&"*".repeat(1001)), Code::TextTooLong),
            (
                with_card(Card {
                    title: "x".repeat(257),
                    ..card.clone()
                }),
                Code::TitleTooLong,
            ),
            (
                with_card(Card {
                    description: Some("x".repeat(4097)),
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
    fn measure_counts_code_points() {
        assert_eq!(
            measure(&RichText::text("a*🦀")),
            Measure::new("characters", 4, 2000)
        );
    }
}

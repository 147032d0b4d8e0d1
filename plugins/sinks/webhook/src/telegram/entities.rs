//! Encodes text as plain text with entities, whose offsets Telegram counts in UTF-16 code units. No character of the
//! text has a meaning, so nothing is escaped.

use std::ops::Range;

use serde_json::{Value, json};
use syndicate_api::{RichText, TextSpan};

use crate::text::{sanitize, utf16_len, web_url};

/// A text with its entities.
pub(super) struct EntityText {
    pub(super) text: String,
    pub(super) entities: Vec<Value>,
}

/// The number of entities that Telegram keeps. It finds further URLs in the text itself.
const MAX_ENTITIES: usize = 100;

/// A part of the text, in bytes, that opens a URL.
struct TextLink {
    range: Range<usize>,
    url: String,
}

/// Encodes `text`.
pub(super) fn encode(text: &RichText) -> EntityText {
    let (mut whole, mut entities) = (String::new(), Vec::new());
    for span in &text.0 {
        let start = whole.len();
        let url = match span {
            TextSpan::Text(text) => {
                whole.push_str(&sanitize(text));
                None
            }
            TextSpan::Link(url) => {
                whole.push_str(&sanitize(url));
                web_url(url)
            }
            // Telegram finds hashtags itself, and ignores entities of that type.
            TextSpan::Hashtag(word) => {
                whole.push('#');
                whole.push_str(&sanitize(word));
                None
            }
            TextSpan::Mention { name, target } => {
                whole.push_str(&sanitize(name));
                mention(target)
            }
            _ => None,
        };
        let range = start..whole.len();
        entities.extend(url.map(|url| TextLink { range, url }));
    }
    // Telegram removes white space at both ends, which would shift the offsets.
    let text = whole.trim();
    let start = whole.len() - whole.trim_start().len();
    let entities = entities
        .into_iter()
        .filter_map(|entity| entity.to_json(&whole, start..start + text.len()));
    EntityText {
        entities: entities.take(MAX_ENTITIES).collect(),
        text: text.to_owned(),
    }
}

impl TextLink {
    /// Returns the entity as JSON, cut to the part `kept` of the text `whole`; `None` if nothing is left.
    fn to_json(&self, whole: &str, kept: Range<usize>) -> Option<Value> {
        let start = self.range.start.clamp(kept.start, kept.end);
        let end = self.range.end.clamp(kept.start, kept.end);
        let length = utf16_len(whole.get(start..end)?);
        let offset = utf16_len(whole.get(kept.start..start)?);
        let url = &self.url;
        let entity = json!({"type": "text_link", "offset": offset, "length": length, "url": url});
        (length > 0).then_some(entity)
    }
}

/// Returns the URL that mentions an account: a user's number, or `@name`.
fn mention(target: &str) -> Option<String> {
    if let Some(name) = target.strip_prefix('@').filter(|name| is_name(name)) {
        return Some(format!("https://t.me/{name}"));
    }
    let id = target.parse::<i64>().ok().filter(|id| *id > 0)?;
    Some(format!("tg://user?id={id}"))
}

/// Returns `true` if `target` is an account that can be mentioned.
pub(super) fn is_mention(target: &str) -> bool {
    mention(target).is_some()
}

/// Returns `true` if `name` is the public name of a user or channel, without `@`.
pub(super) fn is_name(name: &str) -> bool {
    (4..=32).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn offsets_are_utf16_units() {
        let text = RichText(vec![
            TextSpan::Text(" \n🦀 ".to_owned()),
            TextSpan::Hashtag("rüst".to_owned()),
            TextSpan::Text(" <b>*x*</b> ".to_owned()),
            TextSpan::Link("https://example.org/ä".to_owned()),
            TextSpan::Text(" ".to_owned()),
            TextSpan::Mention {
                name: "Jo".to_owned(),
                target: "@jo_doe".to_owned(),
            },
            TextSpan::Mention {
                name: "Al".to_owned(),
                target: "42".to_owned(),
            },
            TextSpan::Mention {
                name: "No".to_owned(),
                target: "?".to_owned(),
            },
            TextSpan::Text("\n".to_owned()),
        ]);
        let EntityText { text, entities } = encode(&text);
        assert_eq!(text, "🦀 #rüst <b>*x*</b> https://example.org/ä JoAlNo");
        assert_eq!(
            entities,
            [
                json!({"type": "text_link", "offset": 20, "length": 21, "url": "https://example.org/%C3%A4"}),
                json!({"type": "text_link", "offset": 42, "length": 2, "url": "https://t.me/jo_doe"}),
                json!({"type": "text_link", "offset": 44, "length": 2, "url": "tg://user?id=42"}),
            ]
        );
    }

    #[test]
    fn blank_entity_is_dropped() {
        let text = RichText(vec![
            TextSpan::Text("a".to_owned()),
            TextSpan::Mention {
                name: " ".to_owned(),
                target: "42".to_owned(),
            },
        ]);
        assert_eq!(encode(&text).entities, Vec::<Value>::new());
    }

    /// Returns any span.
    fn span() -> impl Strategy<Value = TextSpan> {
        prop_oneof![
            "\\PC{0,12}|[ \n🦀é]{0,6}".prop_map(TextSpan::Text),
            "[a-z🦀é ]{0,6}".prop_map(TextSpan::Hashtag),
            "https://[a-z]{1,5}\\.example/[a-zé🦀]{0,5}".prop_map(TextSpan::Link),
            ("[ a-zé🦀]{0,5}", "[0-9]{1,5}|@[a-z]{4,6}")
                .prop_map(|(name, target)| TextSpan::Mention { name, target }),
        ]
    }

    proptest! {
        #[test]
        fn entities_cover_their_spans(spans in prop::collection::vec(span(), 0..8)) {
            let rich = RichText(spans);
            let EntityText { text, entities } = encode(&rich);
            prop_assert_eq!(&text, &sanitize(&rich.plain()).trim().to_owned());
            let units: Vec<u16> = text.encode_utf16().collect();
            let mut end = 0;
            for entity in &entities {
                let [offset, length] = ["offset", "length"].map(|key| entity[key].as_u64().unwrap() as usize);
                prop_assert!(offset >= end && length > 0);
                end = offset + length;
                let part = String::from_utf16(units.get(offset..end).unwrap()).unwrap();
                if let Some(url) = entity["url"].as_str().filter(|url| url.contains(".example/")) {
                    prop_assert_eq!(web_url(&part).unwrap(), url);
                }
            }
        }
    }
}

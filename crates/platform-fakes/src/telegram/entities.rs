//! Texts and their entities ("MessageEntity", "sendMessage"). Lengths and offsets are UTF-16 code units.

use serde_json::{Map, Value};

use crate::answer::Answer;
use crate::telegram::errors::bad_request;
use crate::telegram::links;

/// The largest length of a text.
const MAX_TEXT: usize = 4096;

/// The largest number of entities that are kept.
const MAX_ENTITIES: usize = 100;

/// The types that a bot can send.
const TYPES: [&str; 11] = [
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "blockquote",
    "expandable_blockquote",
    "code",
    "pre",
    "text_link",
    "custom_emoji",
];

/// The types that Telegram finds itself and ignores here.
const FOUND: [&str; 7] = [
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
];

/// Checks a text and its entities.
pub(super) fn check(text: &str, entities: &[Value], is_lenient: bool) -> Result<(), Answer> {
    let units: Vec<u16> = text.encode_utf16().collect();
    for entity in entities {
        let Value::Object(fields) = entity else {
            return Err(bad_request("can't parse MessageEntity: expected an Object"));
        };
        self::entity(fields, &units, is_lenient)?;
    }
    if text.trim().is_empty() {
        return Err(bad_request("message text is empty"));
    }
    if text.trim().encode_utf16().count() > MAX_TEXT {
        return Err(bad_request("message is too long"));
    }
    if entities.len() > MAX_ENTITIES && !is_lenient {
        return Err(Answer::strict(
            "Telegram drops entities after the first 100",
        ));
    }
    Ok(())
}

fn entity(fields: &Map<String, Value>, units: &[u16], is_lenient: bool) -> Result<(), Answer> {
    let offset = number(fields, "offset")?;
    let length = number(fields, "length")?;
    let kind = fields.get("type").and_then(Value::as_str);
    let kind = kind.ok_or_else(|| {
        bad_request("can't parse MessageEntity: Field \"type\" must be of type String")
    })?;
    if !TYPES.contains(&kind) && !FOUND.contains(&kind) {
        return Err(bad_request(
            "can't parse MessageEntity: Unsupported type specified",
        ));
    }
    let start = usize::try_from(offset)
        .map_err(|_| bad_request(&format!("receive an entity with incorrect offset {offset}")))?;
    let length = usize::try_from(length)
        .map_err(|_| bad_request(&format!("receive an entity with incorrect length {length}")))?;
    check_range(units, start, length)?;
    if kind == "text_link" {
        let url = fields
            .get("url")
            .and_then(Value::as_str)
            .unwrap_or_default();
        links::check_url(url).map_err(|reason| bad_request(&reason))?;
    }
    if is_lenient {
        return Ok(());
    }
    if FOUND.contains(&kind) {
        return Err(Answer::strict(&format!(
            "Telegram finds entities of the type `{kind}` itself"
        )));
    }
    if length == 0 {
        return Err(Answer::strict("Telegram drops entities without a length"));
    }
    check_fields(fields, kind)
}

/// Refuses a range that is not in the text or splits a character of two units.
fn check_range(units: &[u16], start: usize, length: usize) -> Result<(), Answer> {
    let end = start + length;
    if start >= units.len() {
        return Err(bad_request(&format!(
            "entity begins after the end of the text at UTF-16 offset {start}"
        )));
    }
    if end > units.len() {
        return Err(bad_request(&format!(
            "entity beginning at UTF-16 offset {start} ends after the end of the text at UTF-16 \
             offset {end}"
        )));
    }
    if splits(units, start) {
        return Err(bad_request(&format!(
            "entity begins in a middle of a UTF-16 symbol at byte offset {}",
            bytes(units, start - 1)
        )));
    }
    if splits(units, end) {
        return Err(bad_request(&format!(
            "entity beginning at UTF-16 offset {start} ends in a middle of a UTF-16 symbol at byte \
             offset {}",
            bytes(units, end - 1)
        )));
    }
    Ok(())
}

/// Returns `true` if the position is between two surrogates.
fn splits(units: &[u16], position: usize) -> bool {
    let unit = units.get(position);
    unit.is_some_and(|unit| (0xDC00..=0xDFFF).contains(unit))
}

/// Returns the number of UTF-8 bytes before a position.
fn bytes(units: &[u16], position: usize) -> usize {
    String::from_utf16_lossy(&units[..position]).len()
}

/// Refuses fields that the type does not have.
fn check_fields(fields: &Map<String, Value>, kind: &str) -> Result<(), Answer> {
    let own = match kind {
        "text_link" => "url",
        "pre" => "language",
        "custom_emoji" => "custom_emoji_id",
        _ => "",
    };
    let mut names = fields.keys();
    let known = ["type", "offset", "length", own];
    match names.find(|name| !known.contains(&name.as_str())) {
        Some(name) => Err(Answer::strict(&format!(
            "an entity of the type `{kind}` has no field `{name}`"
        ))),
        None => Ok(()),
    }
}

fn number(fields: &Map<String, Value>, name: &str) -> Result<i64, Answer> {
    let value = fields.get(name).and_then(Value::as_i64);
    value.ok_or_else(|| {
        bad_request(&format!(
            "can't parse MessageEntity: Field \"{name}\" must be a valid Number"
        ))
    })
}

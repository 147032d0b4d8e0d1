//! Who posts: the option `author`, without what LinkedIn knows of it.

use serde::{Deserialize as _, Deserializer};
use serde_json::Value;

use crate::urn;

/// Who posts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Author {
    /// The member that the token belongs to.
    Me,
    /// This member or page.
    Urn(String),
}

impl Author {
    /// Reads the option `author`.
    ///
    /// # Errors
    /// What to write instead.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        if text == "me" {
            Ok(Self::Me)
        } else if urn::is_author(text) {
            Ok(Self::Urn(text.to_owned()))
        } else if text.trim().eq_ignore_ascii_case("me") {
            Err("write `me`, without spaces and in small letters".to_owned())
        } else {
            let hint = urn::author_hint(text);
            // Where it is clear what was meant, there is no choice.
            Err(match hint.starts_with("write ") {
                true => format!("{hint}; `me` is the member that the token belongs to"),
                false => hint,
            })
        }
    }
}

/// Reads the option also where YAML makes a number of it: an ID without the rest of its URN gets a hint
/// and not a remark about types.
///
/// # Errors
/// When it is neither a text nor a number.
pub(crate) fn text_or_number<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<String, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Number(number) => Ok(number.to_string()),
        other => serde_json::from_value(other).map_err(serde::de::Error::custom),
    }
}

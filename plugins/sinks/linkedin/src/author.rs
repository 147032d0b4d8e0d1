//! The option `author`: the member or page that posts.

use serde::{Deserialize as _, Deserializer};
use serde_json::Value;

use crate::urn;

/// The author of the posts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Author {
    /// The member that the token belongs to.
    Me,
    /// A member or page by its URN.
    Urn(String),
}

impl Author {
    /// Parses the option `author`.
    ///
    /// # Errors
    /// Returns a hint that names the valid forms.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        if text == "me" {
            Ok(Self::Me)
        } else if urn::is_author(text) {
            Ok(Self::Urn(text.to_owned()))
        } else if text.trim().eq_ignore_ascii_case("me") {
            Err("write `me` in lower case and without spaces".to_owned())
        } else {
            let hint = urn::author_hint(text);
            // The hint proposes one URN. Only `me` has to be added as the alternative.
            Err(match hint.starts_with("write ") {
                true => format!("{hint}; `me` is the token's member"),
                false => hint,
            })
        }
    }
}

/// Deserializes the option from text or from a number. YAML reads a bare ID as a number; accepting
/// it here leads to the hint about URNs instead of an error about types.
///
/// # Errors
/// Returns an error if the value is neither text nor a number.
pub(crate) fn text_or_number<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<String, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Number(number) => Ok(number.to_string()),
        other => serde_json::from_value(other).map_err(serde::de::Error::custom),
    }
}

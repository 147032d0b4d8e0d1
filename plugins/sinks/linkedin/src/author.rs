//! Who posts: the option `author`, without what LinkedIn knows of it.

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
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        if text == "me" {
            Ok(Self::Me)
        } else if urn::is_author(text) {
            Ok(Self::Urn(text.to_owned()))
        } else if text.matches("urn:li:").count() > 1 {
            Err("the prefix stands there twice; write it once, such as `urn:li:person:782bbtaQ`")
        } else {
            Err("`me`, `urn:li:person:…` or `urn:li:organization:…`")
        }
    }
}

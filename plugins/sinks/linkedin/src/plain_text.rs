//! Commentary as the older dialects want it: the characters that readers see and nothing else. A
//! hashtag is its word with a `#`, a mention the bare name; their interfaces have annotations for it
//! that LinkedIn no longer documents. A backslash before a bracket, right in little text, would be
//! shown here.

use syndicate_api::RichText;

use crate::sanitize::{printable, utf16_len};

/// Writes `text`, without the characters that no reader sees.
pub(crate) fn encode(text: &RichText) -> String {
    printable(&text.plain())
}

/// The length of `text` as it is sent.
pub(crate) fn measure(text: &RichText) -> usize {
    utf16_len(&encode(text))
}

//! Helpers for values that the readers of all formats use.

use syndicate_api::Diagnostic;
use url::Url;

use crate::invalid::invalid;

/// Returns the diagnostic of a document that is not a feed.
pub(super) fn not_a_feed(message: impl Into<String>) -> Diagnostic {
    invalid(message).with_hint("set `url` or `path` to an RSS, Atom or JSON feed")
}

/// Resolves a URL against `base`. Returns a relative URL as written if `base` is `None`.
pub(super) fn resolve(text: &str, base: Option<&Url>) -> String {
    let text = text.trim();
    match Url::options().base_url(base).parse(text) {
        Ok(url) => url.to_string(),
        Err(_) => text.to_owned(),
    }
}

/// Returns the trimmed text, or `None` if it is empty.
pub(super) fn non_empty(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

//! Caches the text of sent and approved posts in the user's cache directory, by payload hash. The ledger
//! contains hashes only; the cached text is used to show what has changed since. Nothing else depends on
//! it, and it contains only what readers can see.

use syndicate_api::Context;

use super::Composed;

/// Formats the texts of `composed` as lines, for display.
#[must_use]
pub(crate) fn format_text(composed: &Composed) -> String {
    let mut lines = composed.post.text.plain();
    lines.push_str("\n\n");
    if let Some(card) = &composed.post.card {
        let description = card.description.as_deref().unwrap_or_default();
        let facts = [
            ("title", card.title.as_str()),
            ("description", description),
            ("address", card.url.as_str()),
        ];
        for (name, fact) in facts.into_iter().filter(|(_, fact)| !fact.is_empty()) {
            lines.push_str(&format!("{name}: {fact}\n"));
        }
    }
    for medium in &composed.payload.media {
        let file = medium.file.as_deref().unwrap_or("picture");
        let sha256 = medium.sha256();
        lines.push_str(&format!("file: {file} ({})\n", &sha256[..12]));
    }
    lines
}

/// Stores the text of `composed`.
pub(super) fn keep(cx: &Context, composed: &Composed) {
    cx.blob_cache
        .put(&key(&composed.hash), format_text(composed).as_bytes());
}

/// Loads the text of the post with this payload hash, if it is cached.
#[must_use]
pub(crate) fn load_sent_text(cx: &Context, hash: &str) -> Option<String> {
    let bytes = cx.blob_cache.get(&key(hash))?;
    String::from_utf8(bytes.to_vec()).ok()
}

fn key(hash: &str) -> String {
    format!("wording of {hash}")
}

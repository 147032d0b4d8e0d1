//! Keepsakes: what a post said when it was sent or approved, kept in the user's cache under the hash of
//! its payload. The ledger holds hashes alone; a keepsake lets a person see what has changed since. It
//! holds nothing but what readers see, decides nothing, and its loss costs no more than that sight.

use syndicate_api::Context;

use super::Composed;

/// What `composed` says, line by line, for people.
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

/// Keeps what `composed` says.
pub(super) fn keep(cx: &Context, composed: &Composed) {
    cx.blob_cache
        .put(&key(&composed.hash), format_text(composed).as_bytes());
}

/// What the post with this payload said, if that was kept.
#[must_use]
pub(crate) fn load_sent_text(cx: &Context, hash: &str) -> Option<String> {
    let bytes = cx.blob_cache.get(&key(hash))?;
    String::from_utf8(bytes.to_vec()).ok()
}

fn key(hash: &str) -> String {
    format!("wording of {hash}")
}

//! The JSON of posts and media ("Status", "ScheduledStatus", "MediaAttachment").

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::mastodon::count::{Piece, pieces};
use crate::mastodon::records::{Medium, ScheduledStatus, Status};
use crate::mastodon::server::Mastodon;
use crate::mastodon::{account, format};

/// The largest number of characters of a description ("Instance", `description_limit`).
pub(super) const DESCRIPTION_LIMIT: usize = 1500;

/// The largest size of a picture in bytes.
pub(super) const IMAGE_BYTES: usize = 16 << 20;

/// The media types that the fake accepts.
pub(super) const MEDIA_TYPES: [&str; 4] = ["image/jpeg", "image/png", "image/gif", "image/webp"];

/// Returns a post.
pub(super) fn status(mastodon: &Mastodon, status: &Status, base_url: &str) -> Value {
    let tags: Vec<Value> = pieces(&status.text)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Hashtag(tag) => Some(tag.trim_start_matches('#').to_lowercase()),
            _ => None,
        })
        .map(|name| json!({"name": name, "url": format!("{base_url}/tags/{name}")}))
        .collect();
    json!({
        "id": status.id,
        "created_at": time(status.created_at),
        "in_reply_to_id": null,
        "in_reply_to_account_id": null,
        "sensitive": status.sensitive,
        "spoiler_text": status.spoiler_text,
        "visibility": status.visibility,
        "language": status.language,
        "uri": format!("{base_url}/users/alice/statuses/{}", status.id),
        "url": format!("{base_url}/@alice/{}", status.id),
        "replies_count": 0,
        "reblogs_count": 0,
        "favourites_count": 0,
        "quotes_count": 0,
        "edited_at": status.edited_at.map(time),
        "favourited": false,
        "reblogged": false,
        "muted": false,
        "bookmarked": false,
        "pinned": false,
        "content": format::html(&status.text, base_url),
        "filtered": [],
        "reblog": null,
        "application": {"name": "fake", "website": null},
        "account": account::entity(mastodon, base_url),
        "media_attachments": attachments(mastodon, status, base_url),
        "mentions": [],
        "tags": tags,
        "emojis": [],
        "quote": null,
        // The server fetches the page of the first link later.
        "card": null,
        "poll": null,
    })
}

/// Returns a scheduled post.
pub(super) fn scheduled(mastodon: &Mastodon, scheduled: &ScheduledStatus, base_url: &str) -> Value {
    let status = &scheduled.status;
    json!({
        "id": status.id,
        "scheduled_at": time(scheduled.scheduled_at),
        "params": {
            "text": status.text,
            "poll": null,
            "media_ids": status.media_ids,
            "sensitive": status.sensitive,
            "spoiler_text": status.spoiler_text,
            "visibility": status.visibility,
            "language": status.language,
            "scheduled_at": null,
            "idempotency": status.idempotency_key,
            "in_reply_to_id": null,
            "application_id": 1,
            "with_rate_limit": true,
        },
        "media_attachments": attachments(mastodon, status, base_url),
    })
}

fn attachments(mastodon: &Mastodon, status: &Status, base_url: &str) -> Vec<Value> {
    let media = status.media_ids.iter().filter_map(|id| {
        let mut media = mastodon.media.iter();
        media.find(|medium| medium.id == *id)
    });
    media
        .map(|medium| self::medium(medium, true, base_url))
        .collect()
}

/// Returns a medium. Its `url` is `null` until it is processed.
pub(super) fn medium(medium: &Medium, is_ready: bool, base_url: &str) -> Value {
    let file = format!("{base_url}/system/media_attachments/files/{}", medium.id);
    let kind = medium.media_type.split('/').next().unwrap_or_default();
    json!({
        "id": medium.id,
        "type": kind,
        "url": is_ready.then(|| format!("{file}/original/file")),
        "preview_url": format!("{file}/small/file"),
        "remote_url": null,
        "preview_remote_url": null,
        "text_url": null,
        "meta": {},
        "description": medium.description,
        "blurhash": null,
    })
}

/// Returns a time in Mastodon's format, with milliseconds.
pub(super) fn time(time: Timestamp) -> String {
    format!("{time:.3}")
}

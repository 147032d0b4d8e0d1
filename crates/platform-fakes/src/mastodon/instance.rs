//! The server itself: `nodeinfo`, and both versions of the instance ("instance API methods").

use serde_json::{Value, json};

use crate::answer::Answer;
use crate::mastodon::account;
use crate::mastodon::entities::{DESCRIPTION_LIMIT, IMAGE_BYTES, MEDIA_TYPES};
use crate::mastodon::server::Mastodon;

/// Handles `GET /.well-known/nodeinfo`.
pub(super) fn well_known(base_url: &str) -> Answer {
    Answer::json(
        200,
        &json!({"links": [{
            "rel": "http://nodeinfo.diaspora.software/ns/schema/2.0",
            "href": format!("{base_url}/nodeinfo/2.0"),
        }]}),
    )
}

/// Handles `GET /nodeinfo/2.0`.
pub(super) fn nodeinfo(mastodon: &Mastodon) -> Answer {
    let settings = &mastodon.settings;
    Answer::json(
        200,
        &json!({
            "version": "2.0",
            "software": {"name": settings.software, "version": settings.version},
            "protocols": ["activitypub"],
            "services": {"outbound": [], "inbound": []},
            "usage": {
                "users": {"total": 1, "activeMonth": 1, "activeHalfyear": 1},
                "localPosts": mastodon.statuses.len(),
            },
            "openRegistrations": false,
            "metadata": {"nodeName": "A fake", "nodeDescription": ""},
        }),
    )
}

/// Handles `GET /api/v2/instance`.
pub(super) fn v2(mastodon: &Mastodon, base_url: &str) -> Answer {
    Answer::json(
        200,
        &json!({
            "domain": domain(base_url),
            "title": "A fake",
            "version": mastodon.settings.version,
            "source_url": "https://github.com/mastodon/mastodon",
            "description": "",
            "usage": {"users": {"active_month": 1}},
            "thumbnail": {"url": format!("{base_url}/preview.png")},
            "icon": [],
            "languages": ["en"],
            "configuration": configuration(mastodon),
            "registrations": {"enabled": false, "approval_required": false, "message": null},
            "api_versions": {"mastodon": 7},
            "contact": {"email": "admin@example.org", "account": account::entity(mastodon, base_url)},
            "rules": [],
        }),
    )
}

/// Handles `GET /api/v1/instance`.
pub(super) fn v1(mastodon: &Mastodon, base_url: &str) -> Answer {
    Answer::json(
        200,
        &json!({
            "uri": domain(base_url),
            "title": "A fake",
            "short_description": "",
            "description": "",
            "email": "admin@example.org",
            "version": mastodon.settings.version,
            "urls": {},
            "stats": {
                "user_count": 1,
                "status_count": mastodon.statuses.len(),
                "domain_count": 0,
            },
            "thumbnail": format!("{base_url}/preview.png"),
            "languages": ["en"],
            "registrations": false,
            "approval_required": false,
            "invites_enabled": false,
            "configuration": configuration(mastodon),
            "contact_account": account::entity(mastodon, base_url),
            "rules": [],
        }),
    )
}

fn configuration(mastodon: &Mastodon) -> Value {
    json!({
        "accounts": {"max_featured_tags": 10, "max_pinned_statuses": 5},
        "statuses": {
            "max_characters": mastodon.settings.max_characters,
            "max_media_attachments": 4,
            "characters_reserved_per_url": mastodon.settings.characters_reserved_per_url,
        },
        "media_attachments": {
            "supported_mime_types": MEDIA_TYPES,
            "description_limit": DESCRIPTION_LIMIT,
            "image_size_limit": IMAGE_BYTES,
            "image_matrix_limit": 33_177_600,
            "video_size_limit": 103_809_024,
            "video_frame_rate_limit": 120,
            "video_matrix_limit": 8_294_400,
        },
        "polls": {
            "max_options": 4,
            "max_characters_per_option": 50,
            "min_expiration": 300,
            "max_expiration": 2_629_746,
        },
    })
}

fn domain(base_url: &str) -> &str {
    base_url.trim_start_matches("http://")
}

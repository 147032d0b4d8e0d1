//! The account `@alice` ("Account", "CredentialAccount").

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::mastodon::server::Mastodon;
use crate::request::Request;

/// The identifier of `@alice`.
pub(super) const ALICE: &str = "109348684580011010";

/// Handles `GET /api/v1/accounts/verify_credentials`.
pub(super) fn verify_credentials(
    mastodon: &Mastodon,
    request: &Request,
    base_url: &str,
) -> Result<Answer, Answer> {
    mastodon.authorize(request, &["profile", "read:accounts"])?;
    let mut account = entity(mastodon, base_url);
    account["source"] = json!({
        "privacy": "public",
        "sensitive": false,
        "language": "en",
        "note": "Writes about Rust.",
        "fields": [],
        "follow_requests_count": 0,
        "quote_policy": "public",
    });
    account["role"] =
        json!({"id": "-99", "name": "", "permissions": "65536", "color": "", "highlighted": false});
    Ok(Answer::json(200, &account))
}

/// Returns the account as an entity.
pub(super) fn entity(mastodon: &Mastodon, base_url: &str) -> Value {
    let last = mastodon.statuses.last().map(|status| status.created_at);
    json!({
        "id": ALICE,
        "username": "alice",
        "acct": "alice",
        "display_name": "Alice Example",
        "locked": false,
        "bot": false,
        "discoverable": true,
        "indexable": false,
        "group": false,
        "created_at": "2022-11-15T00:00:00.000Z",
        "note": "<p>Writes about Rust.</p>",
        "url": format!("{base_url}/@alice"),
        "uri": format!("{base_url}/users/alice"),
        "avatar": format!("{base_url}/avatars/original/missing.png"),
        "avatar_static": format!("{base_url}/avatars/original/missing.png"),
        "header": format!("{base_url}/headers/original/missing.png"),
        "header_static": format!("{base_url}/headers/original/missing.png"),
        "followers_count": 12,
        "following_count": 3,
        "statuses_count": mastodon.statuses.len(),
        "last_status_at": last.map(date),
        "emojis": [],
        "fields": [],
    })
}

fn date(time: Timestamp) -> String {
    time.strftime("%Y-%m-%d").to_string()
}

//! The data of the server: posts, media, apps, codes and tokens.

use jiff::Timestamp;

use crate::mastodon::scopes::{covers, split};

/// A post.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Status {
    /// The identifier.
    pub id: String,
    /// The text as sent.
    pub text: String,
    /// The content warning.
    pub spoiler_text: String,
    /// `true` if it is marked as sensitive.
    pub sensitive: bool,
    /// `public`, `unlisted`, `private` or `direct`.
    pub visibility: String,
    /// The language.
    pub language: String,
    /// The identifiers of its media.
    pub media_ids: Vec<String>,
    /// The policy of quotes, if the request set it.
    pub quote_approval_policy: Option<String>,
    /// The `Idempotency-Key` of the request.
    pub idempotency_key: Option<String>,
    /// The time of the request.
    pub created_at: Timestamp,
    /// The time of the last edit.
    pub edited_at: Option<Timestamp>,
    /// The texts before each edit, the oldest first.
    pub earlier_texts: Vec<String>,
}

/// A post that will be published later. The fake never publishes it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScheduledStatus {
    /// The post with the identifier of the scheduled post.
    pub status: Status,
    /// The time at which it will be published.
    pub scheduled_at: Timestamp,
}

/// An uploaded file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Medium {
    /// The identifier.
    pub id: String,
    /// The alternative text.
    pub description: Option<String>,
    /// The name of the file.
    pub file_name: String,
    /// The media type by its bytes.
    pub media_type: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The post that it is attached to.
    pub status_id: Option<String>,
    /// The time at which it is processed.
    pub(super) ready_at: Timestamp,
}

/// A registered app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct App {
    pub(super) number: usize,
    pub(super) name: String,
    pub(super) website: Option<String>,
    /// The scopes that it can request.
    pub(super) scopes: Vec<String>,
    /// The redirect URIs that it can use.
    pub(super) redirect_uris: Vec<String>,
    /// The identifier for OAuth.
    pub(super) client_id: String,
    /// The secret.
    pub(super) client_secret: String,
}

/// A code that an app can exchange for a token.
#[derive(Clone, Debug)]
pub(super) struct AuthorizationCode {
    /// Its number, which grows.
    pub(super) number: usize,
    pub(super) client_id: String,
    pub(super) redirect_uri: String,
    pub(super) scopes: Vec<String>,
    pub(super) challenge: Option<String>,
    pub(super) issued: Timestamp,
}

/// The permissions of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Access {
    /// The scopes.
    pub(super) scopes: Vec<String>,
    /// `false` for a token of an app without a user.
    pub(super) has_user: bool,
    /// The `client_id` of the app that got the token.
    pub(super) client_id: Option<String>,
}

impl Access {
    /// Returns the access of a user with `scopes`, separated by spaces.
    pub(super) fn of_user(scopes: &str) -> Self {
        Self {
            scopes: split(scopes),
            has_user: true,
            client_id: None,
        }
    }

    /// Returns `true` if it has one of `scopes` or the parent of one.
    pub(super) fn has(&self, scopes: &[&str]) -> bool {
        scopes.iter().any(|scope| covers(&self.scopes, scope))
    }
}

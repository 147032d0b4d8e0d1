//! The five sinks: their creating requests, the refusals of their platforms, and the way to resolve an attempt
//! without an answer.

use platform_fakes::Answer;
use serde_json::json;

use super::pds;

/// The way in which `build` resolves an attempt without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Resolves {
    /// By a request with the same key, of which the platform makes one post.
    Repeats,
    /// By reading the posts of the account.
    Reads,
    /// By asking the user.
    Asks,
}

/// A sink and its platform.
pub(super) struct SinkCase {
    pub(super) name: &'static str,
    /// The environment variable with the URL of the server.
    pub(super) url_variable: &'static str,
    /// Method and path of the creating request.
    pub(super) create: (&'static str, &'static str),
    /// Method and path of a request before it, if there is one.
    pub(super) prepare: Option<(&'static str, &'static str)>,
    pub(super) refused: fn() -> Answer,
    pub(super) unauthorized: fn() -> Answer,
    pub(super) throttled: fn() -> Answer,
    pub(super) resolves: Resolves,
}

pub(super) const SINKS: &[SinkCase] = &[
    SinkCase {
        name: "linkedin",
        url_variable: "LINKEDIN_URL",
        create: ("POST", "/rest/posts"),
        prepare: Some(("POST", "/rest/images")),
        refused: || Answer::json(422, &json!({"message": "No.", "status": 422})),
        unauthorized: || {
            let message = "The token used in the request has been revoked by the user";
            Answer::json(
                401,
                &json!({"status": 401, "serviceErrorCode": 65601, "message": message}),
            )
        },
        throttled: || {
            let message = "Resource level throttle MEMBER DAY limit";
            Answer::json(
                429,
                &json!({"status": 429, "serviceErrorCode": 101, "message": message}),
            )
        },
        resolves: Resolves::Asks,
    },
    SinkCase {
        name: "bluesky",
        url_variable: "BLUESKY_URL",
        create: ("POST", pds::PUT),
        prepare: Some(("POST", pds::UPLOAD)),
        refused: || pds::refusal(400, "InvalidRequest"),
        unauthorized: || pds::refusal(400, "InvalidToken"),
        // One hour after the time of the tests.
        throttled: || pds::refusal(429, "RateLimitExceeded").with("ratelimit-reset", "1795352400"),
        resolves: Resolves::Repeats,
    },
    SinkCase {
        name: "mastodon",
        url_variable: "MASTODON_URL",
        create: ("POST", "/api/v1/statuses"),
        prepare: Some(("GET", "/api/v1/accounts/verify_credentials")),
        refused: || Answer::json(422, &json!({"error": "Validation failed: Text is blank"})),
        unauthorized: || Answer::json(401, &json!({"error": "The access token is invalid"})),
        throttled: || {
            let answer = Answer::json(429, &json!({"error": "Too many requests"}));
            answer.with("x-ratelimit-reset", "2026-11-22T13:00:00Z")
        },
        resolves: Resolves::Repeats,
    },
    SinkCase {
        name: "devto",
        url_variable: "DEVTO_URL",
        create: ("POST", "/api/articles"),
        prepare: Some(("GET", "/api/articles/me/all")),
        refused: || {
            Answer::json(
                422,
                &json!({"error": "Title can't be blank", "status": 422}),
            )
        },
        unauthorized: || Answer::json(401, &json!({"error": "unauthorized", "status": 401})),
        throttled: || Answer::text(429, "Retry later\n").with("retry-after", "3600"),
        resolves: Resolves::Reads,
    },
    SinkCase {
        name: "chat",
        url_variable: "CHAT_URL",
        create: ("POST", platform_fakes::slack::WEBHOOK_PATH),
        prepare: None,
        refused: || Answer::text(400, "invalid_payload"),
        unauthorized: || Answer::text(403, "invalid_token"),
        throttled: || Answer::text(429, "rate_limited").with("retry-after", "3600"),
        resolves: Resolves::Asks,
    },
];

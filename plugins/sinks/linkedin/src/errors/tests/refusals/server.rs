//! Server errors with an unknown outcome, and rate limits.

use syndicate_api::PublishErrorKind::{Throttled, Unavailable, Unknown};
use syndicate_api::{Code, PublishErrorKind};

use super::{assert_errors, code, says};

fn tomorrow() -> PublishErrorKind {
    Throttled {
        until: Some("2026-11-23T00:00:00Z".parse().unwrap()),
    }
}

#[tokio::test]
async fn server_errors_are_not_refusals() {
    assert_errors([
        (408, says("M"), Unknown, Code::OutcomeUnknown, "settle"),
        (
            409,
            code("CONFLICT"),
            Unavailable,
            Code::Unavailable,
            "again",
        ),
        (409, says("M"), Unknown, Code::OutcomeUnknown, "settle"),
        (
            429,
            says("Resource level throttle MEMBER DAY limit for calls to this resource is reached."),
            tomorrow(),
            Code::Throttled,
            "midnight UTC",
        ),
        (
            429,
            code("TOO_MANY_REQUESTS"),
            tomorrow(),
            Code::Throttled,
            "midnight UTC",
        ),
        (302, says("M"), Unknown, Code::OutcomeUnknown, "settle"),
        (500, says("M"), Unknown, Code::OutcomeUnknown, "settle"),
        (502, says("M"), Unknown, Code::OutcomeUnknown, "settle"),
        (
            503,
            code("UNDER_MAINTENANCE"),
            Unknown,
            Code::OutcomeUnknown,
            "settle",
        ),
        (504, says("M"), Unknown, Code::OutcomeUnknown, "settle"),
    ])
    .await;
}

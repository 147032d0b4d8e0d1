//! Distinguishes refusals of a post from failures that are not the post's.

use syndicate_api::Code;

/// The codes of failures that are not the post's: the next attempt may succeed without any change of the post.
const NO_REFUSAL: [Code; 8] = [
    Code::ClaimExpired,
    Code::ClockWrong,
    Code::Forbidden,
    Code::NotLeft,
    Code::Throttled,
    Code::Unauthorized,
    Code::Unavailable,
    Code::VersionDead,
];

/// Returns `true` if `code` is the code of a failed attempt whose post the platform refused.
#[must_use]
pub(super) fn is_refusal(code: &str) -> bool {
    NO_REFUSAL.iter().all(|other| code != other.as_str())
}

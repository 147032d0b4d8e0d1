//! The rules of the table, and the hints that several rules share.

use syndicate_api::Code;

use crate::errors::body::ErrorBody;

/// A kind of refusal with its outcome.
#[derive(Debug)]
pub(in crate::errors) struct RefusalRule {
    pub(super) status: u16,
    pub(super) matcher: BodyMatcher,
    pub(in crate::errors) outcome: Outcome,
    /// The second half of the error message, after the prefix of the step.
    pub(in crate::errors) message: &'static str,
    /// The hint, or an empty text for the usual hint of the outcome.
    pub(in crate::errors) hint: &'static str,
}

/// The meaning of a refusal for the delivery.
#[derive(Clone, Copy, Debug)]
pub(in crate::errors) enum Outcome {
    /// The same request will always be refused.
    Rejected(Code),
    /// The uploaded file will always be refused.
    InvalidFile,
    /// Another token is needed.
    Unauthorized(Code),
    /// A rate limit is reached.
    Throttled,
    /// The request was certainly not accepted and may be repeated.
    NotAccepted,
    /// The request may have been accepted.
    MaybeAccepted,
}

/// A condition on the body of a refusal.
#[derive(Clone, Copy, Debug)]
pub(super) enum BodyMatcher {
    /// Matches every body.
    Any,
    /// Matches an error code.
    HasCode(&'static str),
    /// Matches an error code or its number in older services.
    HasCodeOrNumber(&'static str, u64),
    /// Matches a part of the message, in lower case.
    MessageContains(&'static str),
    /// Matches a text that is too long, if the message or an input contains this word, in lower
    /// case.
    TextTooLong(&'static str),
}

/// Hint if another token is needed.
pub(super) const RENEWAL_HINT: &str = "{renewal}";

/// Error codes of a text that is too long. The second one also means a list with too many elements.
const TOO_LONG: &[&str] = &["FIELD_LENGTH_TOO_LONG", "FIELD_ARRAY_SIZE_TOO_HIGH"];

impl BodyMatcher {
    pub(super) fn matches(self, body: &ErrorBody) -> bool {
        match self {
            Self::Any => true,
            Self::HasCode(code) => body.codes.iter().any(|known| known == code),
            Self::HasCodeOrNumber(code, number) => {
                body.service_code == Some(number) || Self::HasCode(code).matches(body)
            }
            Self::MessageContains(words) => body.message.to_ascii_lowercase().contains(words),
            Self::TextTooLong(word) => {
                TOO_LONG
                    .iter()
                    .any(|code| Self::HasCode(code).matches(body))
                    && body.all_messages().to_ascii_lowercase().contains(word)
            }
        }
    }
}

pub(super) const fn rule(
    status: u16,
    matcher: BodyMatcher,
    outcome: Outcome,
    message: &'static str,
    hint: &'static str,
) -> RefusalRule {
    RefusalRule {
        status,
        matcher,
        outcome,
        message,
        hint,
    }
}

/// Status of a rule that applies to every 4xx status.
pub(super) const ANY_REFUSAL: u16 = 0;

pub(super) const CONTENT_HINT: &str =
    "compare LinkedIn's message with the post in `syndicate preview`";
pub(super) const FORMAT_HINT: &str =
    "save pictures as JPEG or PNG, documents as PDF, videos as MP4";
pub(super) const UPLOAD_HINT: &str =
    "nothing was created; run the command again to repeat all uploads";

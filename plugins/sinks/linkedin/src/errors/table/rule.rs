//! A row of the table, and the hints that several of them share.

use syndicate_api::Code;

use crate::errors::body::ErrorBody;

/// One kind of refusal.
#[derive(Debug)]
pub(in crate::errors) struct RefusalRule {
    pub(super) status: u16,
    pub(super) matcher: BodyMatcher,
    pub(in crate::errors) outcome: Outcome,
    /// In plain words, to follow what was tried.
    pub(in crate::errors) message: &'static str,
    /// The next thing to do; empty where the kind of error says it all.
    pub(in crate::errors) hint: &'static str,
}

/// What it means for the delivery.
#[derive(Clone, Copy, Debug)]
pub(in crate::errors) enum Outcome {
    /// The same request will never do.
    Rejected(Code),
    /// The file that is uploaded will never do.
    InvalidFile,
    /// Another token is needed.
    Unauthorized(Code),
    /// Not now.
    Throttled,
    /// Surely not accepted, and the same request may do later.
    NotAccepted,
    /// It may have been accepted.
    MaybeAccepted,
}

/// What distinguishes refusals of one status.
#[derive(Clone, Copy, Debug)]
pub(super) enum BodyMatcher {
    /// Nothing; it fits always.
    Any,
    /// A code.
    HasCode(&'static str),
    /// A code, or the number that older services give for it.
    HasCodeOrNumber(&'static str, u64),
    /// Words of the message, in lower case.
    MessageContains(&'static str),
    /// That a text is too long, which the message or an input names by this word, in lower case.
    TextTooLong(&'static str),
}

/// The codes of a text that is too long. The second is also that of a list with too many elements.
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

/// In a row's place of the status: a code that means the same with every status of a refusal.
pub(super) const ANY_REFUSAL: u16 = 0;

pub(super) const CONTENT_HINT: &str =
    "compare what LinkedIn says with the post that `syndicate preview` shows";
pub(super) const FORMAT_HINT: &str =
    "save pictures as JPEG or PNG, documents as PDF, videos as MP4";
pub(super) const UPLOAD_HINT: &str =
    "nothing was created; run again, and everything is uploaded again";

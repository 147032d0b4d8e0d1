//! A row of the table, and the hints that several of them share.

use syndicate_api::Code;

use crate::errors::body::Body;

/// One kind of refusal.
#[derive(Debug)]
pub(in crate::errors) struct Row {
    pub(super) status: u16,
    pub(super) sign: Sign,
    pub(in crate::errors) means: Outcome,
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
    Unfit,
    /// Another token is needed.
    Unauthorized(Code),
    /// Not now.
    Throttled,
    /// Surely not accepted, and the same request may do later.
    NotAccepted,
    /// It may have been accepted.
    InDoubt,
}

/// What distinguishes refusals of one status.
#[derive(Clone, Copy, Debug)]
pub(super) enum Sign {
    /// Nothing; it fits always.
    Any,
    /// A code.
    Named(&'static str),
    /// A code, or the number that older services give for it.
    Numbered(&'static str, u64),
    /// Words of the message, in lower case.
    Says(&'static str),
    /// That a text is too long, which the message or an input names by this word, in lower case.
    TooLong(&'static str),
}

/// The codes of a text that is too long. The second is also that of a list with too many elements.
const TOO_LONG: &[&str] = &["FIELD_LENGTH_TOO_LONG", "FIELD_ARRAY_SIZE_TOO_HIGH"];

impl Sign {
    pub(super) fn is_in(self, body: &Body) -> bool {
        match self {
            Self::Any => true,
            Self::Named(code) => body.codes.iter().any(|known| known == code),
            Self::Numbered(code, number) => {
                body.service == Some(number) || Self::Named(code).is_in(body)
            }
            Self::Says(words) => body.message.to_ascii_lowercase().contains(words),
            Self::TooLong(word) => {
                TOO_LONG.iter().any(|code| Self::Named(code).is_in(body))
                    && body.all_words().to_ascii_lowercase().contains(word)
            }
        }
    }
}

pub(super) const fn row(
    status: u16,
    sign: Sign,
    means: Outcome,
    message: &'static str,
    hint: &'static str,
) -> Row {
    Row {
        status,
        sign,
        means,
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

//! The table of refusals: LinkedIn's documented codes and those that its users met, each with what
//! it means and what to do. The first row that fits counts: those of codes that mean the same
//! everywhere, then those of the step that was refused, then all others.
//!
//! Placeholders: `{status}` of the answer, `{version}` in use, `{newer}` what to do about its end,
//! `{limit}` to set for the text, `{most}` characters that a field takes, `{urn}` and `{post}` of the
//! equal post, `{adopted}` to write for its URN.

mod codes;
mod steps;
mod usual;

use syndicate_api::Code;

use self::Outcome::{InDoubt, Rejected};
use self::Sign::Any;
use super::body::Body;
use super::step::Step;

/// One kind of refusal.
#[derive(Debug)]
pub(super) struct Row {
    status: u16,
    sign: Sign,
    pub(super) means: Outcome,
    /// In plain words, to follow what was tried.
    pub(super) message: &'static str,
    /// The next thing to do; empty where the kind of error says it all.
    pub(super) hint: &'static str,
}

/// What it means for the delivery.
#[derive(Clone, Copy, Debug)]
pub(super) enum Outcome {
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
enum Sign {
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
    fn is_in(self, body: &Body) -> bool {
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

/// Returns the row for an answer to `step`.
pub(super) fn find(step: Step, status: u16, body: &Body) -> &'static Row {
    let is_refusal = (400..500).contains(&status);
    let other = if is_refusal {
        &OTHER_REFUSAL
    } else {
        &OTHER_ANSWER
    };
    let fits = |row: &&Row| {
        let is_status = row.status == status || (row.status == ANY_REFUSAL && is_refusal);
        is_status && row.sign.is_in(body)
    };
    let tables = [codes::ROWS, steps::rows(step), usual::ROWS];
    tables.into_iter().flatten().find(fits).unwrap_or(other)
}

/// Returns the row for a refusal of `step` that LinkedIn did not write.
pub(super) fn foreign(step: Step) -> &'static Row {
    steps::foreign(step)
}

const fn row(
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
const ANY_REFUSAL: u16 = 0;

static OTHER_REFUSAL: Row = row(
    0,
    Any,
    Rejected(Code::Rejected),
    "LinkedIn refuses it with status {status}",
    CONTENT_HINT,
);
static OTHER_ANSWER: Row = row(
    0,
    Any,
    InDoubt,
    "LinkedIn answered with status {status}",
    "",
);

const CONTENT_HINT: &str =
    "compare what LinkedIn says with the post that `syndicate preview` shows";
const FORMAT_HINT: &str = "save pictures as JPEG or PNG, documents as PDF, videos as MP4";
const UPLOAD_HINT: &str = "nothing was created; run again, and everything is uploaded again";

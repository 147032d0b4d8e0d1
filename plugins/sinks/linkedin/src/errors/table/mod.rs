//! The table of refusals: LinkedIn's documented codes and those that its users met, each with what
//! it means and what to do. The first row that fits counts: those of codes that mean the same
//! everywhere, then those of the step that was refused, then all others.
//!
//! Placeholders: `{status}` of the answer, `{version}` in use, `{newer}` what to do about its end,
//! `{limit}` to set for the text, `{most}` characters that a field takes, `{urn}` and `{post}` of the
//! equal post, `{adopted}` to write for its URN.

mod codes;
mod row;
mod steps;
mod usual;

use syndicate_api::Code;

use self::row::Outcome::{InDoubt, Rejected};
use self::row::Sign::Any;
use self::row::{ANY_REFUSAL, CONTENT_HINT, row};
pub(super) use self::row::{Outcome, Row};
use super::body::Body;
use super::step::Step;

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

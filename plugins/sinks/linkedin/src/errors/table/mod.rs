//! The table of refusals: LinkedIn's documented codes and those that its users met, each with what
//! it means and what to do. The first row that fits counts: those of codes that mean the same
//! everywhere, then those of the step that was refused, then all others.
//!
//! Placeholders: `{status}` of the answer, `{version}` in use, `{newer}` what to do about its end,
//! `{limit}` to set for the text, `{most}` characters that a field takes, `{urn}` and `{post}` of the
//! equal post, `{adopted}` to write for its URN.

mod by_code;
mod by_status;
mod by_step;
mod rule;

use syndicate_api::Code;

use self::rule::BodyMatcher::Any;
use self::rule::Outcome::{MaybeAccepted, Rejected};
use self::rule::{ANY_REFUSAL, CONTENT_HINT, rule};
pub(super) use self::rule::{Outcome, RefusalRule};
use super::body::ErrorBody;
use super::step::Step;

/// Returns the row for an answer to `step`.
pub(super) fn find(step: Step, status: u16, body: &ErrorBody) -> &'static RefusalRule {
    let is_refusal = (400..500).contains(&status);
    let other = if is_refusal {
        &OTHER_REFUSAL
    } else {
        &OTHER_ANSWER
    };
    let matches = |rule: &&RefusalRule| {
        let is_status = rule.status == status || (rule.status == ANY_REFUSAL && is_refusal);
        is_status && rule.matcher.matches(body)
    };
    let tables = [by_code::RULES, by_step::rules(step), by_status::RULES];
    tables.into_iter().flatten().find(matches).unwrap_or(other)
}

/// Returns the row for a refusal of `step` that LinkedIn did not write.
pub(super) fn proxy_rule(step: Step) -> &'static RefusalRule {
    by_step::proxy_rule(step)
}

static OTHER_REFUSAL: RefusalRule = rule(
    0,
    Any,
    Rejected(Code::Rejected),
    "LinkedIn refuses it with status {status}",
    CONTENT_HINT,
);
static OTHER_ANSWER: RefusalRule = rule(
    0,
    Any,
    MaybeAccepted,
    "LinkedIn answered with status {status}",
    "",
);

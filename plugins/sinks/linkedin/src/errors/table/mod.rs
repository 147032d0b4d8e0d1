//! The table of refusals: the error codes that LinkedIn documents or that users have reported, each
//! with its outcome and a hint. The first matching rule applies: rules by code, then rules by step,
//! then rules by status.
//!
//! Placeholders in messages and hints: `{status}` of the response, `{version}` of the API,
//! `{newer}` hint about a newer version, `{limit}` option for the text limit, `{most}` maximum
//! length of a field, `{urn}` and `{post}` the URN and link of the equal post, `{adopted}` its URN
//! for a command line, `{renewal}` hint how to replace the token.

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

/// Returns the rule for a response to `step`.
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

/// Returns the rule for a refusal of `step` that LinkedIn did not write.
pub(super) fn proxy_rule(step: Step) -> &'static RefusalRule {
    by_step::proxy_rule(step)
}

static OTHER_REFUSAL: RefusalRule = rule(
    0,
    Any,
    Rejected(Code::Rejected),
    "LinkedIn refused the request with status {status}",
    CONTENT_HINT,
);
static OTHER_ANSWER: RefusalRule = rule(
    0,
    Any,
    MaybeAccepted,
    "LinkedIn responded with status {status}",
    "",
);

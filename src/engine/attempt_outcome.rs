//! Sets the outcome of a delivery in the plan.

use jiff::Timestamp;
use syndicate_api::{Code, Diagnostic, PublishError, PublishErrorKind};

use super::attempt::{AttemptResult, Created};
use super::plan::guard::goes_on;
use super::{Action, Outcome, PlanEntry, sent_option};
use crate::ledger::LedgerError;

/// Sets the outcome of `entry` after an attempt with this result.
pub(super) fn settle(entry: &mut PlanEntry, attempted: AttemptResult, now: Timestamp) {
    match attempted {
        AttemptResult::Answered(Ok(receipt)) => {
            entry.outcome = Some(match entry.action {
                Action::Update => Outcome::Updated,
                _ => Outcome::Sent,
            });
            entry.receipt = Some(Box::new(receipt));
        }
        AttemptResult::Answered(Err(error)) if throttle(&error).is_some() => {
            entry.defer(closing(&error, now));
        }
        AttemptResult::Answered(Err(error)) => {
            let unknown = error.kind == PublishErrorKind::Unknown;
            let outcome = if unknown {
                Outcome::Unknown
            } else {
                Outcome::Failed
            };
            // The existing post may be this one.
            entry.same_as = error
                .existing
                .as_ref()
                .and_then(|existing| existing.id.clone());
            entry.fail(outcome, Diagnostic::from(error));
        }
        // Nothing was sent; it is planned again.
        AttemptResult::Refused(_) => {}
        AttemptResult::Overtaken(error)
        | AttemptResult::Unrecorded {
            error,
            created: Created::No,
        } => {
            let problem = Diagnostic::from_error(&error, Code::LedgerUnwritable);
            entry.fail(Outcome::Failed, problem);
        }
        AttemptResult::Unrecorded {
            error,
            created: Created::Maybe(doubt),
        } => {
            let message = format!("it may have been created ({doubt}), but {error}");
            let answer = format!("{}` or `--not-sent", sent_option(entry.omits_id));
            entry.fail(
                Outcome::Unknown,
                unrecorded(entry, &error, message, &answer),
            );
        }
        // The post was created; the next run finds an intent without an outcome.
        AttemptResult::Unrecorded {
            error,
            created: Created::Yes(receipt),
        } => {
            let name = receipt.id.as_deref().or(receipt.url.as_deref());
            let (message, answer) = match name {
                Some(name) => (
                    format!("it was created as `{name}`, but {error}"),
                    format!("--sent {name}"),
                ),
                None => (
                    format!("it was created, but {error}"),
                    sent_option(entry.omits_id).to_owned(),
                ),
            };
            entry.fail(
                Outcome::Unknown,
                unrecorded(entry, &error, message, &answer),
            );
            entry.receipt = Some(Box::new(receipt));
        }
    }
}

/// Returns the diagnostic for an outcome that the ledger does not have, with the `answer` that `settle` takes.
fn unrecorded(entry: &PlanEntry, error: &LedgerError, message: String, answer: &str) -> Diagnostic {
    let hint = format!(
        "give the lines below to `syndicate ledger import`, or let the next run on this machine record \
         them; if both are lost, run `syndicate settle {} {answer}`",
        entry.item.label()
    );
    Diagnostic::from_error(error, Code::LedgerUnwritable)
        .with_code(Code::OutcomeUnknown)
        .with_message(message)
        .with_hint(hint)
}

/// Marks a delivery as not attempted because an earlier one closed its sink. That one has the cause and
/// the hint.
pub(super) fn not_tried(entry: &mut PlanEntry, problem: &Diagnostic) {
    if problem.code == Code::Throttled {
        let problem = Diagnostic::new(problem.code, problem.message.clone());
        entry.defer(problem.without_hint());
        return;
    }
    let message = format!(
        "not tried, as `{}` takes nothing now: {}",
        entry.sink, problem.message
    );
    let problem = Diagnostic::new(problem.code, message).without_hint();
    entry.fail(Outcome::Waiting, problem);
}

/// Returns the time until which the platform accepts no requests.
fn throttle(error: &PublishError) -> Option<Timestamp> {
    match error.kind {
        PublishErrorKind::Throttled { until } => until,
        _ => None,
    }
}

/// Returns the diagnostic for a sink that accepts nothing more, with the end of that state if known.
pub(super) fn closing(error: &PublishError, now: Timestamp) -> Diagnostic {
    let mut problem = Diagnostic::from(error.clone());
    if let Some(until) = throttle(error) {
        problem.message = goes_on(&problem.message, until, now);
    }
    problem
}

/// Returns `true` if every further delivery to the sink would fail with the same error.
pub(super) fn closes(error: &PublishError) -> bool {
    match error.kind {
        PublishErrorKind::Unauthorized
        | PublishErrorKind::Throttled { .. }
        | PublishErrorKind::Unavailable => true,
        PublishErrorKind::Rejected => matches!(
            error.code,
            Code::VersionDead | Code::Forbidden | Code::ClockWrong
        ),
        PublishErrorKind::Conflict | PublishErrorKind::Unknown => false,
    }
}

//! Suggests the next command for deliveries that need an action by the user. Deliveries that only wait have
//! none.

use std::collections::HashMap;

use syndicate_api::Code;

use crate::engine::{Action, Outcome, Plan, PlanEntry, sent_option};
use crate::terminal::shell_word;

/// Maximum number of lines.
const MAX_LISTED: usize = 10;

/// Returns the next step for `entry` with its command in backticks, or `None` if it needs none.
#[must_use]
pub(crate) fn next_step(entry: &PlanEntry) -> Option<String> {
    let label = &shell_word(entry.item.label());
    let step = match (entry.code, entry.outcome) {
        (Code::OutcomeUnknown, _) | (_, Some(Outcome::Unknown)) => format!(
            "check whether the post exists, then `syndicate settle {label} --sink {sink} {sent}` or \
             `--not-sent`",
            sink = entry.sink,
            sent = sent_option(entry.omits_id)
        ),
        (Code::Renamed, None) => format!(
            "`syndicate settle {label} --same-as {}` if it is that post, or `syndicate build --only \
             {label}` if it is new",
            shell_word(entry.same_as.as_deref().unwrap_or("OLD"))
        ),
        (Code::Copy, None) => format!(
            "delete or skip it, or `syndicate build --only {label}` if it is a separate post"
        ),
        // The equal post was retracted; the diagnostic's hint has the next step.
        (Code::Duplicate, Some(Outcome::Failed)) if entry.same_as.is_none() => {
            entry.problem.as_ref()?.hint.clone()?
        }
        (Code::Duplicate, _) => format!(
            "`syndicate adopt {label} {id} --sink {sink}`, or `syndicate settle {label} --sink {sink} \
             --sent {id}`, if that is this post; if not, `syndicate settle {label} --not-sent` and \
             change its text",
            id = entry.same_as.as_deref().unwrap_or("ID"),
            sink = entry.sink
        ),
        (Code::NewSink, None) => baseline_or_backfill(&entry.sink),
        (Code::NewSource, None) => baseline_or_backfill(&entry.item.source),
        (Code::Replaced, None) if entry.receipt.is_none() && entry.groups.is_empty() => {
            format!("give {label} a unique `syndicate.id`")
        }
        (Code::Replaced, None) => format!(
            "give the new post a `syndicate.id`, or `syndicate update {label}` to change the old one"
        ),
        (Code::ChangedBack, None) => format!("`syndicate update {label}` to change it back"),
        (Code::NotApproved, _) => format!("`syndicate approve {}`", hash(entry)?),
        // The ledger does not record a failed update, so the delivery still counts as sent.
        (Code::PostGone, Some(Outcome::Failed)) => {
            format!("`syndicate retract {label} --sink {}`", entry.sink)
        }
        (Code::Unsupported, Some(Outcome::Failed)) if entry.action == Action::Update => {
            entry.problem.as_ref()?.hint.clone()?
        }
        (code, Some(Outcome::Failed)) if entry.action == Action::Update => {
            let first = match code {
                Code::OtherAccount => "sign in to the account that created it, then ",
                Code::Unauthorized => &format!("{}, then ", new_credential(entry)),
                Code::Unavailable => "",
                _ => "fix the error, then ",
            };
            format!("{first}`syndicate update {label}`")
        }
        (Code::Unavailable | Code::Throttled, Some(Outcome::Failed)) => {
            "`syndicate build --failed`".to_owned()
        }
        (Code::Unauthorized, Some(Outcome::Failed)) => {
            format!("{}, then `syndicate build --failed`", new_credential(entry))
        }
        (_, Some(Outcome::Failed)) => "fix the error, then `syndicate build --failed`".to_owned(),
        // A throttled send is repeated by the next run, but an update may need another command.
        (Code::Throttled, Some(Outcome::Waiting)) => {
            entry.receipt.as_ref()?;
            format!("`syndicate update {label}` after that time")
        }
        (_, Some(Outcome::Waiting)) => "`syndicate build`, after you fix the error".to_owned(),
        (_, None) if entry.problem.is_some() => {
            format!("fix the error, then `syndicate preview --only {label}`")
        }
        (_, Some(Outcome::Sent | Outcome::Updated) | None) => return None,
    };
    Some(step)
}

/// Returns how to get another credential: by signing in, if the hint of the error says so, since most platforms have keys
/// that users create and set.
fn new_credential(entry: &PlanEntry) -> &'static str {
    let hint = entry
        .problem
        .as_ref()
        .and_then(|problem| problem.hint.as_deref());
    match hint {
        Some(hint) if !hint.contains("auth login") => "correct the credential",
        _ => "sign in again",
    }
}

fn baseline_or_backfill(name: &str) -> String {
    format!(
        "`syndicate build --baseline {name}` to mark its posts as known, `--backfill {name}` to send \
         them"
    )
}

/// Returns one line with the next command for each delivery that needs one. Deliveries of a sink with the same command
/// share a line.
#[must_use]
pub(crate) fn next_step_lines(plan: &Plan) -> Vec<String> {
    lines_of(plan.entries.iter())
}

/// Returns the lines of [`next_step_lines`] for the deliveries that wait for a decision of the user.
#[must_use]
pub(crate) fn question_lines(plan: &Plan) -> Vec<String> {
    let is_question = |entry: &&PlanEntry| entry.action == Action::Ask;
    lines_of(plan.entries.iter().filter(is_question))
}

fn lines_of<'p>(entries: impl Iterator<Item = &'p PlanEntry> + Clone) -> Vec<String> {
    let mut alike: HashMap<(&str, &str), usize> = HashMap::new();
    for key in entries.clone().filter_map(fault_key) {
        *alike.entry(key).or_default() += 1;
    }
    let steps = entries.filter_map(|entry| {
        let is_shared = fault_key(entry).is_some_and(|key| alike[&key] > 1);
        let step = match is_shared {
            true => "fix the error, then `syndicate preview`".to_owned(),
            false => next_step(entry)?,
        };
        Some((entry, step))
    });
    let steps: Vec<(&PlanEntry, String)> = steps.collect();
    let mut counts: HashMap<(&str, &str), usize> = HashMap::new();
    for (entry, step) in &steps {
        *counts.entry((&entry.sink, step)).or_default() += 1;
    }
    let mut lines = Vec::new();
    for (entry, step) in &steps {
        // The line of the first delivery stands for all.
        let posts = match counts.remove(&(entry.sink.as_str(), step.as_str())) {
            Some(1) => entry.item.label().to_owned(),
            Some(count) => format!("{count} posts"),
            None => continue,
        };
        lines.push(format!("next: {posts} → {}: {step}", entry.sink));
    }
    let more = lines.len().saturating_sub(MAX_LISTED);
    if more > 0 {
        lines.truncate(MAX_LISTED);
        lines.push(format!(
            "next: and {more} more; `syndicate preview --all` lists all of them"
        ));
    }
    lines
}

/// Returns the sink and the error of a delivery that was not composed. Deliveries with equal keys share their cause, such
/// as a plugin that does not start.
fn fault_key(entry: &PlanEntry) -> Option<(&str, &str)> {
    let problem = entry.problem.as_ref().filter(|_| entry.outcome.is_none())?;
    let is_fault = entry.action == Action::Skip;
    is_fault.then_some((&*entry.sink, &*problem.message))
}

/// Returns the prefix of the payload's hash that `approve` accepts.
fn hash(entry: &PlanEntry) -> Option<&str> {
    const LENGTH: usize = "sha256:".len() + 12;
    let hash = &entry.composed.as_deref()?.hash;
    Some(hash.get(..LENGTH).unwrap_or(hash))
}

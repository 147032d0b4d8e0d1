//! The next command: what a person would type about a delivery that is not done with. Whatever waits
//! by itself has none.

use std::borrow::Cow;

use syndicate_api::Code;

use crate::engine::{Action, Outcome, Plan, PlanEntry};

/// How many deliveries are named one by one.
const NAMED: usize = 10;

/// What to do about `entry`, with the command in backticks; `None` where nothing needs to be done.
#[must_use]
pub(crate) fn next_step(entry: &PlanEntry) -> Option<String> {
    let label = &quoted(entry.item.label());
    let step = match (entry.code, entry.outcome) {
        (Code::OutcomeUnknown, _) | (_, Some(Outcome::Unknown)) => format!(
            "look whether it is there, then `syndicate settle {label} --sink {sink} --sent ID` or \
             `--not-sent`",
            sink = entry.sink
        ),
        (Code::Renamed, None) => format!(
            "`syndicate settle {label} --same-as {}` if it is that post, `syndicate build --only \
             {label}` if it is new",
            quoted(entry.same_as.as_deref().unwrap_or("OLD"))
        ),
        (Code::Copy, None) => format!(
            "delete or skip it, or `syndicate build --only {label}` if it is a post of its own"
        ),
        // The equal post was taken back, and the hint says so.
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
        (Code::NewSink, None) => joins(&entry.sink),
        (Code::NewSource, None) => joins(&entry.item.source),
        (Code::Replaced, None) if entry.receipt.is_none() && entry.groups.is_empty() => {
            format!("give {label} a `syndicate.id` of its own")
        }
        (Code::Replaced, None) => format!(
            "give the new post a `syndicate.id`, or `syndicate update {label}` to change the old one"
        ),
        (Code::ChangedBack, None) => format!("`syndicate update {label}` to change it back"),
        (Code::NotApproved, _) => format!("`syndicate approve {}`", hash(entry)?),
        // A failed update is not on record: the post is out as it was.
        (Code::PostGone, Some(Outcome::Failed)) => {
            format!("`syndicate retract {label} --sink {}`", entry.sink)
        }
        (Code::Unsupported, Some(Outcome::Failed)) if entry.action == Action::Update => {
            entry.problem.as_ref()?.hint.clone()?
        }
        (code, Some(Outcome::Failed)) if entry.action == Action::Update => {
            let first = match code {
                Code::OtherAccount => "sign in to the account that created it, then ",
                Code::Unauthorized => "sign in again, then ",
                Code::Unavailable => "",
                _ => "mend it, then ",
            };
            format!("{first}`syndicate update {label}`")
        }
        (Code::Unavailable, Some(Outcome::Failed)) => "`syndicate build --failed`".to_owned(),
        (Code::Unauthorized, Some(Outcome::Failed)) => {
            "sign in again, then `syndicate build --failed`".to_owned()
        }
        (_, Some(Outcome::Failed)) => "mend it, then `syndicate build --failed`".to_owned(),
        // What is to be sent goes out by itself; a change may have been asked for by name.
        (Code::Throttled, Some(Outcome::Waiting)) => {
            entry.receipt.as_ref()?;
            format!("`syndicate update {label}`, once that time has come")
        }
        (_, Some(Outcome::Waiting)) => "`syndicate build`, once that is mended".to_owned(),
        (_, None) if entry.problem.is_some() => {
            format!("mend it, then `syndicate preview --only {label}`")
        }
        (_, Some(Outcome::Sent | Outcome::Updated) | None) => return None,
    };
    Some(step)
}

/// Returns `name` as a shell takes it for one word.
fn quoted(name: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:~%+,@=".contains(c);
    if name.chars().all(is_plain) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(format!("'{}'", name.replace('\'', "'\\''")))
}

fn joins(name: &str) -> String {
    format!(
        "`syndicate build --baseline {name}` to take its posts as known, `--backfill {name}` to send \
         them"
    )
}

/// One line for each delivery that wants something, with its next command.
#[must_use]
pub(crate) fn next_step_lines(plan: &Plan) -> Vec<String> {
    let steps = plan.entries.iter().filter_map(|entry| {
        let step = next_step(entry)?;
        Some(format!(
            "next: {} → {}: {step}",
            entry.item.label(),
            entry.sink
        ))
    });
    let mut lines: Vec<String> = steps.collect();
    let more = lines.len().saturating_sub(NAMED);
    if more > 0 {
        lines.truncate(NAMED);
        lines.push(format!(
            "next: and {more} more; `syndicate preview --all` lists every one"
        ));
    }
    lines
}

/// As much of the payload's hash as `approve` needs.
fn hash(entry: &PlanEntry) -> Option<&str> {
    const LENGTH: usize = "sha256:".len() + 12;
    let hash = &entry.composed.as_ref()?.hash;
    Some(hash.get(..LENGTH).unwrap_or(hash))
}

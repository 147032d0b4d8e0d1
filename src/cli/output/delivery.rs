//! Formats deliveries as they are attempted, and prints a summary.

use std::borrow::Cow;
use std::collections::BTreeMap;

use syndicate_api::Env;

use super::plan::{MAX_WAITING_SHOWN, eprint_remarks, eprint_summary, format_summary};
use super::print::{eprint_status, print_card, print_json, print_result};
use super::unrecorded::eprint_unrecorded;
use crate::engine::{Action, Outcome, Plan, PlanEntry};
use crate::preview::{EntryLines, advice, entry_line, next_step_lines, plan_json};
use crate::session::IdleOutput;
use crate::terminal::{Style, escape_value};

const WARN: Style = Style::Warn;

/// Maximum number of entries that are printed one by one.
const MAX_LISTED: usize = 10;

/// Formats an attempted delivery, with the warnings under which it was sent. In a sandbox the
/// post's URL is omitted, because it leads nowhere.
pub(crate) fn format_delivery(entry: &PlanEntry, is_sandbox: bool) -> String {
    let mut shown = Cow::Borrowed(entry);
    if is_sandbox && let Some(receipt) = &mut shown.to_mut().receipt {
        receipt.url = None;
    }
    let mut text = entry_line(&shown);
    if let Some(composed) = entry.composed.as_deref().filter(|_| is_out(entry)) {
        for advice in advice(composed) {
            let advice = advice.to_string();
            let advice = escape_value(&advice);
            text.push_str(&format!("\n        {WARN}warning:{WARN:#} {advice}"));
        }
    }
    text
}

fn is_out(entry: &PlanEntry) -> bool {
    matches!(entry.outcome, Some(Outcome::Sent | Outcome::Updated))
}

/// Formats what [`print_outcomes`] prints of a plan whose deliveries are all skipped. Returns `None` if the user has to do
/// something.
pub(crate) fn format_idle(plan: &Plan) -> Option<IdleOutput> {
    if !next_step_lines(plan).is_empty() {
        return None;
    }
    let is_few = plan.entries.len() <= MAX_LISTED;
    let listed = plan.entries.iter().filter(|_| is_few);
    let mut lines = EntryLines::default();
    Some(IdleOutput {
        deliveries: listed.map(|entry| lines.next_line(entry)).collect(),
        summary: format_summary(plan, !is_few),
    })
}

/// Prints the output of an earlier run that had nothing to do.
pub(crate) fn print_idle(output: &IdleOutput) -> anyhow::Result<()> {
    output
        .deliveries
        .iter()
        .try_for_each(|line| print_card(line))?;
    eprint_status(&output.summary)
}

/// Prints the summary of a completed run.
pub(super) fn print_outcomes(is_json: bool, plan: &Plan, env: &Env) -> anyhow::Result<()> {
    if is_json {
        print_json(&plan_json(plan))?;
        return eprint_unrecorded(&plan.unrecorded);
    }
    let hidden = print_not_attempted(plan)?;
    eprint_remarks(plan)?;
    eprint_summary(plan, !hidden.is_empty(), env)?;
    eprint_unrecorded(&plan.unrecorded)
}

/// Prints the deliveries that were not attempted. Among many, prints those with an error and the first that wait or need
/// a decision. Returns the number of the others.
fn print_not_attempted(plan: &Plan) -> anyhow::Result<BTreeMap<Action, usize>> {
    let is_few = plan.entries.len() <= MAX_LISTED;
    let mut lines = EntryLines::default();
    let mut counts: BTreeMap<Action, usize> = BTreeMap::new();
    let mut hidden: BTreeMap<Action, usize> = BTreeMap::new();
    for entry in plan.entries.iter().filter(|entry| entry.outcome.is_none()) {
        let count = counts.entry(entry.action).or_default();
        *count += 1;
        let is_open = matches!(entry.action, Action::Wait | Action::Ask);
        let is_listed = is_open && *count <= MAX_WAITING_SHOWN;
        if is_few || is_listed || entry.problem.is_some() {
            print_card(&lines.next_line(entry))?;
        } else {
            *hidden.entry(entry.action).or_default() += 1;
        }
    }
    for (action, word) in [(Action::Wait, "waiting"), (Action::Ask, "to be decided")] {
        if let Some(more) = hidden.get(&action) {
            print_result(&format!("and {more} more {word}"))?;
        }
    }
    Ok(hidden)
}

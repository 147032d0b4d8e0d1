//! Formats deliveries as they are attempted, and prints a summary.

use syndicate_api::Env;

use super::plan::{eprint_remarks, eprint_summary, format_summary};
use super::print::{print_card, print_json};
use super::unrecorded::eprint_unrecorded;
use crate::engine::{Outcome, Plan, PlanEntry};
use crate::preview::{EntryLines, advice, entry_line, plan_json};
use crate::terminal::{Style, escape_value};

const WARN: Style = Style::Warn;

/// Maximum number of entries that are printed one by one.
const MAX_LISTED: usize = 10;

/// Formats an attempted delivery, with the warnings under which it was sent. In a sandbox the
/// post's URL is omitted, because it leads nowhere.
pub(crate) fn format_delivery(entry: &PlanEntry, is_sandbox: bool) -> String {
    let mut entry = entry.clone();
    if let Some(receipt) = entry.receipt.as_mut().filter(|_| is_sandbox) {
        receipt.url = None;
    }
    let mut text = entry_line(&entry);
    if let Some(composed) = entry.composed.as_deref().filter(|_| is_out(&entry)) {
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

/// Returns all that [`print_outcomes`] prints of a plan without a problem or next step, if that is its summary alone.
pub(crate) fn format_idle(plan: &Plan) -> Option<String> {
    (plan.entries.len() > MAX_LISTED).then(|| format_summary(plan, true))
}

/// Prints the summary of a completed run.
pub(super) fn print_outcomes(is_json: bool, plan: &Plan, env: &Env) -> anyhow::Result<()> {
    if is_json {
        print_json(&plan_json(plan))?;
        return eprint_unrecorded(&plan.unrecorded);
    }
    let is_few = plan.entries.len() <= MAX_LISTED;
    let mut lines = EntryLines::default();
    for entry in plan.entries.iter().filter(|entry| entry.outcome.is_none()) {
        if is_few || entry.problem.is_some() {
            print_card(&lines.next_line(entry))?;
        }
    }
    eprint_remarks(plan)?;
    eprint_summary(plan, !is_few, env)?;
    eprint_unrecorded(&plan.unrecorded)
}

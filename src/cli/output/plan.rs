//! Prints a plan that was not carried out, and remarks about any plan.

use syndicate_api::{Code, Env};

use super::diagnostic::format_diagnostic;
use super::print::{eprint_lines, eprint_status, print_card, print_json, terminal_width};
use crate::ci::ManualRun;
use crate::engine::{Action, Plan, PlanEntry};
use crate::preview::{EntryLines, next_step_lines, plan_json, render_delivery, summary_lines};

/// Maximum number of waiting deliveries that are printed one by one.
pub(super) const MAX_WAITING_SHOWN: usize = 5;

/// Prints a plan that was not carried out. With `is_all` it lists every delivery.
pub(super) fn print_plan(
    is_json: bool,
    plan: &Plan,
    is_all: bool,
    env: &Env,
) -> anyhow::Result<()> {
    if is_json {
        return print_json(&plan_json(plan));
    }
    let mut waiting = 0;
    let mut hidden = 0;
    let mut lines = EntryLines::default();
    for entry in &plan.entries {
        waiting += usize::from(entry.action == Action::Wait);
        let is_listed = match entry.action {
            Action::Send | Action::Update | Action::Ask => true,
            Action::Wait => waiting <= MAX_WAITING_SHOWN,
            Action::Skip => entry.problem.is_some() || entry.composed.is_some(),
        };
        if !is_listed && !is_all {
            hidden += 1;
            continue;
        }
        print_card(&lines.next_line(entry))?;
        let card = render_delivery(entry, terminal_width());
        if is_listed && !card.is_empty() {
            print_card(&card)?;
        }
    }
    eprint_remarks(plan)?;
    suggest_post(plan, "preview")?;
    eprint_summary(plan, hidden > 0, env)
}

/// Returns the counts of a plan. With `has_hidden` they say how to list what was not printed.
pub(super) fn format_summary(plan: &Plan, has_hidden: bool) -> String {
    let hint = match has_hidden {
        true => "; run `syndicate preview --all` to list all",
        false => "",
    };
    format!("{}{hint}", summary_lines(plan))
}

/// Prints the counts of a plan and the next steps, in a CI job with the way to run their commands.
pub(super) fn eprint_summary(plan: &Plan, has_hidden: bool, env: &Env) -> anyhow::Result<()> {
    eprint_status(&format_summary(plan, has_hidden))?;
    for line in next_step_lines(plan) {
        eprint_status(&line)?;
        eprint_instructions(&line, env)?;
    }
    Ok(())
}

/// Prints how to run the commands in `step` on the CI service of this job. Prints nothing elsewhere.
pub(crate) fn eprint_instructions(step: &str, env: &Env) -> anyhow::Result<()> {
    let run = ManualRun::of(env);
    for instruction in run.iter().flat_map(|run| run.instructions(step)) {
        eprint_status(&format!("here: {instruction}"))?;
    }
    Ok(())
}

/// If nothing would be sent, suggests a post to try `verb` with.
pub(crate) fn suggest_post(plan: &Plan, verb: &str) -> anyhow::Result<()> {
    let is_idle = plan
        .entries
        .iter()
        .all(|entry| entry.action == Action::Skip);
    let is_old =
        |entry: &&PlanEntry| matches!(entry.code, Code::BeforeSince | Code::TooOld | Code::Adopted);
    let newest = plan.entries.iter().rfind(is_old);
    match newest {
        Some(entry) if is_idle => {
            let label = entry.item.label();
            eprint_status(&format!(
                "hint: run `syndicate {verb} --only {label}` to try one post of any age"
            ))
        }
        _ => Ok(()),
    }
}

/// Prints the diagnostics, notes and warnings of a plan.
pub(crate) fn eprint_remarks(plan: &Plan) -> anyhow::Result<()> {
    for fault in &plan.faults {
        eprint_lines(&format_diagnostic(fault, &plan.base))?;
    }
    for note in &plan.notes {
        eprint_status(&format!("note: {note}"))?;
    }
    Ok(())
}

//! Tracks the printed lines of a plan, so that each line is printed once until it changes.

use std::collections::BTreeSet;

use crate::cli::output::format_diagnostic;
use crate::engine::{Action, Plan, PlanEntry};
use crate::preview::{entry_line, question_lines, summary_lines};
use crate::terminal::escape_value;

/// The lines printed for the last plan.
#[derive(Default)]
pub(super) struct PlanLines {
    /// `None` before the first plan.
    last: Option<BTreeSet<String>>,
}

/// The lines to print for a plan.
pub(super) struct NewLines {
    /// Lines for standard output.
    pub(super) results: Vec<String>,
    /// Lines for standard error.
    pub(super) remarks: Vec<String>,
}

impl PlanLines {
    /// Returns the lines of `plan` that the last plan did not have. The first plan also yields its
    /// counts.
    pub(super) fn take_new(&mut self, plan: &Plan) -> NewLines {
        // Entries that need no action are left out: a site has thousands of them.
        let is_worth_a_line =
            |entry: &&PlanEntry| entry.problem.is_some() || entry.action != Action::Skip;
        let entries = plan.entries.iter().filter(is_worth_a_line);
        let mut results: Vec<String> = entries.map(entry_line).collect();
        let faults = plan.faults.iter();
        let faults = faults.map(|fault| format_diagnostic(fault, &plan.base));
        let notes = plan.notes.iter().map(|note| format!("note: {note}"));
        let mut remarks: Vec<String> = faults.chain(notes).collect();
        let questions = question_lines(plan).into_iter();
        let mut questions: Vec<String> = questions
            .map(|line| escape_value(&line).to_string())
            .collect();
        let all = results.iter().chain(&remarks).chain(&questions);
        let all = all.cloned().collect();
        match self.last.replace(all) {
            Some(last) => {
                for lines in [&mut results, &mut remarks, &mut questions] {
                    lines.retain(|line| !last.contains(line));
                }
            }
            None => remarks.push(summary_lines(plan)),
        }
        remarks.append(&mut questions);
        NewLines { results, remarks }
    }
}

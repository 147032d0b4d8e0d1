//! The summary of a job: what was sent, what would be sent, what needs a decision and how to give it on the
//! CI service, what failed, what waits, and the files that could not be read.

use syndicate_api::Code;

use super::escape::{escape_code, escape_step, escape_text, link};
use super::table::{card, sender, values};
use crate::ci::{ManualInstruction, ManualRun};
use crate::engine::{Action, Outcome, Plan, PlanEntry};
use crate::preview::lines::summary_lines;
use crate::preview::next_step::next_step;
use crate::preview::view::DeliveryView;

/// Options of [`render_summary`].
pub(crate) struct SummaryOptions<'a> {
    /// The name of the command.
    pub(crate) command: &'a str,
    /// The way to run a command on this CI service.
    pub(crate) manual_run: Option<&'a ManualRun>,
    /// Warnings about the whole pipeline.
    pub(crate) warnings: Vec<String>,
    /// Maximum size in bytes.
    pub(crate) max_size: usize,
}

/// A part of the summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Section {
    Decide,
    Failed,
    Sent,
    ToSend,
    Waiting,
}

const SECTIONS: [(Section, &str); 5] = [
    (Section::Decide, "Needs a decision"),
    (Section::Failed, "Failed"),
    (Section::Sent, "Sent"),
    (Section::ToSend, "To be sent"),
    (Section::Waiting, "Waiting"),
];

/// Renders `plan`, with its outcomes if it was carried out. Entries that exceed the size limit are counted
/// instead.
pub(crate) fn render_summary(plan: &Plan, options: &SummaryOptions<'_>) -> String {
    let heading = escape_text(&summary_lines(plan));
    let mut parts = vec![format!(
        "### {}: {heading}\n",
        escape_code(&format!("syndicate {}", options.command))
    )];
    for (section, title) in SECTIONS {
        let entries: Vec<&PlanEntry> = plan
            .entries
            .iter()
            .filter(|entry| section_of(entry) == Some(section))
            .collect();
        if !entries.is_empty() {
            parts.push(format!("\n#### {title}\n\n"));
            parts.extend(
                entries
                    .iter()
                    .map(|entry| describe(entry, section, options)),
            );
        }
    }
    if !plan.faults.is_empty() {
        parts.push("\n#### Unreadable\n\n".to_owned());
        parts.extend(plan.faults.iter().map(|fault| {
            let hint = fault
                .hint
                .as_deref()
                .map(|hint| format!("<br>hint: {}", escape_step(hint)));
            format!(
                "- {}{}\n",
                escape_step(&fault.to_string()),
                hint.unwrap_or_default()
            )
        }));
    }
    if !plan.notes.is_empty() {
        parts.push("\n#### Notes\n\n".to_owned());
        parts.extend(plan.notes.iter().map(|note| {
            let here = instructions(note, options);
            format!("- {}{here}\n", escape_step(note))
        }));
    }
    if !options.warnings.is_empty() {
        parts.push("\n#### Warnings\n\n".to_owned());
        let warnings = options.warnings.iter();
        parts.extend(warnings.map(|warning| format!("- {}\n", escape_lines_of(warning))));
    }
    join(&parts, options.max_size)
}

/// Escapes a text of several lines, each with its commands.
fn escape_lines_of(text: &str) -> String {
    let lines = text.split('\n').map(escape_step);
    lines.collect::<Vec<_>>().join("<br>")
}

fn section_of(entry: &PlanEntry) -> Option<Section> {
    Some(match (entry.outcome, entry.action) {
        (Some(Outcome::Unknown), _) => Section::Decide,
        (Some(Outcome::Sent | Outcome::Updated), _) => Section::Sent,
        (Some(Outcome::Failed), _) => Section::Failed,
        (Some(Outcome::Waiting), _) | (None, Action::Wait) => Section::Waiting,
        (None, Action::Ask) => Section::Decide,
        (None, Action::Send | Action::Update) => Section::ToSend,
        (None, Action::Skip) if entry.problem.is_some() => Section::Failed,
        (None, Action::Skip) => return None,
    })
}

/// Renders one delivery as an item of a list.
fn describe(entry: &PlanEntry, section: Section, options: &SummaryOptions<'_>) -> String {
    let title = entry.item.title.as_deref().unwrap_or("untitled");
    let mut lines = vec![format!(
        "- **{}** → {} · {}",
        escape_text(title),
        sender(entry).replace("<br>", " "),
        escape_code(entry.item.label())
    )];
    let address = entry
        .receipt
        .as_ref()
        .and_then(|receipt| receipt.url.as_deref());
    let address = address.filter(|_| entry.outcome.is_some());
    lines.extend(address.map(|address| link("open the post", address)));
    if section != Section::Sent {
        lines.push(reason(entry));
    }
    let view = DeliveryView::of(entry);
    if let Some(view) = view.as_ref().filter(|_| section != Section::Failed) {
        lines.extend(card(view, false));
        lines.extend(values(view));
        let advice = view.advice.iter();
        lines.extend(advice.map(|advice| format!("⚠ {}", escape_text(&advice.to_string()))));
        if section == Section::ToSend {
            lines.push(escape_code(&view.composed.hash));
        }
    }
    if let Some(step) = next_step(entry) {
        let here = instructions(&step, options);
        lines.push(format!("next: {}{here}", escape_step(&step)));
    }
    format!("{}\n", lines.join("<br>"))
}

fn reason(entry: &PlanEntry) -> String {
    let code = escape_code(Code::as_str(entry.code));
    let until = entry.until.filter(|_| entry.action == Action::Wait);
    let until = until.map(|until| format!(" (until {})", until.strftime("%Y-%m-%d %H:%M UTC")));
    let mut text = format!(
        "{code} {}{}",
        escape_step(&entry.reason),
        until.unwrap_or_default()
    );
    for cause in entry.problem.iter().flat_map(|problem| problem.causes()) {
        text.push_str(&format!("<br>caused by: {}", escape_text(cause)));
    }
    text
}

/// Returns how to run the commands in `step` on this CI service.
fn instructions(step: &str, options: &SummaryOptions<'_>) -> String {
    let Some(run) = options.manual_run else {
        return String::new();
    };
    let lines = run.instructions(step).into_iter();
    lines
        .map(|ManualInstruction { text, page }| {
            let page = page.map(|page| format!(" ({})", link("open", page.as_str())));
            format!(
                "<br>here: {}{}",
                escape_step(&text),
                page.unwrap_or_default()
            )
        })
        .collect()
}

/// Joins `parts` up to the size limit, and counts the list items left out.
fn join(parts: &[String], max_size: usize) -> String {
    const RESERVE: usize = 100;
    let mut text = String::new();
    let mut left_out = 0;
    for part in parts {
        if left_out == 0 && text.len() + part.len() + RESERVE <= max_size {
            text.push_str(part);
        } else {
            left_out += usize::from(part.starts_with("- "));
        }
    }
    if left_out > 0 && text.len() + RESERVE <= max_size {
        text.push_str(&format!(
            "\n**{left_out} more** are in the log of this job.\n"
        ));
    }
    text
}

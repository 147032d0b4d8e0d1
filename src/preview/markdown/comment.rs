//! The table of a plan, as the one comment on a pull request: it begins with an invisible line by which it
//! is found again, and ends before GitHub's size limit.

use syndicate_api::CodeKind;
use url::Url;

use super::escape::{escape_code, escape_step, escape_text, link};
use super::table::{HEAD, row};
use crate::ci::github::COMMENT_MARKER;
use crate::engine::{Plan, PlanEntry};
use crate::preview::lines::summary_lines;

/// Maximum size in bytes. GitHub documents 65,536 characters and stores up to 262,144 bytes; a text of
/// this size passes however the characters are counted.
const MAX_SIZE: usize = 65_000;

/// Space for the remarks about what was left out.
const RESERVE: usize = 1_500;

/// Options of [`render_markdown`].
#[derive(Clone, Debug, Default)]
pub(crate) struct MarkdownOptions {
    /// List also deliveries without a payload or an error.
    pub(crate) all: bool,
    /// The page was exported with its pictures, and can be kept as an artefact.
    pub(crate) has_page: bool,
    /// The page that lists the artefacts of this run.
    pub(crate) artifacts: Option<Url>,
}

/// Renders `plan`. Rows that exceed the size limit are counted instead.
#[must_use]
pub(crate) fn render_markdown(plan: &Plan, options: &MarkdownOptions) -> String {
    let heading = escape_text(&summary_lines(plan));
    let mut text = format!("{COMMENT_MARKER}\n### Preview: {heading}\n\n");
    let is_listed = |entry: &&PlanEntry| {
        options.all || entry.composed.is_some() || entry.code.kind() == CodeKind::Fault
    };
    let rows: Vec<String> = plan
        .entries
        .iter()
        .filter(is_listed)
        .map(|entry| row(entry, options.has_page))
        .collect();
    let mut left_out = 0;
    if !rows.is_empty() {
        text.push_str(HEAD);
        left_out = push_fitting(&mut text, &rows);
        text.push('\n');
    }
    let faults = plan.faults.iter();
    let faults =
        faults.map(|fault| format!("- **unreadable** {}\n", escape_step(&fault.to_string())));
    let notes = plan
        .notes
        .iter()
        .map(|note| format!("- {}\n", escape_step(note)));
    let remarks: Vec<String> = faults.chain(notes).collect();
    left_out += push_fitting(&mut text, &remarks);
    if left_out > 0 {
        text.push_str(&format!("\n**{left_out} more** {}.\n", place(options)));
    } else if options.has_page {
        text.push_str(&format!(
            "\nThe page with the pictures is {}.\n",
            artifact(options)
        ));
    }
    text
}

/// Appends `lines` until the size limit, and returns the number of those left out.
fn push_fitting(text: &mut String, lines: &[String]) -> usize {
    for (index, line) in lines.iter().enumerate() {
        if text.len() + line.len() > MAX_SIZE - RESERVE {
            return lines.len() - index;
        }
        text.push_str(line);
    }
    0
}

/// Names the place of the complete preview.
fn place(options: &MarkdownOptions) -> String {
    match options.has_page {
        true => format!("are on the page {}", artifact(options)),
        false => format!(
            "do not fit into this comment; {} writes all of them",
            escape_code("syndicate preview --html DIR")
        ),
    }
}

fn artifact(options: &MarkdownOptions) -> String {
    match &options.artifacts {
        Some(address) => format!("in {}", link("the artefacts of this run", address.as_str())),
        None => "in the artefacts of this run".to_owned(),
    }
}

//! Renders a plan as lines: one entry per delivery, and a summary.

use std::collections::BTreeMap;

use syndicate_api::{Code, CodeKind, Diagnostic};

use crate::engine::{Action, Outcome, Plan, PlanEntry, count_files};
use crate::terminal::{Style, escape_value};

const GOOD: Style = Style::Good;
const BAD: Style = Style::Bad;
const LATER: Style = Style::Warn;
const FAINT: Style = Style::Faint;

/// Renders deliveries one after the other. An error that several in a row have is shown once.
#[derive(Default)]
pub(crate) struct EntryLines(Option<Diagnostic>);

impl EntryLines {
    /// Renders the next delivery like [`entry_line`].
    #[must_use]
    pub(crate) fn next_line(&mut self, entry: &PlanEntry) -> String {
        let is_same = |before: &Diagnostic, now: &Diagnostic| {
            (before.code, &before.message, &before.hint) == (now.code, &now.message, &now.hint)
                && before.causes().eq(now.causes())
        };
        let before = std::mem::replace(&mut self.0, entry.problem.as_deref().cloned());
        match (before, &entry.problem) {
            (Some(before), Some(now)) if is_same(&before, now) => {
                let code = now.code;
                format!("{} {FAINT}[{code}]{FAINT:#} the same error", title(entry))
            }
            _ => entry_line(entry),
        }
    }
}

/// Renders one delivery on a line, followed by its link, error or hint on lines of their own.
#[must_use]
pub(crate) fn entry_line(entry: &PlanEntry) -> String {
    let mut line = title(entry);
    match (&entry.receipt, &entry.problem) {
        (Some(receipt), None) if entry.outcome.is_some() => {
            let link = receipt.url.as_deref().unwrap_or_else(|| receipt.label());
            line.push_str(&format!("\n        {}", escape_value(link)));
        }
        (_, Some(problem)) => {
            line.push_str(&format!(
                " {FAINT}[{}]{FAINT:#}\n        {}",
                problem.code,
                escape_value(&problem.to_string())
            ));
            for cause in problem.causes() {
                line.push_str(&format!("\n        caused by: {}", escape_value(cause)));
            }
            if let Some(hint) = &problem.hint {
                line.push_str(&format!("\n        hint: {}", escape_value(hint)));
            }
        }
        (_, None) => {
            line.push_str(&format!(
                " {FAINT}[{}]{FAINT:#} {}",
                entry.code,
                escape_value(&entry.reason)
            ));
        }
    }
    line
}

/// Renders the verdict, the post and the sink.
fn title(entry: &PlanEntry) -> String {
    let (style, word) = verdict(entry);
    format!(
        "{style}{word:<7}{style:#} {} → {}{}",
        escape_value(entry.item.label()),
        escape_value(&entry.sink),
        escape_value(&sender(entry))
    )
}

/// Renders the account that posts a delivery, if the delivery may be sent and the account is known.
fn sender(entry: &PlanEntry) -> String {
    match entry.action {
        Action::Send | Action::Update | Action::Wait | Action::Ask
            if !entry.sender.is_unknown() =>
        {
            format!(" as {}", entry.sender)
        }
        _ => String::new(),
    }
}

fn verdict(entry: &PlanEntry) -> (Style, &'static str) {
    match (entry.outcome, entry.action) {
        (Some(Outcome::Sent), _) => (GOOD, "sent"),
        (Some(Outcome::Updated), _) => (GOOD, "updated"),
        (Some(Outcome::Failed), _) => (BAD, "failed"),
        (Some(Outcome::Unknown), _) => (BAD, "unknown"),
        (Some(Outcome::Waiting), _) | (None, Action::Wait) => (LATER, "wait"),
        (None, Action::Send) => (GOOD, "send"),
        (None, Action::Update) => (GOOD, "update"),
        (None, Action::Ask) => (LATER, "ask"),
        (None, Action::Skip) if entry.problem.is_some() => (BAD, "fault"),
        (None, Action::Skip) => (FAINT, "skip"),
    }
}

/// The words of a summary in their order.
const WORDS: [&str; 10] = [
    "sent",
    "to send",
    "updated",
    "to update",
    "failed",
    "not tried",
    "of unknown outcome",
    "waiting",
    "to be decided",
    "skipped",
];

/// Renders the counts of a plan: results and actions, each with its codes in parentheses.
#[must_use]
pub(crate) fn summary_lines(plan: &Plan) -> String {
    let mut codes: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for entry in &plan.entries {
        let codes = codes.entry(summary_word(entry)).or_default();
        *codes.entry(Code::as_str(entry.code)).or_default() += 1;
    }
    let counts = WORDS.iter().filter_map(|word| {
        let codes = codes.get(word)?;
        let count: usize = codes.values().sum();
        Some(format!("{count} {word}{}", format_codes(codes)))
    });
    // An error of the ledger is not about a file.
    let files = plan.faults.iter();
    let files = files.filter(|fault| fault.code.kind() != CodeKind::Stop);
    let unreadable = Some(count_files(files)).filter(|files| *files > 0);
    let unreadable = unreadable.map(|files| format!("{files} unreadable"));
    let words: Vec<String> = counts.chain(unreadable).collect();
    match words.is_empty() {
        true => "nothing to do".to_owned(),
        false => words.join(", "),
    }
}

/// Returns the word of a summary that counts `entry`.
fn summary_word(entry: &PlanEntry) -> &'static str {
    match (entry.outcome, entry.action) {
        (Some(Outcome::Sent), _) => "sent",
        (Some(Outcome::Updated), _) => "updated",
        (Some(Outcome::Failed), _) => "failed",
        (Some(Outcome::Unknown), _) => "of unknown outcome",
        (Some(Outcome::Waiting) | None, Action::Wait) => "waiting",
        (Some(Outcome::Waiting), _) => "not tried",
        (None, Action::Send) => "to send",
        (None, Action::Update) => "to update",
        (None, Action::Ask) => "to be decided",
        (None, Action::Skip) if entry.problem.is_some() => "failed",
        (None, Action::Skip) => "skipped",
    }
}

/// Renders the codes of a count. The code of a new post says nothing.
fn format_codes(codes: &BTreeMap<&str, usize>) -> String {
    let codes = codes.iter().filter(|(code, _)| **code != "new");
    let codes: Vec<String> = codes
        .map(|(code, count)| format!("{count} {code}"))
        .collect();
    match codes.is_empty() {
        true => String::new(),
        false => format!(" ({})", codes.join(", ")),
    }
}

//! Renders a plan as lines: one entry per delivery, and a summary.

use syndicate_api::Diagnostic;

use crate::engine::{Action, Outcome, Plan, PlanEntry, Summary};
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

/// Renders the counts of a plan: results and actions first, then the codes in parentheses.
#[must_use]
pub(crate) fn summary_lines(plan: &Plan) -> String {
    let summary = Summary::of(plan);
    let left = |action: Action| {
        let left = |entry: &&PlanEntry| entry.action == action && entry.outcome.is_none();
        plan.entries.iter().filter(left).count()
    };
    let counts = [
        (summary.sent, "sent"),
        (left(Action::Send), "to send"),
        (summary.updated, "updated"),
        (left(Action::Update), "to update"),
        (summary.failed, "failed"),
        (summary.not_tried, "not tried"),
        (summary.unknown, "of unknown outcome"),
        (summary.wait, "waiting"),
        (summary.ask, "to be decided"),
        (summary.skip - summary.faulty, "skipped"),
        (summary.faults, "unreadable"),
    ];
    let mut words: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    if words.is_empty() {
        words.push("nothing to do".to_owned());
    }
    let codes: Vec<String> = summary
        .codes
        .iter()
        .filter(|(code, _)| **code != "new")
        .map(|(code, count)| format!("{count} {code}"))
        .collect();
    let codes = if codes.is_empty() {
        String::new()
    } else {
        format!(" ({})", codes.join(", "))
    };
    format!("{}{codes}", words.join(", "))
}

//! What has changed of a post since it was sent, or since somebody approved it.

use similar::{Change, ChangeTag, TextDiff};
use syndicate_api::Context;

use crate::engine::{PlanEntry, load_sent_text, wording};
use crate::ledger::{DeliveryState, EventKind, LedgerState};
use crate::terminal::Style;

const GONE: Style = Style::Bad;
const COME: Style = Style::Good;
const FAINT: Style = Style::Faint;

/// What a delivery was when it was last sent or approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PreviousVersion {
    /// What happened to it then, and when.
    pub when: String,
    /// The payload's hash.
    pub hash: String,
    /// What it said, where that was kept.
    pub wording: Option<String>,
}

impl PreviousVersion {
    /// What the ledger and the cache know of `entry`; nothing where it was never sent nor approved.
    #[must_use]
    pub(crate) fn of(entry: &PlanEntry, ledger_state: &LedgerState, cx: &Context) -> Option<Self> {
        let (when, hash) = match ledger_state.state_of(&entry.groups, &entry.sink) {
            DeliveryState::Sent {
                at,
                updated,
                attempt,
                ..
            } => {
                let day = updated.unwrap_or(at).strftime("%Y-%m-%d");
                (format!("sent on {day}"), attempt.hash)
            }
            _ => last_approved(entry, ledger_state)?,
        };
        let wording = load_sent_text(cx, &hash);
        Some(Self {
            when,
            hash,
            wording,
        })
    }
}

fn last_approved(entry: &PlanEntry, ledger_state: &LedgerState) -> Option<(String, String)> {
    let events = ledger_state.events_of(&entry.groups, &entry.sink);
    events
        .into_iter()
        .rev()
        .find_map(|event| match &event.kind {
            EventKind::Approved { hash, .. } => {
                let day = event.at.strftime("%Y-%m-%d");
                Some((format!("approved on {day}"), hash.clone()))
            }
            _ => None,
        })
}

/// How a delivery differs from what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Changes {
    /// Since when, in words.
    pub since: String,
    /// What is different.
    pub what: Difference,
}

/// What is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Difference {
    /// What it said is not kept on this machine, only that its payload was this one.
    Forgotten(String),
    /// Nothing that readers see.
    Unseen,
    /// These lines, among those that stayed.
    Lines(Vec<(ChangeTag, String)>),
}

impl Changes {
    /// How `entry` differs from what it was `earlier`; nothing where it does not.
    #[must_use]
    pub(crate) fn of(entry: &PlanEntry, earlier: &PreviousVersion) -> Option<Self> {
        let composed = entry.composed.as_ref()?;
        if earlier.hash == composed.hash {
            return None;
        }
        let what = match &earlier.wording {
            None => Difference::Forgotten(earlier.hash.clone()),
            Some(then) => difference(then, &wording(composed)),
        };
        Some(Self {
            since: earlier.when.clone(),
            what,
        })
    }
}

fn difference(then: &str, now: &str) -> Difference {
    let diff = TextDiff::from_lines(then, now);
    if diff.ratio() >= 1.0 {
        return Difference::Unseen;
    }
    let line = |change: &Change<&str>| {
        let line = change.value().trim_end_matches('\n');
        (change.tag(), line.to_owned())
    };
    Difference::Lines(
        diff.iter_all_changes()
            .map(|change| line(&change))
            .collect(),
    )
}

/// Draws them for a terminal.
#[must_use]
pub(crate) fn render_changes(changes: &Changes) -> String {
    let Changes { since, what } = changes;
    let lines = match what {
        Difference::Forgotten(hash) => {
            return format!(
                "  {FAINT}changed since it was {since}; what it said then is not kept on this machine, \
                 only that its payload was{FAINT:#}\n  {FAINT}{hash}{FAINT:#}\n"
            );
        }
        Difference::Unseen => "  nothing that readers see\n".to_owned(),
        Difference::Lines(lines) => lines.iter().map(render_line).collect(),
    };
    format!("  {FAINT}changed since it was {since}:{FAINT:#}\n{lines}")
}

fn render_line((tag, line): &(ChangeTag, String)) -> String {
    match tag {
        ChangeTag::Delete => format!("  {GONE}- {line}{GONE:#}\n"),
        ChangeTag::Insert => format!("  {COME}+ {line}{COME:#}\n"),
        ChangeTag::Equal => format!("    {line}\n"),
    }
}

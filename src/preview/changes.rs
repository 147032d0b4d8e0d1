//! Compares a post with the version that was last sent or approved.

use similar::{Change, ChangeTag, TextDiff};
use syndicate_api::Context;

use crate::engine::{PlanEntry, format_text, load_sent_text};
use crate::ledger::{DeliveryState, EventKind, LedgerState};
use crate::terminal::Style;

const DELETED: Style = Style::Bad;
const INSERTED: Style = Style::Good;
const FAINT: Style = Style::Faint;

/// A delivery as it was last sent or approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PreviousVersion {
    /// The event and its date, for display (`sent on 2026-01-31`).
    pub when: String,
    /// The payload's hash.
    pub hash: String,
    /// The text, if this machine has it in the cache.
    pub text: Option<String>,
}

impl PreviousVersion {
    /// Reads the previous version of `entry` from the ledger and the cache. Returns `None` if it was
    /// never sent or approved.
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
                (format!("sent on {day}"), attempt.hash.clone())
            }
            _ => last_approved(entry, ledger_state)?,
        };
        let text = load_sent_text(cx, &hash);
        Some(Self { when, hash, text })
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

/// The difference between a delivery and its previous version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Changes {
    /// The event and date of the previous version, for display.
    pub since: String,
    /// The difference.
    pub what: Difference,
}

/// The kind of a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Difference {
    /// The previous text is not in the cache; only its payload's hash is known.
    TextNotCached(String),
    /// The payloads differ, but the texts are equal.
    NotVisible,
    /// The lines of both texts, each marked as deleted, inserted or equal.
    Lines(Vec<(ChangeTag, String)>),
}

impl Changes {
    /// Compares `entry` with `earlier`. Returns `None` if they are equal.
    #[must_use]
    pub(crate) fn of(entry: &PlanEntry, earlier: &PreviousVersion) -> Option<Self> {
        let composed = entry.composed.as_deref()?;
        if earlier.hash == composed.hash {
            return None;
        }
        let what = match &earlier.text {
            None => Difference::TextNotCached(earlier.hash.clone()),
            Some(then) => difference(then, &format_text(composed)),
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
        return Difference::NotVisible;
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

/// Renders the changes for a terminal.
#[must_use]
pub(crate) fn render_changes(changes: &Changes) -> String {
    let Changes { since, what } = changes;
    let lines = match what {
        Difference::TextNotCached(hash) => {
            return format!(
                "  {FAINT}changed since it was {since}; this machine has no copy of the earlier text. \
                 Its payload was{FAINT:#}\n  {FAINT}{hash}{FAINT:#}\n"
            );
        }
        Difference::NotVisible => "  no visible changes\n".to_owned(),
        Difference::Lines(lines) => lines.iter().map(render_line).collect(),
    };
    format!("  {FAINT}changed since it was {since}:{FAINT:#}\n{lines}")
}

fn render_line((tag, line): &(ChangeTag, String)) -> String {
    match tag {
        ChangeTag::Delete => format!("  {DELETED}- {line}{DELETED:#}\n"),
        ChangeTag::Insert => format!("  {INSERTED}+ {line}{INSERTED:#}\n"),
        ChangeTag::Equal => format!("    {line}\n"),
    }
}

//! Renders the ledger's events of one delivery.

use crate::engine::PlanEntry;
use crate::ledger::{Event, EventKind, LedgerState};
use crate::preview::html::{DeliveryId, message};
use loopback_page::Escaped;

/// Renders the history of `entry`, or nothing if the ledger has no event of it.
pub(super) fn render(entry: &PlanEntry, ledger_state: &LedgerState, of: &DeliveryId<'_>) -> String {
    let events = ledger_state.events_of(&entry.groups, &entry.sink);
    if events.is_empty() {
        return String::new();
    }
    let lines: String = events.iter().map(|event| line(event)).collect();
    format!(
        "<details class=\"history\" id=\"{}-history\"><summary>{}</summary><ol>{lines}</ol></details>",
        of.id,
        of.label(&format!(
            "History <span class=\"count\">{}</span>",
            events.len()
        ))
    )
}

fn line(event: &Event) -> String {
    let detail = match &event.kind {
        EventKind::Sent { remote, .. } => remote.url.clone().or_else(|| remote.id.clone()),
        EventKind::Failed { code, message, .. } | EventKind::Unknown { code, message, .. } => {
            Some(format!("[{code}] {message}"))
        }
        EventKind::Approved { hash, .. } => Some(hash.clone()),
        EventKind::FollowedUp { step, .. } => Some(step.clone()),
        kind => kind.attempt().map(|attempt| attempt.hash.clone()),
    };
    format!(
        "<li><time datetime=\"{}\">{}</time> <b>{}</b> <span class=\"muted\">{}</span></li>",
        event.at,
        event.at.strftime("%-d %B %Y, %H:%M UTC"),
        Escaped(event.kind.name()),
        message(&detail.unwrap_or_default())
    )
}

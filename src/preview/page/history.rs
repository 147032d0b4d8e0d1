//! What the ledger says about one delivery, event by event.

use crate::engine::Entry;
use crate::ledger::{Book, Event, Kind};
use crate::preview::html::{DeliveryId, message};
use loopback_page::Escaped;

/// The history of `entry` in HTML; nothing where nothing is on record.
pub(super) fn of(entry: &Entry, book: &Book, of: &DeliveryId<'_>) -> String {
    let events = book.events_of(&entry.groups, &entry.sink);
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
        Kind::Sent { remote, .. } => remote.url.clone().or_else(|| Some(remote.id.clone())),
        Kind::Failed { code, message, .. } | Kind::Unknown { code, message, .. } => {
            Some(format!("[{code}] {message}"))
        }
        Kind::Approved { hash, .. } => Some(hash.clone()),
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

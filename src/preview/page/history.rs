//! Renders the ledger's events of one delivery.

use crate::engine::PlanEntry;
use crate::ledger::{Event, EventKind, LedgerState};
use crate::preview::html::{DeliveryId, message, web_address};
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
        linked(&detail.unwrap_or_default())
    )
}

/// Renders a message, or the address of a sent post as a link.
fn linked(detail: &str) -> String {
    match web_address(detail) {
        Some(address) => format!(
            "<a href=\"{0}\" rel=\"noopener noreferrer\" target=\"_blank\">{0}</a>",
            Escaped(address)
        ),
        None => message(detail),
    }
}

#[cfg(test)]
mod tests {
    use super::linked;

    #[test]
    fn address_of_sent_post_becomes_link() {
        let html = linked("https://bsky.app/profile/a/post/b?x&y");
        assert_eq!(
            html,
            "<a href=\"https://bsky.app/profile/a/post/b?x&amp;y\" rel=\"noopener noreferrer\" \
             target=\"_blank\">https://bsky.app/profile/a/post/b?x&amp;y</a>"
        );
        assert_eq!(linked("urn:li:share:7 <b>"), "urn:li:share:7 &lt;b&gt;");
        assert_eq!(
            linked("[lost] no `answer`"),
            "[lost] no <code>answer</code>"
        );
    }
}

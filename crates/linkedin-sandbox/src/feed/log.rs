//! Renders the page of the last requests, the newest first.

use loopback_page::Escaped;

use crate::page_frame::{PageTab, frame};
use crate::state::journal::JournalEntry;

/// Renders the page of these requests.
pub(crate) fn render<'e>(entries: impl Iterator<Item = &'e JournalEntry>) -> String {
    let rows: String = entries.map(row).collect();
    let content = if rows.is_empty() {
        "<p class=\"muted\">No requests yet.</p>".to_owned()
    } else {
        format!(
            "<table><thead><tr><th scope=\"col\">Time (UTC)</th><th scope=\"col\">Request</th>\
             <th scope=\"col\">Response</th><th scope=\"col\">Outcome</th></tr></thead>\
             <tbody>{rows}</tbody></table>"
        )
    };
    let main = format!(
        "<main class=\"wide\"><section class=\"card log\"><h1>Requests</h1>{content}</section></main>"
    );
    frame(PageTab::Requests, "", &main)
}

fn row(entry: &JournalEntry) -> String {
    let outcome = if entry.status < 400 { "good" } else { "bad" };
    format!(
        "<tr><td class=\"muted\"><time datetime=\"{}\">{}</time></td>\
         <td><b>{}</b> <code>{}</code></td><td><span class=\"status {outcome}\">{}</span></td>\
         <td>{}</td></tr>\n",
        entry.time,
        entry.time.strftime("%H:%M:%S"),
        Escaped(&entry.method),
        Escaped(&entry.path),
        entry.status,
        Escaped(&entry.note),
    )
}

//! What has changed of a post since it was sent, or since somebody approved it.

use anstyle::{AnsiColor, Style};
use similar::{ChangeTag, TextDiff};
use syndicate_api::Context;

use crate::engine::{Entry, recall_wording, wording};
use crate::ledger::{Book, Kind, State};

const GONE: Style = AnsiColor::Red.on_default();
const COME: Style = AnsiColor::Green.on_default();
const FAINT: Style = Style::new().dimmed();

/// What a delivery was when it was last sent or approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// What happened to it then, and when.
    pub when: String,
    /// The payload's hash.
    pub hash: String,
    /// What it said, where that was kept.
    pub wording: Option<String>,
}

impl Earlier {
    /// What the ledger and the cache know of `entry`; nothing where it was never sent nor approved.
    #[must_use]
    pub fn of(entry: &Entry, book: &Book, cx: &Context) -> Option<Self> {
        let keys = &entry.item.keys;
        let (when, hash) = match book.state(keys, &entry.sink) {
            State::Sent {
                at,
                updated,
                attempt,
                ..
            } => {
                let day = updated.unwrap_or(at).strftime("%Y-%m-%d");
                (format!("sent on {day}"), attempt.hash)
            }
            _ => last_approved(entry, book)?,
        };
        let wording = recall_wording(cx, &hash);
        Some(Self {
            when,
            hash,
            wording,
        })
    }
}

fn last_approved(entry: &Entry, book: &Book) -> Option<(String, String)> {
    let events = book.events();
    events
        .into_iter()
        .rev()
        .find_map(|event| match &event.kind {
            Kind::Approved {
                keys, sink, hash, ..
            } if *sink == entry.sink && keys.iter().any(|key| entry.item.keys.contains(key)) => {
                let day = event.at.strftime("%Y-%m-%d");
                Some((format!("approved on {day}"), hash.clone()))
            }
            _ => None,
        })
}

/// Draws how `entry` differs from what it was; nothing where it does not, or was never sent.
#[must_use]
pub fn draw_changes(entry: &Entry, earlier: Option<&Earlier>) -> String {
    let Some((composed, earlier)) = entry.composed.as_ref().zip(earlier) else {
        return String::new();
    };
    let Earlier {
        when,
        hash,
        wording: then,
    } = earlier;
    if *hash == composed.hash {
        return String::new();
    }
    let Some(then) = then else {
        return format!(
            "  {FAINT}changed since it was {when}; what it said then is not kept on this machine, only \
             that its payload was{FAINT:#}\n  {FAINT}{hash}{FAINT:#}\n"
        );
    };
    let now = wording(composed);
    let mut drawn = format!("  {FAINT}changed since it was {when}:{FAINT:#}\n");
    let diff = TextDiff::from_lines(then.as_str(), now.as_str());
    if diff.ratio() >= 1.0 {
        drawn.push_str("  nothing that readers see\n");
        return drawn;
    }
    for change in diff.iter_all_changes() {
        let line = change.value().trim_end_matches('\n');
        drawn.push_str(&match change.tag() {
            ChangeTag::Delete => format!("  {GONE}- {line}{GONE:#}\n"),
            ChangeTag::Insert => format!("  {COME}+ {line}{COME:#}\n"),
            ChangeTag::Equal => format!("    {line}\n"),
        });
    }
    drawn
}

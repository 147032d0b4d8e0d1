//! Reads the text of a ledger line by line.
//!
//! Only a last line without a line feed may be unreadable: a crash during a write leaves such a line.
//! It can be removed safely. A request is sent only after its intent was written completely, and an
//! outcome that was not written completely leaves the intent open, which reads as unknown.

use super::wire::{LineError, parse};
use super::{Event, LedgerError};

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The markers that git writes around the sides of a merge conflict.
const CONFLICT_MARKERS: [&[u8]; 4] = [b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>"];

/// The content of a ledger's text.
#[derive(Debug)]
pub(super) struct Lines {
    /// The events, in line order.
    pub(super) events: Vec<Event>,
    /// The repair that the end of the text needs before anything is appended.
    pub(super) tail: TrailingBytes,
}

/// The end of a ledger's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TrailingBytes {
    /// The text ends with a line feed, or is empty.
    Whole,
    /// The last event is complete but lacks its line feed.
    Unended,
    /// The last line is incomplete; it starts at the byte offset `at`.
    Torn { at: u64, text: String },
}

/// Reads `bytes`, the text of a ledger; `ledger` is its display name.
pub(super) fn read(ledger: &str, bytes: &[u8]) -> Result<Lines, LedgerError> {
    let mut events = Vec::new();
    let mut tail = TrailingBytes::Whole;
    let mut at = 0_u64;
    for (index, whole) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let mut line = whole;
        if index == 0 {
            line = line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line);
        }
        let ended = line.ends_with(b"\n");
        line = line.trim_ascii();
        if !line.is_empty() {
            match parse(line) {
                Ok(event) => {
                    events.push(event);
                    if !ended {
                        tail = TrailingBytes::Unended;
                    }
                }
                Err(LineError::Broken(_)) if !ended => {
                    let text = String::from_utf8_lossy(line).into_owned();
                    tail = TrailingBytes::Torn { at, text };
                }
                Err(error) => return Err(damaged(ledger, index + 1, line, error)),
            }
        }
        at += whole.len() as u64;
    }
    Ok(Lines { events, tail })
}

fn damaged(ledger: &str, number: usize, line: &[u8], error: LineError) -> LedgerError {
    let conflict = CONFLICT_MARKERS
        .iter()
        .any(|marker| line.starts_with(marker));
    let (message, hint) = match error {
        _ if conflict => (
            "unresolved git conflict marker".to_owned(),
            "keep the lines of both sides and remove the markers; with `*.jsonl merge=union` in \
             .gitattributes git merges the lines itself",
        ),
        LineError::Broken(message) => (
            message,
            "restore the line from an older version of the file; remove it only if it does not record \
             a post that was sent",
        ),
        LineError::Wrong(message) => (
            message,
            "restore the line from an older version of the file, or update `syndicate`",
        ),
    };
    LedgerError::Damaged {
        ledger: ledger.to_owned(),
        line: number,
        message,
        hint,
    }
}

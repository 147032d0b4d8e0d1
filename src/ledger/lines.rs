//! The text of a ledger, read line by line. Only the last line may be unreadable, and only where no
//! line feed ends it: that is what a crash in the middle of a write leaves behind. Cutting it off
//! is safe, as a request follows its intent only after that was wholly written, and an outcome that
//! was not leaves its intent open, which reads as unknown.

use super::wire::{LineError, parse};
use super::{Event, LedgerError};

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// What git writes around the two sides of a conflict.
const CONFLICT_MARKERS: [&[u8]; 4] = [b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>"];

/// What a ledger's text holds.
#[derive(Debug)]
pub(super) struct Lines {
    /// The events, in the order of their lines.
    pub(super) events: Vec<Event>,
    /// What the end of the text needs before anything may be appended.
    pub(super) tail: TrailingBytes,
}

/// The end of a ledger's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TrailingBytes {
    /// It ends with a line feed, or is empty.
    Whole,
    /// Only the line feed of the last event is missing.
    Unended,
    /// A last line was cut short, from the byte `at` on.
    Torn { at: u64, text: String },
}

/// Reads `bytes`, the text of the ledger that messages call `ledger`.
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
            "git left a conflict marker here".to_owned(),
            "keep the lines of both sides and remove the markers; with `*.jsonl merge=union` in \
             .gitattributes git does so itself",
        ),
        LineError::Broken(message) => (
            message,
            "mend the line from an older version of the file; only if it tells of nothing that was \
             sent may it be removed",
        ),
        LineError::Wrong(message) => (
            message,
            "mend the line from an older version of the file, or update `syndicate`",
        ),
    };
    LedgerError::Damaged {
        ledger: ledger.to_owned(),
        line: number,
        message,
        hint,
    }
}

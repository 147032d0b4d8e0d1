//! Reads the text of a ledger line by line.
//!
//! Only a last line without a line feed may be unreadable: a crash during a write leaves such a line.
//! It can be removed safely. A request is sent only after its intent was written completely, and an
//! outcome that was not written completely leaves the intent open, which reads as unknown.

use memchr::memchr;

use super::typed_line::LastAttempt;
use super::wire::{LineError, parse_after};
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
    let mut lines = LineReader::new(ledger);
    let mut events = Vec::new();
    for line in split(bytes) {
        events.extend(lines.parse(line)?);
    }
    Ok(Lines {
        events,
        tail: lines.tail,
    })
}

/// Splits `bytes` into lines with their line feeds.
pub(super) fn split(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let end = match memchr(b'\n', rest) {
            Some(end) => end + 1,
            None if rest.is_empty() => return None,
            None => rest.len(),
        };
        let (line, after) = rest.split_at(end);
        rest = after;
        Some(line)
    })
}

/// Reads the lines of a ledger one by one.
pub(super) struct LineReader<'n> {
    /// The display name of the ledger.
    ledger: &'n str,
    /// Number of lines read so far, and their length in bytes.
    number: usize,
    length: u64,
    last: LastAttempt,
    /// The repair that the end of the text read so far needs.
    pub(super) tail: TrailingBytes,
}

impl<'n> LineReader<'n> {
    /// Starts to read a ledger; `ledger` is its display name.
    pub(super) fn new(ledger: &'n str) -> Self {
        Self {
            ledger,
            number: 0,
            length: 0,
            last: LastAttempt::default(),
            tail: TrailingBytes::Whole,
        }
    }

    /// Parses the next line, which ends with its line feed unless it is the last one. Returns `None` for an empty
    /// line and an incomplete last one.
    pub(super) fn parse(&mut self, whole: &[u8]) -> Result<Option<Event>, LedgerError> {
        let (index, at) = (self.number, self.length);
        self.number += 1;
        self.length += whole.len() as u64;
        let mut line = whole;
        if index == 0 {
            line = line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line);
        }
        let ended = line.ends_with(b"\n");
        line = line.trim_ascii();
        if line.is_empty() {
            return Ok(None);
        }
        match parse_after(line, &mut self.last) {
            Ok(event) => {
                if !ended {
                    self.tail = TrailingBytes::Unended;
                }
                Ok(Some(event))
            }
            Err(LineError::Broken(_)) if !ended => {
                let text = String::from_utf8_lossy(line).into_owned();
                self.tail = TrailingBytes::Torn { at, text };
                Ok(None)
            }
            Err(error) => Err(damaged(self.ledger, index + 1, line, error)),
        }
    }
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

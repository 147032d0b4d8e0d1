//! Parses the ledger's file piece by piece, so that its text is never in memory as a whole.

use std::fs::File;
use std::io::{self, Read as _, Seek as _};
use std::sync::Arc;

use memchr::memrchr;

use super::expected::Expected;
use crate::ledger::lines::{LineReader, TrailingBytes, split};
use crate::ledger::{Event, LedgerError};

/// Number of bytes that are read at once; more if a line is longer.
const PIECE: usize = 256 * 1024;

/// The content of the file.
pub(super) struct ParsedFile {
    /// The events, in line order.
    pub(super) events: Vec<Arc<Event>>,
    /// The repair that the end of the file needs.
    pub(super) tail: TrailingBytes,
    /// The end of the file.
    pub(super) expected: Expected,
}

/// Reads `file` from the start; `ledger` is its display name.
pub(super) fn parse_file(ledger: &str, file: &mut File) -> Result<ParsedFile, LedgerError> {
    let unreadable = |source: io::Error| LedgerError::Io {
        ledger: ledger.to_owned(),
        doing: "read",
        source,
    };
    file.rewind().map_err(unreadable)?;
    let mut lines = LineReader::new(ledger);
    let mut events = Vec::new();
    let mut expected = Expected::default();
    let mut piece = vec![0; PIECE];
    let mut filled = 0;
    loop {
        let count = match file.read(&mut piece[filled..]) {
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(unreadable(error)),
        };
        expected.append(&piece[filled..filled + count]);
        filled += count;
        let is_end = count == 0;
        let whole = match memrchr(b'\n', &piece[..filled]) {
            _ if is_end => filled,
            Some(end) => end + 1,
            None => 0,
        };
        for line in split(&piece[..whole]) {
            events.extend(lines.parse(line)?.map(Arc::new));
        }
        piece.copy_within(whole..filled, 0);
        filled -= whole;
        if is_end {
            break;
        }
        if filled == piece.len() {
            piece.resize(2 * filled, 0);
        }
    }
    Ok(ParsedFile {
        events,
        tail: lines.tail,
        expected,
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::ledger::lines::read;

    #[test]
    fn pieces_give_the_same_events_as_whole_text() {
        let line = |number: usize| {
            let names = "x".repeat(number * 7 % 600);
            format!(
                "{{\"v\":1,\"id\":\"{number}\",\"at\":\"2026-05-01T10:00:00Z\",\"kind\":\"closed\",\"to\":\"{names}\"}}\n"
            )
        };
        let long = line(1).replace("closed", &"c".repeat(PIECE));
        let text = format!(
            "\u{feff}{}\n{long}{}",
            line(0),
            (1..2000).map(line).collect::<String>()
        );
        assert!(text.len() > 3 * PIECE);
        for cut in [0, 1, 2, 100, PIECE + 50, 2 * PIECE, 2 * PIECE + 1] {
            let text = &text.as_bytes()[..text.len() - cut];
            let mut file = tempfile::tempfile().unwrap();
            file.write_all(text).unwrap();
            let pieces = parse_file("l", &mut file).unwrap();
            let whole = read("l", text).unwrap();
            let events: Vec<&Event> = pieces.events.iter().map(Arc::as_ref).collect();
            assert_eq!(events, whole.events.iter().collect::<Vec<_>>(), "{cut}");
            assert_eq!(pieces.tail, whole.tail, "{cut}");
            assert!(pieces.expected.is_met(&mut file, b"").unwrap());
            assert_eq!(pieces.expected.length(), text.len() as u64);
        }
    }
}

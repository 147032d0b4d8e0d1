//! Parses the ledger's file piece by piece, so that its text is never in memory as a whole.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};

use memchr::memrchr;

use super::fold_file::{FileStart, FoldFile, PIECE};
use crate::ledger::LedgerError;
use crate::ledger::lines::{LineReader, TrailingBytes, split};

/// The length of a short line, from which the number of lines is estimated.
const LINE: u64 = 400;

/// The content of the file.
pub(super) struct ParsedFile {
    /// All of the file.
    pub(super) all: FileStart,
    /// The repair that the end of the file needs.
    pub(super) tail: TrailingBytes,
}

/// Reads `file`, whose display name is `ledger`. The lines for which `fold` has tables are not parsed.
pub(super) fn parse_file(
    ledger: &str,
    file: &mut File,
    fold: Option<&FoldFile>,
) -> Result<ParsedFile, LedgerError> {
    let start = fold.and_then(|fold| fold.load(file));
    let start = start.unwrap_or_default();
    let before = start.length;
    let parsed = parse_rest(ledger, file, start)?;
    if let Some(fold) = fold
        && parsed.tail == TrailingBytes::Whole
    {
        fold.save_if_worthwhile(&parsed.all, parsed.all.length - before);
    }
    Ok(parsed)
}

/// Reads what follows in `file` after `start`.
pub(super) fn parse_rest(
    ledger: &str,
    file: &mut File,
    mut start: FileStart,
) -> Result<ParsedFile, LedgerError> {
    let unreadable = |source: io::Error| LedgerError::Io {
        ledger: ledger.to_owned(),
        doing: "read",
        source,
    };
    file.seek(SeekFrom::Start(start.length))
        .map_err(unreadable)?;
    let length = file.metadata().map_err(unreadable)?.len();
    let count = length.saturating_sub(start.length) / LINE;
    let mut lines = LineReader::new(ledger).after(start.lines, start.length);
    let FileStart {
        ledger_state,
        hash,
        expected,
        ..
    } = &mut start;
    let note = |bytes: &[u8]| {
        expected.append(bytes);
        hash.add(bytes);
    };
    ledger_state.extend_lines(usize::try_from(count).unwrap_or(0), |add| {
        let add = |line: &[u8]| lines.parse(line, &mut *add).map(drop);
        for_each_line(file, note, unreadable, add)
    })?;
    start.lines = lines.number();
    start.length = start.expected.length();
    Ok(ParsedFile {
        all: start,
        tail: lines.tail,
    })
}

/// Passes each of the following lines of `file` to `add`, with its line feed, and all bytes to `note`.
fn for_each_line(
    file: &mut File,
    mut note: impl FnMut(&[u8]),
    unreadable: impl Fn(io::Error) -> LedgerError,
    mut add: impl FnMut(&[u8]) -> Result<(), LedgerError>,
) -> Result<(), LedgerError> {
    let mut piece = vec![0; PIECE];
    let mut filled = 0;
    loop {
        let count = match file.read(&mut piece[filled..]) {
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(unreadable(error)),
        };
        note(&piece[filled..filled + count]);
        filled += count;
        let is_end = count == 0;
        let whole = match memrchr(b'\n', &piece[..filled]) {
            _ if is_end => filled,
            Some(end) => end + 1,
            None => 0,
        };
        split(&piece[..whole]).try_for_each(&mut add)?;
        piece.copy_within(whole..filled, 0);
        filled -= whole;
        if is_end {
            return Ok(());
        }
        if filled == piece.len() {
            piece.resize(2 * filled, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::ledger::LedgerState;
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
            let pieces = parse_file("l", &mut file, None).unwrap();
            let whole = read("l", text).unwrap();
            let expected: LedgerState = whole.events.into_iter().collect();
            assert_eq!(pieces.all.ledger_state.events(), expected.events(), "{cut}");
            assert_eq!(pieces.tail, whole.tail, "{cut}");
            let length = text.len() as u64;
            assert!(pieces.all.expected.is_met(&file, length, b"").unwrap());
            assert_eq!(pieces.all.expected.length(), length);
        }
    }
}

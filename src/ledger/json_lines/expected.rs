//! The expected end of the ledger's file, as this process left it. The length and the last bytes are
//! compared, which is one short read for a ledger of any size. Every event has a unique id, so another
//! text of the same length also ends differently, unless it was edited by hand.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};

/// Number of compared bytes.
const TAIL: usize = 4096;

/// The expected length and last bytes of the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Expected {
    length: u64,
    tail: Vec<u8>,
}

impl Expected {
    /// Expects a file with the content `bytes`.
    #[cfg(test)]
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut expected = Self::default();
        expected.append(bytes);
        expected
    }

    /// Expects the first `length` bytes of `file`.
    pub(super) fn of_start(file: &mut File, length: u64) -> io::Result<Self> {
        let start = length.saturating_sub(TAIL as u64);
        let mut tail = Vec::new();
        file.seek(SeekFrom::Start(start))?;
        file.take(length - start).read_to_end(&mut tail)?;
        Ok(Self { length, tail })
    }

    /// Adds `bytes` to the expected content.
    pub(super) fn append(&mut self, bytes: &[u8]) {
        self.length += bytes.len() as u64;
        let end = bytes.len().saturating_sub(TAIL);
        self.tail.extend_from_slice(&bytes[end..]);
        self.tail.drain(..self.tail.len().saturating_sub(TAIL));
    }

    /// Returns the expected length in bytes.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Returns the number of bytes at the end of `bytes` that are as expected.
    pub(super) fn common_end(&self, bytes: &[u8]) -> usize {
        let pairs = self.tail.iter().rev().zip(bytes.iter().rev());
        pairs
            .take_while(|(expected, found)| expected == found)
            .count()
    }

    /// Returns `true` if `file` has the expected bytes where they are expected to end. More may follow.
    pub(super) fn is_start_of(&self, file: &mut File) -> io::Result<bool> {
        let found = Self::of_start(file, self.length)?;
        Ok(found.tail == self.tail)
    }

    /// Returns `true` if `file`, which has `length` bytes, is as expected. A prefix of `torn`, whose writing failed, may
    /// follow.
    pub(super) fn is_met(&self, file: &File, length: u64, torn: &[u8]) -> io::Result<bool> {
        let most = self.length + torn.len() as u64;
        if !(self.length..=most).contains(&length) {
            return Ok(false);
        }
        let start = self.length - self.tail.len() as u64;
        let rest = usize::try_from(length - self.length).unwrap_or(torn.len());
        let mut end = vec![0; self.tail.len() + rest];
        let count = read_at(file, start, &mut end)?;
        let end = end[..count].strip_prefix(self.tail.as_slice());
        Ok(end.is_some_and(|end| end.len() == rest && torn.starts_with(end)))
    }
}

/// Fills `bytes` with those of `file` from `start` on, and returns their number, which is smaller at the end of the file.
fn read_at(file: &File, start: u64, bytes: &mut [u8]) -> io::Result<usize> {
    let mut count = 0;
    while count < bytes.len() {
        match read_some(file, start + count as u64, &mut bytes[count..]) {
            Ok(0) => break,
            Ok(more) => count += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(count)
}

#[cfg(unix)]
fn read_some(file: &File, start: u64, bytes: &mut [u8]) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, bytes, start)
}

#[cfg(not(unix))]
fn read_some(mut file: &File, start: u64, bytes: &mut [u8]) -> io::Result<usize> {
    file.seek(SeekFrom::Start(start))?;
    file.read(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn holding(bytes: &[u8]) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file
    }

    /// Returns whether `bytes` are as `expected`, or followed by a prefix of `torn`.
    fn found_is_met(expected: &Expected, bytes: &[u8], torn: &[u8]) -> bool {
        let met = expected.is_met(&holding(bytes), bytes.len() as u64, torn);
        met.unwrap()
    }

    #[test]
    fn expected_end_is_compared_with_file() {
        let long = b"0123456789".repeat(TAIL);
        let mut other_end = long.clone();
        other_end[TAIL * 10 - 1] = b'x';
        let mut other_start = long.clone();
        other_start[0] = b'x';
        for (expected, file, is_met) in [
            (&b""[..], &b""[..], true),
            (b"", b"a", false),
            (b"a", b"", false),
            (b"ab", b"ab", true),
            (b"ab", b"ac", false),
            (b"ab", b"abc", false),
            (b"ab\n", b"ab", false),
            (&long, &long, true),
            (&long, &long[1..], false),
            (&long, &other_end, false),
            (&long, &other_start, true),
        ] {
            let met = found_is_met(&Expected::of(expected), file, b"");
            assert_eq!(met, is_met, "{} bytes", file.len());
        }
    }

    #[test]
    fn torn_line_may_follow_in_part() {
        for (file, is_met) in [
            (&b"ab"[..], true),
            (b"abcd", true),
            (b"abcdef", true),
            (b"abcdefg", false),
            (b"abx", false),
            (b"a", false),
            (b"xbcd", false),
        ] {
            let met = found_is_met(&Expected::of(b"ab"), file, b"cdef");
            assert_eq!(met, is_met, "{file:?}");
        }
    }

    #[test]
    fn appended_bytes_move_the_tail() {
        let mut expected = Expected::of(b"start\n");
        let line = b"line\n".repeat(500);
        let mut all = b"start\n".to_vec();
        for _ in 0..5 {
            expected.append(&line);
            all.extend_from_slice(&line);
            assert_eq!(expected.length(), all.len() as u64);
            assert!(found_is_met(&expected, &all, b""));
            assert!(expected.tail.len() <= TAIL);
        }
    }
}

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

    /// Returns `true` if `file` is as expected. A prefix of `torn`, whose writing failed, may follow.
    pub(super) fn is_met(&self, file: &mut File, torn: &[u8]) -> io::Result<bool> {
        let most = self.length + torn.len() as u64;
        if !(self.length..=most).contains(&file.metadata()?.len()) {
            return Ok(false);
        }
        let start = self.length - self.tail.len() as u64;
        file.seek(SeekFrom::Start(start))?;
        let mut end = Vec::new();
        file.take(most - start + 1).read_to_end(&mut end)?;
        let rest = end.strip_prefix(self.tail.as_slice());
        Ok(rest.is_some_and(|rest| torn.starts_with(rest)))
    }
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
            let met = Expected::of(expected).is_met(&mut holding(file), b"");
            assert_eq!(met.unwrap(), is_met, "{} bytes", file.len());
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
            let met = Expected::of(b"ab").is_met(&mut holding(file), b"cdef");
            assert_eq!(met.unwrap(), is_met, "{file:?}");
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
            assert!(expected.is_met(&mut holding(&all), b"").unwrap());
            assert!(expected.tail.len() <= TAIL);
        }
    }
}

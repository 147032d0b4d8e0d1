//! Splits the output of a plugin into lines of limited length.

use std::io::BufRead;

use plugin_protocol::MAX_LINE;

/// The reason for which no line could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineError {
    /// The line is longer than [`MAX_LINE`]. What was read of it is lost.
    TooLong,
    /// The pipe is broken.
    Closed,
}

/// A line without its line feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'l> {
    pub(super) text: &'l [u8],
    /// `false` for what comes after the last line feed of the stream.
    pub(super) is_whole: bool,
}

/// The lines of a stream. One buffer serves all lines.
pub(super) struct Lines<R> {
    reader: R,
    line: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn of(reader: R) -> Self {
        Self {
            reader,
            line: Vec::new(),
        }
    }

    /// Returns the next line, or `None` at the end.
    pub(super) fn next_line(&mut self) -> Result<Option<Line<'_>>, LineError> {
        self.line.clear();
        loop {
            let buffer = self.reader.fill_buf().map_err(|_| LineError::Closed)?;
            if buffer.is_empty() {
                return Ok(match self.line.is_empty() {
                    true => None,
                    false => Some(Line {
                        text: &self.line,
                        is_whole: false,
                    }),
                });
            }
            let end = memchr::memchr(b'\n', buffer);
            let part = &buffer[..end.unwrap_or(buffer.len())];
            if self.line.len() + part.len() > MAX_LINE {
                let read = buffer.len();
                self.reader.consume(read);
                return Err(LineError::TooLong);
            }
            self.line.extend_from_slice(part);
            let read = part.len() + usize::from(end.is_some());
            self.reader.consume(read);
            if end.is_some() {
                return Ok(Some(Line {
                    text: &self.line,
                    is_whole: true,
                }));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn lines(text: &[u8], capacity: usize) -> Vec<Vec<u8>> {
        let mut lines = Lines::of(BufReader::with_capacity(capacity, text));
        let mut all = Vec::new();
        while let Ok(Some(line)) = lines.next_line() {
            all.push(line.text.to_owned());
        }
        all
    }

    #[test]
    fn lines_do_not_depend_on_buffer() {
        for capacity in [1, 2, 3, 64] {
            let found = lines(b"one\n\ntwo\r\nthree", capacity);
            assert_eq!(found, [&b"one"[..], b"", b"two\r", b"three"]);
        }
        assert_eq!(lines(b"", 4).len(), 0);
    }

    #[test]
    fn long_line_is_refused() {
        let mut text = vec![b'x'; MAX_LINE];
        text.push(b'\n');
        assert_eq!(lines(&text, 1 << 16), [vec![b'x'; MAX_LINE]]);
        text.insert(0, b'x');
        let mut lines = Lines::of(&text[..]);
        assert_eq!(lines.next_line(), Err(LineError::TooLong));
    }
}

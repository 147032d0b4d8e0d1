//! Positions in text files in lines and columns. Parsers count bytes, and each numbers its lines in its own way.
//! Positions are converted next to each parser, so that other code is independent of it.

use std::ops::Range;

/// A part of one line of a file, counted from 1 in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileSpan {
    /// The line.
    pub line: usize,
    /// The column of the first character, if it is known.
    pub column: Option<usize>,
    /// The number of characters, at least 1.
    pub length: usize,
}

impl FileSpan {
    /// Returns the span of a line as a whole.
    #[must_use]
    pub const fn of_line(line: usize) -> Self {
        Self {
            line,
            column: None,
            length: 1,
        }
    }

    /// Returns the span of the character at `line` and `column`.
    #[must_use]
    pub const fn at(line: usize, column: usize) -> Self {
        Self {
            line,
            column: Some(column),
            length: 1,
        }
    }

    /// Returns the span of the character at the byte `offset` of `text`. An offset inside a character belongs to
    /// that character, and an offset after the text to its end.
    #[must_use]
    pub fn at_offset(text: &str, offset: usize) -> Self {
        let mut end = offset.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &text[..end];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self::at(
            before.matches('\n').count() + 1,
            before[line_start..].chars().count() + 1,
        )
    }

    /// Sets the number of characters.
    #[must_use]
    pub const fn with_length(mut self, length: usize) -> Self {
        self.length = length;
        self
    }

    /// Returns the byte range of this span in `text`: the whole line if the column is unknown, and an empty range
    /// after the end of the line.
    #[must_use]
    pub fn byte_range(&self, text: &str) -> Range<usize> {
        let lines = text.split_inclusive('\n').take(self.line.saturating_sub(1));
        let line_start: usize = lines.map(str::len).sum();
        let rest = text.get(line_start..).unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default();
        let Some(column) = self.column else {
            return line_start..line_start + line.len();
        };
        let offset = |characters: usize| {
            let mut offsets = line.char_indices().map(|(offset, _)| offset);
            line_start + offsets.nth(characters).unwrap_or(line.len())
        };
        let first = column.saturating_sub(1);
        offset(first)..offset(first + self.length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offset_counts_characters() {
        let text = "a: 1\nbü: ü\n";
        assert_eq!(FileSpan::at_offset(text, 0), FileSpan::at(1, 1));
        let last = text.rfind('ü').unwrap();
        assert_eq!(FileSpan::at_offset(text, last), FileSpan::at(2, 5));
        // Inside the two bytes of the letter, and after the text.
        assert_eq!(FileSpan::at_offset(text, last + 1), FileSpan::at(2, 5));
        assert_eq!(FileSpan::at_offset(text, 99), FileSpan::at(3, 1));
    }

    #[test]
    fn byte_range_stays_in_its_line() {
        let text = "a: 1\nbü: ü\n";
        let part = |span: FileSpan| &text[span.byte_range(text)];
        assert_eq!(part(FileSpan::at(2, 1).with_length(2)), "bü");
        assert_eq!(part(FileSpan::at(2, 5).with_length(9)), "ü");
        assert_eq!(part(FileSpan::at(1, 99)), "");
        assert_eq!(part(FileSpan::of_line(2)), "bü: ü");
        assert_eq!(part(FileSpan::of_line(99)), "");
    }
}

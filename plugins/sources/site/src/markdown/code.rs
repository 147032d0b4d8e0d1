//! Finds the code in a Markdown text: fenced and indented blocks, and spans in backticks. Comments,
//! tags and formulas in it have no special meaning.

use std::collections::HashMap;

/// The opening fence of a code block.
pub(super) struct Fence {
    mark: char,
    length: usize,
}

impl Fence {
    pub(super) fn opened_by(line: &str) -> Option<Self> {
        let line = line.trim_start_matches([' ', '\t', '>', '-', '*']);
        let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let length = line.chars().take_while(|c| *c == mark).count();
        // A line like ```` ```code``` ```` is a span, not a fence.
        let is_fence = length >= 3 && (mark == '~' || !line[length..].contains('`'));
        is_fence.then_some(Self { mark, length })
    }

    pub(super) fn is_closed_by(&self, line: &str) -> bool {
        let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
        line.len() >= self.length && line.chars().all(|c| c == self.mark)
    }
}

/// Finds the code blocks of a text line by line.
#[derive(Default)]
pub(super) struct CodeBlocks {
    fence: Option<Fence>,
    is_in_list: bool,
    /// `true` if the last line was neither blank nor indented code, so that an indented line continues its
    /// paragraph.
    is_in_paragraph: bool,
}

impl CodeBlocks {
    /// Returns `true` if the next line belongs to a code block.
    pub(super) fn is_code(&mut self, line: &str) -> bool {
        if let Some(open) = &self.fence {
            if open.is_closed_by(line) {
                self.fence = None;
            }
            return true;
        }
        if line.trim().is_empty() {
            self.is_in_paragraph = false;
            return false;
        }
        let is_indented = line.starts_with("    ") || line.starts_with('\t');
        if is_indented && !self.is_in_list && !self.is_in_paragraph {
            return true;
        }
        self.fence = Fence::opened_by(line);
        self.is_in_paragraph = self.fence.is_none();
        if self.fence.is_some() {
            return true;
        }
        if !line.starts_with([' ', '\t']) {
            self.is_in_list = is_list_item(line);
        } else if !is_indented {
            self.is_in_list |= is_list_item(line);
        }
        false
    }
}

fn is_list_item(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '>']);
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let marker = &line[digits..];
    let is_marker = match digits {
        0 => marker.starts_with(['-', '*', '+', ':']),
        1..=9 => marker.starts_with(['.', ')']),
        _ => false,
    };
    is_marker && marker[1..].starts_with([' ', '\t', '\n'])
}

/// The runs of backticks of one line.
#[derive(Default)]
pub(super) struct CodeSpans {
    /// The offsets of the runs in ascending order, by the runs' length.
    runs: HashMap<usize, Vec<usize>>,
}

impl CodeSpans {
    pub(super) fn of(line: &str) -> Self {
        let mut spans = Self::default();
        let mut at = 0;
        while let Some(offset) = line[at..].find('`') {
            at += offset;
            let length = run_length(&line[at..]);
            spans.runs.entry(length).or_default().push(at);
            at += length;
        }
        spans
    }

    /// Returns the length of the code span at the start of `rest`, whose offset in the line is `at`. If the
    /// backticks open no span, returns their number.
    pub(super) fn length(&self, rest: &str, at: usize) -> usize {
        let ticks = run_length(rest);
        let runs = self.runs.get(&ticks).map_or(&[][..], Vec::as_slice);
        let next = runs.partition_point(|run| *run < at + ticks);
        runs.get(next).map_or(ticks, |close| close + ticks - at)
    }
}

/// Returns the number of backticks at the start of `text`.
fn run_length(text: &str) -> usize {
    text.len() - text.trim_start_matches('`').len()
}

#[cfg(test)]
mod tests {
    use super::{CodeBlocks, CodeSpans};

    /// Returns the numbers of the lines that are code.
    fn code(text: &str) -> Vec<usize> {
        let mut blocks = CodeBlocks::default();
        let lines = text.split_inclusive('\n').enumerate();
        let code = lines.filter_map(|(number, line)| blocks.is_code(line).then_some(number + 1));
        code.collect()
    }

    #[test]
    fn fenced_and_indented_code_blocks() {
        assert_eq!(code("a\n\n    b\n\n\tc\nd\n"), [3, 5]);
        assert_eq!(code("    a\n"), [1]);
        assert_eq!(code("a\n    b\n"), [0_usize; 0]);
        assert_eq!(code("- a\n\n    b\n\nc\n\n    d\n"), [7]);
        assert_eq!(code("1. a\n\n   ```\n   b\n   ```\n"), [3, 4, 5]);
        assert_eq!(code("~~~\n```\n~~~\na\n"), [1, 2, 3]);
    }

    #[test]
    fn code_spans_close_with_equal_runs() {
        for (line, length) in [("`a`b", 3), ("``a`b`` c", 7), ("`a``b", 1), ("```", 3)] {
            assert_eq!(CodeSpans::of(line).length(line, 0), length, "{line}");
        }
        let line = "`a` `b`";
        assert_eq!(CodeSpans::of(line).length(&line[4..], 4), 3);
    }
}

//! Wraps text to the width of a card in the terminal.

use crate::terminal::Style;

/// Wraps each line of `text` to `width` columns.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    text.lines()
        .flat_map(|line| textwrap::wrap(line, width))
        .map(std::borrow::Cow::into_owned)
        .collect()
}

/// Wraps a list item to `width` columns. Its first line begins with `mark`, the others are indented as far.
pub(super) fn list_item(text: &str, width: usize, mark: &str) -> Vec<String> {
    let indent = " ".repeat(mark.len());
    let width = width.saturating_sub(mark.len()).max(1);
    let lines = wrapped(text, width).into_iter().enumerate();
    lines
        .map(|(index, line)| format!("  {}{line}", if index == 0 { mark } else { &indent }))
        .collect()
}

/// Wraps `text` to `width` columns, and indents each line with `mark`.
pub(super) fn styled(text: &str, width: usize, mark: &str, style: Style) -> Vec<String> {
    let lines = wrapped(text, width).into_iter();
    lines
        .map(|line| format!("  {style}{mark}{line}{style:#}"))
        .collect()
}

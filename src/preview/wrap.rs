//! Wraps text to the width of a card in the terminal.

use crate::terminal::Style;

/// Wraps each line of `text` to `width` columns.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    text.lines()
        .flat_map(|line| textwrap::wrap(line, width))
        .map(std::borrow::Cow::into_owned)
        .collect()
}

/// Wraps a list item to `width` columns after its bullet.
pub(super) fn bulleted(text: &str, width: usize) -> Vec<String> {
    let lines = wrapped(text, width).into_iter().enumerate();
    lines
        .map(|(index, line)| format!("  {}{line}", if index == 0 { "- " } else { "  " }))
        .collect()
}

/// Wraps `text` to `width` columns, and indents each line with `mark`.
pub(super) fn styled(text: &str, width: usize, mark: &str, style: Style) -> Vec<String> {
    let lines = wrapped(text, width).into_iter();
    lines
        .map(|line| format!("  {style}{mark}{line}{style:#}"))
        .collect()
}

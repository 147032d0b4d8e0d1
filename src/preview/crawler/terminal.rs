//! Renders a reading for the terminal.

use super::rows::{gap_text, reading_rows};
use crate::engine::{PageGap, PageReading};
use crate::terminal::{Style, escape_value};

const FAINT: Style = Style::Faint;
const WARN: Style = Style::Warn;

/// The width of the column of names.
const LABEL: usize = 18;

/// Renders the values and gaps of a reading in lines of about `width` columns. An element that closes a gap is not
/// wrapped, so that users can copy it.
#[must_use]
pub(crate) fn reading_lines(reading: &PageReading, width: usize) -> Vec<String> {
    let mut lines = value_lines(reading, width);
    for gap in &reading.gaps {
        lines.extend(gap_lines(gap, width));
    }
    lines
}

/// Renders the same below the warnings of a post, which have the important gaps already: of those only the elements, each
/// below the part that it is for.
#[must_use]
pub(crate) fn remark_lines(reading: &PageReading, width: usize) -> Vec<String> {
    let mut lines = value_lines(reading, width);
    for gap in &reading.gaps {
        lines.extend(match gap.is_warning() {
            true => element_lines(gap, width),
            false => gap_lines(gap, width),
        });
    }
    lines
}

fn value_lines(reading: &PageReading, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for row in reading_rows(reading) {
        let origin = match row.origin.as_str() {
            "" => String::new(),
            origin => format!(" ({origin})"),
        };
        let value = escape_value(&format!("{}{origin}", row.value)).to_string();
        lines.extend(labelled(row.label, &value, width));
    }
    lines
}

fn gap_lines(gap: &PageGap, width: usize) -> Vec<String> {
    let (word, style) = match gap.is_warning() {
        true => ("warning", WARN),
        false => ("note", FAINT),
    };
    let text = escape_value(&gap_text(gap)).to_string();
    let mut lines = labelled(word, &text, width);
    if let Some(first) = lines.first_mut() {
        *first = first.replacen(word, &format!("{style}{word}{style:#}"), 1);
    }
    lines.extend(element_line(gap));
    lines
}

/// Renders the element that closes a gap, without the effect of the gap.
fn element_lines(gap: &PageGap, width: usize) -> Vec<String> {
    let Some(element) = element_line(gap) else {
        return Vec::new();
    };
    let message = escape_value(&gap.message).to_string();
    let mut lines = labelled(gap.part.name(), &message, width);
    lines.push(element);
    lines
}

fn element_line(gap: &PageGap) -> Option<String> {
    let element = gap.add.as_deref()?;
    Some(format!("{:LABEL$}add: {}", "", escape_value(element)))
}

/// Wraps a value beside its label.
fn labelled(label: &str, value: &str, width: usize) -> Vec<String> {
    let lines = textwrap::wrap(value, width.saturating_sub(LABEL).max(24));
    let lines = lines.iter().enumerate();
    lines
        .map(|(index, line)| {
            let label = if index == 0 { label } else { "" };
            format!("{label:LABEL$}{line}")
        })
        .collect()
}

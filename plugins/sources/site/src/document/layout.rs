//! Lists the lines of front matter that may contain a key. Lines of a YAML block scalar are text and
//! are left out, even if they look like `key: value`.

use memchr::memchr2;

/// A line of front matter.
pub(super) struct Line<'s> {
    /// Index of the line in the source, from 0.
    pub(super) index: usize,
    pub(super) text: &'s str,
    /// Indentation of the key in columns. The dash of a list item counts as one column, because a list may
    /// have the same indentation as its key.
    pub(super) depth: usize,
}

/// Returns the lines of `source` without blank lines and, in YAML, without the text of block scalars.
pub(super) fn lines(source: &str, is_yaml: bool) -> impl Iterator<Item = Line<'_>> {
    let mut scalar = None;
    source.lines().enumerate().filter_map(move |(index, text)| {
        let depth = depth(text);
        if text.trim_start().is_empty() || scalar.is_some_and(|key| depth > key) {
            return None;
        }
        scalar = (is_yaml && begins_scalar(text)).then_some(depth);
        Some(Line { index, text, depth })
    })
}

fn depth(line: &str) -> usize {
    let rest = line.trim_start_matches(' ');
    line.len() - rest.len() + usize::from(rest.starts_with("- "))
}

/// Returns `true` if a block scalar begins after the key or the dash of `line`.
fn begins_scalar(line: &str) -> bool {
    if memchr2(b'|', b'>', line.as_bytes()).is_none() {
        return false;
    }
    let line = line.split(" #").next().unwrap_or_default().trim_end();
    let value = line.rsplit([' ', '\t']).next().unwrap_or_default();
    let before = line[..line.len() - value.len()].trim_end();
    value.starts_with(['|', '>'])
        && value[1..]
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '+' | '-'))
        && (before.ends_with(':') || before.trim_start() == "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn block_scalar_lines_are_skipped() {
        let source = "a: |\n  b: c\n\n  d: e\nf:\n  - >-  # why\n    g: h\n  - i: |2\n      j: k\nl: a |\n  m: n\n";
        let kept = |is_yaml| -> Vec<&str> {
            let lines = lines(source, is_yaml);
            lines.map(|line| line.text.trim()).collect()
        };
        assert_eq!(
            kept(true),
            ["a: |", "f:", "- >-  # why", "- i: |2", "l: a |", "m: n"]
        );
        assert_eq!(kept(false).len(), 10);
    }
}

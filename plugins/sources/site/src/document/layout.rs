//! The lines of front matter that may name a key. The text of a block scalar of YAML names none, however
//! much its lines look like it.

/// A line.
pub(super) struct Line<'s> {
    /// Its place, from 0.
    pub(super) index: usize,
    pub(super) text: &'s str,
    /// How far its key is indented; the dash of a list counts, as it may stand below the list's key.
    pub(super) depth: usize,
}

/// The lines of `source` without the texts of block scalars, which only YAML has.
pub(super) fn lines(source: &str, is_yaml: bool) -> impl Iterator<Item = Line<'_>> {
    let mut scalar = None;
    source.lines().enumerate().filter_map(move |(index, text)| {
        let depth = depth(text);
        if text.trim().is_empty() || scalar.is_some_and(|key| depth > key) {
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

/// Whether a block scalar begins behind the key or the dash of `line`.
fn begins_scalar(line: &str) -> bool {
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
    fn texts_of_block_scalars_are_left_out() {
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

//! Finds comments in YAML values. Replacing a value would delete its comments unnoticed, because they are
//! not part of the parsed data.

/// Returns `true` if the value of a key may contain a comment. `written` is the text after the key on its
/// line, `below` are the other lines of the value, and `indent` is the key's indentation. Ambiguous text
/// counts as a comment.
pub(super) fn may_have(written: &str, below: &[String], indent: usize) -> bool {
    let written = written.trim();
    if written.starts_with(['|', '>']) {
        return begins(written) || is_below_literal(written, below, indent);
    }
    let mut whole = written.to_owned();
    for line in below {
        whole.push('\n');
        whole.push_str(line.trim_end());
    }
    begins(&whole) && !is_quoted(whole.trim())
}

/// Returns `true` if `text` has a `#` at a position where a comment may begin.
fn begins(text: &str) -> bool {
    text.starts_with('#') || [" #", "\t#", "\n#"].iter().any(|mark| text.contains(mark))
}

/// Returns `true` if a line is indented less than the block scalar that it follows; YAML allows only
/// comments there.
fn is_below_literal(header: &str, below: &[String], indent: usize) -> bool {
    let mut depths = below
        .iter()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start_matches(' ').len());
    let explicit = header.chars().find_map(|c| c.to_digit(10));
    let block_indent = match explicit {
        Some(explicit) => usize::try_from(explicit)
            .ok()
            .map(|explicit| indent + explicit),
        None => depths.clone().next(),
    };
    depths.any(|depth| Some(depth) < block_indent)
}

/// Returns `true` if `text` is a single quoted string.
fn is_quoted(text: &str) -> bool {
    let between = |quote| text.strip_prefix(quote)?.strip_suffix(quote);
    if let Some(inner) = between('\'') {
        return !inner.replace("''", "").contains('\'');
    }
    between('"').is_some_and(|inner| {
        let inner = inner.replace("\\\\", "").replace("\\\"", "");
        !inner.contains('"') && !inner.ends_with('\\')
    })
}

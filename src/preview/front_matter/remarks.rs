//! Comments in YAML. Where a value gives way to another, they would go with it and nobody would know,
//! since to a reader of YAML they say nothing.

/// Whether a comment may stand in or behind the value of a key that is indented by `indent`: `written`
/// is what follows the key in its line, and `below` the other lines that belong to it. In doubt there is
/// one.
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

/// Whether a `#` stands where a comment may begin.
fn begins(text: &str) -> bool {
    text.starts_with('#') || [" #", "\t#", "\n#"].iter().any(|mark| text.contains(mark))
}

/// Whether lines follow the text of a block scalar that are not indented as it is: nothing but comments
/// may.
fn is_below_literal(header: &str, below: &[String], indent: usize) -> bool {
    let mut depths = below
        .iter()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start_matches(' ').len());
    let told = header.chars().find_map(|c| c.to_digit(10));
    let own = match told {
        Some(told) => usize::try_from(told).ok().map(|told| indent + told),
        None => depths.clone().next(),
    };
    depths.any(|depth| Some(depth) < own)
}

/// Whether all of `text` is one string between quotes.
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

//! The notations of Markdown for elements of HTML.

/// Elements whose content is not part of the text.
pub(super) const DROPPED: &[&str] = &["head", "noscript", "script", "style", "template", "title"];

/// Elements that are copied with their content.
pub(super) const COPIED: &[&str] = &["audio", "iframe", "math", "object", "svg", "table", "video"];

/// Elements within a line that are copied without their attributes.
const COPIED_INLINE: &[&str] = &[
    "abbr", "ins", "kbd", "mark", "q", "small", "sub", "sup", "u",
];

/// Elements within a line that have no notation, and no meaning without their attributes.
const TRANSPARENT: &[&str] = &[
    "bdi", "bdo", "cite", "data", "dfn", "font", "label", "picture", "samp", "source", "span",
    "time", "var", "wbr",
];

/// Characters that have a meaning within a line.
const SPECIAL: &[char] = &['\\', '`', '*', '_', '[', ']', '<', '~'];

/// Characters that have a meaning at the beginning of a block.
const SPECIAL_AT_START: &[char] = &['#', '+', '-', '=', '>', '|'];

/// The notation of an element within a line.
pub(super) enum InlineNotation {
    /// These characters before and after it.
    Mark(&'static str),
    /// The element itself.
    Tag,
    /// Nothing.
    Transparent,
}

/// Returns the notation of an element within a line; `None` for a block.
pub(super) fn inline(name: &str) -> Option<InlineNotation> {
    Some(match name {
        "b" | "strong" => InlineNotation::Mark("**"),
        "em" | "i" => InlineNotation::Mark("*"),
        "del" | "s" | "strike" => InlineNotation::Mark("~~"),
        name if COPIED_INLINE.contains(&name) => InlineNotation::Tag,
        name if TRANSPARENT.contains(&name) => InlineNotation::Transparent,
        _ => return None,
    })
}

/// Returns text that Markdown shows as it is; `is_at_start` if it begins a block.
pub(super) fn escape(text: &str, is_at_start: bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    let start = text.trim_start();
    let digits = start.len() - start.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let opens_list = digits > 0 && start[digits..].starts_with(['.', ')']);
    let first = text.len() - start.len() + if opens_list { digits } else { 0 };
    for (at, c) in text.char_indices() {
        let is_first = is_at_start && at == first;
        let opens_block = is_first && (opens_list || SPECIAL_AT_START.contains(&c));
        if SPECIAL.contains(&c) || opens_block {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Returns `code` as a code span.
pub(super) fn code_span(code: &str) -> String {
    let code = code.split_whitespace().collect::<Vec<_>>().join(" ");
    let fence = "`".repeat(longest_run(&code) + 1);
    let space = if code.starts_with('`') || code.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{space}{code}{space}{fence}")
}

/// Returns `code` as a fenced block.
pub(super) fn code_block(code: &str, language: &str) -> String {
    let fence = "`".repeat((longest_run(code) + 1).max(3));
    let code = code.strip_prefix('\n').unwrap_or(code).trim_end();
    format!("{fence}{language}\n{code}\n{fence}")
}

/// Returns the length of the longest run of backticks.
fn longest_run(code: &str) -> usize {
    let runs = code.split(|c| c != '`').map(str::len);
    runs.max().unwrap_or(0)
}

/// Returns a URL as a destination.
pub(super) fn destination(url: &str) -> String {
    let url = url.trim().replace(' ', "%20");
    if url.contains(['(', ')']) {
        format!("<{url}>")
    } else {
        url
    }
}

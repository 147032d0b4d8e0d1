//! The check of Liquid in a body. Forem protects code itself: it wraps every code block and code span in
//! `{% raw %}`, so that a block that the author wrapped too has two of them and is an error. Variables
//! (`{{ … }}`) are disabled.

use std::ops::Range;

/// Tags that stand alone: the embeds of the editor guide and those of Liquid.
const SINGLE: [&str; 28] = [
    "asciinema",
    "assign",
    "codepen",
    "codesandbox",
    "comment_embed",
    "cta",
    "embed",
    "gist",
    "github",
    "glitch",
    "increment",
    "instagram",
    "jsfiddle",
    "jsitor",
    "kotlin",
    "link",
    "medium",
    "org",
    "organization",
    "podcast",
    "replit",
    "runkit_one",
    "speakerdeck",
    "stackblitz",
    "tag",
    "twitter",
    "user",
    "youtube",
];

/// Tags that need an end.
const BLOCKS: [&str; 11] = [
    "capture",
    "case",
    "collapsible",
    "comment",
    "details",
    "for",
    "if",
    "katex",
    "runkit",
    "spoiler",
    "unless",
];

/// An error of Liquid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum LiquidError {
    /// The article cannot be saved.
    Refused(String),
    /// The article is saved, and its text is this message.
    Published(String),
}

/// Checks a body without front matter.
pub(super) fn check(content: &str) -> Result<(), LiquidError> {
    let mut open: Vec<&str> = Vec::new();
    let protected = protect_code(content);
    let mut rest = protected.as_str();
    while let Some(start) = rest.find("{%").into_iter().chain(rest.find("{{")).min() {
        if rest[start..].starts_with("{{") {
            return Err(LiquidError::Refused(
                "Liquid variables are disabled".to_owned(),
            ));
        }
        let after = &rest[start + 2..];
        let Some(end) = after.find("%}") else {
            return Err(syntax(
                "Tag '{%' was not properly terminated with regexp: /\\%\\}/",
            ));
        };
        let inside = after[..end].trim_matches(['-', ' ', '\n', '\t']);
        let name = inside.split_whitespace().next().unwrap_or_default();
        rest = &after[end + 2..];
        if name == "raw" {
            let Some(end) = end_of_raw(rest) else {
                return Err(syntax("'raw' tag was never closed"));
            };
            rest = &rest[end..];
        } else if BLOCKS.contains(&name) {
            open.push(name);
        } else if let Some(ended) = name.strip_prefix("end") {
            match open.pop() {
                Some(begun) if begun == ended => {}
                Some(begun) => {
                    return Err(syntax(&format!(
                        "'{name}' is not a valid delimiter for {begun} tags. use end{begun}"
                    )));
                }
                None => return Err(syntax(&format!("Unknown tag '{name}'"))),
            }
        } else if !SINGLE.contains(&name) && !["else", "elsif", "when"].contains(&name) {
            return Err(syntax(&format!("Unknown tag '{name}'")));
        }
    }
    match open.pop() {
        Some(name) => Err(syntax(&format!("'{name}' tag was never closed"))),
        None => Ok(()),
    }
}

fn syntax(message: &str) -> LiquidError {
    LiquidError::Published(format!("Liquid syntax error: {message}"))
}

/// Returns the position after the next `{% endraw %}`.
fn end_of_raw(rest: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(start) = rest[from..].find("{%") {
        let inside = &rest[from + start + 2..];
        let end = inside.find("%}")?;
        let after = from + start + 2 + end + 2;
        if inside[..end].trim_matches(['-', ' ']) == "endraw" {
            return Some(after);
        }
        from += start + 2;
    }
    None
}

/// Wraps code in `{% raw %}`, and makes a raw tag inside it harmless.
fn protect_code(content: &str) -> String {
    let mut text = String::with_capacity(content.len());
    let mut at = 0;
    for code in code(content) {
        text.push_str(&content[at..code.start]);
        text.push_str("{% raw %}");
        let inside = content[code.clone()].replace("{% endraw %}", "{----% endraw %----}");
        text.push_str(&inside.replace("{% raw %}", "{----% raw %----}"));
        text.push_str("{% endraw %}");
        at = code.end;
    }
    text.push_str(&content[at..]);
    text
}

/// Returns the code blocks and code spans. Like Forem, it matches delimiters without regard to
/// Markdown: three tildes or backticks, two backticks, or one.
fn code(content: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = content[at..].find(['~', '`']) {
        let start = at + offset;
        let rest = &content[start..];
        let delimiters = ["~~~", "```", "``", "`"];
        let span = delimiters.into_iter().find_map(|delimiter| {
            let inside = rest.strip_prefix(delimiter)?;
            // Spans have at least one character; blocks can be empty.
            let least = if delimiter.len() == 3 {
                0
            } else {
                inside.chars().next()?.len_utf8()
            };
            let end = inside.get(least..)?.find(delimiter)? + least;
            Some(end + 2 * delimiter.len())
        });
        match span {
            Some(length) => {
                found.push(start..start + length);
                at = start + length;
            }
            None => at = start + 1,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{LiquidError, check};

    #[test]
    fn liquid_is_checked_outside_code() {
        let syntax = |message: &str| {
            Err(LiquidError::Published(format!(
                "Liquid syntax error: {message}"
            )))
        };
        for (content, expected) in [
            ("no Liquid, 100 % { } %}", Ok(())),
            ("{% embed https://dev.to/a %}", Ok(())),
            ("{% details A %}b{% enddetails %}", Ok(())),
            ("{% raw %}{{ a }} {% b %}{% endraw %}", Ok(())),
            ("`{{ a }}` and ``{% b %}``", Ok(())),
            ("```liquid\n{% for a in b %}\n```\n", Ok(())),
            ("~~~\n{{ a }}\n~~~\n", Ok(())),
            ("```\n{% raw %}{{ a }}{% endraw %}\n```\n", Ok(())),
            (
                "{{ a }}",
                Err(LiquidError::Refused(
                    "Liquid variables are disabled".to_owned(),
                )),
            ),
            ("{% include a %}", syntax("Unknown tag 'include'")),
            ("{% if a %}", syntax("'if' tag was never closed")),
            ("{% endif %}", syntax("Unknown tag 'endif'")),
            ("{% raw %}{{ a }}", syntax("'raw' tag was never closed")),
            (
                "{% if a %}{% endfor %}",
                syntax("'endfor' is not a valid delimiter for if tags. use endif"),
            ),
            (
                "{% a",
                syntax("Tag '{%' was not properly terminated with regexp: /\\%\\}/"),
            ),
            (
                "{% raw %}\n```\n{{ a }}\n```\n{% endraw %}\n",
                syntax("Unknown tag 'endraw'"),
            ),
        ] {
            assert_eq!(check(content), expected, "{content}");
        }
    }
}

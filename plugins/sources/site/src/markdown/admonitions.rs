//! Recognises admonitions: indented blocks after `!!! note "Title"` ("Admonition", documentation of
//! Python-Markdown; `???` folds the block, `===` makes a tab of it), lines of colons (`:::tip`, used by
//! many generators), and callouts (`> [!note] Title`, used by Obsidian and GitHub). Their titles are
//! headings, which are not part of an excerpt.

/// The stack of open indented admonitions.
#[derive(Default)]
pub(super) struct Admonitions {
    depth: usize,
}

impl Admonitions {
    /// Returns the next line without the indentation of the admonitions that contain it. Closes those that
    /// do not.
    pub(super) fn strip_indentation<'a>(&mut self, line: &'a str) -> &'a str {
        if line.trim().is_empty() {
            return line;
        }
        let mut inside = line;
        for level in 0..self.depth {
            let less = inside.strip_prefix("    ").or(inside.strip_prefix('\t'));
            let Some(less) = less else {
                self.depth = level;
                break;
            };
            inside = less;
        }
        inside
    }

    /// Returns `true` if `line`, without the indentation of the open admonitions, opens another one.
    pub(super) fn open(&mut self, line: &str) -> bool {
        let opens = opens_indented(line.trim_end());
        self.depth += usize::from(opens);
        opens
    }
}

fn opens_indented(line: &str) -> bool {
    let rest = ["!!!", "???+", "???", "==="];
    let Some(rest) = rest.iter().find_map(|mark| line.strip_prefix(mark)) else {
        return false;
    };
    let rest = rest.trim_start();
    let (kind, title) = rest.split_once('"').unwrap_or((rest, ""));
    let is_kind = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_lowercase())
            && word
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_|".contains(c))
    };
    let has_title = title.len() > 1 && title.ends_with('"');
    let mut kinds = kind.split_whitespace();
    kinds.all(is_kind) && (has_title || title.is_empty() && !kind.is_empty() && !rest.contains('"'))
}

/// Returns `true` if a line opens or closes an admonition with colons: `:::tip Title`.
pub(super) fn is_colon_fence(line: &str) -> bool {
    line.trim_start_matches([' ', '\t', '>']).starts_with(":::")
}

/// Returns the quote markers before a callout's kind (`> ` in `> [!note]`); `None` if the line is not a
/// callout.
pub(super) fn callout(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches([' ', '>']);
    let marks = &line[..line.len() - rest.len()];
    let (kind, _) = rest.strip_prefix("[!")?.split_once(']')?;
    let is_kind = |c: char| c.is_alphanumeric() || "-_ |".contains(c);
    (marks.contains('>') && !kind.is_empty() && kind.chars().all(is_kind)).then_some(marks)
}

#[cfg(test)]
mod tests {
    use super::{Admonitions, callout, is_colon_fence};

    #[test]
    fn admonition_holds_indented_lines() {
        let mut open = Admonitions::default();
        let lines = [
            ("!!! note \"Mind\"", "!!! note \"Mind\"", true),
            ("    One", "One", false),
            ("", "", false),
            ("    ??? tip", "??? tip", true),
            ("        Two", "Two", false),
            ("    Three", "Three", false),
            ("Four", "Four", false),
            ("    code", "    code", false),
        ];
        for (line, inside, enters) in lines {
            assert_eq!(open.strip_indentation(line), inside);
            assert_eq!(open.open(inside), enters, "{line}");
        }
    }

    #[test]
    fn exclamation_marks_are_not_admonitions() {
        for line in [
            "!!!",
            "!!! Watch out",
            "!!! note: x",
            "???",
            "===",
            "!!! a \"b",
            "=== \"",
        ] {
            assert!(!Admonitions::default().open(line), "{line}");
        }
        for line in [
            "!!! danger highlight blink \"Don't\"",
            "???+ note",
            "=== \"Tab\"",
            "!!! note \"\"",
        ] {
            assert!(
                line.ends_with("\"\"") || Admonitions::default().open(line),
                "{line}"
            );
        }
    }

    #[test]
    fn colon_lines_and_callouts_are_recognised() {
        assert!(
            is_colon_fence("  ::::{note}") && is_colon_fence("> :::") && !is_colon_fence("a :::")
        );
        for (line, marks) in [
            ("> [!note] Tide", Some("> ")),
            ("> > [!WARNING]-", Some("> > ")),
            ("[!note]", None),
            ("> [link](x)", None),
            ("> [!](x)", None),
        ] {
            assert_eq!(callout(line), marks, "{line}");
        }
    }
}

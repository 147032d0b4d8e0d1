//! Admonitions: the block that `!!! note "Title"` opens by its indentation ("Admonition", documentation
//! of Python-Markdown; `???` folds it, `===` makes a tab of it), lines of colons (`:::tip`, of many
//! generators), and callouts (`> [!note] Title`, of Obsidian and GitHub). Their titles are headings,
//! which an excerpt has not.

/// The admonitions that are open.
#[derive(Default)]
pub(super) struct Admonitions {
    depth: usize,
}

impl Admonitions {
    /// Returns the part of the next line that is behind the indentation of the admonitions it is in.
    pub(super) fn inside<'a>(&mut self, line: &'a str) -> &'a str {
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

    /// Returns whether `line`, which is inside the open ones, opens another one.
    pub(super) fn enter(&mut self, line: &str) -> bool {
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

/// Returns whether a line opens or closes an admonition of colons: `:::tip Title`.
pub(super) fn is_colons(line: &str) -> bool {
    line.trim_start_matches([' ', '\t', '>']).starts_with(":::")
}

/// Returns the marks of the quote before the kind of a callout, if the line has one.
pub(super) fn callout(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches([' ', '>']);
    let marks = &line[..line.len() - rest.len()];
    let (kind, _) = rest.strip_prefix("[!")?.split_once(']')?;
    let is_kind = |c: char| c.is_alphanumeric() || "-_ |".contains(c);
    (marks.contains('>') && !kind.is_empty() && kind.chars().all(is_kind)).then_some(marks)
}

#[cfg(test)]
mod tests {
    use super::{Admonitions, callout, is_colons};

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
            assert_eq!(open.inside(line), inside);
            assert_eq!(open.enter(inside), enters, "{line}");
        }
    }

    #[test]
    fn exclamations_open_no_admonition() {
        for line in [
            "!!!",
            "!!! Watch out",
            "!!! note: x",
            "???",
            "===",
            "!!! a \"b",
            "=== \"",
        ] {
            assert!(!Admonitions::default().enter(line), "{line}");
        }
        for line in [
            "!!! danger highlight blink \"Don't\"",
            "???+ note",
            "=== \"Tab\"",
            "!!! note \"\"",
        ] {
            assert!(
                line.ends_with("\"\"") || Admonitions::default().enter(line),
                "{line}"
            );
        }
    }

    #[test]
    fn colons_and_callouts_are_marks() {
        assert!(is_colons("  ::::{note}") && is_colons("> :::") && !is_colons("a :::"));
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

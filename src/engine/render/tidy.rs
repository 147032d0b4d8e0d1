//! Tidies white space. Templates put optional parts on separate lines; if a part is empty, its blank
//! lines are removed.

use super::placeholders::TextOrigin;

/// Removes white space at both ends and at line ends, and reduces blank lines to one in a row. Works
/// across parts, because the line break after a value belongs to the template.
pub(super) fn tidy<'a>(
    parts: impl IntoIterator<Item = (TextOrigin, &'a str)>,
) -> Vec<(TextOrigin, String)> {
    let mut tidied: Vec<(TextOrigin, String)> = Vec::new();
    let mut lines = 0;
    let mut spaces = String::new();
    for (origin, text) in parts {
        let mut kept = String::with_capacity(text.len());
        for c in text.chars() {
            if c == '\n' {
                spaces.clear();
                lines += 1;
            } else if c.is_whitespace() {
                spaces.push(c);
            } else {
                if !tidied.is_empty() || !kept.is_empty() {
                    kept.extend(std::iter::repeat_n('\n', lines.min(2)));
                    kept.push_str(&spaces);
                }
                lines = 0;
                spaces.clear();
                kept.push(c);
            }
        }
        push(&mut tidied, origin, kept);
    }
    tidied
}

/// Adds `kept`. White space before it becomes a separate part, so that a value is unchanged.
fn push(tidied: &mut Vec<(TextOrigin, String)>, origin: TextOrigin, kept: String) {
    if kept.is_empty() {
        return;
    }
    let ink = kept.trim_start();
    let space = &kept[..kept.len() - ink.len()];
    if !space.is_empty() {
        tidied.push((TextOrigin::Written, space.to_owned()));
    }
    tidied.push((origin, ink.to_owned()));
}

#[cfg(test)]
mod tests {
    use super::tidy;
    use crate::engine::render::placeholders::TextOrigin::{Value, Written};

    fn text(parts: &[(super::TextOrigin, &str)]) -> String {
        tidy(parts.iter().copied())
            .into_iter()
            .map(|(_, text)| text)
            .collect()
    }

    #[test]
    fn empty_part_leaves_no_blank_line() {
        for (parts, expected) in [
            (vec![(Written, " \n\n a \t\n\n\n\n b \n ")], "a\n\n b"),
            (
                vec![(Value, "hook"), (Written, "\n\n"), (Written, "\n\n#x")],
                "hook\n\n#x",
            ),
            (
                vec![(Written, "\n\n"), (Value, "title"), (Written, "\n")],
                "title",
            ),
            (vec![(Value, "a "), (Written, " b")], "a  b"),
            (vec![(Value, " \u{a0}\n"), (Written, " ")], ""),
        ] {
            assert_eq!(text(&parts), expected, "{parts:?}");
        }
    }

    #[test]
    fn tidied_value_is_one_part() {
        let tidied = tidy([(Written, "#"), (Value, "en"), (Written, "\n\n\nx")]);
        assert_eq!(tidied[1], (Value, "en".to_owned()));
    }
}

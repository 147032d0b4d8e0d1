//! White space as a careful author would leave it. Templates put optional parts on lines of their
//! own; when a part is empty, its lines must not stay behind as a hole in the post.

use super::marks::TextOrigin;

/// Takes white space off the ends and from the ends of lines, and leaves at most one blank line in
/// a row. Works across stretches, since the line end after a value belongs to the template.
pub(super) fn tidy<'a>(
    stretches: impl IntoIterator<Item = (TextOrigin, &'a str)>,
) -> Vec<(TextOrigin, String)> {
    let mut tidied: Vec<(TextOrigin, String)> = Vec::new();
    let mut lines = 0;
    let mut spaces = String::new();
    for (origin, text) in stretches {
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

/// Adds `kept`, with the white space before it apart, so that a value stays exactly what it was.
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
    use crate::engine::render::marks::TextOrigin::{Value, Written};

    fn text(stretches: &[(super::TextOrigin, &str)]) -> String {
        tidy(stretches.iter().copied())
            .into_iter()
            .map(|(_, text)| text)
            .collect()
    }

    #[test]
    fn empty_parts_leave_no_holes() {
        for (stretches, expected) in [
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
            assert_eq!(text(&stretches), expected, "{stretches:?}");
        }
    }

    #[test]
    fn a_value_is_still_one_stretch() {
        let tidied = tidy([(Written, "#"), (Value, "en"), (Written, "\n\n\nx")]);
        assert_eq!(tidied[1], (Value, "en".to_owned()));
    }
}

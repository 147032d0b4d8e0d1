//! Cleans text for drawing.

use unicode_segmentation::UnicodeSegmentation as _;

/// Maximum number of combining marks on a letter. Vietnamese and polytonic Greek have up to three; dozens would cover the
/// lines above and below.
const MAX_MARKS: usize = 3;

/// Returns `text` on one line, without control characters, without marks of direction that would reorder what follows,
/// and with at most [`MAX_MARKS`] combining marks on a letter.
pub(crate) fn clean(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|it| if it.is_control() { ' ' } else { it })
        .filter(|it| !is_unwanted(*it))
        .collect();
    // No-break spaces are kept, because they are there for the line breaks.
    let is_space = |it: char| it.is_whitespace() && !matches!(it, '\u{a0}' | '\u{202f}');
    let words: Vec<&str> = text
        .split(is_space)
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ").graphemes(true).map(few_marks).collect()
}

/// Returns `true` for marks of direction, which the renderer sets itself, and for characters that are not allowed in XML.
fn is_unwanted(character: char) -> bool {
    matches!(
        character,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
    )
}

/// Removes the marks of `cluster` that are too many. Clusters of joined emoji have no combining marks and stay whole.
fn few_marks(cluster: &str) -> &str {
    let is_mark = |it: char| matches!(it, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}');
    let mut marks = cluster.char_indices().filter(|(_, it)| is_mark(*it));
    match marks.nth(MAX_MARKS) {
        Some((at, _)) => &cluster[..at],
        None => cluster,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_and_controls_are_one_space() {
        assert_eq!(clean("  a \t b\r\n\u{0}c\u{202e}d "), "a b cd");
        assert_eq!(clean("10\u{a0}km"), "10\u{a0}km");
        assert_eq!(clean(" \n"), "");
    }

    #[test]
    fn stacked_marks_are_limited() {
        let stacked = format!("Z{}o", "\u{300}".repeat(30));
        assert_eq!(
            clean(&stacked),
            format!("Z{}o", "\u{300}".repeat(MAX_MARKS))
        );
        for kept in [
            "Ệ",
            "E\u{302}\u{323}",
            "👩\u{200d}👩\u{200d}👧\u{200d}👦",
            "क्षि",
        ] {
            assert_eq!(clean(kept), kept);
        }
    }
}

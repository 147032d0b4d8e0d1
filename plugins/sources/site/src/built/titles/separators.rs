//! Finds the separators between a title and the site's name.

use std::ops::Range;

/// The characters of separators.
const SEPARATORS: &[char] = &[
    '|', '¦', '‖', '-', '‐', '–', '—', '―', '·', '•', '∙', '⋅', '●', '◦', ':', '«', '»', '‹', '›',
    '<', '>', '←', '→', '~', '/', '\\', '★', '☆', '◆', '✦', '✧', '∷',
];

/// The characters that also separate without white space.
const TIGHT_SEPARATORS: &[char] = &['|', '¦', '«', '»'];

/// The maximum length of a separator, in characters.
const MAX_LENGTH: usize = 3;

/// The maximum number of separators that are considered from each end of a title.
const MAX_PER_END: usize = 8;

/// Returns the positions of the separators in `title`, including the white space around them.
pub(super) fn separators(title: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (start, end) in unusual_words(title) {
        let bare = title[start..end].trim_end();
        if bare.chars().all(|c| SEPARATORS.contains(&c)) && bare.chars().count() <= MAX_LENGTH {
            found.push(start.saturating_sub(1)..end);
            continue;
        }
        if bare.ends_with(':') {
            found.push(start + bare.len() - 1..end);
        }
        let tight = bare.match_indices(TIGHT_SEPARATORS);
        found.extend(tight.map(|(at, sign)| start + at..start + at + sign.len()));
    }
    let surplus = found.len().saturating_sub(2 * MAX_PER_END);
    found.drain(MAX_PER_END.min(found.len())..(MAX_PER_END + surplus).min(found.len()));
    found
}

/// Returns the starts and ends of the words of `title` that may be or contain separators, each with the space after it.
fn unusual_words(title: &str) -> impl Iterator<Item = (usize, usize)> {
    let bytes = title.as_bytes();
    let mut next = 0;
    std::iter::from_fn(move || {
        while next < bytes.len() {
            let (start, mut end, mut is_unusual) = (next, next, false);
            while end < bytes.len() && bytes[end] != b' ' {
                is_unusual |= !is_plain(bytes[end]);
                end += 1;
            }
            next = bytes.len().min(end + 1);
            // A second space is a word of its own.
            if is_unusual || end == start {
                return Some((start, next));
            }
        }
        None
    })
}

/// Returns `true` if a byte is an ASCII character that is neither white space nor in a separator.
fn is_plain(byte: u8) -> bool {
    let separates = matches!(byte, b'|' | b'-' | b':' | b'<' | b'>' | b'~' | b'/' | b'\\');
    byte.is_ascii_graphic() && !separates
}

/// Returns `true` if `part` is separated in `title` from the text before and after it.
pub(super) fn is_part(title: &str, part: &str) -> bool {
    let mut found = title.match_indices(part);
    found.any(|(at, _)| {
        let (before, behind) = (&title[..at], &title[at + part.len()..]);
        let ends = before.rfind(char::is_alphanumeric);
        let ends = ends.map_or(0, |at| {
            at + before[at..].chars().next().map_or(0, char::len_utf8)
        });
        let begins = behind.find(char::is_alphanumeric).unwrap_or(behind.len());
        let is_alone = |run: &str, side: &str| side.is_empty() || sets_off(run);
        is_alone(&before[ends..], before) && is_alone(&behind[..begins], behind)
    })
}

/// Returns `true` if a run of white space and signs separates two parts of a title.
fn sets_off(run: &str) -> bool {
    let has_sign = run.chars().any(|c| !c.is_whitespace());
    let is_loose = run.contains(char::is_whitespace) || run.contains(TIGHT_SEPARATORS);
    has_sign && is_loose
}

#[cfg(test)]
mod tests {
    use super::{SEPARATORS, is_part, is_plain, separators};

    #[test]
    fn separators_are_signs_between_words() {
        for (title, expected) in [
            ("A | Blog", vec![" | "]),
            ("A — B :: C", vec![" — ", " :: "]),
            ("18F: A", vec![": "]),
            ("A|Blog", vec!["|"]),
            ("« A » B", vec!["« ", "«", " » "]),
            ("C-- and C++, a-b: c", vec![": "]),
            ("A ✦ Ada", vec![" ✦ "]),
            ("Hello, world", vec![]),
            ("", vec![]),
        ] {
            let found: Vec<&str> = separators(title).into_iter().map(|at| &title[at]).collect();
            if title.starts_with('«') {
                assert!(found.contains(&" » "), "{found:?}");
            } else {
                assert_eq!(found, expected, "{title}");
            }
        }
    }

    #[test]
    fn plain_bytes_are_in_no_separator() {
        for byte in 0..=u8::MAX {
            let in_separator = SEPARATORS
                .iter()
                .any(|c| c.to_string().as_bytes().contains(&byte));
            let is_space = char::from(byte).is_whitespace() && byte.is_ascii();
            assert!(!is_plain(byte) || !in_separator && !is_space, "{byte}");
        }
    }

    #[test]
    fn long_title_has_few_separators() {
        let title = "a | ".repeat(10_000);
        assert_eq!(separators(&title).len(), 16);
    }

    #[test]
    fn part_is_between_separators() {
        for (title, part, expected) in [
            ("Tides | Ada", "Tides", true),
            ("Ada: Tides", "Tides", true),
            ("Ada ⟫ Tides ⟫ Notes", "Tides", true),
            ("Tides, Ada's notes", "Tides", true),
            ("Tides|Ada", "Tides", true),
            ("Tides", "Tides", true),
            ("Tides of the sea | Ada", "Tides", false),
            ("High-Tides | Ada", "Tides", false),
            ("What is C++? | Ada", "What is C", true),
            ("Tides! | Ada", "Tides", true),
            ("Tidesman | Ada", "Tides", false),
            ("Tides's | Ada", "Tides", false),
        ] {
            assert_eq!(is_part(title, part), expected, "{title} {part}");
        }
    }
}

//! Finds the separators between a title and the site's name.

use std::ops::Range;

use memchr::memchr_iter;

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
    let mut at = 0;
    let ends = memchr_iter(b' ', title.as_bytes()).map(|space| space + 1);
    for end in ends.chain([title.len()]) {
        let (start, word) = (at, &title[at..end]);
        at = end;
        let plain = word.strip_suffix(' ').unwrap_or(word).as_bytes();
        if plain.iter().all(u8::is_ascii_alphanumeric) && !word.starts_with(' ') {
            continue;
        }
        let bare = word.trim_end();
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
    use super::{is_part, separators};

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

//! Cuts a text to the length of a card's description.

use unicode_segmentation::UnicodeSegmentation;

use super::sentences;

/// The fewest characters of the sentences that are kept alone.
const MIN: usize = 120;

/// The number of characters that a description has at most.
const MAX: usize = 300;

/// The number of characters that [`shorten`] reads. The end of a sentence may depend on the next words, but not on the
/// end of an endless paragraph.
pub const MAX_SHORTENED: usize = 4 * MAX;

/// Returns `text` if it has at most 300 characters, else its first sentences, else its first words
/// and `…`.
#[must_use]
pub fn shorten(text: &str) -> String {
    if text.len() <= MAX || text.chars().take(MAX + 1).count() <= MAX {
        return text.to_owned();
    }
    if let Some(sentences) = shorten_beginning(text) {
        return sentences;
    }
    let text = text
        .char_indices()
        .nth(MAX_SHORTENED)
        .map_or(text, |(end, _)| &text[..end]);
    let end = sentences_end(text).unwrap_or(0);
    if end > 0 {
        return text[..end].trim_end().to_owned();
    }
    let end = segments_end(text.split_word_bound_indices(), MAX - 1);
    let end = if end > 0 {
        end
    } else {
        // One endless word.
        segments_end(text.grapheme_indices(true), MAX - 1)
    };
    let words = text[..end].trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '–' | '—' | '(')
    });
    format!("{words}…")
}

/// Returns the value of [`shorten`] for every text that begins with `text`. Returns `None` if it may depend on the rest of
/// the text, and for some rare characters.
#[must_use]
pub fn shorten_beginning(text: &str) -> Option<String> {
    let end = sentences::last_end(text, MAX)?;
    let sentences = &text[..end];
    (sentences.chars().count() >= MIN).then(|| sentences.to_owned())
}

/// Returns the end of the last sentence that fits, unless that is too little text.
fn sentences_end(text: &str) -> Option<usize> {
    let mut end = 0;
    let mut chars = 0;
    for (at, sentence) in text.split_sentence_bound_indices() {
        let seen = sentence.trim_end();
        if chars + seen.chars().count() > MAX {
            break;
        }
        chars += sentence.chars().count();
        end = at + seen.len();
    }
    (text[..end].chars().count() >= MIN).then_some(end)
}

/// Returns the end of the last segment that leaves at most `max` characters.
fn segments_end<'a>(segments: impl Iterator<Item = (usize, &'a str)>, max: usize) -> usize {
    let mut end = 0;
    let mut chars = 0;
    for (at, segment) in segments {
        chars += segment.chars().count();
        if chars > max {
            break;
        }
        end = at + segment.len();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::{MAX, shorten};
    use proptest::prelude::*;

    #[test]
    fn shorten_keeps_whole_sentences() {
        let short = "A sentence. Another one: without an end";
        assert_eq!(shorten(short), short);

        let first = format!("{}.", "word ".repeat(30).trim_end());
        let long = format!("{first} And {}", "more ".repeat(60));
        assert_eq!(shorten(&long), first);
    }

    #[test]
    fn shorten_keeps_words_and_ellipsis() {
        let long = format!("Short. {}", "word ".repeat(80));
        let cut = shorten(&long);
        assert!(cut.ends_with("word…"), "{cut}");
        assert!(
            cut.chars().count() > 290 && cut.chars().count() <= MAX,
            "{cut}"
        );

        assert_eq!(shorten(&"x".repeat(500)).chars().count(), MAX);
        assert_eq!(shorten(&"世界".repeat(300)).chars().count(), MAX);
    }

    proptest! {
        #[test]
        fn shorten_never_exceeds_limit(text in "[a-zA-Zäß世👩🏽‍💻 .,!?]{0,600}") {
            prop_assert!(shorten(&text).chars().count() <= MAX);
        }
    }
}

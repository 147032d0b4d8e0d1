//! A text cut to the length of a card's description.

use unicode_segmentation::UnicodeSegmentation;

/// A sentence that ends before this many characters says too little.
const MIN: usize = 120;

/// No description has more characters than this.
const MAX: usize = 300;

/// How many characters are looked at: whether a sentence is over may depend on what follows, but not on
/// the end of an endless paragraph.
const LOOKED_AT: usize = 4 * MAX;

/// `text` if it is short enough, else its first sentences, else its first words with `…`.
pub(crate) fn shorten(text: &str) -> String {
    if text.chars().take(MAX + 1).count() <= MAX {
        return text.to_owned();
    }
    let text = text
        .char_indices()
        .nth(LOOKED_AT)
        .map_or(text, |(end, _)| &text[..end]);
    let end = sentences(text).unwrap_or(0);
    if end > 0 {
        return text[..end].trim_end().to_owned();
    }
    let end = longest(text.split_word_bound_indices(), MAX - 1);
    let end = if end > 0 {
        end
    } else {
        // One endless word.
        longest(text.grapheme_indices(true), MAX - 1)
    };
    let words = text[..end].trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '–' | '—' | '(')
    });
    format!("{words}…")
}

/// Where the last sentence ends that fits, if that is far enough.
fn sentences(text: &str) -> Option<usize> {
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

/// Where the last segment ends that leaves at most `max` characters.
fn longest<'a>(segments: impl Iterator<Item = (usize, &'a str)>, max: usize) -> usize {
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
    fn whole_sentences_are_kept_where_they_say_enough() {
        let short = "A sentence. Another one: without an end";
        assert_eq!(shorten(short), short);

        let first = format!("{}.", "word ".repeat(30).trim_end());
        let long = format!("{first} And {}", "more ".repeat(60));
        assert_eq!(shorten(&long), first);
    }

    #[test]
    fn else_whole_words_with_an_ellipsis() {
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
        fn nothing_gets_longer_than_it_may(text in "[a-zA-Zäß世👩🏽‍💻 .,!?]{0,600}") {
            prop_assert!(shorten(&text).chars().count() <= MAX);
        }
    }
}

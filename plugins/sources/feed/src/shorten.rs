//! A text cut to the length of a card's description.

use unicode_segmentation::UnicodeSegmentation;

/// A sentence that ends before this many characters says too little.
const MIN: usize = 120;

/// No description has more characters than this.
const MAX: usize = 300;

/// `text` if it is short enough, else its first sentences, else its first words with `…`.
pub(crate) fn shorten(text: &str) -> String {
    if text.chars().nth(MAX).is_none() {
        return text.to_owned();
    }
    if let Some(end) = end_of(text.split_sentence_bound_indices(), MAX)
        .map(|end| text[..end].trim_end())
        .filter(|sentences| sentences.chars().nth(MIN - 1).is_some())
    {
        return end.to_owned();
    }
    let words = end_of(text.split_word_bound_indices(), MAX - 1)
        // One endless word.
        .or_else(|| end_of(text.grapheme_indices(true), MAX - 1))
        .unwrap_or(0);
    let words = text[..words].trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '–' | '—' | '(')
    });
    format!("{words}…")
}

/// Where the last segment ends that leaves at most `max` characters, not counting white space at
/// its end; `None` where that is none.
fn end_of<'a>(segments: impl Iterator<Item = (usize, &'a str)>, max: usize) -> Option<usize> {
    let mut end = None;
    let mut chars = 0;
    for (at, segment) in segments {
        if chars + segment.trim_end().chars().count() > max {
            break;
        }
        chars += segment.chars().count();
        end = Some(at + segment.trim_end().len())
            .filter(|end| *end > at)
            .or(end);
    }
    end
}

//! Where a text may end early. A cut falls between words, never inside what a reader sees as one
//! character (UAX #29: an emoji of several code points is one) and never inside an address.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// What stands for the part that was cut off.
const ELLIPSIS: char = '…';

/// A longer run without a space is cut inside: scripts that use none, and chemical names.
const LONG_WORD: usize = 20;

/// The places, as ascending byte offsets, at which `text` may be cut with something left of it.
pub(super) fn cuts(text: &str) -> Vec<usize> {
    let mut cuts = Vec::new();
    for (start, word) in words(text) {
        let is_long = word.graphemes(true).nth(LONG_WORD).is_some();
        if is_long && !word.contains("://") {
            cuts.extend(cuts_inside(word).into_iter().map(|offset| start + offset));
        }
        cuts.push(start + word.len());
    }
    cuts.retain(|&offset| {
        offset < text.trim_end().len()
            && is_boundary(text, offset)
            && !without_loose_end(&text[..offset]).is_empty()
    });
    cuts
}

/// `text` up to `offset`, one of its cuts, with the sign that something is missing.
pub(super) fn cut_at(text: &str, offset: usize) -> String {
    let mut cut = without_loose_end(&text[..offset]).to_owned();
    cut.push(ELLIPSIS);
    cut
}

/// `text` as it is, or cut so that at most `max` characters remain, the sign included.
pub(super) fn truncate(text: &str, max: usize) -> String {
    let Some((room, _)) = text.grapheme_indices(true).nth(max.saturating_sub(1)) else {
        return text.to_owned();
    };
    if text[room..].graphemes(true).nth(1).is_none() {
        return text.to_owned();
    }
    let cuts = cuts(text);
    let fitting = cuts.partition_point(|&offset| offset <= room);
    match fitting.checked_sub(1) {
        Some(last) => cut_at(text, cuts[last]),
        // Not one word fits: better half a word than nothing.
        None => cut_at(text, room),
    }
}

/// The offset behind the first `count` characters, or the text's end.
pub(super) fn offset_of(text: &str, count: usize) -> usize {
    text.grapheme_indices(true)
        .nth(count)
        .map_or(text.len(), |(offset, _)| offset)
}

/// The runs between white space, with their offsets.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut end = 0;
    text.split_inclusive(char::is_whitespace)
        .map(move |run| {
            let start = end;
            end += run.len();
            (start, run.trim_end())
        })
        .filter(|(_, word)| !word.is_empty())
}

/// The word boundaries inside a long run; where even these are far apart, every character's.
fn cuts_inside(run: &str) -> Vec<usize> {
    run.split_word_bound_indices()
        .flat_map(|(start, word)| {
            let is_long = word.graphemes(true).nth(LONG_WORD).is_some();
            let inside: Vec<usize> = if is_long {
                word.grapheme_indices(true)
                    .map(|(offset, _)| start + offset)
                    .collect()
            } else {
                vec![start]
            };
            inside
        })
        .filter(|&offset| offset > 0)
        .collect()
}

fn is_boundary(text: &str, offset: usize) -> bool {
    GraphemeCursor::new(offset, text.len(), true)
        .is_boundary(text, 0)
        // The whole text is given, so nothing can be incomplete.
        .unwrap_or(false)
}

/// Without the white space and the punctuation after which an ellipsis looks torn off.
fn without_loose_end(text: &str) -> &str {
    let mut kept = text;
    for grapheme in text.graphemes(true).rev() {
        let is_loose = grapheme.chars().all(char::is_whitespace)
            || matches!(
                grapheme,
                "," | ";"
                    | ":"
                    | "."
                    | "…"
                    | "-"
                    | "–"
                    | "—"
                    | "("
                    | "["
                    | "{"
                    | "/"
                    | "、"
                    | "，"
                    | "。"
            );
        if !is_loose {
            break;
        }
        kept = &kept[..kept.len() - grapheme.len()];
    }
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::{cut_at, cuts, truncate};

    #[test]
    fn texts_are_cut_between_words() {
        for (text, max, expected) in [
            ("short", 5, "short"),
            ("short", 100, "short"),
            ("one two three", 12, "one two…"),
            ("one two three", 8, "one two…"),
            ("one two three", 7, "one…"),
            ("one, two – three", 12, "one, two…"),
            ("C# and C++ differ", 8, "C# and…"),
            ("unbreakable", 5, "unbr…"),
            ("see https://example.org/a/very/long/path now", 30, "see…"),
            (
                "日本語の文章は空白を使わないので困ることがよくあります",
                10,
                "日本語の文章は空白…",
            ),
            ("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 2, "👩‍👩‍👧…"),
            ("a b", 1, "…"),
            ("", 3, ""),
        ] {
            assert_eq!(truncate(text, max), expected, "{text} at {max}");
        }
    }

    proptest! {
        #[test]
        fn cuts_keep_characters_whole(text in r"[a-z ,.\-👩‍👧🇩🇪é\u{301}日本]{0,60}") {
            let whole: Vec<usize> = text.grapheme_indices(true).map(|(offset, _)| offset).collect();
            let cuts = cuts(&text);
            prop_assert!(cuts.is_sorted());
            for offset in cuts {
                prop_assert!(whole.contains(&offset));
                prop_assert_ne!(cut_at(&text, offset), "…");
            }
        }

        #[test]
        fn what_is_truncated_is_not_longer(text in r"\PC{0,60}", max in 1_usize..40) {
            let truncated = truncate(&text, max);
            prop_assert!(truncated.graphemes(true).count() <= max);
            if text.graphemes(true).count() <= max {
                prop_assert_eq!(truncated, text);
            }
        }
    }
}

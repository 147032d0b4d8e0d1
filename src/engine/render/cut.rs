//! Finds positions at which text may be cut: between words, never inside a grapheme cluster (UAX #29)
//! and never inside a URL.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// The replacement for the removed text.
const ELLIPSIS: char = '…';

/// Length in characters above which a word may be cut inside: scripts without spaces, chemical names.
const LONG_WORD: usize = 20;

/// Returns the byte offsets, in ascending order, at which `text` may be cut. Each leaves some text.
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

/// Returns `text` up to `offset`, one of its [`cuts`], with an ellipsis.
pub(super) fn cut_at(text: &str, offset: usize) -> String {
    let mut cut = without_loose_end(&text[..offset]).to_owned();
    cut.push(ELLIPSIS);
    cut
}

/// Returns `text` with at most `max` characters, including the ellipsis if it is cut.
pub(super) fn truncate(text: &str, max: usize) -> String {
    let Some((last_start, _)) = text.grapheme_indices(true).nth(max.saturating_sub(1)) else {
        return text.to_owned();
    };
    if text[last_start..].graphemes(true).nth(1).is_none() {
        return text.to_owned();
    }
    let cuts = cuts(text);
    let fitting = cuts.partition_point(|&offset| offset <= last_start);
    match fitting.checked_sub(1) {
        Some(last) => cut_at(text, cuts[last]),
        // Not even the first word fits, so the word is cut.
        None => cut_at(text, last_start),
    }
}

/// Returns the byte offset after the first `count` characters, or the length of `text`.
pub(super) fn offset_of(text: &str, count: usize) -> usize {
    text.grapheme_indices(true)
        .nth(count)
        .map_or(text.len(), |(offset, _)| offset)
}

/// Returns the runs between white space, with their byte offsets.
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

/// Returns the word boundaries inside a long run, or all character boundaries if words are too long.
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
        // The cursor has the whole text, so the result cannot be incomplete.
        .unwrap_or(false)
}

/// Returns `text` without trailing white space and without punctuation that looks wrong before an
/// ellipsis.
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
    fn truncate_cuts_between_words() {
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

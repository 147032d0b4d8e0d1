//! Splits a commentary at the point where a feed hides the rest behind "see more".

use syndicate_api::TextFold;

/// Splits `text` into the visible part and the folded part. The second part is empty if nothing is folded;
/// together they are always the complete text.
#[must_use]
pub(crate) fn split_at_fold(text: &str, fold: Option<TextFold>) -> (&str, &str) {
    let Some(fold) = fold else {
        return (text, "");
    };
    let by_lines = text
        .match_indices('\n')
        .nth(fold.lines.saturating_sub(1))
        .map(|(at, _)| at);
    let by_characters = text.char_indices().nth(fold.characters).map(|(at, _)| at);
    let Some(most) = by_lines.into_iter().chain(by_characters).min() else {
        return (text, "");
    };
    if text[most..].trim().is_empty() {
        return (text, "");
    }
    let is_between = text[most..].starts_with(char::is_whitespace);
    let before = text[..most].rfind(char::is_whitespace);
    // Splits between words, unless that would hide more than half of the visible text.
    let at = match before.filter(|_| !is_between) {
        Some(at) if at > most / 2 => at,
        _ => most,
    };
    text.split_at(at)
}

#[cfg(test)]
mod tests {
    use super::split_at_fold;
    use proptest::prelude::*;
    use syndicate_api::TextFold;

    const FOLD: Option<TextFold> = Some(TextFold {
        characters: 20,
        lines: 3,
    });

    #[test]
    fn short_text_is_not_folded() {
        for text in [
            "",
            "short",
            "1\n2\n3",
            "1\n2\n3\n  ",
            "exactly twenty chars",
        ] {
            assert_eq!(split_at_fold(text, FOLD), (text, ""));
        }
        let long = "x".repeat(5000);
        assert_eq!(split_at_fold(&long, None), (long.as_str(), ""));
    }

    #[test]
    fn fold_splits_between_words() {
        assert_eq!(split_at_fold("1\n2\n3\n4", FOLD), ("1\n2\n3", "\n4"));
        assert_eq!(
            split_at_fold("nineteen characters and more", FOLD),
            ("nineteen characters", " and more")
        );
        let (shown, rest) = split_at_fold("aaaaaaaaaaaaaaaaaaaaaaaaa", FOLD);
        assert_eq!((shown.len(), rest.len()), (20, 5));
    }

    proptest! {
        #[test]
        fn fold_keeps_text_within_limit(text in any::<String>()) {
            let (shown, rest) = split_at_fold(&text, FOLD);
            prop_assert_eq!(format!("{shown}{rest}"), text.as_str());
            if !rest.is_empty() {
                prop_assert!(shown.chars().count() <= 20);
                prop_assert!(shown.matches('\n').count() < 3);
            }
        }
    }
}

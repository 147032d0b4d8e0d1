//! Finds the ends of sentences in texts of common characters, by the rules of Unicode ("Sentence Boundaries", UAX 29).
//! It takes a fraction of the time of the complete implementation, which reads all other texts.

/// The properties of a character that the rules depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// `.`, which may also be a part of an abbreviation.
    Stop,
    /// `!` and `?`.
    Mark,
    Lower,
    Upper,
    /// A letter without case.
    Letter,
    Digit,
    Space,
    /// A quotation mark or bracket.
    Close,
    /// A sign that continues a sentence, such as a comma.
    Continue,
    /// A character that neither ends nor continues a sentence.
    Other,
}

use Class::{Close, Continue, Digit, Letter, Lower, Mark, Other, Space, Stop, Upper};

/// The number of characters after the maximum that are read to find the end of a sentence.
const LOOKAHEAD: usize = 100;

/// Returns the end of the last sentence that ends within the first `max` characters of `text`, or 0 if none does.
/// Returns `None` if the end may depend on text after `text`, on text more than [`LOOKAHEAD`] characters after the first
/// `max`, or on a character that this function does not know.
pub(super) fn last_end(text: &str, max: usize) -> Option<usize> {
    let classes = classes(text, max + LOOKAHEAD);
    let class_at = |index: usize| classes.get(index).copied();
    let mut end = 0;
    let mut index = 0;
    loop {
        let (at, class) = class_at(index)?;
        if index >= max && class != Space {
            return Some(end);
        }
        index += 1;
        if !matches!(class, Stop | Mark) {
            continue;
        }
        let before = index.checked_sub(2).map(class_at);
        let before = before.map_or(Some(Other), |found| Some(found?.1))?;
        let (next_at, next) = class_at(index)?;
        let is_within_word =
            class == Stop && (next == Digit || next == Upper && matches!(before, Upper | Lower));
        if is_within_word {
            continue;
        }
        let mut seen = (next_at, index);
        while class_at(seen.1)?.1 == Close {
            seen.1 += 1;
            seen.0 = class_at(seen.1)?.0;
        }
        let mut start = seen.1;
        while class_at(start)?.1 == Space {
            start += 1;
        }
        if matches!(class_at(start)?.1, Continue | Stop | Mark) {
            continue;
        }
        if class == Stop {
            let mut word = start;
            while matches!(class_at(word)?.1, Digit | Space | Close | Continue | Other) {
                word += 1;
            }
            if class_at(word)?.1 == Lower {
                continue;
            }
        }
        if seen.1 > max {
            return Some(end);
        }
        debug_assert!(seen.0 > at, "the end is after the sign");
        end = seen.0;
        index = start;
    }
}

/// Returns the offsets and classes of the first `max` characters of `text`, up to the first unknown one.
fn classes(text: &str, max: usize) -> Vec<(usize, Class)> {
    let mut classes = Vec::with_capacity(max);
    for (at, c) in text.char_indices().take(max) {
        let of_ascii = ASCII_CLASSES.get(c as usize);
        let Some(class) = of_ascii.copied().unwrap_or_else(|| class(c)) else {
            break;
        };
        classes.push((at, class));
    }
    classes
}

/// The class of each ASCII character.
const ASCII_CLASSES: [Option<Class>; 128] = {
    let mut classes = [None; 128];
    let mut code = 0_u8;
    while code < 128 {
        classes[code as usize] = class(code as char);
        code += 1;
    }
    classes
};

/// Returns the class of a character, or `None` if this module does not know it.
const fn class(c: char) -> Option<Class> {
    Some(match c {
        '.' => Stop,
        '!' | '?' => Mark,
        'a'..='z' | '\u{df}'..='\u{f6}' | '\u{f8}'..='\u{ff}' => Lower,
        'A'..='Z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{de}' => Upper,
        '\u{4e00}'..='\u{9fff}' => Letter,
        '0'..='9' => Digit,
        ' ' => Space,
        '"' | '\'' | '(' | ')' | '[' | ']' | '{' | '}' | '«' | '»' | '‘'..='‟' => Close,
        ',' | '-' | ':' | '–' | '—' => Continue,
        '#'
        | '$'
        | '%'
        | '&'
        | '*'
        | '+'
        | '/'
        | '<'..='>'
        | '@'
        | '\\'
        | '^'
        | '_'
        | '`'
        | '|'
        | '~'
        | '…' => Other,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation as _;

    use super::*;
    use crate::testkit::trials;
    use crate::text::collapse_whitespace;

    /// Returns the end by the complete implementation.
    fn complete_end(text: &str, max: usize) -> usize {
        let mut end = 0;
        let mut chars = 0;
        for (at, sentence) in text.split_sentence_bound_indices() {
            let seen = sentence.trim_end();
            if chars + seen.chars().count() > max {
                break;
            }
            chars += sentence.chars().count();
            end = at + seen.len();
        }
        end
    }

    #[test]
    fn usual_sentences_are_known() {
        for (text, end) in [
            ("One. Two three four", "One."),
            (
                "It is 3.5 m. “Good!” he said. And so on it goes",
                "It is 3.5 m. “Good!” he said.",
            ),
            (
                "By A. Smith, e.g. here. 東京 is far away from here",
                "By A. Smith, e.g. here.",
            ),
        ] {
            assert_eq!(last_end(text, end.chars().count() + 2), Some(end.len()));
        }
        for text in ["One.", "One. ", "One. “", "One; two"] {
            assert_eq!(last_end(text, 5), None, "{text}");
        }
        assert_eq!(last_end("One two", 5), Some(0));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(trials(1_024)))]

        #[test]
        fn sentence_ends_agree_with_unicode(
            text in "([a-cA-CéÉß東 ]{1,4}|[.!?]|[\"'()“”’«»]|[-,:–—]|[0-9#&/…]| |e\\.g\\. |[;。\u{ad}\u{301}]?){0,60}",
            more in "[ a-cA-C.!?,0-9\"”;。\u{301}]{0,12}",
            max in 1..60_usize,
        ) {
            let text = collapse_whitespace(&text);
            if let Some(end) = last_end(&text, max) {
                prop_assert_eq!(end, complete_end(&text, max), "{:?}", text);
                let longer = format!("{text}{more}");
                prop_assert_eq!(end, complete_end(&longer, max), "{:?}", longer);
            }
        }
    }
}

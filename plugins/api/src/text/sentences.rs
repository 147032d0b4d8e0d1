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
    let chars = last_end_in_chars(&classes(text, max + LOOKAHEAD), max)?;
    let mut rest = text.chars();
    if let Some(before_last) = chars.checked_sub(1) {
        rest.nth(before_last)?;
    }
    Some(text.len() - rest.as_str().len())
}

/// Returns the same as [`last_end`] as a number of characters; `classes` are those of the text.
fn last_end_in_chars(classes: &[Option<Class>], max: usize) -> Option<usize> {
    let class_at = |index: usize| classes.get(index).copied().flatten();
    let mut end = 0;
    let mut index = 0;
    loop {
        let is_decisive = |(ahead, class): (usize, &Option<Class>)| match class {
            None | Some(Stop | Mark) => true,
            Some(class) => index + ahead >= max && *class != Space,
        };
        let mut ahead = classes.get(index..)?.iter().enumerate();
        index += ahead.position(is_decisive)?;
        let class = class_at(index)?;
        if index >= max {
            return Some(end);
        }
        let before = index.checked_sub(1).map_or(Some(Other), class_at)?;
        index += 1;
        let next = class_at(index)?;
        let is_within_word =
            class == Stop && (next == Digit || next == Upper && matches!(before, Upper | Lower));
        if is_within_word {
            continue;
        }
        let mut seen = index;
        while class_at(seen)? == Close {
            seen += 1;
        }
        let mut start = seen;
        while class_at(start)? == Space {
            start += 1;
        }
        if matches!(class_at(start)?, Continue | Stop | Mark) {
            continue;
        }
        if class == Stop {
            let mut word = start;
            while matches!(class_at(word)?, Digit | Space | Close | Continue | Other) {
                word += 1;
            }
            if class_at(word)? == Lower {
                continue;
            }
        }
        if seen > max {
            return Some(end);
        }
        end = seen;
        index = start;
    }
}

/// Returns the classes of the first `max` characters of `text`; `None` for unknown characters.
fn classes(text: &str, max: usize) -> Vec<Option<Class>> {
    let mut classes = Vec::with_capacity(max);
    let mut rest = text;
    loop {
        let within = &rest.as_bytes()[..rest.len().min(max - classes.len())];
        let other = within.iter().position(|byte| !byte.is_ascii());
        let ascii = &within[..other.unwrap_or(within.len())];
        classes.extend(
            ascii
                .iter()
                .map(|byte| ASCII_CLASSES[usize::from(*byte & 0x7f)]),
        );
        let mut after = rest[ascii.len()..].chars();
        let (Some(_), Some(c)) = (other, after.next()) else {
            return classes;
        };
        classes.push(class(c));
        rest = after.as_str();
    }
}

/// The class of each ASCII character.
static ASCII_CLASSES: [Option<Class>; 128] = {
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

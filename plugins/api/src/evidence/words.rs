//! Splits text into lower-case words by the rules of Unicode (UAX 29).
//!
//! The words and their case only depend on the text between two spaces if an ASCII letter or digit follows the space,
//! so the text is split there, and the rules are applied to the parts that are not plain.

use unicode_segmentation::UnicodeSegmentation as _;

/// Passes each word of `text` to `receive`, in lower case.
pub(super) fn for_each_word(text: &str, mut receive: impl FnMut(&str)) {
    let mut lower = String::new();
    for part in Parts(text) {
        if part.is_ascii() {
            lower.clear();
            lower.push_str(part);
            lower.make_ascii_lowercase();
        } else {
            lower = part.to_lowercase();
        }
        if is_word(&lower) {
            receive(&lower);
        } else {
            lower.unicode_words().for_each(&mut receive);
        }
    }
}

fn is_word(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The parts of a text, without the spaces between them.
struct Parts<'t>(&'t str);

impl<'t> Iterator for Parts<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        if self.0.is_empty() {
            return None;
        }
        let mut pairs = self.0.as_bytes().windows(2);
        let end = pairs.position(|pair| pair[0] == b' ' && pair[1].is_ascii_alphanumeric());
        let (part, rest) = match end {
            Some(end) => (&self.0[..end], &self.0[end + 1..]),
            None => (self.0, ""),
        };
        self.0 = rest;
        Some(part)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation as _;

    use super::for_each_word;
    use crate::testkit::trials;

    fn words(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        for_each_word(text, |word| words.push(word.to_owned()));
        words
    }

    fn words_by_rules(text: &str) -> Vec<String> {
        let lower = text.to_lowercase();
        lower.unicode_words().map(str::to_owned).collect()
    }

    #[test]
    fn words_are_those_of_unicode() {
        for text in [
            "",
            " ",
            "One two, 3.14 and don't",
            "ΟΔΟΣ ΟΔΟΣa ΟΔΟΣ 'Σ a",
            "a \u{308}b c\u{308} d",
            "日本語の 記事 です x",
            "x \u{200d}y z_w 1,000 a. b",
        ] {
            assert_eq!(words(text), words_by_rules(text), "{text:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(trials(256)))]

        #[test]
        fn words_agree_with_rules(text in "([a-c1 .,':_ΣσİßÄ\u{308}\u{200d}日カ\u{1F1E9}\n\t]|\\PC){0,40}") {
            prop_assert_eq!(words(&text), words_by_rules(&text));
        }
    }
}

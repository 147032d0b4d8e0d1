//! `first_sentence`: returns the text up to the end of its first sentence, by the rules of UAX #29.
//! These handle `3.5` and `e.g. this`, but break after `e.g. Rust`, `Dr. Who` and `“Why?” she asked`.
//! A boundary after an abbreviation or before a lower-case letter is therefore skipped.

use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation;

use super::helper::{Helper, HelperOutput};
use super::signature::{Signature, VALUE};

/// Abbreviations that rarely end a sentence, in common languages of blogs. Single letters with full
/// stops (`e.g.`, `z. B.`, `J. R. R.`) need no entry.
const ABBREVIATIONS: &[&str] = &[
    "abb", "bzw", "ca", "cf", "ch", "dr", "ed", "eq", "etc", "evtl", "ex", "fig", "ggf", "inkl",
    "jr", "mr", "mrs", "ms", "no", "nr", "p", "pp", "prof", "resp", "sec", "sog", "sr", "st",
    "usw", "vgl", "vol", "vs",
];

pub(super) const FIRST_SENTENCE: Helper = Helper {
    signature: Signature {
        name: "first_sentence",
        usage: "{{first_sentence TEXT}}",
        parameters: 1..=1,
        options: &[],
        uses: VALUE,
    },
    run: |arguments| {
        let text = arguments.text(0)?;
        Ok(HelperOutput::Value(Value::from(first_sentence(&text))))
    },
};

fn first_sentence(text: &str) -> &str {
    let text = text.trim();
    let mut end = 0;
    for sentence in text.split_sentence_bounds() {
        end += sentence.len();
        let goes_on = ends_in_abbreviation(sentence) || text[end..].starts_with(char::is_lowercase);
        if sentence.ends_with('\n') || !goes_on {
            break;
        }
    }
    text[..end].trim_end()
}

fn ends_in_abbreviation(sentence: &str) -> bool {
    let Some(rest) = sentence.trim_end().strip_suffix('.') else {
        return false;
    };
    let word = rest
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '.' | '(' | '[' | '"' | '“' | '„'))
        .next()
        .unwrap_or_default();
    let is_letter = word.graphemes(true).count() == 1 && word.chars().all(char::is_alphabetic);
    is_letter || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::first_sentence;

    #[test]
    fn abbreviations_do_not_end_sentence() {
        for (text, expected) in [
            ("One. Two.", "One."),
            ("  Is it? Yes.", "Is it?"),
            ("Version 3.5 is out. Get it.", "Version 3.5 is out."),
            (
                "Languages, e.g. Rust, are fun. Really.",
                "Languages, e.g. Rust, are fun.",
            ),
            ("Dr. Who vs. Mr. Hyde! More.", "Dr. Who vs. Mr. Hyde!"),
            ("Das ist z. B. Rust. Ende.", "Das ist z. B. Rust."),
            ("By J. R. R. Tolkien. Old.", "By J. R. R. Tolkien."),
            ("“Really?” he said. Yes.", "“Really?” he said."),
            ("これは文です。次の文。", "これは文です。"),
            ("A line\nAnother line.", "A line"),
            ("no end", "no end"),
            ("", ""),
        ] {
            assert_eq!(first_sentence(text), expected);
        }
    }

    proptest! {
        #[test]
        fn it_is_how_the_text_begins(text in r"(\PC|\n){0,60}") {
            prop_assert!(text.trim().starts_with(first_sentence(&text)));
        }
    }
}

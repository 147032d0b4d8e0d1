//! `hashtags` and `hashtag`: convert tags to words that platforms link. A hashtag ends at the first
//! character other than a letter, a digit or `_`, so `C++` and `Social Sharing` are converted to one
//! word, the one that is common on platforms.

use std::collections::BTreeSet;

use unicode_segmentation::UnicodeSegmentation;

use super::helper::{Helper, HelperOutput};
use super::signature::{Signature, VALUE};
use crate::engine::render::spans::{is_hashtag, is_word_character};

pub(super) const HASHTAGS: Helper = Helper {
    signature: Signature {
        name: "hashtags",
        usage: "{{hashtags LIST max=3 deny=\"draft,misc\"}}",
        parameters: 1..=1,
        options: &["deny", "max"],
        uses: VALUE,
    },
    run: |arguments| {
        let deny = arguments.option("deny")?.unwrap_or_default();
        let max = arguments.count_option("max")?.unwrap_or(usize::MAX);
        let tags = arguments.texts(0)?;
        let tags = tags.iter().flat_map(|tag| tag.split(','));
        Ok(HelperOutput::Hashtags(words(tags, &deny, max)))
    },
};

pub(super) const HASHTAG: Helper = Helper {
    signature: Signature {
        name: "hashtag",
        usage: "{{hashtag TEXT}}",
        parameters: 1..=1,
        options: &[],
        uses: VALUE,
    },
    run: |arguments| {
        let tag = arguments.text(0)?;
        Ok(HelperOutput::Hashtags(words([&*tag], "", 1)))
    },
};

/// Returns the first `max` hashtags, without duplicates and without the words in `deny`.
fn words<'a>(tags: impl IntoIterator<Item = &'a str>, deny: &str, max: usize) -> Vec<String> {
    let mut seen: BTreeSet<String> = deny
        .split(',')
        .filter_map(|tag| word(tag).map(|word| word.to_lowercase()))
        .collect();
    tags.into_iter()
        .filter_map(word)
        .filter(|word| seen.insert(word.to_lowercase()))
        .take(max)
        .collect()
}

/// Returns `tag` as one word, or `None` if no part of it can be a hashtag.
fn word(tag: &str) -> Option<String> {
    let tag = tag.trim().trim_start_matches('#');
    let words: Vec<String> = tag
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | '–' | '—' | '&'))
        .map(|word| known(word).map_or_else(|| letters(word), str::to_owned))
        .filter(|word| !word.is_empty())
        .collect();
    let joined = match words.as_slice() {
        [word] => word.clone(),
        words => words.iter().map(|word| capitalised(word)).collect(),
    };
    is_hashtag(&joined).then_some(joined)
}

/// Returns the word for a name that needs its punctuation, such as `C++`.
fn known(word: &str) -> Option<&'static str> {
    const NAMES: &[(&str, &str)] = &[
        (".net", "dotnet"),
        ("asp.net", "aspnet"),
        ("c#", "csharp"),
        ("c++", "cpp"),
        ("f#", "fsharp"),
        ("g++", "gpp"),
    ];
    let lower = word.to_lowercase();
    let found = NAMES.iter().find(|(name, _)| *name == lower);
    found.map(|(_, word)| *word)
}

/// Returns the characters of `word` that are valid in a hashtag.
fn letters(word: &str) -> String {
    word.graphemes(true)
        .filter(|character| is_word_character(character))
        .collect()
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(chars)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{word, words};

    #[test]
    fn tag_becomes_common_hashtag() {
        for (tag, expected) in [
            ("rust", Some("rust")),
            ("GitHub", Some("GitHub")),
            ("Social Sharing", Some("SocialSharing")),
            ("open-source software", Some("OpenSourceSoftware")),
            ("IoT devices", Some("IoTDevices")),
            ("snake_case", Some("snake_case")),
            ("c++", Some("cpp")),
            ("C#", Some("csharp")),
            ("F#", Some("fsharp")),
            (".NET", Some("dotnet")),
            ("node.js", Some("nodejs")),
            ("C++ tips", Some("CppTips")),
            ("what's new", Some("WhatsNew")),
            ("Web 2.0", Some("Web20")),
            ("CI/CD", Some("CICD")),
            ("Q&A", Some("QA")),
            ("été à Paris", Some("ÉtéÀParis")),
            ("日本語", Some("日本語")),
            ("हिन्दी", Some("हिन्दी")),
            ("#already", Some("already")),
            ("2026", None),
            ("👩‍💻 dev", Some("dev")),
            ("🦀", None),
            (" - ", None),
            ("", None),
        ] {
            assert_eq!(word(tag).as_deref(), expected, "{tag}");
        }
    }

    #[test]
    fn duplicate_and_denied_tags_do_not_count() {
        let tags = [
            "Rust",
            "2026",
            "rust",
            "Misc",
            "open source",
            "OpenSource",
            "cli",
            "web",
        ];
        assert_eq!(words(tags, "misc, OPEN source", 2), ["Rust", "cli"]);
    }

    proptest! {
        #[test]
        fn every_word_is_a_hashtag(tag in r"\PC{0,20}") {
            if let Some(word) = word(&tag) {
                prop_assert!(super::is_hashtag(&word), "{word}");
            }
        }
    }
}

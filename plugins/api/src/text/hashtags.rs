//! Hashtags: converts tags to words that platforms link. A hashtag ends at the first character other than a letter, a
//! digit or `_`, so `C++` and `Social Sharing` are converted to one word, the one that is common on platforms.

use std::collections::HashSet;

use unicode_segmentation::UnicodeSegmentation as _;

/// Returns the first `max` hashtags of `tags`, without duplicates and without those of the tags in `deny`.
pub fn hashtags<'a, 'd>(
    tags: impl IntoIterator<Item = &'a str>,
    deny: impl IntoIterator<Item = &'d str>,
    max: usize,
) -> Vec<String> {
    let denied = deny.into_iter().filter_map(hashtag);
    let mut seen: HashSet<String> = denied.map(|word| word.to_lowercase()).collect();
    tags.into_iter()
        .filter_map(hashtag)
        .filter(|word| seen.insert(word.to_lowercase()))
        .take(max)
        .collect()
}

/// Returns `tag` as the word of one hashtag, or `None` if no part of it can be one.
#[must_use]
pub fn hashtag(tag: &str) -> Option<String> {
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

/// Returns the length in bytes of the letters, digits and `_` at the start of `text`.
#[must_use]
pub fn hashtag_length(text: &str) -> usize {
    text.graphemes(true)
        .take_while(|character| is_word_character(character))
        .map(str::len)
        .sum()
}

/// Returns `true` if a grapheme cluster is part of a word: its base is a letter, a digit or `_`, and it
/// is not a keycap emoji. Combining marks, as in Indic scripts, belong to their base.
#[must_use]
pub fn is_word_character(character: &str) -> bool {
    let is_emoji = character.contains(['\u{fe0f}', '\u{20e3}']);
    !is_emoji && character.starts_with(|base: char| base.is_alphanumeric() || base == '_')
}

/// Returns `true` if `word` is a valid hashtag. It must contain a letter.
#[must_use]
pub fn is_hashtag(word: &str) -> bool {
    hashtag_length(word) == word.len() && word.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{hashtag, hashtags};

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
            assert_eq!(hashtag(tag).as_deref(), expected, "{tag}");
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
        assert_eq!(hashtags(tags, ["misc", " OPEN source"], 2), ["Rust", "cli"]);
    }

    proptest! {
        #[test]
        fn every_word_is_a_hashtag(tag in r"\PC{0,20}") {
            if let Some(word) = hashtag(&tag) {
                prop_assert!(super::is_hashtag(&word), "{word}");
            }
        }
    }
}

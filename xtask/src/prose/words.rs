//! Finds the words and phrases that must not appear in the project's names and prose.
//!
//! A text is split into words at everything that is not a letter and inside identifiers
//! (`is_no_date`, `IsNoDate`), so one list serves names and prose.

/// Single words, in lower case.
const WORDS: [&str; 11] = [
    "anew", "whoever", "whatever", "nobody", "somebody", "tells", "told", "house", "room", "rooms",
    "houses",
];

/// Phrases, in lower case.
const PHRASES: [&[&str]; 13] = [
    &["hang", "below"],
    &["hangs", "below"],
    &["stand", "in"],
    &["stands", "in"],
    &["lie", "in"],
    &["lies", "in"],
    &["is", "said"],
    &["goes", "by"],
    &["bring", "along"],
    &["brings", "along"],
    &["one", "can"],
    &["is", "no"],
    &["are", "no"],
];

/// Words that may follow "is no" and "are no", as in "is no longer".
const AFTER_NO: [&str; 3] = ["longer", "more", "less"];

/// A word or phrase of the list, found in a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct FoundWord {
    /// The line of its first word, counted from 1.
    pub(crate) line: usize,
    /// The word or phrase as the list has it.
    pub(crate) text: String,
}

/// A word of a text.
#[derive(Debug)]
struct Word {
    /// Line of the word, counted from 1.
    line: usize,
    /// The word in lower case.
    text: String,
    /// `true` if the word belongs to the same sentence or identifier as the word before it.
    continues: bool,
}

/// Returns the words and phrases of the list that `text` contains, in its order.
pub(crate) fn find(text: &str) -> Vec<FoundWord> {
    let words = split(text);
    let mut found = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let rest = &words[index..];
        if WORDS.contains(&word.text.as_str()) {
            found.push(FoundWord {
                line: word.line,
                text: word.text.clone(),
            });
        } else if let Some(phrase) = PHRASES.into_iter().find(|phrase| opens_with(rest, phrase)) {
            found.push(FoundWord {
                line: word.line,
                text: phrase.join(" "),
            });
        }
    }
    found
}

/// Returns `true` if `words` begin with `phrase` and nothing after it makes it acceptable.
fn opens_with(words: &[Word], phrase: &[&str]) -> bool {
    let is_phrase = words.len() >= phrase.len()
        && words
            .iter()
            .zip(phrase)
            .enumerate()
            .all(|(index, (word, wanted))| word.text == *wanted && (index == 0 || word.continues));
    let is_accepted = phrase.ends_with(&["no"])
        && words
            .get(phrase.len())
            .is_some_and(|next| next.continues && AFTER_NO.contains(&next.text.as_str()));
    is_phrase && !is_accepted
}

/// Splits a text into its words.
fn split(text: &str) -> Vec<Word> {
    let characters: Vec<char> = text.chars().collect();
    let mut words = Vec::new();
    let mut line = 1;
    let mut current = String::new();
    let mut continues = false;
    // Markers at the start of a line, such as `///` or `*`, do not interrupt a sentence.
    let mut at_line_start = true;
    for (index, &character) in characters.iter().enumerate() {
        let previous = index.checked_sub(1).map(|before| characters[before]);
        let is_word_start = previous.is_some_and(|previous| {
            starts_word(previous, character, characters.get(index + 1).copied())
        });
        if !current.is_empty() && (!character.is_alphabetic() || is_word_start) {
            words.push(Word {
                line,
                text: std::mem::take(&mut current),
                continues,
            });
            continues = true;
        }
        if character.is_alphabetic() {
            current.extend(character.to_lowercase());
            at_line_start = false;
        } else if character == '\n' {
            line += 1;
            at_line_start = true;
        } else if !joins_words(character, at_line_start, characters.get(index + 1).copied()) {
            continues = false;
        }
    }
    if !current.is_empty() {
        words.push(Word {
            line,
            text: current,
            continues,
        });
    }
    words
}

/// Returns `true` if a new word of an identifier in camel case starts at `character`.
fn starts_word(previous: char, character: char, next: Option<char>) -> bool {
    let follows_lower_case = previous.is_lowercase() || previous.is_ascii_digit();
    let ends_acronym = previous.is_uppercase() && next.is_some_and(char::is_lowercase);
    character.is_uppercase() && (follows_lower_case || ends_acronym)
}

/// Returns `true` if the words before and after `character` may be parts of one phrase.
fn joins_words(character: char, at_line_start: bool, next: Option<char>) -> bool {
    let is_comment_marker = at_line_start && matches!(character, '/' | '!' | '*' | '#' | '>');
    let continues_string = character == '\\' && next == Some('\n');
    character.is_whitespace() || character == '_' || is_comment_marker || continues_string
}

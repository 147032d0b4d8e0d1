//! Transliterates text to ASCII as Python's `unidecode` does.

use unidecode::unidecode_char;

/// The crate's replacement for an unknown character, which Python's package drops.
const UNKNOWN: &str = "[?]";

/// Characters whose replacement differs between version 1.4 of Python's package and the crate.
const REPLACEMENTS: &[(char, &str)] = &[
    // Kana
    ('し', "shi"),
    ('ち', "chi"),
    ('っ', "tsu"),
    ('つ', "tsu"),
    ('シ', "shi"),
    ('チ', "chi"),
    ('ッ', "tsu"),
    ('ツ', "tsu"),
    ('ー', "-"),
    // Hebrew
    ('\u{5ba}', "o"),
    ('\u{5c7}', "o"),
    ('־', "-"),
    ('א', "A"),
    ('ח', "H"),
    ('ך', "KH"),
    ('כ', "KH"),
    ('ק', "k"),
    ('ײ', "EY"),
    // Cyrillic
    ('Є', "Ie"),
    // Signs
    ('−', "-"),
    ('℗', "(p)"),
    ('℮', "e"),
    ('₱', "P"),
    ('₲', "G"),
    ('₴', "UAH"),
    ('₵', "C|"),
    ('₸', "T"),
    ('₹', "Rs"),
    ('₺', "L"),
    ('₼', "m"),
    ('₽', "R"),
    ('₾', "l"),
    ('₿', "BTC"),
    ('♠', "spades"),
    ('♡', "hearts"),
    ('♢', "diamonds"),
    ('♣', "clubs"),
    ('♤', "spades"),
    ('♥', "hearts"),
    ('♦', "diamonds"),
    ('♧', "clubs"),
    ('⸺', "----"),
    ('⸻', "------"),
];

/// Transliterates `text` to ASCII.
pub(super) fn ascii(text: &str) -> String {
    text.chars().map(of_char).collect()
}

fn of_char(c: char) -> &'static str {
    // The crate interprets control characters of Latin-1 as Windows-1252.
    if c.is_control() && !c.is_ascii() {
        return "";
    }
    if let Some((_, text)) = REPLACEMENTS.iter().find(|(changed, _)| *changed == c) {
        return text;
    }
    let text = unidecode_char(c);
    if text.contains(UNKNOWN) { "" } else { text }
}

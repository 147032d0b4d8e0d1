//! Text in ASCII as Python's `unidecode` writes it.

use unidecode::unidecode_char;

/// Stands in the crate's table for a character that it has no text for; Python's package has none.
const UNKNOWN: &str = "[?]";

/// Characters for which version 1.4 of Python's package has another text than the crate.
const CHANGED: &[(char, &str)] = &[
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

/// Returns `text` in ASCII.
pub(super) fn ascii(text: &str) -> String {
    text.chars().map(of_char).collect()
}

fn of_char(c: char) -> &'static str {
    // The crate reads the controls of Latin-1 as those of Windows.
    if c.is_control() && !c.is_ascii() {
        return "";
    }
    if let Some((_, text)) = CHANGED.iter().find(|(changed, _)| *changed == c) {
        return text;
    }
    let text = unidecode_char(c);
    if text.contains(UNKNOWN) { "" } else { text }
}

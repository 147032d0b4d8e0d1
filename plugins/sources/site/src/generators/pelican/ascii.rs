//! Transliterates text to ASCII as Python's `unidecode` does.

/// The replacements of `unidecode`, in the format that build.rs describes.
static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/ascii.bin"));

/// The number of characters in `TABLE`.
const CHARACTERS: usize = 0x1_0000;

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
    let text = packed(c).unwrap_or_default();
    if text.contains(UNKNOWN) { "" } else { text }
}

/// Returns the replacement in the table, or `None` for a character beyond it.
fn packed(c: char) -> Option<&'static str> {
    let (entries, texts) = TABLE.split_at(CHARACTERS * 4);
    let (entries, _) = entries.as_chunks::<4>();
    let [low, middle, high, length] = *entries.get(c as usize)?;
    let start = u32::from_le_bytes([low, middle, high, 0]) as usize;
    str::from_utf8(texts.get(start..start + usize::from(length))?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_table_equals_crate() {
        for c in '\0'..=char::MAX {
            let text = packed(c).unwrap_or_default();
            assert_eq!(text, unidecode::unidecode_char(c), "{c:?}");
        }
    }
}

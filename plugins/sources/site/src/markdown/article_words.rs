//! Collects all words of a text, used as evidence of which post it is. They do not change when the text
//! is wrapped at another width or gets other line endings.

/// The words of a text with the white space between them.
#[derive(Debug, Default)]
pub(super) struct ArticleWords {
    text: String,
    /// `true` if a line ended after the last character.
    is_broken: bool,
}

impl ArticleWords {
    /// Appends a part of a line.
    pub(super) fn push(&mut self, text: &str) {
        let Some(first) = text.chars().next() else {
            return;
        };
        if std::mem::take(&mut self.is_broken) {
            // Japanese has no spaces between words, so a wrapped line may end within a word.
            let within =
                is_katakana(first) && self.text.chars().next_back().is_some_and(is_katakana);
            if !within {
                self.text.push(' ');
            }
        }
        self.text.push_str(text);
    }

    /// Ends a line.
    pub(super) fn end_line(&mut self) {
        self.is_broken = true;
    }

    /// Ends a paragraph, a table cell or another block, and with it the current word.
    pub(super) fn end_block(&mut self) {
        self.is_broken = false;
        if !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }
}

/// Returns `true` if `c` is a Katakana character, which Unicode's word boundaries join (UAX 29).
fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}')
}

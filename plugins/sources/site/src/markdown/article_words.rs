//! All words of a text, as evidence of which post it is. They are the same after the text was
//! wrapped at another width or got other line endings.

/// Words and what parts them.
#[derive(Debug, Default)]
pub(super) struct ArticleWords {
    text: String,
    /// Whether a line ended after the last character.
    is_broken: bool,
}

impl ArticleWords {
    /// Appends a part of a line.
    pub(super) fn push(&mut self, text: &str) {
        let Some(first) = text.chars().next() else {
            return;
        };
        if std::mem::take(&mut self.is_broken) {
            // Japanese has no blanks, so a wrapped line may end within a word.
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

    /// Ends a paragraph, a cell or another block, and with it a word.
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

/// Returns whether Unicode's word boundaries join `c` with its like (UAX 29, `Katakana`).
fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}')
}

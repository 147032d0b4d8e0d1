//! The last lines that a plugin wrote for people, for the message about its end.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// Maximum number of lines.
const MAX_LINES: usize = 5;

/// Maximum length of a line, in characters.
const MAX_CHARS: usize = 300;

/// The last lines of a plugin's output, shared with the threads that read it.
#[derive(Clone, Debug, Default)]
pub(super) struct LastWords(Arc<Mutex<VecDeque<String>>>);

impl LastWords {
    /// Adds a line, and returns it as text of limited length. Returns `None` for a blank line.
    pub(super) fn push(&self, line: &[u8]) -> Option<String> {
        let text = String::from_utf8_lossy(line);
        let text = text.trim_end();
        if text.is_empty() {
            return None;
        }
        let text: String = text.chars().take(MAX_CHARS).collect();
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.len() == MAX_LINES {
            lines.pop_front();
        }
        lines.push_back(text.clone());
        Some(text)
    }

    /// Returns the lines in one text; `None` if there are none.
    pub(super) fn text(&self) -> Option<String> {
        let lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let lines: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
        (!lines.is_empty()).then(|| lines.join(" | "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_lines_are_kept() {
        let words = LastWords::default();
        assert_eq!(words.text(), None);
        assert_eq!(words.push(b"  \n"), None);
        for line in 0..8 {
            words.push(format!("  line {line}\r").as_bytes());
        }
        let expected = "line 3 | line 4 | line 5 | line 6 | line 7";
        assert_eq!(words.text().as_deref(), Some(expected));
        let long = words.push("ä".repeat(1000).as_bytes());
        assert_eq!(long, Some("ä".repeat(MAX_CHARS)));
        assert!(words.push(b"\xff").is_some());
    }
}

//! Checks the prose of every tracked text file: names, comments, messages and documentation.
//!
//! It finds the words of a list, also inside identifiers and across line breaks, and counts the doc
//! lines that open with a relative pronoun. It does not judge grammar or spelling.

mod openers;
mod tracked_files;
mod words;

#[cfg(test)]
mod tests;

use anyhow::Result;

use crate::report::print_line;

/// The largest number of doc lines in 1,000 that may open with a relative pronoun.
const MAX_OPENERS_PER_1000: usize = 10;

/// Prints each finding and the two figures. Returns `true` if both are within their bounds.
///
/// # Errors
/// Fails if git cannot list the files or a file cannot be read.
pub(crate) fn check() -> Result<bool> {
    let mut report = ProseReport::default();
    for file in tracked_files::read()? {
        report.add(&file.path, &file.text);
    }
    for finding in &report.findings {
        print_line(finding);
    }
    print_line(&report.summary());
    Ok(report.passes())
}

/// Returns `true` if `word` is a term of the platform that the file is about: messages of Matrix are in rooms.
fn is_term(path: &str, word: &str) -> bool {
    let is_about_matrix = path.contains("matrix") || path.contains("synapse");
    is_about_matrix && ["room", "rooms"].contains(&word)
}

/// The findings in the files that were read.
#[derive(Debug, Default)]
struct ProseReport {
    /// A line for each finding: `file:line: word: text`.
    findings: Vec<String>,
    /// The number of words and phrases of the list.
    words: usize,
    /// The number of doc lines that open with a relative pronoun.
    openers: usize,
    /// The number of doc lines.
    doc_lines: usize,
}

impl ProseReport {
    /// Adds the findings of one file.
    fn add(&mut self, path: &str, text: &str) {
        let lines: Vec<&str> = text.lines().collect();
        let found = words::find(text).into_iter();
        for word in found.filter(|word| !is_term(path, &word.text)) {
            self.words += 1;
            let shown = lines.get(word.line - 1).map_or("", |line| line.trim());
            self.findings
                .push(format!("{path}:{}: {}: {shown}", word.line, word.text));
        }
        if !path.ends_with(".rs") {
            return;
        }
        for (index, line) in lines.iter().enumerate() {
            let Some(doc) = openers::doc_text(line) else {
                continue;
            };
            self.doc_lines += 1;
            if let Some(opener) = openers::opener(doc) {
                self.openers += 1;
                self.findings
                    .push(format!("{path}:{}: {opener}: {}", index + 1, line.trim()));
            }
        }
    }

    /// Returns the two figures as a line.
    fn summary(&self) -> String {
        let tenths = self.openers * 10_000 / self.doc_lines.max(1);
        format!(
            "words of the list: {}; doc lines that open with a relative pronoun: {} of {} \
             ({}.{} in 1,000)",
            self.words,
            self.openers,
            self.doc_lines,
            tenths / 10,
            tenths % 10
        )
    }

    /// Returns `true` if there is no word of the list and few enough openers.
    fn passes(&self) -> bool {
        self.words == 0 && self.openers * 1000 <= self.doc_lines * MAX_OPENERS_PER_1000
    }
}

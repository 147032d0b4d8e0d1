//! Shows one line of a file below a message, without secrets.
//!
//! Works on text instead of a parsed tree, because invalid YAML must be shown as well. A line without a
//! key, such as one of a block scalar, belongs to the key above it with less indentation.

use syndicate_api::{MASK, is_likely_secret, is_secret_name, mask_likely_secrets};

use super::line::{KeyLine, mask_line};
use super::vocabulary::Vocabulary;

/// Returns line `number` of `text`, the content of the file `path`, without secrets. In YAML files, such as
/// pipeline.yaml, a value is shown only if it is known to be harmless; in other files everything except
/// likely secrets is shown. Columns are preserved.
pub(crate) fn excerpt(path: &str, text: &str, number: usize) -> String {
    let line = text.lines().nth(number.saturating_sub(1)).unwrap_or("");
    let is_yaml = path.ends_with(".yaml") || path.ends_with(".yml");
    if !is_yaml {
        return loose(line);
    }
    let words = Vocabulary::new();
    let mut owners = Owners::default();
    for line in text.lines().take(number.saturating_sub(1)) {
        owners.pass(line);
    }
    owners.leave(line);
    let owner = owners.open.last();
    let key = owner.map(|owner| owner.key.as_str());
    let indent = line.len() - line.trim_start().len();
    let is_text = owner.is_some_and(|owner| owner.is_block);
    let content = match key {
        Some(key) if is_text && words.is_harmless(key, line.trim()) => loose(&line[indent..]),
        Some(key) if is_text || is_secret_name(key) => MASK.to_owned(),
        _ => mask_line(&line[indent..], key, &words),
    };
    format!("{}{content}", &line[..indent])
}

/// Returns `line` without values that look like secrets by their key or their characters.
fn loose(line: &str) -> String {
    let key = line.split([':', '=']).next().unwrap_or_default();
    let is_secret =
        key.len() < line.len() && is_secret_name(key.trim_end()) && !is_likely_secret(key);
    match is_secret {
        true => format!("{} {MASK}", &line[..=key.len()]),
        false => mask_likely_secrets(line).into_owned(),
    }
}

/// The keys that contain a line, the nearest last.
#[derive(Default)]
struct Owners {
    open: Vec<Owner>,
    /// The quotation mark of a scalar that continues on the next line.
    quote: Option<char>,
}

struct Owner {
    indent: usize,
    key: String,
    /// `true` if the value of the key is a block scalar.
    is_block: bool,
    /// `true` if no value follows on the same line.
    is_empty: bool,
}

impl Owners {
    /// Updates the keys after `line`.
    fn pass(&mut self, line: &str) {
        let content = line.trim_start();
        if let Some(quote) = self.quote {
            self.quote = (!closes(content, quote)).then_some(quote);
            return;
        }
        if content.is_empty() || content.starts_with('#') {
            return;
        }
        self.leave(line);
        if self.open.last().is_some_and(|owner| owner.is_block) {
            return;
        }
        let indent = line.len() - content.len();
        if let Some(KeyLine { offset, key, value }) = KeyLine::of(content) {
            self.open.push(Owner {
                indent: indent + offset,
                key: key.to_owned(),
                is_block: value.starts_with(['|', '>']),
                is_empty: value.is_empty(),
            });
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            self.quote = quote.filter(|quote| !closes(&value[1..], *quote));
        }
    }

    /// Removes the keys that do not contain `line`. A list may have the same indentation as its key.
    fn leave(&mut self, line: &str) {
        if self.quote.is_some() {
            return;
        }
        let content = line.trim_start();
        let indent = line.len() - content.len();
        let is_item = content.starts_with("- ");
        while let Some(owner) = self.open.last() {
            if owner.indent < indent || is_item && owner.indent == indent && owner.is_empty {
                return;
            }
            self.open.pop();
        }
    }
}

fn closes(text: &str, quote: char) -> bool {
    text.replace("\\\"", "").contains(quote)
}

#[cfg(test)]
mod tests;

//! Splits a Markdown file into front matter and body. This module handles the formats (YAML, TOML,
//! JSON) and their fences; [`crate::fields`] interprets the keys.

mod fence;
mod format;
mod front_matter;
mod layout;
mod lookalike;
mod parse;
mod split;
#[cfg(test)]
mod tests;
mod yaml;

use crate::value::unreadable;
use syndicate_api::{Diagnostic, FileSpan};

pub(crate) use fence::{Fence, LeadingWhitespace};
pub(crate) use front_matter::FrontMatter;
pub(crate) use parse::{json, toml};
pub(crate) use split::FrontMatterSyntax;
pub(crate) use yaml::{YamlRules, yaml};

/// The maximum size of a post in bytes. Larger files are not read, to bound memory use.
pub(crate) const MAX_BYTES: u64 = 8 * 1024 * 1024;

/// A parsed Markdown file.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// The front matter, empty if the file has none.
    pub(crate) front: FrontMatter,
    /// The text after the front matter, unchanged.
    pub(crate) body: String,
    /// The line on which `body` starts, counted from 1 in the file.
    pub(crate) body_line: usize,
}

impl Document {
    /// Parses the bytes of a file.
    ///
    /// # Errors
    /// Returns a diagnostic if the file is not valid UTF-8 or its front matter cannot be read.
    pub(crate) fn parse(bytes: Vec<u8>, syntax: FrontMatterSyntax) -> Result<Self, Diagnostic> {
        let text = text(bytes)?;
        let split = split::split(&text, syntax)?;
        let map = format::read(&split, syntax)?;
        Ok(Self {
            front: FrontMatter::new(map, &split),
            body_line: 1 + text[..text.len() - split.body.len()].matches('\n').count(),
            body: split.body.to_owned(),
        })
    }

    /// Returns `true` if the file has neither front matter nor visible text.
    pub(crate) fn is_empty(&self) -> bool {
        let is_invisible = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}');
        !self.front.is_present && self.body.chars().all(is_invisible)
    }
}

/// Decodes UTF-8, with or without a byte order mark.
fn text(bytes: Vec<u8>) -> Result<String, Diagnostic> {
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let valid = String::from_utf8_lossy(valid);
        unreadable("the file is not valid UTF-8")
            .at(FileSpan::at_offset(&valid, valid.len()))
            .with_hint("save the file as UTF-8")
    })?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}

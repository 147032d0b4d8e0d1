//! One Markdown file, from bytes to front matter and body. It knows the notations (YAML, TOML,
//! JSON) and their fences; which key means what is the business of [`crate::fields`].

mod fence;
mod front_matter;
mod layout;
mod lookalike;
mod notation;
mod parse;
mod split;
#[cfg(test)]
mod tests;
mod yaml;

use crate::value::unreadable;
use syndicate_api::{Diagnostic, FileSpan};

pub(crate) use fence::{Fence, Lead};
pub(crate) use front_matter::FrontMatter;
pub(crate) use parse::{json, toml};
pub(crate) use split::FrontMatterSyntax;
pub(crate) use yaml::{YamlRules, yaml};

/// A file above this size is no post; reading it would only cost memory.
pub(crate) const MAX_BYTES: u64 = 8 * 1024 * 1024;

/// A Markdown file, read.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// Its front matter, empty where it has none.
    pub(crate) front: FrontMatter,
    /// The rest, as it was written.
    pub(crate) body: String,
}

impl Document {
    /// Reads a file's bytes.
    pub(crate) fn parse(bytes: Vec<u8>, syntax: FrontMatterSyntax) -> Result<Self, Diagnostic> {
        let text = text(bytes)?;
        let split = split::split(&text, syntax)?;
        let map = notation::read(&split, syntax)?;
        Ok(Self {
            front: FrontMatter::new(map, &split),
            body: split.body.to_owned(),
        })
    }

    /// Returns whether nothing was written yet, neither front matter nor text.
    pub(crate) fn is_empty(&self) -> bool {
        let is_invisible = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}');
        !self.front.is_present && self.body.chars().all(is_invisible)
    }
}

/// The text of a file in UTF-8, with or without a byte order mark.
fn text(bytes: Vec<u8>) -> Result<String, Diagnostic> {
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let valid = String::from_utf8_lossy(valid);
        unreadable("the file is not in UTF-8")
            .at(FileSpan::at_offset(&valid, valid.len()))
            .with_hint("save it in the encoding UTF-8")
    })?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}

//! Splits a Markdown file into front matter and body. This module handles the formats (YAML, TOML,
//! JSON) and their fences; [`crate::fields`] interprets the keys.

mod carriage_returns;
mod fence;
mod format;
mod front_matter;
mod key_filter;
mod layout;
mod lookalike;
mod parse;
mod plain_yaml;
mod split;
#[cfg(test)]
mod tests;
mod unique_json;
mod yaml;

use crate::content_version::content_version;
use crate::value::unreadable;
use syndicate_api::{Diagnostic, FileSpan};

use carriage_returns::split_strictly;
pub(crate) use fence::{Fence, LeadingWhitespace};
pub(crate) use front_matter::FrontMatter;
pub(crate) use key_filter::KeyFilter;
pub(crate) use parse::{json, toml};
pub(crate) use split::FrontMatterSyntax;
pub(crate) use yaml::{YamlRules, yaml};

/// The maximum size of a post in bytes. Larger files are not read, to bound memory use.
pub(crate) const MAX_BYTES: u64 = 8 * 1024 * 1024;

/// A parsed Markdown file.
#[derive(Clone, Debug)]
pub(crate) struct Document<'t> {
    /// The front matter, empty if the file has none.
    pub(crate) front: FrontMatter,
    /// The whole file without a byte order mark.
    text: &'t str,
    /// The offset of the text after the front matter.
    body_start: usize,
}

impl<'t> Document<'t> {
    /// Parses the bytes of a file.
    ///
    /// # Errors
    /// Returns a diagnostic if the file is not valid UTF-8 or its front matter cannot be read.
    pub(crate) fn parse(bytes: &'t [u8], syntax: FrontMatterSyntax) -> Result<Self, Diagnostic> {
        let text = text(bytes)?;
        let split = split_strictly(text, syntax)?;
        let map = format::read(&split, syntax)?;
        Ok(Self {
            front: FrontMatter::new(map, &split),
            body_start: text.len() - split.body.len(),
            text,
        })
    }

    /// Returns the text after the front matter, unchanged.
    pub(crate) fn body(&self) -> &'t str {
        &self.text[self.body_start..]
    }

    /// Returns the place of the body in this version of the file.
    pub(crate) fn body_place(&self) -> BodyPlace {
        BodyPlace {
            version: self.version(),
            start: self.body_start,
        }
    }

    /// Returns the line on which the body starts, counted from 1 in the file.
    pub(crate) fn body_line(&self) -> usize {
        1 + self.text[..self.body_start].matches('\n').count()
    }

    /// Returns the version of the whole file.
    pub(crate) fn version(&self) -> u64 {
        content_version(self.text.as_bytes())
    }

    /// Removes the body. Returns `false` if it is empty.
    pub(crate) fn remove_body(&mut self) -> bool {
        let had_body = !self.body().is_empty();
        self.text = &self.text[..self.body_start];
        had_body
    }

    /// Returns `true` if the file has neither front matter nor visible text.
    pub(crate) fn is_empty(&self) -> bool {
        let is_invisible = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}');
        !self.front.is_present && self.body().chars().all(is_invisible)
    }
}

/// The place of the body in one version of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BodyPlace {
    /// The version of the file.
    pub(crate) version: u64,
    /// The offset of the body in the file without its byte order mark.
    start: usize,
}

impl BodyPlace {
    /// Returns the body in the file `bytes`; `None` if that is another version.
    pub(crate) fn body(self, bytes: &[u8]) -> Option<&str> {
        let text = text(bytes).ok()?;
        let is_same = content_version(text.as_bytes()) == self.version;
        is_same.then(|| text.get(self.start..))?
    }
}

/// Decodes UTF-8, with or without a byte order mark.
fn text(bytes: &[u8]) -> Result<&str, Diagnostic> {
    let text = simdutf8::compat::from_utf8(bytes).map_err(|error| {
        let valid = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        unreadable("the file is not valid UTF-8")
            .at(FileSpan::at_offset(&valid, valid.len()))
            .with_hint("save the file as UTF-8")
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

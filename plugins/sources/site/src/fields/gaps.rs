//! Finds titles and descriptions that lack the words of a template tag of the site's generator.

use syndicate_api::text::collapse_whitespace;
use syndicate_api::{ItemField, TextGap};

use crate::markdown::{Prose, has_gaps, without_gaps};
use crate::value::Sourced;

/// The text of a post in its file.
pub(super) struct GapContext<'a> {
    /// Returns the parsed text.
    pub(super) prose: &'a dyn Fn() -> &'a Prose,
    /// Returns the line of a string in the file.
    pub(super) line_of: &'a dyn Fn(&str) -> Option<usize>,
}

impl GapContext<'_> {
    /// Removes the marks of template tags from the value `found` of `field`. Returns the gap that they leave.
    pub(super) fn take(&self, field: ItemField, found: &mut Sourced<String>) -> Option<TextGap> {
        let (value, _) = found.as_mut().filter(|(value, _)| has_gaps(value))?;
        let clean = collapse_whitespace(&without_gaps(value));
        let tag = (self.prose)().first_gap(value).map(str::to_owned);
        value.clone_from(&clean);
        if clean.is_empty() {
            *found = None;
        }
        let tag = tag?;
        Some(TextGap {
            field,
            value: clean,
            line: (self.line_of)(&tag),
            tag,
        })
    }
}

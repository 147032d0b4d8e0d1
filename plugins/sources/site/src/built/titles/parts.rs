//! Splits titles into the parts that may be the site's name.

use super::separators::separators;

/// The side of a title that a part is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Side {
    Before,
    After,
}

/// A part of a title that may be the site's name.
#[derive(Clone, Copy, Debug)]
pub(super) struct TitlePart<'a> {
    pub(super) side: Side,
    /// The part with its separator.
    pub(super) text: &'a str,
    /// The part without its separator.
    pub(super) name: &'a str,
    /// The title without this part.
    pub(super) rest: &'a str,
}

/// Splits a title at every separator into the parts that may be a name.
pub(super) fn parts(title: &str) -> Vec<TitlePart<'_>> {
    let mut parts = Vec::new();
    for at in separators(title) {
        let (before, behind) = (title[..at.start].trim(), title[at.end..].trim());
        if before.is_empty() || behind.is_empty() {
            continue;
        }
        parts.push(TitlePart {
            side: Side::Before,
            text: &title[..at.end],
            name: before,
            rest: behind,
        });
        parts.push(TitlePart {
            side: Side::After,
            text: &title[at.start..],
            name: behind,
            rest: before,
        });
    }
    parts
}

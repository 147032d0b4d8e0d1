//! Counts the titles of one origin, such as `og:title`, and the parts that they carry.

use rustc_hash::FxHashMap;

use super::parts::{Side, TitlePart};

/// The titles of one origin.
#[derive(Debug, Default)]
pub(super) struct OriginTitles {
    /// The number of titles.
    pub(super) count: usize,
    /// The number of titles that carry each part before the rest, by its text.
    before: FxHashMap<String, usize>,
    /// The number of titles that carry each part after the rest, by its text.
    after: FxHashMap<String, usize>,
}

impl OriginTitles {
    /// Adds a title that has these parts.
    pub(super) fn add(&mut self, parts: &[TitlePart<'_>]) {
        self.count += 1;
        for part in parts {
            let carried = match part.side {
                Side::Before => &mut self.before,
                Side::After => &mut self.after,
            };
            match carried.get_mut(part.text) {
                Some(count) => *count += 1,
                None => drop(carried.insert(part.text.to_owned(), 1)),
            }
        }
    }

    /// Returns the number of titles that carry a part.
    pub(super) fn carry(&self, part: &TitlePart<'_>) -> usize {
        let carried = match part.side {
            Side::Before => &self.before,
            Side::After => &self.after,
        };
        carried.get(part.text).copied().unwrap_or_default()
    }
}

//! Detects pages that a build has not finished: empty files and files that end in the middle. A
//! generator that is running writes such files, and so does one whose layout is missing.

use html_meta::{Completeness, completeness};

use super::BuiltSite;
use crate::page::MAX_BYTES;

/// The number of other pages that are read to determine how pages of the site usually end.
const MAX_COMPARED: usize = 16;

impl BuiltSite<'_> {
    /// Returns the defect of the page in `file` as a clause after the page's name (`is empty`); `None` if
    /// the page is complete.
    pub(super) fn unfinished_reason(&self, file: &str, bytes: &[u8]) -> Option<String> {
        if bytes.len() > MAX_BYTES {
            return None;
        }
        match completeness(bytes) {
            Completeness::Complete => None,
            Completeness::Empty => Some("is empty".to_owned()),
            Completeness::MissingBody => Some("ends before its text".to_owned()),
            Completeness::CutInTag => Some("ends within a tag".to_owned()),
            Completeness::CutInElement(name) if !self.ends_like_others(file, &name) => {
                Some(format!("ends within `<{name}>`"))
            }
            Completeness::CutInElement(_) => None,
        }
    }

    /// Returns `true` if most other pages end inside the same element, because their theme does not close
    /// it.
    fn ends_like_others(&self, file: &str, name: &str) -> bool {
        let endings = self.endings.get_or_init(|| {
            let pages = self.output.pages().iter().take(MAX_COMPARED + 1);
            let read = pages.filter_map(|page| {
                let ending = completeness(&self.output.read(page).ok()?);
                Some((ending, page.clone()))
            });
            read.collect()
        });
        let others: Vec<&Completeness> = endings
            .iter()
            .filter(|(_, other)| other != file)
            .map(|(ending, _)| ending)
            .collect();
        let is_alike = |other: &&&Completeness| matches!(other, Completeness::CutInElement(other) if other == name);
        others.iter().filter(is_alike).count() * 2 > others.len()
    }
}

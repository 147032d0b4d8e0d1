//! Pages that a build has not finished: files without content, or that end in the middle. A generator
//! that runs at the same time writes such files, and so does one whose layout is missing.

use html_meta::{Completeness, completeness};

use super::Built;
use crate::page::MAX_BYTES;

/// So many other pages are looked at to learn how the site's pages end.
const COMPARED: usize = 16;

impl Built<'_> {
    /// Returns what is unfinished about the page in `file`, as the end of a sentence that begins with
    /// the page; `None` for a page that is all there.
    pub(super) fn unfinished(&self, file: &str, bytes: &[u8]) -> Option<String> {
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

    /// Returns whether most other pages end within the same element, as a theme has it that forgets
    /// to close one.
    fn ends_like_others(&self, file: &str, name: &str) -> bool {
        let endings = self.endings.get_or_init(|| {
            let pages = self.output.pages().into_iter().take(COMPARED + 1);
            let read =
                pages.filter_map(|page| Some((completeness(&self.output.read(&page).ok()?), page)));
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

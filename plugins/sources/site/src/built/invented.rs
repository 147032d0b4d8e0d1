//! Dates that nobody gave. Jekyll dates a document without a date by the time of the build
//! (`Document#date` falls back to `site.time`), and its plugins print that as the time of publication;
//! taken at its word, every build would make such a document a new post.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Time;

use crate::page::Page;

/// The instants of a site's pages that are the time of its build.
#[derive(Debug, Default)]
pub(super) struct BuildTimes(Vec<Timestamp>);

impl BuildTimes {
    /// What `pages` tell: an instant to the second that several of Jekyll's pages share.
    pub(super) fn learn<'p>(pages: impl Iterator<Item = &'p Page>) -> Self {
        let mut shared: HashMap<Timestamp, usize> = HashMap::new();
        for page in pages.filter(|page| is_jekylls(page)) {
            let timed = page.published.best().map(|(moment, _)| moment);
            let timed = timed.filter(|moment| moment.at.time() != Time::midnight());
            if let Some(moment) = timed {
                *shared.entry(moment.at.timestamp()).or_default() += 1;
            }
        }
        let several = shared.into_iter().filter(|(_, pages)| *pages > 1);
        Self(several.map(|(instant, _)| instant).collect())
    }

    /// Whether a page's date is the time of the build.
    pub(super) fn dates(&self, page: &Page) -> bool {
        let published = page.published.best();
        published.is_some_and(|(moment, _)| self.0.contains(&moment.at.timestamp()))
    }
}

/// Whether Jekyll made the page, as far as it says so.
pub(super) fn is_jekylls(page: &Page) -> bool {
    let generator = page.signs.generator.as_deref();
    generator.is_some_and(|generator| generator.starts_with("Jekyll"))
}

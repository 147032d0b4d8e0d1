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
    let generator = page.signals.generator.as_deref();
    generator.is_some_and(|generator| generator.starts_with("Jekyll"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;

    fn page(generator: &str, published: &str) -> Page {
        let html = format!(
            "<meta name=generator content='{generator}'>\
             <meta property='article:published_time' content='{published}'>"
        );
        crate::page::read(html.as_bytes(), None, &TimeZone::UTC)
    }

    #[test]
    fn an_instant_that_jekylls_pages_share_is_the_builds() {
        let build = "2026-11-22T00:51:20-05:00";
        let pages = [
            page("Jekyll v4.3.1", build),
            page("Jekyll v4.3.1", build),
            page("Jekyll v4.3.1", "2020-01-02T03:04:05Z"),
            page("Hugo 0.168", "2021-01-02T03:04:05Z"),
            page("Hugo 0.168", "2021-01-02T03:04:05Z"),
        ];
        let times = BuildTimes::learn(pages.iter());
        let dated: Vec<bool> = pages.iter().map(|page| times.dates(page)).collect();
        assert_eq!(dated, [true, true, false, false, false]);
    }
}

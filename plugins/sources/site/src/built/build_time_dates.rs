//! Detects dates that are the time of the build, not of publication. Jekyll gives a document without
//! a date the time of the build (`Document#date` falls back to `site.time`), and its plugins print
//! that as the publication date. If these dates were trusted, every build would turn such a document
//! into a new post.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};

use crate::page::Page;

/// The longest time between the build's own timestamp and the moment when it writes a page.
const MAX_BUILD_DURATION: SignedDuration = SignedDuration::from_hours(1);

/// The number of pages from which an equal timestamp is not a coincidence.
const MIN_PAGES: usize = 3;

/// The timestamps in a site's pages that are the time of a build.
#[derive(Debug, Default)]
pub(super) struct BuildTimes(Vec<Timestamp>);

/// Evidence of a build from outside the pages' content.
pub(super) struct BuildEvidence<'a> {
    /// The build times that feeds state.
    pub(super) in_feeds: Vec<Timestamp>,
    /// Returns the time when a file was written.
    pub(super) written: &'a dyn Fn(&str) -> Option<Timestamp>,
}

impl BuildTimes {
    /// Detects the build times among the dates of `pages`, which are paired with their files. A build
    /// time that a feed states is taken as it is. Without one, the latest timestamp that several Jekyll
    /// pages share is a candidate. Two posts may share a timestamp too, so `evidence` must confirm it.
    pub(super) fn detect(pages: &[(String, Page)], evidence: &BuildEvidence<'_>) -> Self {
        if !evidence.in_feeds.is_empty() {
            return Self(evidence.in_feeds.clone());
        }
        let mut files: BTreeMap<Timestamp, Vec<(&str, Date)>> = BTreeMap::new();
        for (file, page) in pages.iter().filter(|(_, page)| is_made_by_jekyll(page)) {
            let timed = page.published.best().map(|(date, _)| date);
            let timed = timed.filter(|date| date.at.time() != Time::midnight());
            if let Some(date) = timed {
                let day = date.at.date();
                files
                    .entry(date.at.timestamp())
                    .or_default()
                    .push((file, day));
            }
        }
        let latest = files.last_key_value();
        let build = latest.filter(|(instant, files)| is_build(**instant, files, evidence));
        Self(build.map(|(instant, _)| *instant).into_iter().collect())
    }

    /// Returns `true` if a page's publication date is the time of the build.
    pub(super) fn is_date_of(&self, page: &Page) -> bool {
        let published = page.published.best();
        let is_build = |instant: Timestamp| self.0.contains(&instant);
        is_made_by_jekyll(page) && published.is_some_and(|(date, _)| is_build(date.at.timestamp()))
    }
}

/// Returns `true` if `instant`, the latest timestamp and shared by `files`, is the time of the build.
/// By default Jekyll puts a post's day into its URL, and authors write whole minutes.
fn is_build(instant: Timestamp, files: &[(&str, Date)], evidence: &BuildEvidence<'_>) -> bool {
    let are_named = files.iter().all(|(file, day)| has_day(file, *day));
    if files.len() < 2 || are_named {
        return false;
    }
    let is_fresh = files.iter().any(|(file, _)| {
        let written = (evidence.written)(file);
        written.is_some_and(|written| {
            let age = written.duration_since(instant);
            !age.is_negative() && age <= MAX_BUILD_DURATION
        })
    });
    is_fresh || files.len() >= MIN_PAGES && instant.as_second() % 60 != 0
}

/// Returns `true` if the path of a page contains `day`.
fn has_day(file: &str, day: Date) -> bool {
    let forms = [day.strftime("%Y/%m/%d"), day.strftime("%Y-%m-%d")];
    forms.iter().any(|form| file.contains(&form.to_string()))
}

/// Returns `true` if the page's `generator` metadata names Jekyll.
pub(super) fn is_made_by_jekyll(page: &Page) -> bool {
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

    /// Returns, for each page, `true` if its date is recognised as the time of the build. `pages` holds
    /// the file and the date of each page, `written` the time when the files were written, and `feed` the
    /// build time in the site's feed.
    fn have_build_dates(
        pages: &[(&str, &str)],
        written: Option<&str>,
        feed: Option<&str>,
    ) -> Vec<bool> {
        let read = |(file, date): &(&str, &str)| ((*file).to_owned(), page("Jekyll v4.3.1", date));
        let pages: Vec<_> = pages.iter().map(read).collect();
        let instant = |text: &str| -> Timestamp { text.parse().unwrap() };
        let evidence = BuildEvidence {
            in_feeds: feed.map(instant).into_iter().collect(),
            written: &|_| written.map(instant),
        };
        let times = BuildTimes::detect(&pages, &evidence);
        pages
            .iter()
            .map(|(_, page)| times.is_date_of(page))
            .collect()
    }

    #[test]
    fn shared_jekyll_timestamp_is_build_time() {
        let build = "2026-11-22T00:51:20-05:00";
        let pages = [
            page("Jekyll v4.3.1", build),
            page("Jekyll v4.3.1", build),
            page("Jekyll v4.3.1", "2020-01-02T03:04:05Z"),
            page("Hugo 0.168", "2021-01-02T03:04:05Z"),
            page("Hugo 0.168", "2021-01-02T03:04:05Z"),
        ];
        let pages = pages.map(|page| ("docs/a.html".to_owned(), page));
        let evidence = BuildEvidence {
            in_feeds: Vec::new(),
            written: &|_| Some("2026-11-22T05:51:31Z".parse().unwrap()),
        };
        let times = BuildTimes::detect(&pages, &evidence);
        let dated: Vec<bool> = pages
            .iter()
            .map(|(_, page)| times.is_date_of(page))
            .collect();
        assert_eq!(dated, [true, true, false, false, false]);
    }

    #[test]
    fn posts_sharing_second_keep_date() {
        let same = "2026-05-20T10:00:00Z";
        let odd = "2026-05-20T10:00:07Z";
        let later = "2026-11-28T12:00:00Z";
        for pages in [
            // Nothing indicates a build.
            &[("a/index.html", odd), ("b/index.html", odd)][..],
            // Authors write whole minutes.
            &[("a.html", same), ("b.html", same), ("c.html", same)],
            // A build is later than every post.
            &[
                ("a.html", odd),
                ("b.html", odd),
                ("c.html", odd),
                ("d.html", later),
            ],
        ] {
            assert_eq!(
                have_build_dates(pages, Some(later), None),
                vec![false; pages.len()],
                "{pages:?}"
            );
        }
        // The URLs contain the day, even though the site was built at once.
        let named = [("2026/05/20/a.html", odd), ("2026/05/20/b/index.html", odd)];
        let now = Some("2026-05-20T10:05:00Z");
        assert_eq!(have_build_dates(&named, now, None), [false, false]);
    }

    #[test]
    fn undated_pages_share_build_time() {
        let build = "2026-05-20T10:00:07Z";
        let three = [("a.html", build), ("b.html", build), ("c.html", build)];
        // The pages were copied after the build.
        assert_eq!(
            have_build_dates(&three, Some("2026-11-28T12:00:00Z"), None),
            [true; 3]
        );
        let two = &three[..2];
        assert_eq!(
            have_build_dates(two, Some("2026-05-20T10:00:09Z"), None),
            [true; 2]
        );
    }

    #[test]
    fn feed_states_build_time() {
        let pages = [
            ("docs/a.html", "2026-05-20T10:00:00Z"),
            ("b.html", "2026-05-19T08:00:01Z"),
            ("c.html", "2026-05-19T08:00:01Z"),
        ];
        let feed = Some("2026-05-20T10:00:00Z");
        assert_eq!(have_build_dates(&pages, None, feed), [true, false, false]);
        let other = Some("2026-06-01T00:00:00Z");
        assert_eq!(
            have_build_dates(&pages, Some("2026-05-20T10:00:01Z"), other),
            [false; 3]
        );
    }
}

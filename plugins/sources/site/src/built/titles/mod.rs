//! Removes the site's name from titles: many themes write `Hello | Ada's Blog`. If only `<title>` gives
//! a title, the heading that it contains between separators is used. From titles written for sharing,
//! the name is cut only with proof that it is the site's name: most such titles carry it, or the site
//! is known by it and the page repeats the rest elsewhere.

mod origin_titles;
mod parts;
mod separators;

use std::collections::{BTreeMap, BTreeSet};

use syndicate_api::FieldOrigin;

use crate::page::Page;
use origin_titles::OriginTitles;
use parts::{Side, TitlePart, parts};
use separators::is_part;

/// Origins of titles in the head that were not written for sharing. They are the title of the browser
/// window, which themes decorate.
const WINDOW_TITLE_ORIGINS: &[&str] = &["dc.title", "dcterms.title", "meta title", "title"];

/// The number of titles that must carry a part before it counts as the site's name.
const MIN_TITLES: usize = 3;

/// Statistics about a site's titles, used to find the site's name in them.
#[derive(Debug, Default)]
pub(super) struct SiteName {
    /// The titles of each origin.
    titles: Vec<(FieldOrigin, OriginTitles)>,
    /// The site's names according to its pages and its config, in lower case.
    names: BTreeSet<String>,
    /// The window titles of the pages that have each heading.
    titles_by_heading: BTreeMap<String, BTreeSet<String>>,
    /// The first headings of the pages that have each window title.
    headings_by_title: BTreeMap<String, BTreeSet<String>>,
}

/// A title without the site's name, and the part that was cut off.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Title {
    pub(super) text: String,
    pub(super) origin: FieldOrigin,
    pub(super) removed: Option<String>,
}

impl SiteName {
    /// Adds a name of the site.
    pub(super) fn add_name(&mut self, name: &str) {
        self.names.insert(name.trim().to_lowercase());
    }

    /// Adds the titles of the home page, which are often just the site's name.
    pub(super) fn observe_home_page(&mut self, page: &Page) {
        for (title, _) in page.title.iter() {
            self.add_name(title);
        }
    }

    /// Adds the names, titles and headings of one page.
    pub(super) fn observe(&mut self, page: &Page) {
        for (name, _) in page.site_name.iter() {
            self.add_name(name);
        }
        // Pages repeat the same title.
        let mut last: Option<(&str, Vec<TitlePart<'_>>)> = None;
        for (title, origin) in page.title.iter() {
            let known = last.take().filter(|(known, _)| known == title);
            let (title, parts) = known.unwrap_or_else(|| (title, parts(title)));
            self.titles_of(origin).add(&parts);
            last = Some((title, parts));
        }
        let window = page.title.stated().iter();
        for (title, _) in window.filter(|(_, origin)| is_window_title(origin)) {
            let headings = headings(page);
            for (heading, _) in &headings {
                let titles = self.titles_by_heading.entry(heading.clone());
                titles.or_default().insert(title.clone());
            }
            if let Some((heading, _)) = headings.first() {
                let headings = self.headings_by_title.entry(title.clone());
                headings.or_default().insert(heading.clone());
            }
        }
    }

    fn titles_of(&mut self, origin: &FieldOrigin) -> &mut OriginTitles {
        let known = self.titles.iter().position(|(known, _)| known == origin);
        let at = known.unwrap_or_else(|| {
            self.titles.push((origin.clone(), OriginTitles::default()));
            self.titles.len() - 1
        });
        &mut self.titles[at].1
    }

    /// Returns `true` if the title of a page of which only the head was read depends on its headings.
    pub(super) fn depends_on_headings(&self, page: &Page) -> bool {
        let Some((title, origin)) = page.title.best().filter(|_| page.is_head()) else {
            return false;
        };
        parts(title).iter().any(|part| {
            let is_stated = page.title.iter().any(|(other, _)| other == part.rest);
            let [with, without] = [true, false].map(|is| self.is_site_name(origin, part, is));
            !is_stated && with != without
        })
    }

    /// Returns the page's title without the site's name.
    pub(super) fn title_of(&self, page: &Page) -> Option<Title> {
        let (title, origin) = page.title.best()?;
        let heading = is_window_title(origin).then(|| self.heading_of(title, page));
        if let Some((heading, origin)) = heading.flatten() {
            return Some(Title {
                text: heading.clone(),
                origin: origin.clone(),
                removed: None,
            });
        }
        Some(self.strip_name(title, origin, page))
    }

    /// Returns the page's title for a post whose Markdown gives the title `own`, from its front matter if
    /// `is_written`; `None` if `own` is the better title.
    pub(super) fn title_beside(
        &self,
        page: &Page,
        own: Option<&str>,
        is_written: bool,
    ) -> Option<Title> {
        let Some((title, origin)) = page.title.best_stated() else {
            return self.title_of(page).filter(|_| !is_written);
        };
        if is_window_title(origin) {
            let is_confirmed = own.is_some_and(|own| self.confirms(page, title, own));
            return self.title_of(page).filter(|_| !is_confirmed);
        }
        let found = self.title_of(page)?;
        let is_own = |part: &TitlePart<'_>| Some(part.rest) == own && self.is_known_name(part.name);
        if let Some(part) = parts(title).into_iter().find(is_own) {
            return Some(Title {
                text: part.rest.to_owned(),
                removed: Some(part.text.to_owned()),
                ..found
            });
        }
        Some(found)
    }

    /// Returns `true` if the page with the window title `title` confirms `own`: the title contains it
    /// between separators, a heading equals it, or the title is the site's or that of many pages.
    fn confirms(&self, page: &Page, title: &str, own: &str) -> bool {
        let own = with_ascii_punctuation(own);
        is_part(&with_ascii_punctuation(title), &own)
            || headings(page)
                .iter()
                .any(|(heading, _)| with_ascii_punctuation(heading) == own)
            || self.is_known_name(title)
            || self.is_shared_window_title(title)
    }

    /// Returns the heading that is the title of a page with the window title `title`: the one that it
    /// contains between separators, or the first if other pages have the same window title. The site's
    /// name, which is a heading on many pages, is skipped.
    fn heading_of<'p>(&self, title: &str, page: &'p Page) -> Option<&'p (String, FieldOrigin)> {
        let own: Vec<&(String, FieldOrigin)> = headings(page)
            .into_iter()
            .filter(|(heading, _)| !self.is_site_heading(heading))
            .collect();
        if own.iter().any(|(heading, _)| heading == title) {
            return None;
        }
        let set_off = own.iter().find(|(heading, _)| is_part(title, heading));
        let found = set_off.or_else(|| own.first().filter(|_| self.is_shared_window_title(title)));
        found.copied()
    }

    /// Returns `true` if pages with different headings have this window title.
    fn is_shared_window_title(&self, title: &str) -> bool {
        let headings = self.headings_by_title.get(title);
        headings.is_some_and(|headings| headings.len() > 1)
    }

    /// Returns `true` if a heading is the site's name: it is a known name, or pages with different titles
    /// have it.
    fn is_site_heading(&self, heading: &str) -> bool {
        let titles = self.titles_by_heading.get(heading);
        self.is_known_name(heading) || titles.is_some_and(|titles| titles.len() > 1)
    }

    fn is_known_name(&self, name: &str) -> bool {
        self.names.contains(&name.to_lowercase())
    }

    /// Returns `title`, one of the page's titles, without the site's name.
    pub(super) fn strip_name(&self, title: &str, origin: &FieldOrigin, page: &Page) -> Title {
        let repeated = |rest: &str| page.title.iter().any(|(other, _)| other == rest);
        let own = parts(title)
            .into_iter()
            .filter(|part| self.is_site_name(origin, part, repeated(part.rest)))
            .max_by_key(|part| part.text.len());
        Title {
            text: own.map_or(title, |part| part.rest).to_owned(),
            origin: origin.clone(),
            removed: own.map(|part| part.text.to_owned()),
        }
    }

    /// Returns `true` if `part` is the site's name. `repeated` is `true` if the page contains the rest of
    /// the title elsewhere.
    fn is_site_name(&self, origin: &FieldOrigin, part: &TitlePart<'_>, repeated: bool) -> bool {
        let is_known = self.is_known_name(part.name);
        if is_known && repeated {
            return true;
        }
        let titles = self.titles.iter().find(|(known, _)| known == origin);
        let most = titles.is_some_and(|(_, titles)| {
            let carry = titles.carry(part);
            carry >= MIN_TITLES && carry * 2 > titles.count
        });
        // A prefix that many titles share may be that of a series: `Weekly: …`.
        most && (part.side == Side::After || is_known || repeated)
    }
}

/// Returns `true` if the title of a page depends on its headings, independently of the other pages.
pub(super) fn needs_headings(page: &Page) -> bool {
    let best = page.title.best_stated();
    best.is_none_or(|(_, origin)| is_window_title(origin))
}

fn is_window_title(origin: &FieldOrigin) -> bool {
    matches!(origin, FieldOrigin::Page(what) if WINDOW_TITLE_ORIGINS.contains(&&**what))
}

/// Returns a title with typographic quotation marks and dashes replaced by ASCII ones.
fn with_ascii_punctuation(title: &str) -> String {
    let plain = title.chars().map(|c| match c {
        '‘' | '’' => '\'',
        '“' | '”' | '„' => '"',
        '–' | '—' => '-',
        c => c,
    });
    plain
        .collect::<String>()
        .replace('…', "...")
        .replace("--", "-")
}

/// Returns the headings of a page. Those of its narrowest part are first, because a theme may put the
/// site's name into a heading above the post.
fn headings(page: &Page) -> Vec<&(String, FieldOrigin)> {
    let mut headings: Vec<_> = page.title.shown().iter().collect();
    let is_of_whole_page = |origin: &FieldOrigin| matches!(origin, FieldOrigin::Page(what) if what.starts_with("body "));
    headings.sort_by_key(|(_, origin)| is_of_whole_page(origin));
    headings
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    use super::SiteName;
    use crate::page;

    /// Returns the title of the first of `pages`, each given by its `<title>` and its heading.
    fn title(names: &[&str], pages: &[(&str, &str)]) -> String {
        let read = |(title, heading): &(&str, &str)| {
            let html = format!("<title>{title}</title><h1>{heading}</h1>");
            page::read(html.as_bytes(), None, &TimeZone::UTC)
        };
        let pages: Vec<_> = pages.iter().map(read).collect();
        let mut site = SiteName::default();
        names.iter().for_each(|name| site.add_name(name));
        pages.iter().for_each(|page| site.observe(page));
        site.title_of(&pages[0]).unwrap().text
    }

    #[test]
    fn common_title_part_is_site_name() {
        for (carried, bare) in [
            (["A | Blog", "B | Blog", "C | Blog"], "A"),
            (
                ["A - B - My - Blog", "B - My - Blog", "C - My - Blog"],
                "A - B",
            ),
            (["A · Blog", "B · Blog", "C · Other"], "A · Blog"),
            (["Weekly: a", "Weekly: b", "Weekly: c"], "Weekly: a"),
        ] {
            let pages = carried.map(|title| (title, ""));
            assert_eq!(title(&[], &pages), bare, "{carried:?}");
        }
    }

    #[test]
    fn heading_in_window_title_is_title() {
        for (window, heading, expected) in [
            ("Tides | Ada's Notes", "Tides", "Tides"),
            ("Ada's Notes » Tides", "Tides", "Tides"),
            ("Tides ⟫ Ada's Notes", "Tides", "Tides"),
            ("Tides, by Ada", "Tides", "Tides"),
            ("Tides | Sea | Ada", "Tides | Sea", "Tides | Sea"),
            ("Notes | Tides | Ada", "Tides", "Tides"),
            ("Tides of the sea", "Tides", "Tides of the sea"),
            ("Low Tides", "Tides", "Low Tides"),
            ("Tides | Ada", "Welcome", "Tides | Ada"),
        ] {
            assert_eq!(title(&[], &[(window, heading)]), expected, "{window}");
        }
    }

    #[test]
    fn site_heading_is_not_title() {
        let headed = |title: &str, body: &str| {
            page::read(
                format!("<title>{title}</title>{body}").as_bytes(),
                None,
                &TimeZone::UTC,
            )
        };
        let site = "<h1>Ada's Notes</h1>";
        let post = headed(
            "Ada's Notes – Tides",
            &format!("{site}<article><h2>Tides</h2></article>"),
        );
        // The narrowest part of the page contains the post's heading.
        let alone = SiteName::default();
        assert_eq!(alone.title_of(&post).unwrap().text, "Tides");
        // Pages with other titles have the same heading.
        let plain = headed("Ada's Notes – Tides", site);
        let mut names = SiteName::default();
        names.observe(&plain);
        names.observe(&headed("Ada's Notes – About", site));
        assert_eq!(names.title_of(&plain).unwrap().text, "Ada's Notes – Tides");
        // The home page has this title.
        let mut names = SiteName::default();
        names.observe_home_page(&headed("Ada's Notes", ""));
        assert_eq!(names.title_of(&plain).unwrap().text, "Ada's Notes – Tides");
    }

    #[test]
    fn shared_window_title_is_not_title() {
        let pages = [("Ada's Notes", "Tides"), ("Ada's Notes", "Waves")];
        assert_eq!(title(&[], &pages), "Tides");
        assert_eq!(title(&[], &pages[..1]), "Ada's Notes");
    }

    #[test]
    fn known_site_name_is_cut() {
        assert_eq!(title(&["Blog"], &[("A | Blog", "A")]), "A");
        assert_eq!(title(&["blog"], &[("Blog: A", "A")]), "A");
        assert_eq!(
            title(&["Blog"], &[("Why I love | Blog", "")]),
            "Why I love | Blog"
        );
        assert_eq!(title(&[], &[("A | Blog", "")]), "A | Blog");
        assert_eq!(title(&["Blog"], &[("Blog", "A")]), "Blog");
    }

    #[test]
    fn leading_site_name_needs_confirmation() {
        let pages = [
            ("18F: A", "A"),
            ("18F: B", "B"),
            ("18F: C", "C"),
            ("18F", ""),
        ];
        assert_eq!(title(&[], &pages), "A");
    }

    proptest! {
        #[test]
        fn cut_title_is_nonempty_part(
            titles in proptest::collection::vec("[ab] [|:-] [ab](: b| \\| a)?", 1..6),
        ) {
            let pages: Vec<_> = titles.iter().map(|title| (title.as_str(), "a")).collect();
            let left = title(&["a"], &pages);
            prop_assert!(!left.trim().is_empty());
            prop_assert!(titles[0].contains(&left), "{} of {}", left, titles[0]);
        }
    }
}

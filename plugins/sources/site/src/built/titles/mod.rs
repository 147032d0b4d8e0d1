//! Titles without the name of the site, which many themes put before or behind them: `Hello | Ada's
//! Blog`. Where only `<title>` gives one, the heading that is set off in it is the title. From titles
//! that are written for sharing the name is cut only where the site proves that it is its name: most
//! titles of that kind carry it, or the page says the rest of it elsewhere and the site is called so.

mod separators;

use std::collections::{BTreeMap, BTreeSet};

use syndicate_api::FieldOrigin;

use crate::page::Page;
use separators::{is_part, separators};

/// Origins of titles that the head gives beside those that were written for sharing. They are the
/// title of the browser's window, with whatever a theme puts there.
const WINDOW: &[&str] = &["dc.title", "dcterms.title", "meta title", "title"];

/// So many titles have to carry a part before it is taken for the site's name.
const ENOUGH: usize = 3;

/// The side of a title on which a part stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Before,
    Behind,
}

/// A part that a title may have besides the title, with its separator.
#[derive(Clone, Copy, Debug)]
struct Part<'a> {
    side: Side,
    text: &'a str,
    /// The part alone.
    name: &'a str,
    /// The title without it.
    rest: &'a str,
}

/// What titles of the site carry.
#[derive(Debug, Default)]
pub(super) struct SiteName {
    /// How many titles of each origin there are.
    titles: BTreeMap<String, usize>,
    /// How many of them carry each part.
    parts: BTreeMap<(String, Side, String), usize>,
    /// How the site is called, as its pages and its config say.
    names: BTreeSet<String>,
    /// The window titles of the pages that have a heading.
    titles_by_heading: BTreeMap<String, BTreeSet<String>>,
    /// The first headings of the pages that have a window title.
    headings_by_title: BTreeMap<String, BTreeSet<String>>,
}

/// A title, and the part that was cut off.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Title {
    pub(super) text: String,
    pub(super) origin: FieldOrigin,
    pub(super) cut: Option<String>,
}

impl SiteName {
    /// Notes how the site is called.
    pub(super) fn call(&mut self, name: &str) {
        self.names.insert(name.trim().to_lowercase());
    }

    /// Learns from the site's first page, whose title is often just the site's name.
    pub(super) fn learn_first(&mut self, page: &Page) {
        for (title, _) in page.title.iter() {
            self.call(title);
        }
    }

    /// Learns from one page.
    pub(super) fn learn(&mut self, page: &Page) {
        for (name, _) in page.site_name.iter() {
            self.call(name);
        }
        for (title, origin) in page.title.iter() {
            let origin = origin.to_string();
            for part in parts(title) {
                let key = (origin.clone(), part.side, part.text.to_owned());
                *self.parts.entry(key).or_default() += 1;
            }
            *self.titles.entry(origin).or_default() += 1;
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

    /// Returns the page's title without the name of the site.
    pub(super) fn title_of(&self, page: &Page) -> Option<Title> {
        let (title, origin) = page.title.best()?;
        let heading = is_window_title(origin).then(|| self.heading_of(title, page));
        if let Some((heading, origin)) = heading.flatten() {
            return Some(Title {
                text: heading.clone(),
                origin: origin.clone(),
                cut: None,
            });
        }
        Some(self.cut(title, origin, page))
    }

    /// Returns the page's title for a post that is called `own` in its Markdown, by its front matter or
    /// in another way; `None` if the post's own title is the better one.
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
        let is_own = |part: &Part<'_>| Some(part.rest) == own && self.is_called(part.name);
        if let Some(part) = parts(title).into_iter().find(is_own) {
            return Some(Title {
                text: part.rest.to_owned(),
                cut: Some(part.text.to_owned()),
                ..found
            });
        }
        Some(found)
    }

    /// Returns whether a page whose window has this title is that of a post that is called `own`: it is
    /// set off in the title or a heading, or the title says nothing, as it is that of all pages.
    fn confirms(&self, page: &Page, title: &str, own: &str) -> bool {
        let own = plain(own);
        is_part(&plain(title), &own)
            || headings(page)
                .iter()
                .any(|(heading, _)| plain(heading) == own)
            || self.is_called(title)
            || self.is_of_all(title)
    }

    /// Returns the heading that is the title of a page whose window has this title: the one that is set
    /// off in it, or any heading if the window of other pages has the same title. The site's name, which
    /// is a heading of many pages, is none.
    fn heading_of<'p>(&self, title: &str, page: &'p Page) -> Option<&'p (String, FieldOrigin)> {
        let own: Vec<&(String, FieldOrigin)> = headings(page)
            .into_iter()
            .filter(|(heading, _)| !self.is_of_site(heading))
            .collect();
        if own.iter().any(|(heading, _)| heading == title) {
            return None;
        }
        let set_off = own.iter().find(|(heading, _)| is_part(title, heading));
        let found = set_off.or_else(|| own.first().filter(|_| self.is_of_all(title)));
        found.copied()
    }

    /// Returns whether the windows of pages with different headings have this title.
    fn is_of_all(&self, title: &str) -> bool {
        let headings = self.headings_by_title.get(title);
        headings.is_some_and(|headings| headings.len() > 1)
    }

    /// Returns whether a heading is the name of the site: it is called so, or pages with different
    /// titles have it.
    fn is_of_site(&self, heading: &str) -> bool {
        let titles = self.titles_by_heading.get(heading);
        self.is_called(heading) || titles.is_some_and(|titles| titles.len() > 1)
    }

    fn is_called(&self, name: &str) -> bool {
        self.names.contains(&name.to_lowercase())
    }

    /// One of the page's titles without the name of the site.
    pub(super) fn cut(&self, title: &str, origin: &FieldOrigin, page: &Page) -> Title {
        let repeated = |rest: &str| page.title.iter().any(|(other, _)| other == rest);
        let shown = origin.to_string();
        let own = parts(title)
            .into_iter()
            .filter(|part| self.is_name(&shown, part, repeated(part.rest)))
            .max_by_key(|part| part.text.len());
        Title {
            text: own.map_or(title, |part| part.rest).to_owned(),
            origin: origin.clone(),
            cut: own.map(|part| part.text.to_owned()),
        }
    }

    /// Whether `part` is the site's name, in a title of which the page says the rest elsewhere or not.
    fn is_name(&self, origin: &str, part: &Part<'_>, repeated: bool) -> bool {
        let is_called_so = self.is_called(part.name);
        if is_called_so && repeated {
            return true;
        }
        let key = (origin.to_owned(), part.side, part.text.to_owned());
        let carry = self.parts.get(&key).copied().unwrap_or_default();
        let all = self.titles.get(origin).copied().unwrap_or_default();
        let most = carry >= ENOUGH && carry * 2 > all;
        // What a series of posts begins with is no name: `Weekly: …`.
        most && (part.side == Side::Behind || is_called_so || repeated)
    }
}

fn is_window_title(origin: &FieldOrigin) -> bool {
    matches!(origin, FieldOrigin::Page(what) if WINDOW.contains(&what.as_str()))
}

/// Returns a title without the quotation marks and dashes that generators make of plain ones.
fn plain(title: &str) -> String {
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

/// Returns the headings of a page: those of the narrowest part of it first, as a theme may put the name
/// of the site into a heading above the post.
fn headings(page: &Page) -> Vec<&(String, FieldOrigin)> {
    let mut headings: Vec<_> = page.title.shown().iter().collect();
    let is_of_whole_page = |origin: &FieldOrigin| matches!(origin, FieldOrigin::Page(what) if what.starts_with("body "));
    headings.sort_by_key(|(_, origin)| is_of_whole_page(origin));
    headings
}

/// The parts that may be a name, cut at every separator.
fn parts(title: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    for at in separators(title) {
        let (before, behind) = (title[..at.start].trim(), title[at.end..].trim());
        if before.is_empty() || behind.is_empty() {
            continue;
        }
        parts.push(Part {
            side: Side::Before,
            text: &title[..at.end],
            name: before,
            rest: behind,
        });
        parts.push(Part {
            side: Side::Behind,
            text: &title[at.start..],
            name: behind,
            rest: before,
        });
    }
    parts
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    use super::SiteName;
    use crate::page;

    /// The title of the first of these pages, each given by its `<title>` and its heading.
    fn title(names: &[&str], pages: &[(&str, &str)]) -> String {
        let read = |(title, heading): &(&str, &str)| {
            let html = format!("<title>{title}</title><h1>{heading}</h1>");
            page::read(html.as_bytes(), None, &TimeZone::UTC)
        };
        let pages: Vec<_> = pages.iter().map(read).collect();
        let mut site = SiteName::default();
        names.iter().for_each(|name| site.call(name));
        pages.iter().for_each(|page| site.learn(page));
        site.title_of(&pages[0]).unwrap().text
    }

    #[test]
    fn what_most_titles_carry_is_the_sites_name() {
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
    fn heading_set_off_in_window_title_is_title() {
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
    fn heading_of_site_is_not_title() {
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
        // The narrowest part of the page has the post's heading.
        let alone = SiteName::default();
        assert_eq!(alone.title_of(&post).unwrap().text, "Tides");
        // Pages with other titles have the same heading.
        let plain = headed("Ada's Notes – Tides", site);
        let mut names = SiteName::default();
        names.learn(&plain);
        names.learn(&headed("Ada's Notes – About", site));
        assert_eq!(names.title_of(&plain).unwrap().text, "Ada's Notes – Tides");
        // The first page is called so.
        let mut names = SiteName::default();
        names.learn_first(&headed("Ada's Notes", ""));
        assert_eq!(names.title_of(&plain).unwrap().text, "Ada's Notes – Tides");
    }

    #[test]
    fn window_title_of_all_pages_is_no_title() {
        let pages = [("Ada's Notes", "Tides"), ("Ada's Notes", "Waves")];
        assert_eq!(title(&[], &pages), "Tides");
        assert_eq!(title(&[], &pages[..1]), "Ada's Notes");
    }

    #[test]
    fn a_name_that_is_known_is_cut_where_the_page_says_the_rest() {
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
    fn a_name_before_each_title_needs_the_pages_word() {
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
        fn what_is_left_is_never_empty_and_always_a_part(
            titles in proptest::collection::vec("[ab] [|:-] [ab](: b| \\| a)?", 1..6),
        ) {
            let pages: Vec<_> = titles.iter().map(|title| (title.as_str(), "a")).collect();
            let left = title(&["a"], &pages);
            prop_assert!(!left.trim().is_empty());
            prop_assert!(titles[0].contains(&left), "{} of {}", left, titles[0]);
        }
    }
}

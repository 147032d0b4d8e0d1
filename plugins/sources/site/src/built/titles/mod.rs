//! Titles without the name of the site, which many themes put before or behind them: `Hello | Ada's
//! Blog`. It is cut only where the site proves that it is its name: most titles of that kind carry it,
//! or the page says the rest of it elsewhere and the site is called so.

use std::collections::{BTreeMap, BTreeSet};

use syndicate_api::Origin;

use crate::page::Page;

/// What stands between a title and the name of the site.
const SEPARATORS: &[&str] = &[
    " | ", " - ", " – ", " — ", " · ", " • ", " : ", ": ", " :: ", " « ", " » ", " ~ ",
];

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
}

/// A title, and the part that was cut off.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Title {
    pub(super) text: String,
    pub(super) origin: Origin,
    pub(super) cut: Option<String>,
}

impl SiteName {
    /// Notes how the site is called.
    pub(super) fn call(&mut self, name: &str) {
        self.names.insert(name.trim().to_lowercase());
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
    }

    /// The page's title without the name of the site.
    pub(super) fn title_of(&self, page: &Page) -> Option<Title> {
        let (title, origin) = page.title.best()?;
        Some(self.cut(title, origin, page))
    }

    /// One of the page's titles without the name of the site.
    pub(super) fn cut(&self, title: &str, origin: &Origin, page: &Page) -> Title {
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
        let is_called_so = self.names.contains(&part.name.to_lowercase());
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

/// The parts that may be a name, cut at every separator.
fn parts(title: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    for separator in SEPARATORS {
        for (at, _) in title.match_indices(separator) {
            let end = at + separator.len();
            let (before, behind) = (title[..at].trim(), title[end..].trim());
            if before.is_empty() || behind.is_empty() {
                continue;
            }
            parts.push(Part {
                side: Side::Before,
                text: &title[..end],
                name: before,
                rest: behind,
            });
            parts.push(Part {
                side: Side::Behind,
                text: &title[at..],
                name: behind,
                rest: before,
            });
        }
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
    fn a_name_that_is_known_is_cut_where_the_page_says_the_rest() {
        assert_eq!(title(&["Blog"], &[("A | Blog", "A")]), "A");
        assert_eq!(title(&["blog"], &[("Blog: A", "A")]), "A");
        assert_eq!(
            title(&["Blog"], &[("Why I love | Blog", "")]),
            "Why I love | Blog"
        );
        assert_eq!(title(&[], &[("A | Blog", "A")]), "A | Blog");
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

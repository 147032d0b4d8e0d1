//! Index of built pages by title and date, used when a post's URL cannot be derived: a generator's rules
//! may be a program, and a plugin may compute any URL. A title alone does not identify a page; the day
//! or the file's name must match as well.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use syndicate_api::{Item, normalise_url};

use super::output::page_name;
use super::titles::SiteName;
use super::{BuiltSite, non_posts};
use crate::page::{Page, fold};
use crate::paths::basename;
use crate::post_file::split_date;

/// The finished pages of a site, indexed by URL and title.
#[derive(Debug, Default)]
pub(super) struct PageIndex {
    by_url: BTreeMap<String, String>,
    by_title: BTreeMap<String, Vec<TitledPage>>,
}

/// A page with a title.
#[derive(Debug)]
struct TitledPage {
    file: String,
    day: Option<Date>,
}

impl PageIndex {
    /// Reads all pages.
    pub(super) fn of(built: &BuiltSite<'_>) -> Self {
        let files = built.output.pages().iter();
        let read = files.filter_map(|file| Some((built.read_finished(file)?, file.clone())));
        let pages: Vec<(Page, String)> = read
            .filter(|(page, _)| page.signals.redirect.is_none())
            .collect();
        let mut names = SiteName::default();
        pages.iter().for_each(|(page, _)| names.observe(page));
        let mut index = Self::default();
        let mut shared = BTreeSet::new();
        for (page, file) in pages {
            let own = page
                .url
                .iter()
                .filter(|(url, _)| built.can_be_of(url, &file));
            for key in own.filter_map(|(url, _)| normalise_url(url)) {
                let other = index.by_url.insert(key.clone(), file.clone());
                if other.is_some_and(|other| other != file) {
                    shared.insert(key);
                }
            }
            let title = names.title_of(&page);
            if let Some(title) =
                title.filter(|_| non_posts::exclusion_reason(&file, &page).is_none())
            {
                let day = page.published.best().map(|(date, _)| date.at.date());
                let titled = index.by_title.entry(fold(&title.text)).or_default();
                titled.push(TitledPage { file, day });
            }
        }
        // A URL that several pages state belongs to none of them: a theme printed it on each.
        index.by_url.retain(|key, _| !shared.contains(key));
        index
    }

    /// Returns the page that states `url` as its own URL.
    pub(super) fn find_by_url(&self, url: &str) -> Option<&str> {
        let file = self.by_url.get(&normalise_url(url)?)?;
        Some(file)
    }

    /// Returns the page with the item's title and its day or file name; `None` if several match.
    pub(super) fn find_by_title(&self, item: &Item) -> Option<&str> {
        let titled = self.by_title.get(&fold(item.title.as_deref()?))?;
        let day = item.published.as_ref().map(|date| date.at.date());
        let name = item.path.as_deref().map(post_name).map(fold);
        let mut fitting = titled.iter().filter(|page| {
            let same_day = day.is_some() && page.day == day;
            let same_name = name == Some(fold(basename(page_name(&page.file))));
            same_day || same_name
        });
        let only = fitting.next()?;
        fitting.next().is_none().then_some(&only.file)
    }
}

/// Returns the name of a Markdown file without its date; the folder's name for an `index` file.
fn post_name(path: &str) -> &str {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let name = match stem.rsplit_once('/') {
        Some((folders, "index")) => basename(folders),
        _ => basename(stem),
    };
    split_date(name).1
}

//! Finds the built page of each Markdown file. A post whose page is missing or out of date is held
//! back and keeps the data of its Markdown, so that an item is never a mix of old and new.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use rayon::iter::{IntoParallelRefMutIterator as _, ParallelIterator as _};
use syndicate_api::{Code, Item};

use super::index::PageIndex;
use super::merge::merge;
use super::stale::BuiltPage;
use super::titles::{self, SiteName};
use super::{BuiltSite, non_posts, stale};
use crate::fields;
use crate::page::Page;

/// The number of items from which all pages are listed.
const MIN_LISTED: usize = 64;

/// Finds the pages of items and merges both.
pub(crate) struct Joiner<'a> {
    built: BuiltSite<'a>,
    now: Timestamp,
    /// Built only when a page is not at its expected URL.
    index: OnceLock<PageIndex>,
}

/// An item and the result of the search for its page.
pub(crate) struct Joined {
    /// It is shared already: copying all items once more at the end of a scan would take as much memory again.
    pub(crate) item: Arc<Item>,
    /// The Markdown file that the item was read from.
    markdown: PathBuf,
    /// `true` if only some readers may see the item's text.
    is_protected: bool,
    page: PageMatch,
}

/// The result of the search for an item's page.
enum PageMatch {
    Page(String, Box<Page>),
    /// No page was found, with the reason.
    Missing(String),
    /// The page exists but the build has not finished it, with the evidence.
    Unfinished(String),
    /// No search was made, because the item is not sent in any case.
    NotSearched,
}

impl Joined {
    /// Returns an item that was read from the file `markdown`, whose page is still to be searched. `is_protected` is
    /// `true` if only some readers may see its text.
    pub(crate) fn before_search(item: Item, markdown: PathBuf, is_protected: bool) -> Self {
        Self {
            item: Arc::new(item),
            markdown,
            is_protected,
            page: PageMatch::NotSearched,
        }
    }

    /// Returns an item with only the data of its Markdown.
    pub(crate) fn without_page(mut item: Item) -> Self {
        item.origin = std::mem::take(&mut item.origin).shared();
        Self {
            item: Arc::new(item),
            markdown: PathBuf::new(),
            is_protected: false,
            page: PageMatch::NotSearched,
        }
    }

    fn page(&self) -> Option<(&str, &Page)> {
        match &self.page {
            PageMatch::Page(file, page) => Some((file, page)),
            _ => None,
        }
    }

    fn page_mut(&mut self) -> Option<(&str, &mut Page)> {
        match &mut self.page {
            PageMatch::Page(file, page) => Some((file, page)),
            _ => None,
        }
    }
}

impl<'a> Joiner<'a> {
    pub(crate) fn new(built: BuiltSite<'a>, now: Timestamp) -> Self {
        Self {
            built,
            now,
            index: OnceLock::new(),
        }
    }

    /// Prepares for the search of the pages of `count` items. Listing all pages is quicker than looking up many.
    pub(crate) fn prepare(&self, count: usize) {
        if count >= MIN_LISTED {
            self.built.output.list_pages();
        }
    }

    /// Searches for the page of an item, unless the item is not sent in any case.
    pub(crate) fn find_page(&self, joined: &mut Joined) {
        if !joined.item.draft && joined.item.hold.is_none() {
            joined.page = self.find(&joined.item);
        }
    }

    /// Returns the items, merged with the data of their pages.
    pub(crate) fn finish(&self, mut joined: Vec<Joined>) -> Vec<Arc<Item>> {
        self.match_by_title(&mut joined);
        self.complete(&mut joined);
        let names = self.site_name(&joined);
        let items = joined.into_iter().map(|joined| {
            let hold = self.skip_reason(&joined);
            let Joined {
                mut item,
                page,
                is_protected,
                ..
            } = joined;
            if matches!(&page, PageMatch::Page(_, page) if page.signals.has_password_prompt) {
                fields::redact(Arc::make_mut(&mut item));
            }
            match (hold, page) {
                (None, PageMatch::Page(file, page)) => {
                    let page = match names.depends_on_headings(&page) {
                        true => self.built.read(&file).unwrap_or(*page),
                        false => *page,
                    };
                    let page = page.redact_if_protected(is_protected);
                    let item = Arc::unwrap_or_clone(item);
                    Arc::new(merge(&self.built, item, &file, &page, &names))
                }
                (hold, _) => {
                    let own = Arc::make_mut(&mut item);
                    own.hold = own.hold.take().or(hold);
                    own.origin = std::mem::take(&mut own.origin).shared();
                    item
                }
            }
        });
        items.collect()
    }

    /// Reads the headings of all pages if the title of one depends on them.
    fn complete(&self, joined: &mut [Joined]) {
        let mut pages = joined.iter().filter_map(Joined::page);
        if pages.any(|(_, page)| titles::needs_headings(page)) {
            let pages = joined.par_iter_mut().filter_map(Joined::page_mut);
            self.built.complete(pages);
        }
    }

    /// Returns why an item waits for its page, or why it is never sent because its page is not public.
    fn skip_reason(&self, joined: &Joined) -> Option<(Code, String)> {
        let Joined {
            item,
            markdown,
            page,
            is_protected,
        } = joined;
        match page {
            PageMatch::Page(file, page) => {
                let named = self.built.output.relative_to_pipeline(file);
                if let Some(what) = non_posts::hidden_reason(file, page) {
                    return Some((Code::Unlisted, format!("its page `{named}` {what}")));
                }
                let shows_text = !(*is_protected || page.signals.has_password_prompt);
                let what = self.missing_content(item, markdown, file, shows_text)?;
                let reason =
                    format!("its page `{named}` is older than its Markdown and lacks {what}");
                Some((Code::PageStale, reason))
            }
            PageMatch::Missing(reason) | PageMatch::Unfinished(reason) if !self.is_future(item) => {
                Some((Code::PageNotBuilt, reason.clone()))
            }
            PageMatch::Missing(_) | PageMatch::Unfinished(_) | PageMatch::NotSearched => None,
        }
    }

    /// Assigns a page with the same title to each item whose page is missing. A page that another item
    /// claims is not assigned, because a translation may have the same title and day.
    fn match_by_title(&self, joined: &mut [Joined]) {
        let mut claims: BTreeMap<String, usize> = BTreeMap::new();
        let mut likely: Vec<(usize, String)> = Vec::new();
        for (at, Joined { item, page, .. }) in joined.iter().enumerate() {
            match page {
                PageMatch::Page(file, _) => *claims.entry(file.clone()).or_default() += 1,
                PageMatch::Missing(_) => {
                    if let Some(file) = self.index().find_by_title(item) {
                        *claims.entry(file.to_owned()).or_default() += 1;
                        likely.push((at, file.to_owned()));
                    }
                }
                PageMatch::Unfinished(_) | PageMatch::NotSearched => {}
            }
        }
        for (at, file) in likely {
            if claims[&file] == 1
                && let Ok(page) = self.built.read(&file)
            {
                joined[at].page = PageMatch::Page(file, Box::new(page));
            }
        }
    }

    /// Collects the site's name from its config and from the titles of its pages.
    fn site_name(&self, joined: &[Joined]) -> SiteName {
        let mut names = SiteName::default();
        self.built
            .site
            .title()
            .into_iter()
            .for_each(|name| names.add_name(name));
        let first = self.built.output.page_at("/");
        if let Some(Ok(page)) = first.map(|file| self.built.read(&file)) {
            names.observe(&page);
            names.observe_home_page(&page);
        }
        for joined in joined {
            if let PageMatch::Page(_, page) = &joined.page {
                names.observe(page);
            }
        }
        names
    }

    fn is_future(&self, item: &Item) -> bool {
        let published = item.published.as_ref();
        published.is_some_and(|date| date.at.timestamp() > self.now)
    }

    fn missing_content(
        &self,
        item: &Item,
        markdown: &Path,
        file: &str,
        shows_text: bool,
    ) -> Option<String> {
        let built = BuiltPage {
            on_disk: &self.built.output.on_disk(file),
            bytes: &|| self.built.output.read(file).ok(),
            shows_text,
        };
        stale::missing_content(self.built.site, item, markdown, &built)
    }

    fn index(&self) -> &PageIndex {
        self.index.get_or_init(|| PageIndex::of(&self.built))
    }

    /// Returns the page at the item's URL or at one of its aliases, else the page that states one of them
    /// as its own. A page that redirects is not the post's page.
    fn find(&self, item: &Item) -> PageMatch {
        let output = &self.built.output;
        if !output.exists() {
            return PageMatch::Missing(format!(
                "the output folder `{}` is missing",
                output.pipeline_path()
            ));
        }
        let candidate_urls = || item.url.iter().chain(&item.keys);
        let at = candidate_urls().filter_map(|url| self.built.page_at(url));
        let says = candidate_urls().filter_map(|url| self.index().find_by_url(url));
        let mut redirect = None;
        for file in at.chain(says.map(str::to_owned)) {
            let is_enough = |head: &Page| !head.lacks_values();
            let parse = |bytes: &[u8]| self.built.parse_quickly(&file, bytes, is_enough);
            let Ok((page, defect)) = output.read_page(&file, parse) else {
                continue;
            };
            if let Some(what) = defect {
                let file = output.relative_to_pipeline(&file);
                return PageMatch::Unfinished(format!("its page `{file}` {what}"));
            }
            match &page.signals.redirect {
                None => return PageMatch::Page(file, Box::new(page)),
                Some(target) => redirect = redirect.or_else(|| Some((file, target.clone()))),
            }
        }
        PageMatch::Missing(match (redirect, &item.url) {
            (Some((file, target)), _) => {
                let file = output.relative_to_pipeline(&file);
                format!("its page `{file}` redirects to `{target}`")
            }
            (None, Some(url)) => format!(
                "no page in `{}` has the URL `{url}`",
                output.pipeline_path()
            ),
            (None, None) => format!(
                "no page in `{}` has its title and day",
                output.pipeline_path()
            ),
        })
    }
}

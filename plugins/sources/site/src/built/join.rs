//! Finds the built page of each Markdown file. A post whose page is not there or out of date is held
//! and keeps what its Markdown says, for half of each would be neither.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use jiff::Timestamp;
use syndicate_api::{Code, Item};

use super::index::Index;
use super::merge::merge;
use super::stale::BuiltPage;
use super::titles::SiteName;
use super::{Built, non_posts, stale};
use crate::fields;
use crate::page::Page;

/// Finds pages for items.
pub(crate) struct Joiner<'a> {
    built: Built<'a>,
    now: Timestamp,
    /// Read only when a page is not where it is looked for first.
    index: OnceLock<Index>,
}

/// An item and what was found of its page.
pub(crate) struct Joined {
    pub(crate) item: Item,
    /// The file that it was read from.
    markdown: PathBuf,
    /// Whether not all readers may see its text.
    is_protected: bool,
    page: Found,
}

/// Where the page of an item is.
enum Found {
    Page(String, Box<Page>),
    /// Nowhere, and why.
    Missing(String),
    /// Where it should be, but the build has not finished it, and why that is known.
    Unfinished(String),
    /// Nobody looked: the item is not to be sent anyhow.
    Unasked,
}

impl Joined {
    /// An item as its Markdown has it.
    pub(crate) fn without_page(item: Item) -> Self {
        Self {
            item,
            markdown: PathBuf::new(),
            is_protected: false,
            page: Found::Unasked,
        }
    }
}

impl<'a> Joiner<'a> {
    pub(crate) fn new(built: Built<'a>, now: Timestamp) -> Self {
        Self {
            built,
            now,
            index: OnceLock::new(),
        }
    }

    /// Looks for the page of `item`, which was read from the file `markdown`; `is_protected` says whether
    /// not all readers may see its text.
    pub(crate) fn join(&self, item: Item, markdown: PathBuf, is_protected: bool) -> Joined {
        let stays = item.draft || item.hold.is_some();
        Joined {
            page: if stays {
                Found::Unasked
            } else {
                self.find(&item)
            },
            item,
            markdown,
            is_protected,
        }
    }

    /// The items, with the facts of their pages.
    pub(crate) fn finish(&self, mut joined: Vec<Joined>) -> Vec<Item> {
        self.find_by_likeness(&mut joined);
        let names = self.names(&joined);
        let items = joined.into_iter().map(|joined| {
            let hold = self.skip_reason(&joined);
            let Joined {
                mut item,
                page,
                is_protected,
                ..
            } = joined;
            if matches!(&page, Found::Page(_, page) if page.signals.has_password_prompt) {
                fields::close(&mut item);
            }
            match (hold, page) {
                (None, Found::Page(file, page)) => {
                    let page = page.for_all_readers(is_protected);
                    merge(&self.built, item, &file, &page, &names)
                }
                (hold, _) => {
                    item.hold = item.hold.or(hold);
                    item
                }
            }
        });
        items.collect()
    }

    /// Returns why an item waits for its page, or is never sent because its page is not for all readers.
    fn skip_reason(&self, joined: &Joined) -> Option<(Code, String)> {
        let Joined {
            item,
            markdown,
            page,
            is_protected,
        } = joined;
        match page {
            Found::Page(file, page) => {
                let named = self.built.output.beside_pipeline(file);
                if let Some(what) = non_posts::hidden(file, page) {
                    return Some((Code::Unlisted, format!("its page `{named}` {what}")));
                }
                let shows_text = !(*is_protected || page.signals.has_password_prompt);
                let what = self.lacks(item, markdown, file, shows_text)?;
                let reason = format!("its page `{named}` is older than it and lacks {what}");
                Some((Code::PageStale, reason))
            }
            Found::Missing(reason) | Found::Unfinished(reason) if !self.is_future(item) => {
                Some((Code::PageNotBuilt, reason.clone()))
            }
            Found::Missing(_) | Found::Unfinished(_) | Found::Unasked => None,
        }
    }

    /// Gives items whose pages are not where they should be those that say the same, unless another
    /// item has them: a translation may have the same title and day.
    fn find_by_likeness(&self, joined: &mut [Joined]) {
        let mut claims: BTreeMap<String, usize> = BTreeMap::new();
        let mut likely: Vec<(usize, String)> = Vec::new();
        for (at, Joined { item, page, .. }) in joined.iter().enumerate() {
            match page {
                Found::Page(file, _) => *claims.entry(file.clone()).or_default() += 1,
                Found::Missing(_) => {
                    if let Some(file) = self.index().like(item) {
                        *claims.entry(file.to_owned()).or_default() += 1;
                        likely.push((at, file.to_owned()));
                    }
                }
                Found::Unfinished(_) | Found::Unasked => {}
            }
        }
        for (at, file) in likely {
            if claims[&file] == 1
                && let Ok(page) = self.built.read(&file)
            {
                joined[at].page = Found::Page(file, Box::new(page));
            }
        }
    }

    /// How the titles of the pages name the site.
    fn names(&self, joined: &[Joined]) -> SiteName {
        let mut names = SiteName::default();
        self.built
            .site
            .title()
            .into_iter()
            .for_each(|name| names.call(name));
        let first = self.built.output.page_at("/");
        if let Some(Ok(page)) = first.map(|file| self.built.read(&file)) {
            names.learn(&page);
            names.learn_first(&page);
        }
        for joined in joined {
            if let Found::Page(_, page) = &joined.page {
                names.learn(page);
            }
        }
        names
    }

    fn is_future(&self, item: &Item) -> bool {
        let published = item.published.as_ref();
        published.is_some_and(|moment| moment.at.timestamp() > self.now)
    }

    fn lacks(&self, item: &Item, markdown: &Path, file: &str, shows_text: bool) -> Option<String> {
        let built = BuiltPage {
            on_disk: &self.built.output.on_disk(file),
            bytes: &|| self.built.output.read(file).ok(),
            shows_text,
        };
        stale::lacks(self.built.site, item, markdown, &built)
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(&self.built))
    }

    /// The page at the item's address or at one of its aliases, else the one that says it is there. A
    /// page that sends its readers on is not the post's.
    fn find(&self, item: &Item) -> Found {
        let output = &self.built.output;
        if !output.is_there() {
            return Found::Missing(format!("there is no folder `{}`", output.beside()));
        }
        let addresses = || item.url.iter().chain(&item.keys);
        let at = addresses().filter_map(|address| self.built.page_at(address));
        let says = addresses().filter_map(|address| self.index().at(address));
        let mut redirect = None;
        for file in at.chain(says.map(str::to_owned)) {
            let Ok(bytes) = output.read(&file) else {
                continue;
            };
            if let Some(what) = self.built.unfinished(&file, &bytes) {
                let file = output.beside_pipeline(&file);
                return Found::Unfinished(format!("its page `{file}` {what}"));
            }
            let page = self.built.parse(&file, &bytes);
            match &page.signals.redirect {
                None => return Found::Page(file, Box::new(page)),
                Some(target) => redirect = redirect.or_else(|| Some((file, target.clone()))),
            }
        }
        Found::Missing(match (redirect, &item.url) {
            (Some((file, target)), _) => {
                let file = output.beside_pipeline(&file);
                format!("its page `{file}` sends readers on to `{target}`")
            }
            (None, Some(url)) => format!("no page in `{}` is at `{url}`", output.beside()),
            (None, None) => format!("no page in `{}` has its title and day", output.beside()),
        })
    }
}

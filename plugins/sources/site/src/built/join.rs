//! Markdown joined with its built page: the author's intent from the front matter, the facts from the
//! page that readers get. A post whose page is not there or out of date is held and keeps what its
//! Markdown says, for half of each would be neither.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use syndicate_api::{Code, Field, Image, Item, Moment, Origin, normalise_url};

use super::titles::SiteName;
use super::{Built, stale};
use crate::page::Page;

/// Finds pages for items.
pub(crate) struct Joiner<'a> {
    built: Built<'a>,
    now: Timestamp,
    /// The pages by every address that they give for themselves; read when they are asked for.
    by_address: OnceCell<BTreeMap<String, String>>,
}

/// An item with its page, before the titles of all pages are known.
pub(crate) struct Joined {
    pub(crate) item: Item,
    page: Option<(String, Page)>,
}

impl Joined {
    /// An item as its Markdown has it.
    pub(crate) fn without_page(item: Item) -> Self {
        Self { item, page: None }
    }
}

/// Where the page of an item is.
enum Found {
    Page(String, Box<Page>),
    /// Nowhere, and why.
    Missing(String),
}

impl<'a> Joiner<'a> {
    pub(crate) fn new(built: Built<'a>, now: Timestamp) -> Self {
        Self {
            built,
            now,
            by_address: OnceCell::new(),
        }
    }

    /// Looks for the page of `item`, which was read from the file `markdown`. What is not to be sent
    /// anyhow needs no page.
    pub(crate) fn join(&self, mut item: Item, markdown: &Path) -> Joined {
        let stays = item.draft || item.hold.is_some();
        if stays {
            return Joined::without_page(item);
        }
        match self.find(&item) {
            Found::Page(file, page) => match self.lacks(&item, markdown, &file) {
                None => {
                    return Joined {
                        item,
                        page: Some((file, *page)),
                    };
                }
                Some(what) => {
                    let page = self.built.output.beside_pipeline(&file);
                    let reason = format!("its page `{page}` is older than it and lacks {what}");
                    item.hold = Some((Code::PageStale, reason));
                }
            },
            Found::Missing(reason) if !self.is_future(&item) => {
                item.hold = Some((Code::PageNotBuilt, reason));
            }
            Found::Missing(_) => {}
        }
        Joined::without_page(item)
    }

    /// The items, with the facts of their pages.
    pub(crate) fn finish(&self, joined: Vec<Joined>) -> Vec<Item> {
        let mut names = SiteName::default();
        self.built
            .site
            .title()
            .into_iter()
            .for_each(|name| names.call(name));
        if let Some(file) = self.built.output.page_at("/")
            && let Ok(page) = self.built.read(&file)
        {
            names.learn(&page);
        }
        let pages = joined.iter().filter_map(|joined| joined.page.as_ref());
        pages.for_each(|(_, page)| names.learn(page));
        let items = joined.into_iter().map(|Joined { item, page }| match page {
            Some((file, page)) => self.complete(item, &file, &page, &names),
            None => item,
        });
        items.collect()
    }

    fn is_future(&self, item: &Item) -> bool {
        let published = item.published.as_ref();
        published.is_some_and(|moment| moment.at.timestamp() > self.now)
    }

    fn lacks(&self, item: &Item, markdown: &Path, file: &str) -> Option<String> {
        let bytes = self.built.output.read(file).ok()?;
        let page = self.built.output.on_disk(file);
        stale::lacks(self.built.site, item, markdown, (&page, &bytes))
    }

    /// The page at the item's address, at one of its aliases, or the one that says it has its address.
    /// A page that sends its readers on is not the post's.
    fn find(&self, item: &Item) -> Found {
        let output = &self.built.output;
        if !output.is_there() {
            return Found::Missing(format!("there is no folder `{}`", output.beside()));
        }
        let Some(url) = &item.url else {
            return Found::Missing("nothing tells where its page is".to_owned());
        };
        let mut redirect = None;
        let addresses = [url].into_iter().chain(&item.keys);
        let there = addresses
            .clone()
            .filter_map(|address| self.built.page_at(address));
        let says = addresses.filter_map(|address| self.says_it_is(address));
        for file in there.chain(says) {
            match self.built.read(&file) {
                Ok(page) => match &page.signs.redirect {
                    None => return Found::Page(file, Box::new(page)),
                    Some(target) => redirect = redirect.or_else(|| Some((file, target.clone()))),
                },
                Err(_) => continue,
            }
        }
        Found::Missing(match redirect {
            Some((file, target)) => {
                let file = output.beside_pipeline(&file);
                format!("its page `{file}` sends readers on to `{target}`")
            }
            None => format!("no page in `{}` is at `{url}`", output.beside()),
        })
    }

    /// The page that gives `address` as its own.
    fn says_it_is(&self, address: &str) -> Option<String> {
        let by_address = self.by_address.get_or_init(|| {
            let mut by_address = BTreeMap::new();
            for file in self.built.output.pages() {
                let Ok(page) = self.built.read(&file) else {
                    continue;
                };
                if page.signs.redirect.is_some() {
                    continue;
                }
                for (url, _) in page
                    .url
                    .iter()
                    .filter(|(url, _)| self.built.can_be_of(url, &file))
                {
                    let key = normalise_url(url);
                    by_address.extend(key.map(|key| (key, file.clone())));
                }
            }
            by_address
        });
        by_address.get(&normalise_url(address)?).cloned()
    }

    /// The item with what its page says.
    fn complete(&self, mut item: Item, file: &str, page: &Page, names: &SiteName) -> Item {
        item.page = Some(self.built.output.beside_pipeline(file));
        if let Some((url, origin)) = self.built.own_address(file, page, &BTreeMap::new()) {
            let guessed = item.url.as_deref().and_then(normalise_url);
            item.keys.retain(|key| Some(key) != guessed.as_ref());
            let own = normalise_url(&url)
                .into_iter()
                .chain(self.built.foreign_key(page));
            for (at, key) in own.enumerate() {
                item.keys.retain(|known| *known != key);
                item.keys.insert(at.min(item.keys.len()), key);
            }
            item.link = Some(url.clone());
            item.url = Some(url);
            item.origin.insert(Field::Url, origin);
        }
        if let Some(title) = names.title_of(page) {
            item.title = Some(title.text);
            item.origin.insert(Field::Title, title.origin);
        }
        let written =
            |item: &Item, field| matches!(item.origin.get(&field), Some(Origin::FrontMatter(_)));
        let description = if written(&item, Field::Description) {
            page.description.best_stated()
        } else {
            page.description.best()
        };
        if let Some((description, origin)) = description {
            item.description = Some(description.clone());
            item.origin.insert(Field::Description, origin.clone());
        }
        let image = if item.image.is_some() {
            page.images.best_stated()
        } else {
            page.images.best()
        };
        if let Some((image, origin)) = image {
            item.image = Some(picture(self.built.located(image), item.image.take()));
            item.origin.insert(Field::Image, origin.clone());
        }
        if let Some((moment, origin)) = published(page, item.published.as_ref()) {
            item.published = Some(moment);
            item.origin.insert(Field::Published, origin);
        }
        if let Some((moment, origin)) = page.updated.best_stated() {
            item.updated = Some(moment.clone());
            item.origin.insert(Field::Updated, origin.clone());
        }
        if item.author.is_none()
            && let Some((author, origin)) = page.author.best_stated()
        {
            item.author = Some(author.clone());
            item.origin.insert(Field::Author, origin.clone());
        }
        if item.lang.is_none()
            && let Some((lang, origin)) = page.lang.best()
        {
            item.lang = Some(lang.clone());
            item.origin.insert(Field::Lang, origin.clone());
        }
        item
    }
}

/// The page's picture. One that the Markdown shows at the same address lends it its file, where the
/// output folder lacks it, and its words.
fn picture(mut image: Image, own: Option<Image>) -> Image {
    if let Some(own) = own.filter(|own| own.url.is_some() && own.url == image.url) {
        image.file = image.file.or(own.file);
        image.alt = image.alt.or(own.alt);
    }
    image
}

/// When the page says that it appeared. The same instant stays in the zone in which the author wrote
/// it; where the page has the day alone, the Markdown's time of that day is the better answer.
fn published(page: &Page, own: Option<&Moment>) -> Option<(Moment, Origin)> {
    let Some(own) = own else {
        return page.published.best().cloned();
    };
    let (moment, origin) = page.published.best_stated()?;
    let same_day = moment.day_only && moment.at.date() == own.at.date();
    let same = same_day || moment.at.timestamp() == own.at.timestamp();
    (!same).then(|| (moment.clone(), origin.clone()))
}

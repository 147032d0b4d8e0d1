//! Built pages without Markdown: each page that is a post is an item, with nothing but what the page
//! says. A page that is built is published, so no item is a draft.

use std::collections::BTreeMap;
use std::sync::Arc;

use syndicate_api::{
    Code, Diagnostic, Error, FieldOrigin, FieldOrigins, Item, ItemField, Result, SourceScan,
    record_origin,
};

use super::Built;
use super::build_time_dates::{BuildTimes, Traces};
use super::feeds_and_sitemaps::ListedUrls;
use super::output::{MAX_PAGES, name_of, without_index};
use super::posts::{Known, Named, Verdict, classify};
use super::titles::SiteName;
use crate::address;
use crate::clashes;
use crate::page::{Candidates, Page};
use crate::site::Site;
use crate::value::Sourced;

/// Reads the pages of `site`.
///
/// # Errors
/// When there is no folder of pages.
pub(crate) fn scan(site: &Site) -> Result<SourceScan> {
    Ok(SiteScan::of(site)?.scan())
}

/// All pages of a site, classified.
pub(crate) struct SiteScan<'a> {
    built: Built<'a>,
    pages: Vec<(String, Page)>,
    verdicts: Vec<Verdict>,
    /// What is unfinished about pages, by their files.
    unfinished: BTreeMap<String, String>,
    names: SiteName,
    build_times: BuildTimes,
    /// The addresses of pages as feeds and sitemaps write them.
    writes: BTreeMap<String, String>,
    faults: Vec<Diagnostic>,
    about: Arc<syndicate_api::Site>,
}

/// A page and what it was found to be.
pub(crate) struct ClassifiedPage<'a> {
    pub(crate) page: &'a Page,
    /// The item that it is, if it is a post.
    pub(crate) item: Option<Item>,
    /// Why it is one, or why not.
    pub(crate) reasons: Vec<String>,
}

impl<'a> SiteScan<'a> {
    /// Reads and classifies the pages of `site`.
    ///
    /// # Errors
    /// When there is no folder of pages.
    pub(crate) fn of(site: &'a Site) -> Result<Self> {
        let built = Built::of(site).filter(|built| built.output.is_there());
        let built = built.ok_or_else(|| {
            let folder = site.output().unwrap_or_default();
            let (folder, source) = (site.beside_pipeline(&folder), &site.source);
            Error::msg(format!(
                "the folder of built pages `{folder}` is not there (build the site, or set \
                 `output` of source `{source}`)"
            ))
        })?;
        let Pages {
            pages,
            unfinished,
            faults,
        } = Pages::read(&built);
        let listed = ListedUrls::read(&built.output, &linked_feeds(&built, &pages));
        let in_feeds = listed.posts.iter().filter_map(|(address, feed)| {
            let feed = built.output.beside_pipeline(feed);
            Some((built.page_at(address)?, feed))
        });
        let named: Vec<Named<'_>> = pages.iter().map(|(file, page)| (&**file, page)).collect();
        let known = Known {
            patterns: &site.options.pages,
            in_feeds: &in_feeds.collect(),
            page_at: &|address| built.page_at(address),
        };
        let verdicts = classify(&named, &known)?;
        let writes = listed
            .all()
            .filter_map(|address| Some((built.page_at(address)?, address.clone())));
        let mut names = SiteName::default();
        site.title().into_iter().for_each(|name| names.call(name));
        for (file, page) in &pages {
            names.learn(page);
            if name_of(file).is_empty() {
                names.learn_first(page);
            }
        }
        let traces = Traces {
            in_feeds: listed.build_times.clone(),
            written: &|file| built.output.written(file),
        };
        let build_times = BuildTimes::learn(&pages, &traces);
        Ok(Self {
            writes: writes.collect(),
            about: about(site, &pages),
            build_times,
            built,
            pages,
            verdicts,
            unfinished,
            names,
            faults,
        })
    }

    /// Returns the posts, each with its item.
    pub(crate) fn scan(&self) -> SourceScan {
        let pages = self.pages.iter().zip(&self.verdicts);
        let posts = pages.filter_map(|((file, page), verdict)| match verdict {
            Verdict::Post(origins) => Some(self.item(file, page, origins)),
            Verdict::Other(_) => None,
        });
        let (items, clashes) = clashes::separate(posts.collect(), &BTreeMap::new());
        SourceScan {
            items,
            faults: self.faults.iter().cloned().chain(clashes).collect(),
            notes: self.notes(),
        }
    }

    /// Returns the page at `path`, which is relative to pipeline.yaml.
    pub(crate) fn classified(&self, path: &str) -> Option<ClassifiedPage<'_>> {
        let wanted = self.built.output.strip(path)?;
        let at = self.pages.iter().position(|(file, _)| file == wanted)?;
        let (file, page) = &self.pages[at];
        let verdict = &self.verdicts[at];
        let item = match verdict {
            Verdict::Post(origins) => Some(self.item(file, page, origins)),
            Verdict::Other(_) => None,
        };
        Some(ClassifiedPage {
            page,
            item,
            reasons: verdict.reasons(),
        })
    }

    /// The item that a page is.
    fn item(&self, file: &str, page: &Page, post: &[FieldOrigin]) -> Item {
        let mut origins: FieldOrigins = post
            .first()
            .map(|origin| (ItemField::Post, origin.clone()))
            .into_iter()
            .collect();
        let url = self.address(file, page);
        let url = record_origin(&mut origins, ItemField::Url, url);
        // What a page shows that asks for a password is a prompt.
        let description = if page.signals.has_password_prompt {
            page.description.best_stated().cloned()
        } else {
            best(&page.description)
        };
        let title = self.names.title_of(page);
        let title = title.map(|title| (title.text, title.origin));
        let published = best(&page.published).filter(|_| !self.build_times.dates(page));
        Item {
            keys: self.built.keys(file, page, url.as_deref()),
            source: self.built.site.source.clone(),
            page: Some(self.built.output.beside_pipeline(file)),
            canonical: self.built.foreign_key(page),
            link: url.clone(),
            url,
            title: record_origin(&mut origins, ItemField::Title, title),
            description: record_origin(&mut origins, ItemField::Description, description),
            image: record_origin(&mut origins, ItemField::Image, best(&page.images))
                .map(|image| self.built.located(&image)),
            published: record_origin(&mut origins, ItemField::Published, published),
            updated: record_origin(&mut origins, ItemField::Updated, best(&page.updated)),
            tags: record_origin(&mut origins, ItemField::Tags, best(&page.tags))
                .unwrap_or_default(),
            author: record_origin(&mut origins, ItemField::Author, best(&page.author)),
            lang: record_origin(&mut origins, ItemField::Lang, best(&page.lang)),
            text: page.text.clone(),
            hold: self.hold(file),
            site: Arc::clone(&self.about),
            origin: origins,
            ..Item::default()
        }
    }

    /// Returns why a page is not sent although it is a post.
    fn hold(&self, file: &str) -> Option<(Code, String)> {
        let what = self.unfinished.get(file)?;
        let reason = format!(
            "its page `{}` {what}",
            self.built.output.beside_pipeline(file)
        );
        Some((Code::PageNotBuilt, reason))
    }

    /// The page's own address: the one it gives, else the one at which the site lists it, else the one
    /// where it lies.
    fn address(&self, file: &str, page: &Page) -> Option<(String, FieldOrigin)> {
        let listed = || {
            let url = without_index(self.writes.get(file)?);
            Some((url.to_owned(), FieldOrigin::Path))
        };
        let given = self.built.given_address(file, page, None);
        given
            .or_else(listed)
            .or_else(|| self.built.address_of(file))
    }

    fn notes(&self) -> Vec<String> {
        let folder = self.built.output.beside();
        let all = self.pages.len();
        let posts = self
            .verdicts
            .iter()
            .filter(|verdict| verdict.is_post())
            .count();
        let mut notes = Vec::new();
        if all >= MAX_PAGES {
            notes.push(format!(
                "`{folder}` has more pages than the {MAX_PAGES} that are read"
            ));
        }
        if posts == 0 {
            notes.push(format!(
                "none of the {all} pages in `{folder}` says that it is a post: name the posts by \
                 `pages: {{include: …}}`, and ask `items --explain PAGE` why one is none"
            ));
        } else {
            notes.push(format!(
                "{posts} of the {all} pages in `{folder}` are posts"
            ));
        }
        notes
    }
}

/// All pages of a site.
#[derive(Default)]
struct Pages {
    /// With their files.
    pages: Vec<(String, Page)>,
    /// What is unfinished about pages, by their files.
    unfinished: BTreeMap<String, String>,
    /// Those that cannot be read.
    faults: Vec<Diagnostic>,
}

impl Pages {
    fn read(built: &Built<'_>) -> Self {
        let mut read = Self::default();
        for file in built.output.pages() {
            match built.output.read(&file) {
                Ok(bytes) => {
                    let what = built.unfinished(&file, &bytes);
                    read.unfinished
                        .extend(what.map(|what| (file.clone(), what)));
                    let page = built.parse_with_text(&file, &bytes);
                    read.pages.push((file, page));
                }
                Err(diagnostic) => {
                    let file = built.output.beside_pipeline(&file);
                    read.faults.push(diagnostic.in_file(file));
                }
            }
        }
        read
    }
}

/// The feeds that the first page links to, as files of the output folder.
fn linked_feeds(built: &Built<'_>, pages: &[(String, Page)]) -> Vec<String> {
    let first = pages.iter().filter(|(file, _)| name_of(file).is_empty());
    let feeds = first.flat_map(|(_, page)| &page.signals.feeds);
    feeds
        .filter_map(|feed| {
            let path = address::decode(&built.own_path(feed)?);
            let file = built.output.file_at(&path);
            file.or_else(|| built.output.file_at(&format!("{path}/index.xml")))
        })
        .collect()
}

/// What the items tell about their site: where no config names it, the pages do.
fn about(site: &Site, pages: &[(String, Page)]) -> Arc<syndicate_api::Site> {
    let mut about = (*site.about(None)).clone();
    about.title = about.title.or_else(|| {
        let mut names = pages.iter().filter_map(|(_, page)| page.site_name.best());
        names.next().map(|(name, _)| name.clone())
    });
    Arc::new(about)
}

fn best<T: Clone>(candidates: &Candidates<T>) -> Sourced<T> {
    candidates.best().cloned()
}

//! Reads items from built pages without any Markdown. Each page that is a post becomes an item that
//! holds only the page's own data. Built pages are published, so no item is a draft.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::iter::{
    IndexedParallelIterator as _, IntoParallelRefIterator as _, IntoParallelRefMutIterator as _,
    ParallelIterator as _,
};
use syndicate_api::{
    Code, Diagnostic, FieldOrigin, FieldOrigins, Item, ItemField, ItemText, Result, SourceScan,
    record_origin,
};

use super::BuiltSite;
use super::build_time_dates::{BuildEvidence, BuildTimes, is_made_by_jekyll};
use super::classify::{PageFile, SiteEvidence, Verdict, classify};
use super::feeds_and_sitemaps::ListedUrls;
use super::merge::page_authors;
use super::output::{MAX_PAGES, page_name, without_index};
use super::page_text::PageText;
use super::titles::{self, SiteName};
use crate::clashes;
use crate::content_version::content_version;
use crate::page::{Candidates, Page};
use crate::site::Site;
use crate::urls;
use crate::value::Sourced;

/// Reads the pages of `site`.
///
/// # Errors
/// Returns an error if the folder of built pages does not exist.
pub(crate) fn scan(site: &Site) -> Result<SourceScan> {
    Ok(SiteScan::of(site)?.scan())
}

/// All pages of a site with the verdict on each.
pub(crate) struct SiteScan<'a> {
    built: BuiltSite<'a>,
    pages: Vec<(String, Page)>,
    verdicts: Vec<Verdict>,
    /// The version of the contents of each page that was read, in the order of the pages.
    versions: Vec<u64>,
    /// The defect of each unfinished page, by its file.
    unfinished: BTreeMap<String, String>,
    names: SiteName,
    build_times: BuildTimes,
    /// The URL of each page as feeds and sitemaps write it, by its file.
    listed_urls: BTreeMap<String, String>,
    faults: Vec<Diagnostic>,
    about: Arc<syndicate_api::Site>,
}

/// A page with the result of its classification.
pub(crate) struct ClassifiedPage {
    pub(crate) page: Page,
    /// The item, if the page is a post.
    pub(crate) item: Option<Item>,
    /// The reasons for the verdict.
    pub(crate) reasons: Vec<String>,
}

impl<'a> SiteScan<'a> {
    /// Reads and classifies the pages of `site`.
    ///
    /// # Errors
    /// Returns an error if the folder of built pages does not exist.
    pub(crate) fn of(site: &'a Site) -> Result<Self> {
        let built = BuiltSite::of(site).filter(|built| built.output.exists());
        let built = built.ok_or_else(|| {
            let folder = site.output().unwrap_or_default();
            let (folder, source) = (site.relative_to_pipeline(&folder), &site.source);
            let message =
                format!("the folder of built pages `{folder}` of source `{source}` is missing");
            Diagnostic::option(&["output"], message)
                .with_hint("build the site, or set `output` to the folder of its pages")
        })?;
        let Pages {
            mut pages,
            versions,
            unfinished,
            faults,
        } = Pages::read(&built);
        let listed = ListedUrls::read(&built.output, &linked_feeds(&built, &pages));
        let in_feeds = listed.posts.iter().filter_map(|(url, feed)| {
            let feed = built.output.relative_to_pipeline(feed);
            Some((built.page_at(url)?, feed))
        });
        let evidence = SiteEvidence {
            patterns: &site.options.pages,
            in_feeds: &in_feeds.collect(),
            page_at: &|url, file| match built.is_index_at(url, file) {
                true => Some(file.to_owned()),
                false => built.page_at(url),
            },
        };
        let classify_all = |pages: &[(String, Page)]| {
            let named: Vec<PageFile<'_>> =
                pages.iter().map(|(file, page)| (&**file, page)).collect();
            classify(&named, &evidence)
        };
        let verdicts = match classify_all(&pages)? {
            Some(verdicts) => verdicts,
            None => {
                complete(&built, &mut pages);
                classify_all(&pages)?.unwrap_or_default()
            }
        };
        complete_posts(&built, &mut pages, &verdicts);
        let listed_urls = listed
            .all()
            .filter_map(|url| Some((built.page_at(url)?, url.clone())));
        let mut names = SiteName::default();
        site.title()
            .into_iter()
            .for_each(|name| names.add_name(name));
        for (file, page) in &pages {
            names.observe(page);
            if page_name(file).is_empty() {
                let whole = page.is_head().then(|| built.read(file));
                names.observe_home_page(whole.and_then(Result::ok).as_ref().unwrap_or(page));
            }
        }
        let evidence = BuildEvidence {
            in_feeds: listed.build_times.clone(),
            written: &|file| built.output.modified(file),
        };
        let build_times = BuildTimes::detect(&pages, &evidence);
        Ok(Self {
            listed_urls: listed_urls.collect(),
            about: site_info(site, &pages),
            build_times,
            built,
            pages,
            verdicts,
            versions,
            unfinished,
            names,
            faults,
        })
    }

    /// Returns the items of all posts, with faults and notes.
    pub(crate) fn scan(&self) -> SourceScan {
        let posts = (0..self.pages.len()).filter_map(|at| self.item_at(at));
        let (items, clashes) = clashes::separate(posts.map(Arc::new).collect(), &BTreeMap::new());
        SourceScan {
            items,
            faults: self.faults.iter().cloned().chain(clashes).collect(),
            notes: self.notes(),
        }
    }

    /// Returns the page at `path`, which is relative to pipeline.yaml.
    pub(crate) fn classified_page(&self, path: &str) -> Option<ClassifiedPage> {
        let wanted = self.built.output.strip_folder(path)?;
        let at = self.pages.iter().position(|(file, _)| file == wanted)?;
        let (file, page) = &self.pages[at];
        Some(ClassifiedPage {
            page: self.whole(file, page).into_owned(),
            item: self.item_at(at),
            reasons: self.verdicts[at].reasons(),
        })
    }

    /// Returns the whole page, which is read again if only its head was read.
    fn whole<'p>(&self, file: &str, page: &'p Page) -> Cow<'p, Page> {
        match page.is_head().then(|| self.built.read(file)) {
            Some(Ok(whole)) => Cow::Owned(whole),
            _ => Cow::Borrowed(page),
        }
    }

    /// Builds the item of the page at the index `at`; returns `None` if it is not a post.
    fn item_at(&self, at: usize) -> Option<Item> {
        let (file, page) = &self.pages[at];
        let Verdict::Post(post) = &self.verdicts[at] else {
            return None;
        };
        let text = PageText::new(&self.built, file, self.versions[at]);
        Some(Item {
            text: ItemText::filed(text),
            ..self.build_item(file, page, post)
        })
    }

    /// Builds the item of a page that is a post, without its text; `post` is the evidence for that.
    fn build_item(&self, file: &str, page: &Page, post: &[FieldOrigin]) -> Item {
        let mut origins: FieldOrigins = post
            .first()
            .map(|origin| (ItemField::Post, origin.clone()))
            .into_iter()
            .collect();
        let url = self.page_url(file, page);
        let url = record_origin(&mut origins, ItemField::Url, url);
        let canonical = self.built.foreign_canonical(file, page);
        // The visible text of a page that asks for a password is the prompt.
        let description = if page.signals.has_password_prompt {
            page.description.best_stated().cloned()
        } else {
            best(&page.description)
        };
        let title = if self.names.depends_on_headings(page) {
            self.names.title_of(&self.whole(file, page))
        } else {
            self.names.title_of(page)
        };
        let title = title.map(|title| (title.text, title.origin));
        let published = best(&page.published).filter(|_| !self.build_times.is_date_of(page));
        let author = record_origin(&mut origins, ItemField::Author, best(&page.author));
        Item {
            keys: self.built.keys(file, canonical.as_ref(), url.as_deref()),
            source: self.built.site.source.clone(),
            page: Some(self.built.output.relative_to_pipeline(file)),
            canonical,
            link: url.clone(),
            url,
            title: record_origin(&mut origins, ItemField::Title, title),
            description: record_origin(&mut origins, ItemField::Description, description),
            image: record_origin(&mut origins, ItemField::Image, best(&page.images))
                .map(|image| self.built.with_local_file(&image)),
            published: record_origin(&mut origins, ItemField::Published, published),
            updated: record_origin(&mut origins, ItemField::Updated, best(&page.updated)),
            tags: record_origin(&mut origins, ItemField::Tags, best(&page.tags))
                .unwrap_or_default(),
            authors: author.as_deref().map(page_authors).unwrap_or_default(),
            author,
            lang: record_origin(&mut origins, ItemField::Lang, best(&page.lang)),
            hold: self.hold_reason(file),
            site: Arc::clone(&self.about),
            origin: origins.shared(),
            ..Item::default()
        }
    }

    /// Returns why a post is held back, or `None` if it is not.
    fn hold_reason(&self, file: &str) -> Option<(Code, String)> {
        let what = self.unfinished.get(file)?;
        let reason = format!(
            "its page `{}` {what}",
            self.built.output.relative_to_pipeline(file)
        );
        Some((Code::PageNotBuilt, reason))
    }

    /// Returns the URL of a page: the one that it states, else the one in a feed or sitemap, else the one
    /// that follows from its path.
    fn page_url(&self, file: &str, page: &Page) -> Option<(String, FieldOrigin)> {
        let listed = || {
            let url = without_index(self.listed_urls.get(file)?);
            Some((url.to_owned(), FieldOrigin::Path))
        };
        let given = self.built.stated_url(file, page, None);
        given.or_else(listed).or_else(|| self.built.url_of(file))
    }

    fn notes(&self) -> Vec<String> {
        let folder = self.built.output.pipeline_path();
        let all = self.pages.len();
        let posts = self
            .verdicts
            .iter()
            .filter(|verdict| verdict.is_post())
            .count();
        let mut notes = Vec::new();
        if all >= MAX_PAGES {
            notes.push(format!(
                "only the first {MAX_PAGES} pages in `{folder}` are read"
            ));
        }
        let hint = "select posts with `pages: {include: …}`, and run `syndicate items --explain PAGE` \
                    to see why a page is not a post";
        notes.push(match (posts, all) {
            (0, 0) => format!("no pages found in `{folder}`"),
            (0, 1) => format!("the only page in `{folder}` is not identified as a post: {hint}"),
            (0, _) => {
                format!("none of the {all} pages in `{folder}` is identified as a post: {hint}")
            }
            (1, 1) => format!("the only page in `{folder}` is a post"),
            (1, _) => format!("1 of the {all} pages in `{folder}` is a post"),
            _ => format!("{posts} of the {all} pages in `{folder}` are posts"),
        });
        notes
    }
}

/// Reads the whole of the pages whose visible values are needed.
fn complete_posts(built: &BuiltSite<'_>, pages: &mut [(String, Page)], verdicts: &[Verdict]) {
    let posts = pages.iter().zip(verdicts);
    let mut posts = posts.filter(|(_, verdict)| verdict.is_post());
    if posts.any(|((_, page), _)| titles::needs_headings(page)) {
        return complete(built, pages);
    }
    let pages = pages.par_iter_mut().zip(verdicts);
    let incomplete = pages.filter(|((_, page), verdict)| {
        // The dates of all of Jekyll's pages tell when the site was built.
        page.lacks_values() && (verdict.is_post() || is_made_by_jekyll(page))
    });
    built.complete(incomplete.map(|((file, page), _)| (&**file, page)));
}

/// Reads the whole of each page of which only the head was read.
fn complete(built: &BuiltSite<'_>, pages: &mut [(String, Page)]) {
    let pages = pages.par_iter_mut();
    built.complete(pages.map(|(file, page)| (&**file, page)));
}

/// All pages of a site, as read from disk.
#[derive(Default)]
struct Pages {
    /// Each page with its file.
    pages: Vec<(String, Page)>,
    /// The version of the contents of each page, in the order of the pages.
    versions: Vec<u64>,
    /// The defect of each unfinished page, by its file.
    unfinished: BTreeMap<String, String>,
    /// One diagnostic for each page that cannot be read.
    faults: Vec<Diagnostic>,
}

impl Pages {
    /// Reads the pages in parallel.
    fn read(built: &BuiltSite<'_>) -> Self {
        built.output.list_pages();
        let files = built.output.pages();
        let parse = |file: &String| {
            let parse = |bytes: &[u8]| {
                (
                    built.parse_quickly(file, bytes, |_| true),
                    content_version(bytes),
                )
            };
            built.output.read_page(file, parse)
        };
        let parsed: Vec<_> = files.par_iter().map(parse).collect();
        let mut read = Self::default();
        for (file, parsed) in files.iter().zip(parsed) {
            match parsed {
                Ok(((page, defect), version)) => {
                    read.versions.push(version);
                    read.unfinished
                        .extend(defect.map(|defect| (file.clone(), defect)));
                    read.pages.push((file.clone(), page));
                }
                Err(diagnostic) => {
                    let file = built.output.relative_to_pipeline(file);
                    read.faults.push(diagnostic.in_file(file));
                }
            }
        }
        read
    }
}

/// Returns the feeds that the home page links to, as files of the output folder.
fn linked_feeds(built: &BuiltSite<'_>, pages: &[(String, Page)]) -> Vec<String> {
    let first = pages.iter().filter(|(file, _)| page_name(file).is_empty());
    let feeds = first.flat_map(|(_, page)| &page.signals.feeds);
    feeds
        .filter_map(|feed| {
            let path = urls::decode(&built.site_path(feed)?);
            let file = built.output.file_at(&path);
            file.or_else(|| built.output.file_at(&format!("{path}/index.xml")))
        })
        .collect()
}

/// Returns the site's metadata for its items. If no config has a title, the pages' site name is used.
fn site_info(site: &Site, pages: &[(String, Page)]) -> Arc<syndicate_api::Site> {
    let mut about = (*site.info(None)).clone();
    about.title = about.title.or_else(|| {
        let mut names = pages.iter().filter_map(|(_, page)| page.site_name.best());
        names.next().map(|(name, _)| name.clone())
    });
    Arc::new(about)
}

fn best<T: Clone>(candidates: &Candidates<T>) -> Sourced<T> {
    candidates.best().cloned()
}

//! The site as its generator built it. Read alone, its pages are the items; joined, each Markdown file
//! gets the metadata of its page. No page is rendered and nothing is built here.
//!
//! - `output` is the folder and its files, `feeds_and_sitemaps` the addresses that these list, `base` the
//!   site's address by its pages;
//! - `posts` decides which pages are posts, by `non_posts` and `page_features`; `titles` takes the site's
//!   name out of titles, `escapes` what themes escaped twice, `page_meta` has a page's address and pictures, `build_time_dates` dates that are
//!   the time of the build;
//! - `html_only` makes items of pages; `join` finds the page of an item, by `index` where its address
//!   does not lead there and unless the page is `unfinished` or `stale`, and `merge` makes one of both.

mod base;
mod build_time_dates;
mod escapes;
mod feeds_and_sitemaps;
mod html_only;
mod index;
mod join;
mod merge;
mod non_posts;
mod output;
mod page_features;
mod page_meta;
mod posts;
mod stale;
#[cfg(test)]
mod tests;
mod titles;
mod unfinished;

use std::path::PathBuf;
use std::sync::OnceLock;

use html_meta::Completeness;
use syndicate_api::{Diagnostic, nfc, normalise_url};
use url::Url;

use crate::address::Base;
use crate::page::{self, Page};
use crate::site::Site;
use output::{Output, path_of};

pub(crate) use html_only::{SiteScan, scan};
pub(crate) use join::{Joined, Joiner};

/// The built pages of a site.
#[derive(Debug)]
pub(crate) struct Built<'a> {
    site: &'a Site,
    output: Output,
    /// How some of the pages end, read only when a page ends in an unusual way.
    endings: OnceLock<Vec<(Completeness, String)>>,
}

impl<'a> Built<'a> {
    /// The pages in the folder that the options name, if they name one.
    pub(crate) fn of(site: &'a Site) -> Option<Self> {
        let output = Output::of(site)?;
        Some(Self {
            site,
            output,
            endings: OnceLock::new(),
        })
    }

    /// The folder on this machine.
    pub(crate) fn folder(&self) -> PathBuf {
        self.output.on_disk("")
    }

    /// The address that the pages give for their site.
    pub(crate) fn base(&self) -> Option<Base> {
        base::of_pages(&self.output)
    }

    /// Whether `path`, relative to pipeline.yaml, is one of the pages.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.output
            .strip(path)
            .is_some_and(|file| self.output.is_page(file))
    }

    /// The page at `path`, relative to pipeline.yaml.
    pub(crate) fn page(&self, path: &str) -> Option<Page> {
        self.read(self.output.strip(path)?).ok()
    }

    /// Reads a page.
    fn read(&self, file: &str) -> Result<Page, Diagnostic> {
        let bytes = self.output.read(file)?;
        Ok(self.parse(file, &bytes))
    }

    /// Reads a page that the build has finished.
    fn read_finished(&self, file: &str) -> Option<Page> {
        let bytes = self.output.read(file).ok()?;
        let is_finished = self.unfinished(file, &bytes).is_none();
        is_finished.then(|| self.parse(file, &bytes))
    }

    fn parse(&self, file: &str, bytes: &[u8]) -> Page {
        page::read(bytes, self.location(file).as_ref(), &self.site.zone)
    }

    /// Parses a page together with the words of its article.
    fn parse_with_text(&self, file: &str, bytes: &[u8]) -> Page {
        page::read_with_text(bytes, self.location(file).as_ref(), &self.site.zone)
    }

    /// Returns the address of a page by its path in the output folder.
    fn location(&self, file: &str) -> Option<Url> {
        let base = self.site.base.as_ref()?;
        Url::parse(&base.join(&path_of(file))).ok()
    }

    /// The page that readers get at an address of this site.
    fn page_at(&self, address: &str) -> Option<String> {
        self.output.page_at(&self.own_path(address)?)
    }

    /// The path of an address below the site's, if it is one of this site.
    fn own_path(&self, address: &str) -> Option<String> {
        let url = Url::parse(address).ok()?;
        let path = self.site.base.as_ref()?.own_path(&url)?;
        Some(path.to_owned())
    }

    /// The keys of a page: its address, the one on another host that it names, its file.
    fn keys(&self, file: &str, page: &Page, url: Option<&str>) -> Vec<String> {
        let file = self.output.below_root(file);
        let file = format!("{}:{}", self.site.source, nfc(&file));
        let mut keys: Vec<String> = url.and_then(normalise_url).into_iter().collect();
        keys.extend(self.foreign_key(page).filter(|key| !keys.contains(key)));
        keys.push(file);
        keys
    }

    /// The key of the address on another host under which the page wants to be known.
    fn foreign_key(&self, page: &Page) -> Option<String> {
        let canonical = page.signals.canonical.as_deref()?;
        let is_foreign = self.own_path(canonical).is_none();
        let public = is_foreign && syndicate_api::url_is_public(canonical);
        public.then(|| normalise_url(canonical))?
    }
}

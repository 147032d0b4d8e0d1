//! The site as its generator built it. Without Markdown, its pages are the items. With Markdown, each
//! file is joined with the metadata of its page. This module renders no page and builds nothing.
//!
//! - `output` lists the folder's files, `feeds_and_sitemaps` the URLs in feeds and sitemaps, and
//!   `infer_base` derives the site's base URL from its pages.
//! - `classify` decides which pages are posts, with the help of `non_posts` and `page_features`.
//! - `titles` removes the site's name from titles, `escapes` undoes double escaping, `page_urls`
//!   resolves a page's URL and pictures, and `build_time_dates` detects dates that are build times.
//! - `html_only` makes items from pages, whose texts `page_text` reads when they are asked for. `join`
//!   finds the page of an item, with `index` if its URL does not lead there, and rejects pages that are
//!   `unfinished` or `stale`. `merge` combines the two.

mod build_time_dates;
mod classify;
mod escapes;
mod feeds_and_sitemaps;
mod html_only;
mod index;
mod infer_base;
mod join;
mod merge;
mod non_posts;
mod output;
mod page_features;
mod page_text;
mod page_urls;
mod stale;
#[cfg(test)]
mod tests;
mod titles;
mod unfinished;

use std::path::PathBuf;
use std::sync::OnceLock;

use html_meta::Completeness;
use rayon::iter::ParallelIterator;
use syndicate_api::{Diagnostic, nfc, normalise_url};
use url::Url;

use crate::page::{self, Page};
use crate::site::Site;
use crate::urls::BaseUrl;
use output::{OutputFolder, url_path};

pub(crate) use html_only::{SiteScan, scan};
pub(crate) use join::{Joined, Joiner};

/// The built pages of a site.
#[derive(Debug)]
pub(crate) struct BuiltSite<'a> {
    site: &'a Site,
    output: OutputFolder,
    /// The endings of some pages, read only when a page ends in an unusual way.
    endings: OnceLock<Vec<(Completeness, String)>>,
}

impl<'a> BuiltSite<'a> {
    /// Returns the site in the folder that the option `output` names; `None` if it is not set.
    pub(crate) fn of(site: &'a Site) -> Option<Self> {
        let output = OutputFolder::of(site)?;
        Some(Self {
            site,
            output,
            endings: OnceLock::new(),
        })
    }

    /// Returns the output folder's path on disk.
    pub(crate) fn folder(&self) -> PathBuf {
        self.output.on_disk("")
    }

    /// Returns the base URL of the site as inferred from the URLs in its pages.
    pub(crate) fn base(&self) -> Option<BaseUrl> {
        infer_base::infer_from_pages(&self.output)
    }

    /// Returns `true` if `path`, relative to pipeline.yaml, is one of the pages.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.output
            .strip_folder(path)
            .is_some_and(|file| self.output.is_page(file))
    }

    /// Reads the page at `path`, relative to pipeline.yaml.
    pub(crate) fn page(&self, path: &str) -> Option<Page> {
        self.read(self.output.strip_folder(path)?).ok()
    }

    /// Reads a page of the output folder.
    fn read(&self, file: &str) -> Result<Page, Diagnostic> {
        let bytes = self.output.read(file)?;
        Ok(self.parse(file, &bytes))
    }

    /// Reads a page; returns `None` if the build has not finished it.
    fn read_finished(&self, file: &str) -> Option<Page> {
        let bytes = self.output.read(file).ok()?;
        let is_finished = self.unfinished_reason(file, &bytes).is_none();
        is_finished.then(|| self.parse(file, &bytes))
    }

    /// Parses a page, or only its head if `is_enough` returns `true` for that. Also returns the defect of a page that the
    /// build has not finished.
    fn parse_quickly(
        &self,
        file: &str,
        bytes: &[u8],
        is_enough: impl FnOnce(&Page) -> bool,
    ) -> (Page, Option<String>) {
        let location = self.location(file);
        let head = page::read_head(bytes, location.as_ref(), &self.site.zone);
        // A page that is neither titled nor shows anything is empty.
        let is_titled = head
            .as_ref()
            .is_some_and(|head| head.title.best().is_some());
        let defect = if is_titled && html_meta::is_closed(bytes) {
            None
        } else {
            self.unfinished_reason(file, bytes)
        };
        let whole = || page::read(bytes, location.as_ref(), &self.site.zone);
        (head.filter(is_enough).unwrap_or_else(whole), defect)
    }

    /// Reads the whole of pages of which only the head was read.
    fn complete<'p>(&self, pages: impl ParallelIterator<Item = (&'p str, &'p mut Page)>) {
        pages
            .filter(|(_, page)| page.is_head())
            .for_each(|(file, page)| {
                let whole = |bytes: &[u8]| self.parse(file, bytes);
                if let Ok(whole) = self.output.read_page(file, whole) {
                    *page = whole;
                }
            });
    }

    fn parse(&self, file: &str, bytes: &[u8]) -> Page {
        page::read(bytes, self.location(file).as_ref(), &self.site.zone)
    }

    /// Returns the URL of a page from its path in the output folder.
    fn location(&self, file: &str) -> Option<Url> {
        let base = self.site.base.as_ref()?;
        Url::parse(&base.join(&url_path(file))).ok()
    }

    /// Returns the file of the page at `url`, if the site has one.
    fn page_at(&self, url: &str) -> Option<String> {
        self.output.page_at(&self.site_path(url)?)
    }

    /// Returns the path of a URL relative to the site's base; `None` for a URL of another site.
    fn site_path(&self, url: &str) -> Option<String> {
        let url = Url::parse(url).ok()?;
        let path = self.site.base.as_ref()?.relative_path(&url)?;
        Some(path.to_owned())
    }

    /// Returns the keys of a page: its URL, its canonical URL on another host, and its file.
    fn keys(&self, file: &str, canonical: Option<&String>, url: Option<&str>) -> Vec<String> {
        let file = self.output.relative_to_root(file);
        let file = format!("{}:{}", self.site.source, nfc(&file));
        let mut keys: Vec<String> = url.and_then(normalise_url).into_iter().collect();
        keys.extend(canonical.filter(|key| !keys.contains(key)).cloned());
        keys.push(file);
        keys
    }

    /// Returns the key of the canonical URL of the page in `file` if that is a public URL of another site.
    fn foreign_canonical(&self, file: &str, page: &Page) -> Option<String> {
        let canonical = page.signals.canonical.as_deref()?;
        let is_foreign = !self.is_index_at(canonical, file) && self.site_path(canonical).is_none();
        let public = is_foreign && syndicate_api::url_is_public(canonical);
        public.then(|| normalise_url(canonical))?
    }
}

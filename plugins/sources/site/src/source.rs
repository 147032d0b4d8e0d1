//! Implements `Source` for sites: reading, explaining and watching. The work is done by `scan` for
//! Markdown and by `built` for built pages.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::tz::TimeZone;
use syndicate_api::{
    ComponentContext, Context, Diagnostic, FileExplanation, IncrementalScan, Result, Source,
    SourceOptions, SourceScan, async_trait, run_blocking,
};

use crate::built::BuiltSite;
use crate::explain::explain;
use crate::incremental::IncrementalSite;
use crate::options::{SiteOptions, validate};
use crate::scan::{scan, scan_indexed};
use crate::site::{Site, root};

impl SourceOptions for SiteOptions {
    const NAME: &'static str = "site";
    const SUMMARY: &'static str = "Reads the posts of a static site: its Markdown by its generator's own rules, its built pages, or both joined.";
    const EXAMPLE: &'static str = "\
path: .
content: posts
url: https://example.com
permalink: /:year/:slug/
timezone: Europe/Oslo
exclude: drafts/**
fields:
  image: social.card
";

    fn validate(&self) -> Vec<Diagnostic> {
        validate(self)
    }

    fn build(&self, place: &ComponentContext) -> Result<Box<dyn Source>> {
        Ok(Box::new(SiteSource::new(self.clone(), place)?))
    }
}

/// The source of a site's posts.
#[derive(Debug)]
pub(crate) struct SiteSource {
    options: SiteOptions,
    place: ComponentContext,
}

impl SiteSource {
    /// Builds the source that `options` describe.
    pub(crate) fn new(options: SiteOptions, place: &ComponentContext) -> Result<Self> {
        let root = root(&options, place);
        if !root.is_dir() {
            let message = format!(
                "the folder `{}` of source `{}` is missing",
                root.display(),
                place.name
            );
            let hint = "set `path` to the site's folder, relative to pipeline.yaml";
            return Err(Diagnostic::option(&["path"], message)
                .with_hint(hint)
                .into());
        }
        Ok(Self {
            options,
            place: place.clone(),
        })
    }
}

#[async_trait]
impl Source for SiteSource {
    async fn scan(&self, cx: &Context) -> Result<SourceScan> {
        let (options, place, now) = (self.options.clone(), self.place.clone(), cx.now());
        let zone = cx.zone.clone();
        run_blocking(move || scan(&Arc::new(load(&options, &place, &zone)?), now)).await
    }

    async fn scan_and_watch(
        &self,
        cx: &Context,
    ) -> Result<(SourceScan, Option<Box<dyn IncrementalScan>>)> {
        let (options, place, now) = (self.options.clone(), self.place.clone(), cx.now());
        let zone = cx.zone.clone();
        let scanned = run_blocking(move || -> Result<_> {
            let site = Arc::new(load(&options, &place, &zone)?);
            let (scan, index) = scan_indexed(&site, now)?;
            let incremental = index.map(|index| IncrementalSite::new(site, index));
            let incremental = incremental.transpose()?;
            Ok((
                scan,
                incremental.map(|of| Box::new(of) as Box<dyn IncrementalScan>),
            ))
        });
        scanned.await
    }

    async fn explain(&self, cx: &Context, path: &str) -> Result<Option<FileExplanation>> {
        let (options, place, now) = (self.options.clone(), self.place.clone(), cx.now());
        let (path, zone) = (path.to_owned(), cx.zone.clone());
        let explained = move || explain(&Arc::new(load(&options, &place, &zone)?), &path, now);
        run_blocking(explained).await
    }

    fn roots(&self) -> Vec<PathBuf> {
        let root = root(&self.options, &self.place);
        // If the config is broken, any change in the site may be the one that repairs it.
        let Ok(site) = Site::load(&self.options, &self.place, &TimeZone::UTC) else {
            return vec![root];
        };
        let output = BuiltSite::of(&site).map(|built| built.folder());
        let content = site.content().into_iter().map(|folder| folder.path);
        let statics = site.conventions.static_folders.iter().cloned();
        let statics = statics.filter(|folder| folder != "." && root.join(folder).is_dir());
        let mut folders: Vec<PathBuf> = content
            .chain(statics)
            .map(|folder| match folder.as_str() {
                "." | "" => root.clone(),
                folder => root.join(folder),
            })
            .chain(output)
            .collect();
        folders.sort();
        folders.dedup_by(|folder, outer| folder.starts_with(outer));
        let configs = site.conventions.config_files.iter();
        folders.extend(configs.map(|file| root.join(file)));
        folders
    }
}

/// Loads the site; infers its base URL from the built pages if it is not configured.
pub(crate) fn load(
    options: &SiteOptions,
    place: &ComponentContext,
    local: &TimeZone,
) -> Result<Site> {
    let site = Site::load(options, place, local)?;
    let base_from_pages = || BuiltSite::of(&site).and_then(|built| built.base());
    Ok(match site.base.is_none().then(base_from_pages).flatten() {
        Some(base) => site.with_base(base),
        None => site,
    })
}

//! The running source: what it watches, reads and explains. It walks the content folders, or leaves
//! the word to the built pages.

use std::path::PathBuf;

use jiff::tz::TimeZone;
use syndicate_api::{
    ComponentContext, Context, Diagnostic, FileExplanation, Result, Source, SourceOptions,
    SourceScan, async_trait,
};

use crate::built::Built;
use crate::explain::explain;
use crate::options::{SiteOptions, faults};
use crate::reading::scan;
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
        faults::of(self)
    }

    fn build(&self, place: &ComponentContext) -> Result<Box<dyn Source>> {
        Ok(Box::new(SiteSource::new(self.clone(), place)?))
    }
}

/// A site whose posts are read.
#[derive(Debug)]
pub(crate) struct SiteSource {
    options: SiteOptions,
    place: ComponentContext,
}

impl SiteSource {
    /// The source that these options describe.
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
        tokio::task::spawn_blocking(move || scan(&load(&options, &place, &zone)?, now)).await?
    }

    async fn explain(&self, cx: &Context, path: &str) -> Result<Option<FileExplanation>> {
        let (options, place, now) = (self.options.clone(), self.place.clone(), cx.now());
        let (path, zone) = (path.to_owned(), cx.zone.clone());
        let explained = move || explain(&load(&options, &place, &zone)?, &path, now);
        tokio::task::spawn_blocking(explained).await?
    }

    fn roots(&self) -> Vec<PathBuf> {
        let root = root(&self.options, &self.place);
        // With a broken config, any change of the site may be the one that mends it.
        let Ok(site) = Site::load(&self.options, &self.place, &TimeZone::UTC) else {
            return vec![root];
        };
        let output = Built::of(&site).map(|built| built.folder());
        let content = site.content().into_iter().map(|folder| folder.path);
        let statics = site.conventions.statics.iter().cloned();
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

/// The site, with the address that its pages tell where nothing else does.
pub(crate) fn load(
    options: &SiteOptions,
    place: &ComponentContext,
    local: &TimeZone,
) -> Result<Site> {
    let site = Site::load(options, place, local)?;
    let told = || Built::of(&site).and_then(|built| built.base());
    Ok(match site.base.is_none().then(told).flatten() {
        Some(base) => site.at(base),
        None => site,
    })
}

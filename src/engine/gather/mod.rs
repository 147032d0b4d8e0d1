//! Loads the pictures and files of posts and fits them to the rules of their sinks.
//!
//! A picture that satisfies the rules is sent unchanged except for its metadata. Other pictures are
//! converted or scaled. Conversion is deterministic, so preview and delivery have the same hash. The
//! type of a file is detected from its bytes, never from its name.
//!
//! This module reads files and computes, sometimes for seconds, so call it where blocking is allowed. It
//! makes no requests while gathering: remote pictures are noted, and [`Pictures::fetch_missing`] fetches
//! them between two passes.

mod attached;
mod conversions;
mod convert;
mod drawn;
mod file;
mod fit;
mod format;
mod header;
mod metadata;
mod movie;
mod pages;
mod picture_file;
mod remote;
mod rows;
mod scale;
mod signature;
mod svg;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use syndicate_api::{
    BlobCache, Code, Context, Diagnostic, Drawing, Image, Item, LazyDiagnostic, MediaRules, Medium,
    Transform, TransformOutcome,
};

pub(crate) use conversions::Conversions;
use drawn::DrawnFile;
use file::{FileLabel, LocalFile};
pub(crate) use fit::GatheredPicture;
use fit::{fit, open};
use picture_file::PictureFile;
use remote::Remote;

/// Loads the pictures and files of one run.
pub(crate) struct Pictures {
    base: PathBuf,
    conversions: Arc<Conversions>,
    remote: Remote,
    /// The cache of drawn pictures.
    drawn: Option<Arc<dyn BlobCache>>,
    /// The transform that gives posts without a picture a drawn one.
    card: Option<Arc<dyn Transform>>,
}

impl Pictures {
    /// Creates a loader for files relative to `base`, the folder of pipeline.yaml. Converted pictures are
    /// cached in `conversions`.
    #[must_use]
    pub(crate) fn new(base: impl Into<PathBuf>, conversions: Arc<Conversions>) -> Self {
        Self {
            base: base.into(),
            conversions,
            remote: Remote::default(),
            drawn: None,
            card: None,
        }
    }

    /// Gives posts without a picture the one of `card` where [`Pictures::gather_or_draw`] is called.
    #[must_use]
    pub(crate) fn with_card(self, card: Option<Arc<dyn Transform>>) -> Self {
        Self { card, ..self }
    }

    /// Keeps drawn pictures in `cache`.
    #[must_use]
    pub(crate) fn with_cache(self, cache: &Arc<dyn BlobCache>) -> Self {
        Self {
            drawn: Some(Arc::clone(cache)),
            ..self
        }
    }

    /// Fetches the remote pictures that were requested but not fetched yet. Returns `false` if there were
    /// none; otherwise gathering again may give another result.
    pub(crate) async fn fetch_missing(&self, cx: &Context) -> bool {
        self.remote.fetch_missing(cx).await
    }

    /// Reads a built page. Returns `None` if it cannot be read.
    pub(crate) fn read_page(&self, path: &str) -> Option<Bytes> {
        let label = FileLabel {
            noun: "page",
            name: path,
            code: Code::UnreadableFile,
            max_bytes: html_meta::MAX_BYTES as u64,
        };
        let file = LocalFile::find(&self.base.join(path), label).ok()?;
        file.read(label).ok()
    }

    /// Loads the card picture of `item`, fitted to `rules`. Returns `None` if the item has none.
    ///
    /// # Errors
    /// Returns an error if the picture cannot be read, decoded or fitted.
    pub(crate) fn gather(
        &self,
        item: &Item,
        rules: &MediaRules,
    ) -> Result<Option<GatheredPicture>, Diagnostic> {
        match &item.image {
            Some(image) => self.gather_image(image, rules),
            None => Ok(None),
        }
    }

    /// Loads the card picture of `item` as [`Pictures::gather`] does, or draws one if the item has none.
    ///
    /// # Errors
    /// Returns the same errors, or one if the picture cannot be drawn.
    pub(crate) fn gather_or_draw(
        &self,
        item: &Item,
        rules: &MediaRules,
    ) -> Result<Option<GatheredPicture>, Diagnostic> {
        let card = self.card.as_ref().filter(|_| item.image.is_none());
        match card.map(|card| card.apply(item.clone())) {
            Some(Ok(TransformOutcome::Keep(drawn))) => self.gather(&drawn, rules),
            Some(Ok(TransformOutcome::Skip { .. })) | None => self.gather(item, rules),
            Some(Err(error)) => Err(Diagnostic::new(Code::CardUndrawn, format!("{error:#}"))),
        }
    }

    fn gather_image(
        &self,
        image: &Image,
        rules: &MediaRules,
    ) -> Result<Option<GatheredPicture>, Diagnostic> {
        let missing = || image.missing.as_ref().map(LazyDiagnostic::get);
        let mut gathered = match (&image.file, &image.url) {
            (Some(name), _) => {
                let file = LocalFile::find(&self.base.join(name), FileLabel::picture(name))?;
                let file = PictureFile {
                    file,
                    name: name.clone(),
                    rules: Some(rules.clone()),
                    conversions: Arc::clone(&self.conversions),
                };
                file.gather()?
            }
            // The picture may be generated by the site's build, so the missing file is reported only if the
            // URL fails too.
            (None, Some(url)) => {
                let found = self.remote.bytes(url);
                let found = found.and_then(|bytes| fit(bytes, url, rules, &self.conversions));
                found.map_err(|error| missing().unwrap_or(error))?
            }
            (None, None) => match &image.drawing {
                Some(drawing) => self.drawn(drawing, rules)?,
                None => return missing().map_or(Ok(None), Err),
            },
        };
        gathered.picture.alt.clone_from(&image.alt);
        gathered.picture.url.clone_from(&image.url);
        Ok(Some(gathered))
    }

    fn drawn(&self, drawing: &Drawing, rules: &MediaRules) -> Result<GatheredPicture, Diagnostic> {
        let file = DrawnFile {
            drawing: drawing.clone(),
            rules: rules.clone(),
            conversions: Arc::clone(&self.conversions),
            cache: self.drawn.clone(),
        };
        file.gather()
    }

    /// Returns the size of the upright picture of `image`, or `None` if it is remote or drawn for the
    /// post. Converts nothing and makes no requests.
    ///
    /// # Errors
    /// Returns an error if the picture does not exist, or cannot be read or parsed.
    pub(crate) fn inspect(&self, image: &Image) -> Result<Option<(u32, u32)>, Diagnostic> {
        let Some(name) = &image.file else {
            let missing = image.missing.as_ref().map(LazyDiagnostic::get);
            return missing.map_or(Ok(None), Err);
        };
        let file = LocalFile::find(&self.base.join(name), FileLabel::picture(name))?;
        let mut bytes = file.read(FileLabel::picture(name))?;
        if format::is_svg(&bytes) {
            bytes = self.conversions.svg_pictures.draw(&bytes, name)?;
        }
        let opened = open(bytes, name)?;
        Ok(Some(opened.header.pixels))
    }

    /// Reads the picture file `name` without any change, for display.
    ///
    /// # Errors
    /// Returns an error if the picture does not exist, or cannot be read or parsed.
    pub(crate) fn unchanged(&self, name: &str) -> Result<Medium, Diagnostic> {
        let file = PictureFile {
            file: LocalFile::find(&self.base.join(name), FileLabel::picture(name))?,
            name: name.to_owned(),
            rules: None,
            conversions: Arc::clone(&self.conversions),
        };
        Ok(file.gather()?.picture.medium)
    }
}

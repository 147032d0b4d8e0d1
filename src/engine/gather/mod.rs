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
mod file;
mod format;
mod header;
mod metadata;
mod movie;
mod pages;
mod remote;
mod rows;
mod scale;
mod signature;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use image::ImageFormat;
use image::metadata::Orientation;
use syndicate_api::{
    Code, Context, Diagnostic, Image, Item, MediaRules, Medium, Picture, sha256_hex,
};

pub(crate) use conversions::Conversions;
use file::{FileLabel, LocalFile};
use header::Header;
use metadata::CleanedFile;
use remote::Remote;
use scale::in_pixels;

/// Loads the pictures and files of one run.
#[derive(Debug)]
pub(crate) struct Pictures {
    base: PathBuf,
    conversions: Arc<Conversions>,
    /// Documents and videos that were read, because several sinks may use the same file.
    read: Mutex<HashMap<LocalFile, Bytes>>,
    remote: Remote,
}

/// The origin of a picture's bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum PictureOrigin {
    File(LocalFile),
    Web(String),
}

/// A picture that was read but not decoded.
struct OpenedPicture {
    bytes: Bytes,
    format: ImageFormat,
    /// The header, with the size of the upright picture.
    header: Header,
    cleaned: Option<CleanedFile>,
}

/// A picture fitted to a sink's rules.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct GatheredPicture {
    /// The picture.
    pub picture: Picture,
    /// The conversion and its reason, for display; `None` if the picture was not converted.
    pub note: Option<String>,
}

impl GatheredPicture {
    fn new(name: &str, bytes: Bytes, format: ImageFormat, pixels: (u32, u32)) -> Self {
        let medium = Medium {
            bytes,
            media_type: format.to_mime_type().into(),
            file: Some(name.to_owned()),
            pixels: Some(pixels),
            ..Medium::default()
        };
        Self {
            picture: Picture {
                medium,
                alt: None,
                url: None,
            },
            note: None,
        }
    }

    /// Records `bytes` as the source file of the picture.
    fn with_source(mut self, bytes: &[u8]) -> Self {
        self.picture.medium.source = Some(sha256_hex(bytes));
        self
    }
}

impl Pictures {
    /// Creates a loader for files relative to `base`, the folder of pipeline.yaml. Converted pictures are
    /// cached in `conversions`.
    #[must_use]
    pub(crate) fn new(base: impl Into<PathBuf>, conversions: Arc<Conversions>) -> Self {
        Self {
            base: base.into(),
            conversions,
            read: Mutex::default(),
            remote: Remote::default(),
        }
    }

    /// Fetches the remote pictures that were requested but not fetched yet. Returns `false` if there were
    /// none; otherwise gathering again may give another result.
    pub(crate) async fn fetch_missing(&self, cx: &Context) -> bool {
        self.remote.fetch_missing(cx).await
    }

    /// Reads a built page, of which the item's text is made. Returns `None` if it cannot be read.
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

    fn gather_image(
        &self,
        image: &Image,
        rules: &MediaRules,
    ) -> Result<Option<GatheredPicture>, Diagnostic> {
        let mut gathered = match (&image.file, &image.url) {
            (Some(name), _) => {
                let file = LocalFile::find(&self.base.join(name), FileLabel::picture(name))?;
                self.fit(PictureOrigin::File(file), name, rules)?
            }
            // The picture may be generated by the site's build, so the missing file is reported only if the
            // URL fails too.
            (None, Some(url)) => {
                let found = self.fit(PictureOrigin::Web(url.clone()), url, rules);
                found.map_err(|error| image.missing.as_deref().cloned().unwrap_or(error))?
            }
            (None, None) => {
                let missing = image.missing.as_deref().cloned();
                return missing.map_or(Ok(None), Err);
            }
        };
        gathered.picture.alt.clone_from(&image.alt);
        gathered.picture.url.clone_from(&image.url);
        Ok(Some(gathered))
    }

    /// Returns the size of the upright picture of `image`, or `None` if it is remote. Converts nothing and
    /// makes no requests.
    ///
    /// # Errors
    /// Returns an error if the picture does not exist, or cannot be read or parsed.
    pub(crate) fn inspect(&self, image: &Image) -> Result<Option<(u32, u32)>, Diagnostic> {
        let Some(name) = &image.file else {
            let missing = image.missing.as_deref().cloned();
            return missing.map_or(Ok(None), Err);
        };
        let file = LocalFile::find(&self.base.join(name), FileLabel::picture(name))?;
        let opened = self.open(&PictureOrigin::File(file), name)?;
        Ok(Some(opened.header.pixels))
    }

    /// Reads the picture file `name` without any change, for display.
    ///
    /// # Errors
    /// Returns an error if the picture does not exist, or cannot be read or parsed.
    pub(crate) fn unchanged(&self, name: &str) -> Result<Medium, Diagnostic> {
        let file = LocalFile::find(&self.base.join(name), FileLabel::picture(name))?;
        let opened = self.open(&PictureOrigin::File(file), name)?;
        let pixels = opened.header.pixels;
        let gathered = GatheredPicture::new(name, opened.bytes, opened.format, pixels);
        Ok(gathered.picture.medium)
    }

    /// Reads a picture and its header.
    fn open(&self, from: &PictureOrigin, name: &str) -> Result<OpenedPicture, Diagnostic> {
        let bytes = match from {
            PictureOrigin::File(file) => file.read(FileLabel::picture(name))?,
            PictureOrigin::Web(url) => self.remote.bytes(url)?,
        };
        let format = format::of(&bytes).map_err(|foreign| {
            let message = format!("`{name}` is {}", foreign.what);
            Diagnostic::new(Code::ImageFormat, message).with_hint(foreign.hint)
        })?;
        let mut header = header::of(format, &bytes).map_err(|what| unusable(name, &what))?;
        if header.pixels == (1, 1) {
            let message = format!("`{name}` is a single pixel");
            let hint = "set another picture; single pixels are used for tracking or spacing";
            return Err(Diagnostic::new(Code::ImageFormat, message).with_hint(hint));
        }
        let cleaned = metadata::clean(format, &bytes);
        let turned = cleaned.as_ref().map(|cleaned| cleaned.orientation);
        if turned.is_some_and(metadata::swaps_sides) {
            header.pixels = (header.pixels.1, header.pixels.0);
        }
        Ok(OpenedPicture {
            bytes,
            format,
            header,
            cleaned,
        })
    }

    fn fit(
        &self,
        from: PictureOrigin,
        name: &str,
        rules: &MediaRules,
    ) -> Result<GatheredPicture, Diagnostic> {
        let OpenedPicture {
            bytes,
            format,
            header,
            cleaned,
        } = self.open(&from, name)?;
        let kind = (format, header);
        if let Some(misfit) = misfit(format, header, length_of(&bytes, cleaned.as_ref()), rules) {
            return self.converted(name, &bytes, kind, rules, &misfit);
        }
        match flaw(header, cleaned) {
            Ok(None) => Ok(GatheredPicture::new(name, bytes, format, header.pixels)),
            Ok(Some(cleaned)) => {
                let gathered = GatheredPicture::new(name, cleaned.into(), format, header.pixels);
                Ok(gathered.with_source(&bytes))
            }
            Err(flaw) => {
                let gathered = self.converted(name, &bytes, kind, rules, flaw)?;
                Ok(gathered.with_source(&bytes))
            }
        }
    }

    /// Converts the picture in `bytes` to fit `rules`. The note gives `why` as the reason.
    fn converted(
        &self,
        name: &str,
        bytes: &[u8],
        (format, header): (ImageFormat, Header),
        rules: &MediaRules,
        why: &str,
    ) -> Result<GatheredPicture, Diagnostic> {
        let made = self.conversions.to_fit(bytes, format, rules);
        let made = made.map_err(|what| unusable(name, &what))?;
        let mut gathered = GatheredPicture::new(name, made.bytes, made.format, made.pixels);
        let (media_type, size) = (made.format.to_mime_type(), in_pixels(made.pixels));
        let frames = match header.frames {
            1 => String::new(),
            frames => format!("; only the first of its {frames} frames is shown"),
        };
        gathered.note = Some(format!(
            "`{name}` is sent as {media_type} of {size} because {why}{frames}"
        ));
        Ok(gathered)
    }
}

fn unusable(name: &str, what: &str) -> Diagnostic {
    let message = format!("`{name}` {what}");
    let hint = "save it again as JPEG or PNG, in the size of a screen or smaller";
    Diagnostic::new(Code::ImageFormat, message).with_hint(hint)
}

/// Returns the length of the file in bytes without its metadata.
fn length_of(bytes: &[u8], cleaned: Option<&CleanedFile>) -> u64 {
    let kept = cleaned.and_then(|cleaned| cleaned.bytes.as_ref());
    kept.map_or(bytes.len(), Vec::len) as u64
}

/// Returns the file without its metadata, or `None` if it has none. The error is the reason why a picture
/// must be converted although the sink accepts its format and size.
fn flaw(header: Header, cleaned: Option<CleanedFile>) -> Result<Option<Vec<u8>>, &'static str> {
    match cleaned {
        _ if header.is_cmyk => Err("its colours are CMYK"),
        None => Err("its metadata cannot be removed otherwise"),
        Some(cleaned) if cleaned.orientation != Orientation::NoTransforms => {
            Err("it was taken with a rotated camera")
        }
        Some(cleaned) => Ok(cleaned.bytes),
    }
}

/// Returns the rule that a picture violates, or `None` if it can be sent unchanged.
fn misfit(format: ImageFormat, header: Header, length: u64, rules: &MediaRules) -> Option<String> {
    let media_type = format.to_mime_type();
    let Header { pixels, frames, .. } = header;
    if !rules.types.contains(&media_type) {
        Some(format!("the sink does not accept {media_type}"))
    } else if u64::from(pixels.0) * u64::from(pixels.1) > rules.max_pixels {
        let (is, most) = (in_pixels(pixels), rules.max_pixels);
        Some(format!(
            "it has {is}, but the sink accepts at most {most} pixels in total"
        ))
    } else if length > rules.max_bytes {
        let most = rules.max_bytes;
        Some(format!(
            "it has {length} bytes, but the sink accepts at most {most}"
        ))
    } else if frames > rules.max_frames {
        let most = rules.max_frames;
        Some(format!(
            "it has {frames} frames, but the sink accepts at most {most}"
        ))
    } else {
        None
    }
}

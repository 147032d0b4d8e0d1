//! Gathering: the pictures and files that posts need, as their sinks take them. A picture that fits goes out
//! as it is, upright and without its metadata; any other is converted or scaled, the same way every time, so that a preview and
//! the run after it show the same picture with the same hash. What a picture is, its bytes tell and
//! never its name.
//!
//! It reads files and computes, sometimes for seconds: call it where blocking is allowed. A picture on
//! another host is asked for first and fetched apart from that, so that asking stays pure.

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
use file::{LocalFile, Named};
use header::Header;
use metadata::CleanedFile;
use remote::Remote;
use scale::in_pixels;

/// The pictures of one run.
#[derive(Debug)]
pub(crate) struct Pictures {
    base: PathBuf,
    conversions: Arc<Conversions>,
    /// Documents and videos as they were read, as several sinks may want the same.
    read: Mutex<HashMap<LocalFile, Bytes>>,
    remote: Remote,
}

/// Where a picture's bytes come from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum PictureOrigin {
    File(LocalFile),
    Web(String),
}

/// A picture that was read.
struct Opened {
    bytes: Bytes,
    format: ImageFormat,
    /// Its size is that of the upright picture.
    header: Header,
    cleaned: Option<CleanedFile>,
}

/// A picture that fits a sink.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct GatheredPicture {
    /// The picture.
    pub picture: Picture,
    /// How it differs from the file and why, in words; `None` where it is the file.
    pub note: Option<String>,
}

impl GatheredPicture {
    fn new(name: &str, bytes: Bytes, format: ImageFormat, pixels: (u32, u32)) -> Self {
        let medium = Medium {
            bytes,
            media_type: format.to_mime_type(),
            file: Some(name.to_owned()),
            pixels: Some(pixels),
            source: None,
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

    /// The same picture, which shows what is in the file `bytes`.
    fn made_of(mut self, bytes: &[u8]) -> Self {
        self.picture.medium.source = Some(sha256_hex(bytes));
        self
    }
}

impl Pictures {
    /// Pictures whose files are relative to `base`, the folder of pipeline.yaml. What has to be
    /// converted is looked for in `conversions` first, and kept there.
    #[must_use]
    pub(crate) fn new(base: impl Into<PathBuf>, conversions: Arc<Conversions>) -> Self {
        Self {
            base: base.into(),
            conversions,
            read: Mutex::default(),
            remote: Remote::default(),
        }
    }

    /// Fetches the pictures on other hosts that were asked for in vain. `false` when there were
    /// none; otherwise asking again may bring more.
    pub(crate) async fn fetch_missing(&self, cx: &Context) -> bool {
        self.remote.fetch_missing(cx).await
    }

    /// The picture of `item`'s card, made to fit `rules`; `None` when the item has none.
    ///
    /// # Errors
    /// When it has one that cannot be read, decoded or made to fit.
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
                let file = LocalFile::find(&self.base.join(name), Named::picture(name))?;
                self.fit(PictureOrigin::File(file), name, rules)?
            }
            // The site may make it when it is built.
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

    /// Looks at the picture of `image` without making anything of it or asking another host. Returns its
    /// size as readers see it; `None` for one that is on another host.
    ///
    /// # Errors
    /// When it is missing, or cannot be read or decoded.
    pub(crate) fn inspect(&self, image: &Image) -> Result<Option<(u32, u32)>, Diagnostic> {
        let Some(name) = &image.file else {
            let missing = image.missing.as_deref().cloned();
            return missing.map_or(Ok(None), Err);
        };
        let file = LocalFile::find(&self.base.join(name), Named::picture(name))?;
        let opened = self.open(&PictureOrigin::File(file), name)?;
        Ok(Some(opened.header.pixels))
    }

    /// Reads a picture and its header.
    fn open(&self, from: &PictureOrigin, name: &str) -> Result<Opened, Diagnostic> {
        let bytes = match from {
            PictureOrigin::File(file) => file.read(Named::picture(name))?,
            PictureOrigin::Web(url) => self.remote.bytes(url)?,
        };
        let format = format::of(&bytes).map_err(|foreign| {
            let message = format!("`{name}` is {}", foreign.what);
            Diagnostic::new(Code::ImageFormat, message).with_hint(foreign.hint)
        })?;
        let mut header = header::of(format, &bytes).map_err(|what| unusable(name, &what))?;
        if header.pixels == (1, 1) {
            let message = format!("`{name}` is a single pixel");
            let hint = "name another picture; such files count readers or fill gaps";
            return Err(Diagnostic::new(Code::ImageFormat, message).with_hint(hint));
        }
        let cleaned = metadata::clean(format, &bytes);
        let turned = cleaned.as_ref().map(|cleaned| cleaned.orientation);
        if turned.is_some_and(metadata::swaps_sides) {
            header.pixels = (header.pixels.1, header.pixels.0);
        }
        Ok(Opened {
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
        let Opened {
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
                Ok(gathered.made_of(&bytes))
            }
            Err(flaw) => {
                let gathered = self.converted(name, &bytes, kind, rules, flaw)?;
                Ok(gathered.made_of(&bytes))
            }
        }
    }

    /// The picture in `bytes`, made to fit `rules` because of `why`.
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
            "`{name}` goes out as {media_type} of {size}, as {why}{frames}"
        ));
        Ok(gathered)
    }
}

fn unusable(name: &str, what: &str) -> Diagnostic {
    let message = format!("`{name}` {what}");
    let hint = "save it anew as JPEG or PNG, no larger than a screen shows";
    Diagnostic::new(Code::ImageFormat, message).with_hint(hint)
}

/// The length of the file once its metadata is gone.
fn length_of(bytes: &[u8], cleaned: Option<&CleanedFile>) -> u64 {
    let kept = cleaned.and_then(|cleaned| cleaned.bytes.as_ref());
    kept.map_or(bytes.len(), Vec::len) as u64
}

/// The file without its metadata, if it has any. The error says why a picture that the sink would take
/// has to be made again all the same.
fn flaw(header: Header, cleaned: Option<CleanedFile>) -> Result<Option<Vec<u8>>, &'static str> {
    match cleaned {
        _ if header.inks => Err("its colours are those of inks (CMYK)"),
        None => Err("its metadata cannot be cut out of the file"),
        Some(cleaned) if cleaned.orientation != Orientation::NoTransforms => {
            Err("it was taken with the camera turned")
        }
        Some(cleaned) => Ok(cleaned.bytes),
    }
}

/// Why a picture cannot go out as it is; `None` when it can.
fn misfit(format: ImageFormat, header: Header, length: u64, rules: &MediaRules) -> Option<String> {
    let media_type = format.to_mime_type();
    let Header { pixels, frames, .. } = header;
    if !rules.types.contains(&media_type) {
        Some(format!("the sink does not take {media_type}"))
    } else if u64::from(pixels.0) * u64::from(pixels.1) > rules.max_pixels {
        let (is, most) = (in_pixels(pixels), rules.max_pixels);
        Some(format!("it has {is} and the sink takes {most} in all"))
    } else if length > rules.max_bytes {
        let most = rules.max_bytes;
        Some(format!("it has {length} bytes and the sink takes {most}"))
    } else if frames > rules.max_frames {
        let most = rules.max_frames;
        Some(format!("it has {frames} frames and the sink takes {most}"))
    } else {
        None
    }
}

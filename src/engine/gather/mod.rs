//! Gathering: the pictures and files that posts need, as their sinks take them. A picture that fits goes out
//! byte for byte; any other is converted or scaled, the same way every time, so that a preview and
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
mod movie;
mod pages;
mod remote;
mod scale;
mod signature;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use image::ImageFormat;
use syndicate_api::{Code, Context, Diagnostic, Image, Item, MediaRules, Medium, Picture};

pub(crate) use conversions::Conversions;
use file::{LocalFile, Named};
use header::Header;
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
enum Origin {
    File(LocalFile),
    Web(String),
}

/// A picture that fits a sink.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Gathered {
    /// The picture.
    pub picture: Picture,
    /// How it differs from the file and why, in words; `None` where it is the file.
    pub note: Option<String>,
}

impl Gathered {
    fn new(name: &str, bytes: Bytes, format: ImageFormat, pixels: (u32, u32)) -> Self {
        let medium = Medium {
            bytes,
            media_type: format.to_mime_type(),
            file: Some(name.to_owned()),
            pixels: Some(pixels),
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
    pub(crate) async fn fetch_wanted(&self, cx: &Context) -> bool {
        self.remote.fetch_wanted(cx).await
    }

    /// The picture of `item`'s card, made to fit `rules`; `None` when the item has none.
    ///
    /// # Errors
    /// When it has one that cannot be read, decoded or made to fit.
    pub(crate) fn gather(
        &self,
        item: &Item,
        rules: &MediaRules,
    ) -> Result<Option<Gathered>, Diagnostic> {
        match &item.image {
            Some(image) => self.gather_image(image, rules),
            None => Ok(None),
        }
    }

    fn gather_image(
        &self,
        image: &Image,
        rules: &MediaRules,
    ) -> Result<Option<Gathered>, Diagnostic> {
        let mut gathered = match (&image.file, &image.url) {
            (Some(name), _) => {
                let file = LocalFile::find(&self.base.join(name), Named::picture(name))?;
                self.fit(Origin::File(file), name, rules)?
            }
            (None, Some(url)) => self.fit(Origin::Web(url.clone()), url, rules)?,
            (None, None) => return Ok(None),
        };
        gathered.picture.alt.clone_from(&image.alt);
        gathered.picture.url.clone_from(&image.url);
        Ok(Some(gathered))
    }

    fn fit(&self, from: Origin, name: &str, rules: &MediaRules) -> Result<Gathered, Diagnostic> {
        let bytes = match &from {
            Origin::File(file) => file.read(Named::picture(name))?,
            Origin::Web(url) => self.remote.bytes(url)?,
        };
        let format = format::of(&bytes).map_err(|foreign| {
            let message = format!("`{name}` is {}", foreign.what);
            Diagnostic::new(Code::ImageFormat, message).with_hint(foreign.hint)
        })?;
        let header = header::of(format, &bytes).map_err(|what| unusable(name, &what))?;
        let Some(misfit) = misfit(format, header, bytes.len() as u64, rules) else {
            return Ok(Gathered::new(name, bytes, format, header.pixels));
        };
        let made = self.conversions.to_fit(&bytes, format, rules);
        let made = made.map_err(|what| unusable(name, &what))?;
        let mut gathered = Gathered::new(name, made.bytes, made.format, made.pixels);
        let (media_type, size) = (made.format.to_mime_type(), in_pixels(made.pixels));
        let frames = match header.frames {
            1 => String::new(),
            frames => format!("; only the first of its {frames} frames is shown"),
        };
        gathered.note = Some(format!(
            "`{name}` goes out as {media_type} of {size}, as {misfit}{frames}"
        ));
        Ok(gathered)
    }
}

fn unusable(name: &str, what: &str) -> Diagnostic {
    let message = format!("`{name}` {what}");
    let hint = "save it anew as JPEG or PNG, no larger than a screen shows";
    Diagnostic::new(Code::ImageFormat, message).with_hint(hint)
}

/// Why a picture cannot go out as it is; `None` when it can.
fn misfit(format: ImageFormat, header: Header, length: u64, rules: &MediaRules) -> Option<String> {
    let media_type = format.to_mime_type();
    let Header { pixels, frames } = header;
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

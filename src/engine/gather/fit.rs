//! Fits a picture to the rules of a sink.

use bytes::Bytes;
use image::ImageFormat;
use image::metadata::Orientation;
use syndicate_api::{Code, Diagnostic, MediaRules, Medium, MediumBytes, Picture, sha256_hex};

use super::conversions::Conversions;
use super::format;
use super::header::{self, Header};
use super::metadata::{self, CleanedFile};
use super::scale::in_pixels;

/// A picture that was read but not decoded.
pub(super) struct OpenedPicture {
    pub(super) bytes: Bytes,
    pub(super) format: ImageFormat,
    /// The header, with the size of the upright picture.
    pub(super) header: Header,
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
    pub(super) fn new(
        name: &str,
        bytes: impl Into<MediumBytes>,
        format: ImageFormat,
        pixels: (u32, u32),
    ) -> Self {
        let medium = Medium {
            bytes: bytes.into(),
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

    /// Adds notes for display.
    pub(super) fn add_notes(&mut self, notes: impl Iterator<Item = String>) {
        let all: Vec<String> = self.note.take().into_iter().chain(notes).collect();
        self.note = (!all.is_empty()).then(|| all.join("; "));
    }

    /// Records `bytes` as the source file of the picture.
    fn with_source(mut self, bytes: &[u8]) -> Self {
        self.picture.medium.source = Some(sha256_hex(bytes));
        self
    }
}

/// Reads the header of a picture.
pub(super) fn open(bytes: Bytes, name: &str) -> Result<OpenedPicture, Diagnostic> {
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

/// Fits the picture in `bytes` to `rules`. An SVG picture is drawn first.
pub(super) fn fit(
    bytes: Bytes,
    name: &str,
    rules: &MediaRules,
    conversions: &Conversions,
) -> Result<GatheredPicture, Diagnostic> {
    if !format::is_svg(&bytes) {
        return fit_pixels(bytes, name, rules, conversions);
    }
    let drawn = conversions.svg_pictures.draw(&bytes, name)?;
    let mut gathered = fit_pixels(drawn, name, rules, conversions)?;
    if gathered.note.is_none() {
        let size = in_pixels(gathered.picture.medium.pixels.unwrap_or_default());
        let note = format!("`{name}` is drawn as image/png of {size} because it is an SVG");
        gathered.add_notes(std::iter::once(note));
    }
    // A newer renderer draws other bytes of the same picture.
    Ok(gathered.with_source(&bytes))
}

fn fit_pixels(
    bytes: Bytes,
    name: &str,
    rules: &MediaRules,
    conversions: &Conversions,
) -> Result<GatheredPicture, Diagnostic> {
    let opened = open(bytes, name)?;
    let length = length_of(&opened.bytes, opened.cleaned.as_ref());
    if let Some(misfit) = misfit(opened.format, opened.header, length, rules) {
        return converted(name, &opened, (rules, &misfit), conversions);
    }
    let (format, pixels) = (opened.format, opened.header.pixels);
    match flaw(opened.header, opened.cleaned.as_ref()) {
        Ok(None) => Ok(GatheredPicture::new(name, opened.bytes, format, pixels)),
        Ok(Some(cleaned)) => {
            let gathered = GatheredPicture::new(name, cleaned.clone(), format, pixels);
            Ok(gathered.with_source(&opened.bytes))
        }
        Err(flaw) => {
            let gathered = converted(name, &opened, (rules, flaw), conversions)?;
            Ok(gathered.with_source(&opened.bytes))
        }
    }
}

/// Converts a picture to fit `rules`. The note gives `why` as the reason.
fn converted(
    name: &str,
    opened: &OpenedPicture,
    (rules, why): (&MediaRules, &str),
    conversions: &Conversions,
) -> Result<GatheredPicture, Diagnostic> {
    let made = conversions.to_fit(&opened.bytes, opened.format, rules);
    let made = made.map_err(|what| unusable(name, &what))?;
    let mut gathered = GatheredPicture::new(name, made.bytes, made.format, made.pixels);
    let (media_type, size) = (made.format.to_mime_type(), in_pixels(made.pixels));
    let frames = match opened.header.frames {
        1 => String::new(),
        frames => format!("; only the first of its {frames} frames is shown"),
    };
    gathered.note = Some(format!(
        "`{name}` is sent as {media_type} of {size} because {why}{frames}"
    ));
    Ok(gathered)
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
fn flaw(header: Header, cleaned: Option<&CleanedFile>) -> Result<Option<&Vec<u8>>, &'static str> {
    match cleaned {
        _ if header.is_cmyk => Err("its colours are CMYK"),
        None => Err("its metadata cannot be removed otherwise"),
        Some(cleaned) if cleaned.orientation != Orientation::NoTransforms => {
            Err("it was taken with a rotated camera")
        }
        Some(cleaned) => Ok(cleaned.bytes.as_ref()),
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

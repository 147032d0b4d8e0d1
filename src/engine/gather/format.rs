//! Detects the format of a picture from its first bytes. File names are unreliable: pictures are saved
//! with a wrong extension, and a failed download can leave a web page named `cover.jpg`.

use image::ImageFormat;

use super::signature::{detect, is_lfs_pointer};

/// A format that cannot be decoded.
#[derive(Debug)]
pub(super) struct UnsupportedFormat {
    /// A description that follows `is`.
    pub(super) what: &'static str,
    /// The hint for the user.
    pub(super) hint: &'static str,
}

const SAVE_AS: &str = "save it as JPEG or PNG";

/// Returns the format of the picture in `bytes`.
pub(super) fn of(bytes: &[u8]) -> Result<ImageFormat, UnsupportedFormat> {
    if let Some(foreign) = foreign(bytes) {
        return Err(foreign);
    }
    match image::guess_format(bytes) {
        Ok(format) if format.reading_enabled() => Ok(format),
        Ok(_) | Err(_) => Err(UnsupportedFormat {
            what: "not a picture in a supported format",
            hint: SAVE_AS,
        }),
    }
}

fn foreign(bytes: &[u8]) -> Option<UnsupportedFormat> {
    if bytes.is_empty() {
        let (what, hint) = ("empty", "replace it by the picture");
        return Some(UnsupportedFormat { what, hint });
    }
    if is_lfs_pointer(bytes) {
        return Some(UnsupportedFormat {
            what: "a Git LFS pointer, not the picture itself",
            hint: "fetch it with `git lfs pull`",
        });
    }
    let (what, hint) = match detect(bytes) {
        Some("image/jxl") => ("a JPEG XL picture", SAVE_AS),
        Some("image/avif") => ("an AVIF picture", SAVE_AS),
        Some("image/heif") => ("a HEIC picture", SAVE_AS),
        Some("application/pdf") => ("a PDF document", "export the page as PNG"),
        Some(video) if video.starts_with("video/") => ("a video", SAVE_AS),
        _ => return markup(bytes),
    };
    Some(UnsupportedFormat { what, hint })
}

/// Detects HTML pages.
fn markup(bytes: &[u8]) -> Option<UnsupportedFormat> {
    let start = start(bytes);
    let is_page = ["<!doctype html", "<html", "<head"]
        .iter()
        .any(|tag| start.starts_with(tag));
    is_page.then_some(UnsupportedFormat {
        what: "a web page, not a picture",
        hint: "download the picture itself",
    })
}

/// Returns `true` if `bytes` are an SVG drawing.
pub(super) fn is_svg(bytes: &[u8]) -> bool {
    let start = start(bytes);
    start.starts_with('<') && start.contains("<svg") && markup(bytes).is_none()
}

/// Returns the start of a text file in lower case, or no text if the file does not begin with a tag.
fn start(bytes: &[u8]) -> String {
    const SEARCHED: usize = 4096;
    if !may_begin_with_tag(bytes) {
        return String::new();
    }
    let start = &bytes[..bytes.len().min(SEARCHED)];
    let start = String::from_utf8_lossy(start).to_ascii_lowercase();
    let start = start.trim_start_matches('\u{feff}').trim_start();
    start.to_owned()
}

/// Returns `false` if the first byte belongs neither to a tag nor to white space or a byte order mark before it, as in
/// all pictures but drawings.
fn may_begin_with_tag(bytes: &[u8]) -> bool {
    matches!(
        bytes.first(),
        Some(b'<' | b' ' | b'\t'..=b'\r' | 0xc2..=0xef)
    )
}

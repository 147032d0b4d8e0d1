//! Removes metadata from picture files before upload: location, program, thumbnails and the like.
//!
//! The pixels are not decoded. Data that affects them (colour profiles, gamma, transparency, animation)
//! is kept.

mod gif;
mod jpeg;
mod kept;
mod png;
mod webp;

use image::ImageFormat;
use image::metadata::Orientation;

use kept::EXIF;

/// A file without its metadata.
#[derive(Debug, PartialEq)]
pub(super) struct CleanedFile {
    /// The bytes without metadata; `None` if the file has none.
    pub(super) bytes: Option<Vec<u8>>,
    /// The transformation that makes the pixels upright, from the Exif data.
    pub(super) orientation: Orientation,
}

/// Removes the metadata of a file. Returns `None` if the file cannot be split into its parts, or if its
/// format is always converted.
pub(super) fn clean(format: ImageFormat, bytes: &[u8]) -> Option<CleanedFile> {
    let kept = match format {
        ImageFormat::Jpeg => jpeg::kept(bytes),
        ImageFormat::Png => png::kept(bytes),
        ImageFormat::Gif => gif::kept(bytes),
        ImageFormat::WebP => webp::kept(bytes),
        _ => None,
    }?;
    let orientation = kept.exif.and_then(|exif| {
        let exif = exif.strip_prefix(EXIF).unwrap_or(exif);
        Orientation::from_exif_chunk(exif)
    });
    Some(CleanedFile {
        orientation: orientation.unwrap_or(Orientation::NoTransforms),
        bytes: kept.into_changed(),
    })
}

/// Returns `true` if `orientation` swaps width and height.
pub(super) fn swaps_sides(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(
        orientation,
        Rotate90 | Rotate90FlipH | Rotate270 | Rotate270FlipH
    )
}

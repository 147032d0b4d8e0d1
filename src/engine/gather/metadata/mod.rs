//! What a picture's file says besides its pixels: where a camera was, which program wrote it, small
//! copies of the picture. None of that is uploaded. It is cut out of the file without touching the
//! pixels; what they mean (colour profiles, gamma, transparency) and how an animation runs stays.

mod gif;
mod jpeg;
mod kept;
mod png;
mod webp;

use image::ImageFormat;
use image::metadata::Orientation;

use kept::EXIF;

/// A file and what was found in it.
#[derive(Debug, PartialEq)]
pub(super) struct CleanedFile {
    /// The file without metadata; `None` if it has none.
    pub(super) bytes: Option<Vec<u8>>,
    /// How the pixels have to be turned to be upright.
    pub(super) orientation: Orientation,
}

/// Takes the metadata out of a file; `None` if its parts cannot be told apart, and for formats that no
/// sink takes byte for byte.
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
        bytes: (kept.bytes != bytes).then_some(kept.bytes),
    })
}

/// Returns whether `orientation` makes the width the height.
pub(super) fn swaps_sides(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(
        orientation,
        Rotate90 | Rotate90FlipH | Rotate270 | Rotate270FlipH
    )
}

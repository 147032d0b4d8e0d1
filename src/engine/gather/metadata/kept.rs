//! The content of a file without its metadata.

/// The parts of a file that are kept, and its Exif data.
pub(super) struct Kept<'a> {
    pub(super) bytes: Vec<u8>,
    pub(super) exif: Option<&'a [u8]>,
}

/// Prefix of Exif data in JPEG files, and in WebP files of some programs.
pub(super) const EXIF: &[u8] = b"Exif\0\0";

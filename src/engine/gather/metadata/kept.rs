//! What is left of a file without its metadata.

/// The parts of a file that are kept, and its Exif data.
pub(super) struct Kept<'a> {
    pub(super) bytes: Vec<u8>,
    pub(super) exif: Option<&'a [u8]>,
}

/// What JPEG files, and WebP files of some programs, put before Exif data.
pub(super) const EXIF: &[u8] = b"Exif\0\0";

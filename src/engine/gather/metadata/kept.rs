//! The content of a file without its metadata.

/// The parts of a file that are kept, and its Exif data.
pub(super) struct Kept<'a> {
    file: &'a [u8],
    /// The length of the kept bytes, while they are the start of the file.
    unchanged: usize,
    /// All kept bytes, once they are no longer the start of the file.
    bytes: Option<Vec<u8>>,
    pub(super) exif: Option<&'a [u8]>,
}

/// Prefix of Exif data in JPEG files, and in WebP files of some programs.
pub(super) const EXIF: &[u8] = b"Exif\0\0";

impl<'a> Kept<'a> {
    /// Returns an empty selection of the parts of `file`.
    pub(super) fn new(file: &'a [u8]) -> Self {
        Self {
            file,
            unchanged: 0,
            bytes: None,
            exif: None,
        }
    }

    /// Keeps `part`, which follows the parts before.
    pub(super) fn keep(&mut self, part: &[u8]) {
        if self.bytes.is_none() && self.file[self.unchanged..].starts_with(part) {
            self.unchanged += part.len();
            return;
        }
        let unchanged = &self.file[..self.unchanged];
        let bytes = self.bytes.get_or_insert_with(|| {
            let mut bytes = Vec::with_capacity(self.file.len());
            bytes.extend(unchanged);
            bytes
        });
        bytes.extend(part);
    }

    /// Returns the kept bytes; `None` if they are the whole file.
    pub(super) fn into_changed(self) -> Option<Vec<u8>> {
        let is_cut = self.unchanged < self.file.len();
        let start = || self.file[..self.unchanged].to_vec();
        self.bytes.or_else(|| is_cut.then(start))
    }
}

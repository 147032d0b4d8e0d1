//! A file to upload.

use bytes::Bytes;

use super::sha256::sha256_hex;
use crate::Name;

/// A file to upload.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Medium {
    /// The bytes to upload.
    pub bytes: Bytes,
    /// The MIME type, as detected from the bytes.
    pub media_type: Name,
    /// The original file, relative to pipeline.yaml.
    pub file: Option<String>,
    /// Width and height in pixels, for pictures.
    pub pixels: Option<(u32, u32)>,
    /// The SHA-256 of the original file in hexadecimal, if the bytes differ from it only by removed metadata or
    /// rotation.
    pub source: Option<String>,
    /// The alternative text that the upload sends with the bytes. A sink sets it if the text is in no step.
    pub alt: Option<String>,
    /// The file name that the upload sends with the bytes, if the platform shows it to readers.
    pub file_name: Option<String>,
}

impl Medium {
    /// Returns the SHA-256 of the bytes in hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> String {
        sha256_hex(&self.bytes)
    }

    /// Returns the SHA-256 of the original file in hexadecimal, for comparing media of two versions of a post.
    /// Removed metadata changes nothing that readers see.
    #[must_use]
    pub fn source_sha256(&self) -> String {
        self.source.clone().unwrap_or_else(|| self.sha256())
    }
}

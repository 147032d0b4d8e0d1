//! A file to upload.

use super::MediumBytes;
use crate::{Diagnostic, Name};

/// A file to upload.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Medium {
    /// The bytes to upload.
    pub bytes: MediumBytes,
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
    pub fn sha256(&self) -> &str {
        self.bytes.sha256()
    }

    /// Returns the medium with its bytes in memory.
    ///
    /// # Errors
    /// Returns an error that names the file if it cannot be read or has changed.
    pub fn load(&self) -> Result<Self, Diagnostic> {
        let in_file = |error: Diagnostic| match &self.file {
            Some(file) => error.in_file(file),
            None => error,
        };
        Ok(Self {
            bytes: self.bytes.load().map_err(in_file)?,
            ..self.clone()
        })
    }

    /// Returns the SHA-256 of the original file in hexadecimal, for comparing media of two versions of a post.
    /// Removed metadata changes nothing that readers see.
    #[must_use]
    pub fn source_sha256(&self) -> &str {
        self.source.as_deref().unwrap_or_else(|| self.sha256())
    }
}

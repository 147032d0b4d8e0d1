//! The bytes of a medium, in memory or in a file.

use std::fmt;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use twox_hash::XxHash3_128;

use super::sha256::sha256_hex;
use crate::Diagnostic;

/// The bytes of a medium. A plan has many media, so it keeps their hashes, and the bytes are read again when they are shown
/// or sent.
#[derive(Clone)]
pub struct MediumBytes {
    /// A fast checksum, by which a changed file is noticed.
    checksum: u128,
    length: u64,
    place: BytesPlace,
}

#[derive(Clone)]
enum BytesPlace {
    Memory {
        bytes: Bytes,
        /// The SHA-256, once it was asked for. Bytes that are read again need only the checksum.
        sha256: OnceLock<String>,
    },
    File {
        reader: Arc<dyn ReadMedium>,
        sha256: String,
    },
}

/// A reader of the bytes of a medium, which are made from a file.
pub trait ReadMedium: fmt::Debug + Send + Sync {
    /// Returns the bytes in memory.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read.
    fn read(&self) -> Result<MediumBytes, Diagnostic>;
}

impl MediumBytes {
    /// Releases the bytes, which `reader` reads again.
    #[must_use]
    pub fn in_file(self, reader: Arc<dyn ReadMedium>) -> Self {
        let sha256 = self.sha256().to_owned();
        Self {
            place: BytesPlace::File { reader, sha256 },
            ..self
        }
    }

    /// Returns the SHA-256 in hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> &str {
        match &self.place {
            BytesPlace::Memory { bytes, sha256 } => sha256.get_or_init(|| sha256_hex(bytes)),
            BytesPlace::File { sha256, .. } => sha256,
        }
    }

    /// Returns the number of bytes.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Returns the bytes.
    ///
    /// # Errors
    /// Returns an error if their file cannot be read or has changed.
    pub fn read(&self) -> Result<Bytes, Diagnostic> {
        match &self.place {
            BytesPlace::Memory { bytes, .. } => Ok(bytes.clone()),
            BytesPlace::File { reader, .. } => match reader.read()? {
                found if found == *self => found.read(),
                _ => Err(Diagnostic::file_changed()),
            },
        }
    }

    /// Returns the bytes in memory.
    ///
    /// # Errors
    /// Returns an error if their file cannot be read or has changed.
    pub fn load(&self) -> Result<Self, Diagnostic> {
        let bytes = self.read()?;
        let sha256 = match &self.place {
            BytesPlace::Memory { sha256, .. } => sha256.clone(),
            BytesPlace::File { sha256, .. } => OnceLock::from(sha256.clone()),
        };
        Ok(Self {
            place: BytesPlace::Memory { bytes, sha256 },
            ..*self
        })
    }
}

impl<B: Into<Bytes>> From<B> for MediumBytes {
    fn from(bytes: B) -> Self {
        let bytes = bytes.into();
        Self {
            checksum: XxHash3_128::oneshot(&bytes),
            length: bytes.len() as u64,
            place: BytesPlace::Memory {
                bytes,
                sha256: OnceLock::new(),
            },
        }
    }
}

impl Default for MediumBytes {
    fn default() -> Self {
        Self::from(Bytes::new())
    }
}

impl PartialEq for MediumBytes {
    fn eq(&self, other: &Self) -> bool {
        (self.checksum, self.length) == (other.checksum, other.length)
    }
}

impl Eq for MediumBytes {}

impl fmt::Debug for MediumBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes {}", self.length, self.sha256())
    }
}

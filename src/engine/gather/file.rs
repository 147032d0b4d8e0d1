//! A picture's file on this machine: found, bounded and read.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use bytes::Bytes;
use syndicate_api::Code;

use super::GatherError;

/// The largest file that is read, in bytes. Far more than any card needs, and little enough to hold
/// a few of them in memory.
const MAX_BYTES: u64 = 64 << 20;

/// A picture's file as it is now. Two that are equal hold the same picture.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct PictureFile {
    path: PathBuf,
    modified: Option<SystemTime>,
    length: u64,
}

impl PictureFile {
    /// The file `path`, which messages call `name`.
    pub(super) fn find(path: &Path, name: &str) -> Result<Self, GatherError> {
        let metadata = fs::metadata(path).map_err(|error| unreadable(name, &error))?;
        if !metadata.is_file() {
            return Err(GatherError::new(
                Code::ImageUnreadable,
                format!("the picture `{name}` is no regular file"),
                "name the picture's file",
            ));
        }
        Ok(Self {
            path: path.to_owned(),
            modified: metadata.modified().ok(),
            length: metadata.len(),
        })
    }

    /// Its bytes.
    pub(super) fn read(&self, name: &str) -> Result<Bytes, GatherError> {
        let mut bytes = Vec::new();
        // One byte more than allowed, as the file may have grown since it was found.
        File::open(&self.path)
            .and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes))
            .map_err(|error| unreadable(name, &error))?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(GatherError::new(
                Code::ImageUnreadable,
                format!(
                    "the picture `{name}` is larger than {} MiB",
                    MAX_BYTES >> 20
                ),
                "save it smaller",
            ));
        }
        Ok(Bytes::from(bytes))
    }
}

fn unreadable(name: &str, error: &io::Error) -> GatherError {
    let (message, hint) = match error.kind() {
        io::ErrorKind::NotFound => (
            format!("the picture `{name}` is not there"),
            "check its path, which is relative to pipeline.yaml here",
        ),
        _ => (
            format!("the picture `{name}` cannot be read: {error}"),
            "make it readable",
        ),
    };
    GatherError::new(Code::ImageUnreadable, message, hint)
}

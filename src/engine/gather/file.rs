//! Finds and reads local files of posts, with a size limit.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use bytes::Bytes;
use syndicate_api::{Code, Diagnostic};

/// Maximum size of a picture file in bytes. Larger than any card needs, and small enough for several
/// files in memory.
const MAX_PICTURE_BYTES: u64 = 64 << 20;

/// A version of a file. Equal values have the same content.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct LocalFile {
    path: PathBuf,
    modified: Option<SystemTime>,
    length: u64,
}

/// The name of a file in messages, and the code and size limit of its errors.
#[derive(Clone, Copy)]
pub(super) struct FileLabel<'a> {
    pub(super) noun: &'static str,
    pub(super) name: &'a str,
    pub(super) code: Code,
    pub(super) max_bytes: u64,
}

impl<'a> FileLabel<'a> {
    pub(super) fn picture(name: &'a str) -> Self {
        Self {
            noun: "picture",
            name,
            code: Code::ImageUnreadable,
            max_bytes: MAX_PICTURE_BYTES,
        }
    }
}

impl LocalFile {
    /// Reads the metadata of the file at `path`.
    pub(super) fn find(path: &Path, label: FileLabel<'_>) -> Result<Self, Diagnostic> {
        let metadata = fs::metadata(path).map_err(|error| unreadable(label, &error))?;
        if !metadata.is_file() {
            let FileLabel { noun, name, .. } = label;
            return Err(Diagnostic::new(
                label.code,
                format!("the {noun} `{name}` is not a regular file"),
            )
            .with_hint("set the path of a file"));
        }
        Ok(Self {
            path: path.to_owned(),
            modified: metadata.modified().ok(),
            length: metadata.len(),
        })
    }

    /// Returns its length in bytes.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Reads its content.
    pub(super) fn read(&self, label: FileLabel<'_>) -> Result<Bytes, Diagnostic> {
        let FileLabel {
            noun,
            name,
            code,
            max_bytes,
        } = label;
        let length = self.length.min(max_bytes);
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
        // One byte more than the limit, because the file may have grown since it was found.
        File::open(&self.path)
            .and_then(|file| file.take(max_bytes + 1).read_to_end(&mut bytes))
            .map_err(|error| unreadable(label, &error))?;
        if bytes.len() as u64 > max_bytes {
            let most = max_bytes >> 20;
            return Err(Diagnostic::new(
                code,
                format!("the {noun} `{name}` is larger than {most} MiB"),
            )
            .with_hint("reduce its size"));
        }
        Ok(Bytes::from(bytes))
    }
}

fn unreadable(label: FileLabel<'_>, error: &io::Error) -> Diagnostic {
    let FileLabel {
        noun, name, code, ..
    } = label;
    let (message, hint) = match error.kind() {
        io::ErrorKind::NotFound => (
            format!("the {noun} `{name}` does not exist"),
            "check its path, which is relative to pipeline.yaml here",
        ),
        _ => (
            format!("cannot read the {noun} `{name}`: {error}"),
            "check the permissions of the file",
        ),
    };
    Diagnostic::new(code, message).with_hint(hint)
}

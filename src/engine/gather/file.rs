//! A file on this machine that a post shows: found, bounded and read.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use bytes::Bytes;
use syndicate_api::{Code, Diagnostic};

/// The largest picture that is read, in bytes. Far more than any card needs, and little enough to
/// hold a few of them in memory.
const MAX_PICTURE_BYTES: u64 = 64 << 20;

/// A file as it is now. Two that are equal hold the same bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct LocalFile {
    path: PathBuf,
    modified: Option<SystemTime>,
    length: u64,
}

/// How messages call a file, and which code they have.
#[derive(Clone, Copy)]
pub(super) struct Named<'a> {
    pub(super) noun: &'static str,
    pub(super) name: &'a str,
    pub(super) code: Code,
    pub(super) max_bytes: u64,
}

impl<'a> Named<'a> {
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
    /// The file `path`.
    pub(super) fn find(path: &Path, named: Named<'_>) -> Result<Self, Diagnostic> {
        let metadata = fs::metadata(path).map_err(|error| unreadable(named, &error))?;
        if !metadata.is_file() {
            let Named { noun, name, .. } = named;
            return Err(Diagnostic::new(
                named.code,
                format!("the {noun} `{name}` is no regular file"),
            )
            .with_hint(format!("name the {noun}'s file")));
        }
        Ok(Self {
            path: path.to_owned(),
            modified: metadata.modified().ok(),
            length: metadata.len(),
        })
    }

    /// How many bytes it has.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Its bytes.
    pub(super) fn read(&self, named: Named<'_>) -> Result<Bytes, Diagnostic> {
        let Named {
            noun,
            name,
            code,
            max_bytes,
        } = named;
        let mut bytes = Vec::new();
        // One byte more than allowed, as the file may have grown since it was found.
        File::open(&self.path)
            .and_then(|file| file.take(max_bytes + 1).read_to_end(&mut bytes))
            .map_err(|error| unreadable(named, &error))?;
        if bytes.len() as u64 > max_bytes {
            let most = max_bytes >> 20;
            return Err(Diagnostic::new(
                code,
                format!("the {noun} `{name}` is larger than {most} MiB"),
            )
            .with_hint("save it smaller"));
        }
        Ok(Bytes::from(bytes))
    }
}

fn unreadable(named: Named<'_>, error: &io::Error) -> Diagnostic {
    let Named {
        noun, name, code, ..
    } = named;
    let (message, hint) = match error.kind() {
        io::ErrorKind::NotFound => (
            format!("the {noun} `{name}` is not there"),
            "check its path, which is relative to pipeline.yaml here",
        ),
        _ => (
            format!("the {noun} `{name}` cannot be read: {error}"),
            "make it readable",
        ),
    };
    Diagnostic::new(code, message).with_hint(hint)
}

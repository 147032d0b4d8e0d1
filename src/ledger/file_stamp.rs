//! The identity and the times of a file, which show that it was not changed since.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::Path;

/// Identity, length and times of a file. Two equal stamps mean the same content, unless the file was changed
/// so soon after the first one that the file system gave both changes the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileStamp {
    length: u64,
    /// Device and inode.
    identity: (u64, u64),
    /// The times of the last change of the content and of the inode, in seconds and nanoseconds.
    times: [(i64, i64); 2],
}

impl FileStamp {
    /// Returns the stamp of `file`, or `None` on platforms without inodes.
    pub(super) fn of(file: &File) -> io::Result<Option<Self>> {
        file.metadata().map(|metadata| Self::new(&metadata))
    }

    /// Returns the stamp of the file at `path`, or `None` if there is none, and on platforms without inodes.
    pub(super) fn at(path: &Path) -> Option<Self> {
        Self::new(&fs::metadata(path).ok()?)
    }

    /// Returns the stamp of the file with this metadata, or `None` on platforms without inodes.
    #[cfg(unix)]
    pub(super) fn new(metadata: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        Some(Self {
            length: metadata.len(),
            identity: (metadata.dev(), metadata.ino()),
            times: [
                (metadata.mtime(), metadata.mtime_nsec()),
                (metadata.ctime(), metadata.ctime_nsec()),
            ],
        })
    }

    /// Returns `None`, because the platform has no inodes.
    #[cfg(not(unix))]
    pub(super) fn new(_metadata: &Metadata) -> Option<Self> {
        None
    }

    /// Returns `true` if `other` is a stamp of the same file.
    pub(super) fn is_same_file(&self, other: &Self) -> bool {
        self.identity == other.identity
    }

    /// Returns `true` if `other` is a later stamp of the same file, which is longer now.
    pub(super) fn has_grown(&self, other: &Self) -> bool {
        self.is_same_file(other) && self.length < other.length
    }

    /// Returns the length of the file in bytes.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Returns `true` if the last change is so long ago that any later change gets another time. Some file
    /// systems record seconds only, and FAT every second one.
    pub(super) fn is_old(&self) -> bool {
        const GRANULARITY: i64 = 2;
        let [(modified, _), (changed, _)] = self.times;
        let now = now_seconds();
        modified.max(changed) < now - GRANULARITY
    }
}

/// Returns the time of the system's clock, which file systems use too.
#[expect(
    clippy::disallowed_methods,
    reason = "it is compared only with times of the file system"
)]
fn now_seconds() -> i64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.ok()
        .and_then(|now| i64::try_from(now.as_secs()).ok())
        .unwrap_or(0)
}

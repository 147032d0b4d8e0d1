//! Recognises the files that this process writes its own output to. A shell can redirect it into a watched folder, and
//! each change that `watch` reports there would be another change.

use std::fs::Metadata;
use std::path::Path;

/// Device and inode of a file.
type FileId = (u64, u64);

/// The regular files that standard output and standard error are redirected to. Empty on systems without inodes.
#[derive(Clone, Debug, Default)]
pub(super) struct OwnOutput(Vec<FileId>);

impl OwnOutput {
    /// Returns the files of this process.
    #[cfg(unix)]
    #[expect(
        clippy::disallowed_methods,
        reason = "the streams are identified, not written to"
    )]
    pub(super) fn of_process() -> Self {
        use std::os::fd::AsFd as _;
        let streams = [
            std::io::stdout().as_fd().try_clone_to_owned(),
            std::io::stderr().as_fd().try_clone_to_owned(),
        ];
        let files = streams.into_iter().flatten().map(std::fs::File::from);
        Self::of_files(files.filter_map(|file| file.metadata().ok()))
    }

    /// Returns the files of this process.
    #[cfg(not(unix))]
    pub(super) fn of_process() -> Self {
        Self::default()
    }

    /// Returns the regular files among `files`.
    #[cfg(unix)]
    pub(super) fn of_files(files: impl Iterator<Item = Metadata>) -> Self {
        Self(
            files
                .filter(Metadata::is_file)
                .map(|file| id(&file))
                .collect(),
        )
    }

    /// Returns `true` if `path` is such a file.
    pub(super) fn contains(&self, path: &Path) -> bool {
        !self.0.is_empty() && std::fs::metadata(path).is_ok_and(|file| self.contains_file(&file))
    }

    /// Returns `true` if the file with this metadata is such a file.
    #[cfg(unix)]
    pub(super) fn contains_file(&self, metadata: &Metadata) -> bool {
        self.0.contains(&id(metadata))
    }

    /// Returns `true` if the file with this metadata is such a file.
    #[cfg(not(unix))]
    pub(super) fn contains_file(&self, _: &Metadata) -> bool {
        false
    }
}

#[cfg(unix)]
fn id(metadata: &Metadata) -> FileId {
    use std::os::unix::fs::MetadataExt as _;
    (metadata.dev(), metadata.ino())
}

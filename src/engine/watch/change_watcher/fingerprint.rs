//! Computes fingerprints of folders. A fingerprint is a single number that changes when a file is added,
//! removed, renamed or written.

use std::collections::hash_map::DefaultHasher;
use std::fs::Metadata;
use std::hash::{Hash as _, Hasher as _};
use std::path::Path;

use ignore::WalkBuilder;

use super::hint::is_noise;
use super::own_output::OwnOutput;

/// A fingerprint of files, computed from paths, times, sizes and inodes. Equal fingerprints mean that no
/// change was detected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fingerprint(u64);

impl Fingerprint {
    /// Combines two fingerprints, independent of their order.
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0.wrapping_add(other.0))
    }
}

/// Returns the fingerprint of `root` and all files in it, except this process's own output.
pub(super) fn fingerprint(root: &Path, own_output: &OwnOutput) -> Fingerprint {
    let walk = WalkBuilder::new(root)
        .standard_filters(false)
        .filter_entry(|entry| !is_noise(entry.path()))
        .build();
    walk.filter_map(Result::ok)
        .filter_map(|entry| {
            let metadata = entry.metadata().ok()?;
            let is_own = own_output.contains_file(&metadata);
            (!is_own).then(|| fingerprint_of_file(entry.path(), &metadata))
        })
        .fold(Fingerprint::default(), Fingerprint::and)
}

/// Returns a fingerprint of the folder's identity, without its content. Returns the default if the folder
/// does not exist.
pub(super) fn of_folder(path: &Path) -> Fingerprint {
    std::fs::metadata(path).map_or(Fingerprint::default(), |metadata| {
        let mut hasher = DefaultHasher::new();
        path.hash(&mut hasher);
        identity(&metadata).hash(&mut hasher);
        Fingerprint(hasher.finish())
    })
}

fn fingerprint_of_file(path: &Path, metadata: &Metadata) -> Fingerprint {
    let mut hasher = DefaultHasher::new();
    path.hash(&mut hasher);
    metadata.len().hash(&mut hasher);
    metadata.modified().ok().hash(&mut hasher);
    identity(metadata).hash(&mut hasher);
    Fingerprint(hasher.finish())
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    (metadata.dev(), metadata.ino())
}

#[cfg(not(unix))]
fn identity(metadata: &Metadata) -> Option<std::time::SystemTime> {
    metadata.created().ok()
}

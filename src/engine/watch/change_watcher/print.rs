//! What folders look like, in one number: it takes no room to speak of, however many files there are,
//! and differs when any of them was added, removed, renamed or written.

use std::collections::hash_map::DefaultHasher;
use std::fs::Metadata;
use std::hash::{Hash as _, Hasher as _};
use std::path::Path;

use ignore::WalkBuilder;

use super::hint::is_noise;

/// The look of some files. Equal looks mean that nothing changed, as far as times and sizes tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fingerprint(u64);

impl Fingerprint {
    /// Both together, in whatever order.
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0.wrapping_add(other.0))
    }
}

/// The look of `root` with all that is in it.
pub(super) fn print(root: &Path) -> Fingerprint {
    let walk = WalkBuilder::new(root)
        .standard_filters(false)
        .filter_entry(|entry| !is_noise(entry.path()))
        .build();
    walk.filter_map(Result::ok)
        .filter_map(|entry| Some(one(entry.path(), &entry.metadata().ok()?)))
        .fold(Fingerprint::default(), Fingerprint::and)
}

/// Which folder this is, whatever is in it; nothing where there is none.
pub(super) fn of_place(path: &Path) -> Fingerprint {
    std::fs::metadata(path).map_or(Fingerprint::default(), |metadata| {
        let mut hasher = DefaultHasher::new();
        path.hash(&mut hasher);
        identity(&metadata).hash(&mut hasher);
        Fingerprint(hasher.finish())
    })
}

fn one(path: &Path, metadata: &Metadata) -> Fingerprint {
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

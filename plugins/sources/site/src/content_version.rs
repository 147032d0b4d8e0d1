//! Distinguishes two versions of a file.

use std::hash::Hasher as _;

use rustc_hash::FxHasher;

/// Returns a hash of the contents of a file. It reveals edits, but anyone could forge it.
pub(crate) fn content_version(bytes: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(bytes);
    hasher.finish()
}

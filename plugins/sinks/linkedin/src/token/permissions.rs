//! Checks whether other users of this machine can read a file.

use std::path::Path;

#[cfg(unix)]
pub(super) fn is_readable_by_others(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    let metadata = std::fs::metadata(file);
    metadata.is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
}

/// Returns `false`, because access control lists of other systems are not read.
#[cfg(not(unix))]
pub(super) fn is_readable_by_others(_: &Path) -> bool {
    false
}

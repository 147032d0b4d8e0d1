//! Recognises files and folders that were removed while the site was read.

use std::io::ErrorKind;
use std::path::Path;

/// Returns `true` if the file or folder at `path` was removed after it was listed, as editors and git do when they rename
/// files. A link whose target is missing is still there.
pub(crate) fn has_vanished(path: &Path) -> bool {
    let metadata = path.symlink_metadata();
    metadata.is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

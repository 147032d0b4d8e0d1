//! Writes files that only the current user can read. The permissions are set when the file is
//! created; setting them afterwards would leave a moment in which other users can open it.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

/// Replaces `file` atomically with `bytes`, readable only by the current user.
pub(super) fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    create_private_folder(folder)?;
    let partial = file.with_extension(format!("{}.partial", std::process::id()));
    // A leftover of a crashed process with the same id may have other permissions.
    fs::remove_file(&partial).ok();
    let written = create_private_file(&partial).and_then(|mut out| {
        out.write_all(bytes)?;
        out.sync_all()
    });
    let moved = written.and_then(|()| fs::rename(&partial, file));
    if moved.is_err() {
        fs::remove_file(&partial).ok();
    }
    moved
}

/// Creates `folder` with its parents, readable only by the current user. Does nothing if it exists.
#[cfg(unix)]
pub(super) fn create_private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

#[cfg(unix)]
fn create_private_file(file: &Path) -> io::Result<fs::File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)
}

/// Opens `file` for writing, and creates it if it does not exist, readable only by the current user.
#[cfg(unix)]
pub(super) fn open_private_file(file: &Path) -> io::Result<fs::File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(file)
}

/// Returns `true` if other users can read `file`.
#[cfg(unix)]
pub(super) fn is_open_to_others(file: &Path) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt as _;
    Ok(fs::metadata(file)?.permissions().mode() & 0o077 != 0)
}

// On other systems the settings folder is private to the user by default.
#[cfg(not(unix))]
pub(super) fn create_private_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(not(unix))]
fn create_private_file(file: &Path) -> io::Result<fs::File> {
    fs::File::create_new(file)
}

#[cfg(not(unix))]
pub(super) fn open_private_file(file: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(false).open(file)
}

#[cfg(not(unix))]
pub(super) fn is_open_to_others(_: &Path) -> io::Result<bool> {
    Ok(false)
}

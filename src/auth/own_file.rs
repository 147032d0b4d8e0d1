//! Files that only the user who runs us can read. The rights are given when the file is made, since
//! a file that is made first and closed afterwards is open in between.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

/// Writes `file` so that others cannot read it, whole or not at all.
pub(super) fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    make_own_folder(folder)?;
    let partial = file.with_extension(format!("{}.partial", std::process::id()));
    // What a run that died under the same number left behind may have other rights.
    fs::remove_file(&partial).ok();
    let written = make_own_file(&partial).and_then(|mut out| {
        out.write_all(bytes)?;
        out.sync_all()
    });
    let moved = written.and_then(|()| fs::rename(&partial, file));
    if moved.is_err() {
        fs::remove_file(&partial).ok();
    }
    moved
}

#[cfg(unix)]
fn make_own_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

#[cfg(unix)]
fn make_own_file(file: &Path) -> io::Result<fs::File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)
}

/// Whether others can read `file`.
#[cfg(unix)]
pub(super) fn is_open_to_others(file: &Path) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt as _;
    Ok(fs::metadata(file)?.permissions().mode() & 0o077 != 0)
}

// Elsewhere a user's settings are the user's own by the rules of their folder.
#[cfg(not(unix))]
fn make_own_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(not(unix))]
fn make_own_file(file: &Path) -> io::Result<fs::File> {
    fs::File::create_new(file)
}

#[cfg(not(unix))]
pub(super) fn is_open_to_others(_: &Path) -> io::Result<bool> {
    Ok(false)
}

//! A private folder for the temporary files of one plugin process.

use std::fs::DirBuilder;
use std::io;
use std::path::{Path, PathBuf};

/// A folder that is removed with this value.
#[derive(Debug)]
pub(in crate::host) struct ScratchFolder(PathBuf);

impl ScratchFolder {
    /// Creates a folder that only this user can read.
    ///
    /// # Errors
    /// If the folder for temporary files cannot be written to.
    pub(in crate::host) fn create() -> io::Result<Self> {
        let number = getrandom::u64().map_err(io::Error::other)?;
        let name = format!("syndicate-plugin-{number:016x}");
        let path = std::path::absolute(std::env::temp_dir())?.join(name);
        // Fails if the path exists, so that it cannot be a trap in a folder that others can write to.
        private_folder().create(&path)?;
        Ok(Self(path))
    }

    /// Returns the absolute path.
    pub(in crate::host) fn path(&self) -> &Path {
        &self.0
    }
}

#[cfg(unix)]
fn private_folder() -> DirBuilder {
    use std::os::unix::fs::DirBuilderExt as _;
    let mut builder = DirBuilder::new();
    builder.mode(0o700);
    builder
}

/// On other systems, each user has a folder for temporary files.
#[cfg(not(unix))]
fn private_folder() -> DirBuilder {
    DirBuilder::new()
}

impl Drop for ScratchFolder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

//! A copy of a site, in which posts can be saved.

use std::fs;
use std::path::{Path, PathBuf};

/// A copy of a site in a temporary folder.
pub(crate) struct SiteCopy(tempfile::TempDir);

impl SiteCopy {
    /// Copies the site in `original`.
    ///
    /// # Errors
    /// If a file cannot be copied.
    pub(crate) fn of(original: &Path) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        copy(original, folder.path())?;
        Ok(Self(folder))
    }

    pub(crate) fn folder(&self) -> &Path {
        self.0.path()
    }

    /// Returns the folder of its first posts.
    pub(super) fn posts(&self) -> PathBuf {
        self.0.path().join("content/000")
    }
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        match entry.file_type()?.is_dir() {
            true => copy(&entry.path(), &target)?,
            false => {
                fs::copy(entry.path(), target)?;
            }
        }
    }
    Ok(())
}

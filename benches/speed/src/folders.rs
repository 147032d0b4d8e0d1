//! The folders of the benchmark: corpora, compiled programs and installed tools are kept between runs.

use std::path::{Path, PathBuf};

/// The folders of the benchmark.
pub(crate) struct Folders {
    root: PathBuf,
    /// The project's own folder.
    pub(crate) project: PathBuf,
}

impl Folders {
    /// Opens the folder named by `SPEED_DIR`, or `syndicate-speed` among the system's temporary files.
    ///
    /// # Errors
    /// If it cannot be created.
    pub(crate) fn open() -> anyhow::Result<Self> {
        let root = std::env::var_os("SPEED_DIR").map_or_else(
            || std::env::temp_dir().join("syndicate-speed"),
            PathBuf::from,
        );
        std::fs::create_dir_all(&root)?;
        let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        Ok(Self {
            root: root.canonicalize()?,
            project: project.canonicalize()?,
        })
    }

    /// Returns the folder `name`, and creates it if it is missing.
    ///
    /// # Errors
    /// If it cannot be created.
    pub(crate) fn get(&self, name: &str) -> anyhow::Result<PathBuf> {
        let folder = self.root.join(name);
        std::fs::create_dir_all(&folder)?;
        Ok(folder)
    }
}

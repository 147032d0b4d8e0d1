//! The folders of a site that were searched for files. Most references name folders that do not exist, or one of few
//! that do, so each folder is looked up once in a scan.

use std::path::{Path, PathBuf};
use std::sync::{OnceLock, PoisonError, RwLock};

use rustc_hash::FxHashMap;

use crate::paths::split_last;

/// The maximum number of folders that are remembered. It bounds the memory for posts with folders of their own.
const MAX_FOLDERS: usize = 10_000;

/// A folder on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FolderState {
    Missing,
    /// The folder is in the site after all links are resolved.
    Inside,
    /// The folder is outside the site.
    Outside,
}

/// The folders of one site.
#[derive(Debug, Default)]
pub(crate) struct SiteFolders {
    /// The site's root without links; `None` if it is missing.
    root: OnceLock<Option<PathBuf>>,
    /// The known folders by their path relative to the root.
    known: RwLock<FxHashMap<String, FolderState>>,
}

impl SiteFolders {
    /// Returns `true` if `path`, which has no `..`, is a regular file in `root` after all links are resolved.
    pub(crate) fn is_file_inside(&self, root: &Path, path: &str) -> bool {
        let (folder, name) = split_last(path);
        let state = self.state(root, folder);
        if state == FolderState::Missing || name.is_empty() {
            return false;
        }
        let full = root.join(path);
        match full.symlink_metadata() {
            Ok(metadata) if metadata.is_symlink() => full.is_file() && self.is_inside(root, &full),
            Ok(metadata) => metadata.is_file() && state == FolderState::Inside,
            Err(_) => false,
        }
    }

    /// Returns `true` if the folder `path` exists, inside the site or outside.
    pub(crate) fn exists(&self, root: &Path, path: &str) -> bool {
        self.state(root, path) != FolderState::Missing
    }

    /// Forgets all folders, which may have changed.
    pub(crate) fn forget(&self) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.clear();
    }

    fn state(&self, root: &Path, folder: &str) -> FolderState {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(state) = known.get(folder) {
            return *state;
        }
        drop(known);
        let full = root.join(folder);
        let state = match full.is_dir() {
            false => FolderState::Missing,
            true if self.is_inside(root, &full) => FolderState::Inside,
            true => FolderState::Outside,
        };
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() < MAX_FOLDERS {
            known.insert(folder.to_owned(), state);
        }
        state
    }

    fn is_inside(&self, root: &Path, full: &Path) -> bool {
        let root = self.root.get_or_init(|| root.canonicalize().ok());
        match (full.canonicalize(), root) {
            (Ok(real), Some(root)) => real.starts_with(root),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_inside_are_found() {
        let outside = tempfile::tempdir().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        std::fs::create_dir(root.join("img")).unwrap();
        std::fs::write(root.join("img/a.png"), "").unwrap();
        std::fs::write(root.join("b.png"), "").unwrap();
        std::fs::write(outside.path().join("c.png"), "").unwrap();
        #[cfg(unix)]
        for (link, target) in [
            ("img/inside.png", root.join("b.png")),
            ("img/outside.png", outside.path().join("c.png")),
            ("other", outside.path().to_owned()),
            ("same", root.join("img")),
        ] {
            std::os::unix::fs::symlink(target, root.join(link)).unwrap();
        }
        let folders = SiteFolders::default();
        for path in ["img/a.png", "b.png", "img/inside.png", "same/a.png"] {
            for _ in 0..2 {
                let is_there = folders.is_file_inside(root, path);
                assert!(is_there || cfg!(windows), "{path}");
            }
        }
        for path in [
            "img",
            "img/",
            "",
            "img/b.png",
            "no/a.png",
            "img/outside.png",
            "other/c.png",
            "b.png/x",
        ] {
            for _ in 0..2 {
                assert!(!folders.is_file_inside(root, path), "{path}");
            }
        }
    }
}

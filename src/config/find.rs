//! Looks for pipeline.yaml in the folders above the present one, as git and cargo look for their files.

use std::path::{Path, PathBuf};

use super::FILE_NAME;

/// Returns the nearest pipeline.yaml above the present folder, relative to it.
pub(crate) fn find_above() -> Option<PathBuf> {
    above(&std::env::current_dir().ok()?)
}

/// Returns the nearest pipeline.yaml above `folder`, relative to it. It is looked for up to the root of the
/// repository that `folder` is in: one above that belongs to something else.
fn above(folder: &Path) -> Option<PathBuf> {
    let is_root = |folder: &Path| folder.join(".git").exists();
    let mut relative = PathBuf::new();
    let mut below = folder;
    while let Some(parent) = below.parent().filter(|_| !is_root(below)) {
        relative.push("..");
        if parent.join(FILE_NAME).is_file() {
            return Some(relative.join(FILE_NAME));
        }
        below = parent;
    }
    None
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn nearest_file_above_is_found() {
        let root = tempfile::tempdir().unwrap();
        let deep = root.path().join("a/b/c");
        fs::create_dir_all(&deep).unwrap();
        fs::write(root.path().join(FILE_NAME), "").unwrap();
        assert_eq!(above(&deep), Some("../../../pipeline.yaml".into()));
        fs::write(root.path().join("a").join(FILE_NAME), "").unwrap();
        assert_eq!(above(&deep), Some("../../pipeline.yaml".into()));
        // A folder of this name is no pipeline.
        fs::create_dir(root.path().join("a/b").join(FILE_NAME)).unwrap();
        assert_eq!(above(&deep), Some("../../pipeline.yaml".into()));
    }

    #[test]
    fn search_ends_at_repository() {
        let root = tempfile::tempdir().unwrap();
        let deep = root.path().join("site/content");
        fs::create_dir_all(&deep).unwrap();
        fs::write(root.path().join(FILE_NAME), "").unwrap();
        fs::create_dir(root.path().join("site/.git")).unwrap();
        assert_eq!(above(&deep), None);
        fs::write(root.path().join("site").join(FILE_NAME), "").unwrap();
        assert_eq!(above(&deep), Some("../pipeline.yaml".into()));
    }
}

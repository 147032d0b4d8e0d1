//! Finds pipeline.yaml in the current folder's parents, as git and cargo find their files.

use std::path::{Path, PathBuf};

use super::FILE_NAME;

/// Returns the nearest pipeline.yaml in the parents of the current folder, as a relative path.
pub(crate) fn find_above() -> Option<PathBuf> {
    above(&std::env::current_dir().ok()?)
}

/// Returns the nearest pipeline.yaml in the parents of `folder`, as a relative path. The search ends at the
/// root of the git repository: a file above it belongs to another project.
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
        // A folder with this name is not a pipeline.
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

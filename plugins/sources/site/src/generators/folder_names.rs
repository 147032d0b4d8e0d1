//! The names in a site's folder. Most of the files that show a generator are in none of the folders, so that the folder is
//! listed once and only files that it has are examined.

use std::collections::HashSet;
use std::path::Path;

/// The maximum number of names that are listed. A folder of posts may have many more.
const MAX_NAMES: usize = 500;

/// The names of the files and folders in a folder.
pub(super) struct FolderNames(Option<HashSet<String>>);

impl FolderNames {
    /// Lists the folder `root`.
    pub(super) fn list(root: &Path) -> Self {
        let Ok(entries) = std::fs::read_dir(root) else {
            return Self(None);
        };
        let mut names = HashSet::new();
        for entry in entries {
            let name = entry
                .ok()
                .and_then(|entry| entry.file_name().into_string().ok());
            match name {
                Some(name) if names.len() < MAX_NAMES => names.insert(name.to_lowercase()),
                _ => return Self(None),
            };
        }
        Self(Some(names))
    }

    /// Returns `false` if the folder certainly has no file or folder at `path`. The file system may not distinguish case.
    pub(super) fn may_have(&self, path: &str) -> bool {
        let (first, _) = path.split_once('/').unwrap_or((path, ""));
        let names = self.0.as_ref();
        names.is_none_or(|names| names.contains(&first.to_lowercase()))
    }

    /// Returns `false` if the folder certainly has no file with this extension.
    pub(super) fn may_have_extension(&self, extension: &str) -> bool {
        let has = |name: &String| {
            Path::new(name)
                .extension()
                .is_some_and(|own| own == extension)
        };
        self.0.as_ref().is_none_or(|names| names.iter().any(has))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn names_of_folder_are_found_in_any_case() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("Docs")).unwrap();
        fs::write(folder.path().join("hugo.toml"), "").unwrap();
        let names = FolderNames::list(folder.path());
        for (path, is_possible) in [
            ("hugo.toml", true),
            ("Hugo.TOML", true),
            ("docs/.vitepress", true),
            ("zola.toml", false),
            (".vitepress", false),
        ] {
            assert_eq!(names.may_have(path), is_possible, "{path}");
        }
        assert!(names.may_have_extension("toml") && !names.may_have_extension("yaml"));
    }

    #[test]
    fn unlisted_folder_may_have_any_name() {
        let folder = tempfile::tempdir().unwrap();
        assert!(FolderNames::list(&folder.path().join("missing")).may_have("a"));
        for number in 0..=MAX_NAMES {
            fs::write(folder.path().join(number.to_string()), "").unwrap();
        }
        assert!(FolderNames::list(folder.path()).may_have("a"));
    }
}

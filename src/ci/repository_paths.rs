//! Paths as CI services expect them: relative to the repository's root, regardless of the folder in which
//! the program runs and of the folder of pipeline.yaml.

use std::path::{Path, PathBuf};

use syndicate_api::Env;

/// Variables with the absolute path of the repository: of GitHub and of GitLab.
const ROOTS: [&str; 2] = ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"];

/// Converts paths that the program prints to paths in the repository.
pub(crate) struct RepositoryPaths {
    root: PathBuf,
    /// The folders that a path may be relative to, the most likely one first.
    bases: Vec<PathBuf>,
}

impl RepositoryPaths {
    /// Returns the converter for paths that are relative to `base`, the folder of pipeline.yaml, or else to
    /// the current folder. Without the variable of a CI service, the current folder is the root.
    pub(crate) fn new(env: &Env, base: &Path) -> Self {
        let root = ROOTS.iter().find_map(|name| env.get(name));
        let root = root.filter(|root| !root.is_empty());
        Self {
            root: Path::new(root.as_deref().unwrap_or("."))
                .canonicalize()
                .unwrap_or_default(),
            bases: vec![base.to_owned(), PathBuf::new()],
        }
    }

    /// Returns the path of an existing file relative to the repository's root. Returns `None` for the
    /// name of a feed, and for a file that does not exist or is outside the repository.
    pub(crate) fn relative(&self, path: &str) -> Option<String> {
        let file = self
            .bases
            .iter()
            .find_map(|base| real_path(&base.join(path)))?;
        let parts = file.strip_prefix(&self.root).ok()?.components();
        let parts: Option<Vec<&str>> = parts.map(|part| part.as_os_str().to_str()).collect();
        parts
            .filter(|parts| !parts.is_empty())
            .map(|parts| parts.join("/"))
    }
}

/// Returns the absolute path of an existing file. The folder's symbolic links are resolved, so that paths
/// can be compared; a link that is itself the file keeps its name.
fn real_path(path: &Path) -> Option<PathBuf> {
    path.symlink_metadata().ok()?;
    let Some(name) = path.file_name() else {
        return path.canonicalize().ok();
    };
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    Some(folder.canonicalize().ok()?.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("blog/posts")).unwrap();
        std::fs::write(folder.path().join("blog/posts/a, b.md"), "").unwrap();
        std::fs::write(folder.path().join("blog/pipeline.yaml"), "").unwrap();
        folder
    }

    #[test]
    fn path_is_relative_to_root() {
        let folder = workspace();
        for variable in ROOTS {
            let env = Env::from_pairs([(variable, folder.path().to_str().unwrap())]);
            let paths = RepositoryPaths::new(&env, &folder.path().join("blog"));
            let relative = paths.relative("posts/a, b.md").unwrap();
            assert_eq!(relative, "blog/posts/a, b.md");
            let relative = paths.relative("posts/../pipeline.yaml").unwrap();
            assert_eq!(relative, "blog/pipeline.yaml");
        }
    }

    #[test]
    fn file_outside_root_has_no_path() {
        let folder = workspace();
        let root = folder.path().join("blog/posts");
        let env = Env::from_pairs([("GITHUB_WORKSPACE", root.to_str().unwrap())]);
        let paths = RepositoryPaths::new(&env, &folder.path().join("blog"));
        assert_eq!(paths.relative("pipeline.yaml"), None);
        assert_eq!(paths.relative("missing.md"), None);
        assert_eq!(paths.relative("https://example.org/feed.xml"), None);
        assert_eq!(paths.relative("posts"), None);
    }

    #[cfg(unix)]
    #[test]
    fn linked_workspace_is_resolved() {
        let folder = workspace();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(folder.path().join("blog"), &link).unwrap();
        let env = Env::from_pairs([("GITHUB_WORKSPACE", link.to_str().unwrap())]);
        let paths = RepositoryPaths::new(&env, &folder.path().join("blog"));
        assert_eq!(paths.relative("pipeline.yaml").unwrap(), "pipeline.yaml");
    }
}

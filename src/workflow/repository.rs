//! The git repository of a site, as far as a CI configuration depends on it.

use std::fs;
use std::path::{Path, PathBuf};

use super::paths::{GITHUB_FILE, GITLAB_FILE};
use crate::ledger::{FILE_NAME, current_branch, default_branch};

/// The branch if the repository names none.
const FALLBACK_BRANCH: &str = "main";

/// Texts in workflows that deploy a site to GitHub Pages.
const DEPLOYMENTS: &[&str] = &[
    "actions/deploy-pages",
    "peaceiris/actions-gh-pages",
    "JamesIves/github-pages-deploy-action",
];

/// The repository that contains a folder.
pub(crate) struct Repository {
    /// The root of the work tree, or the folder itself outside a repository.
    pub(crate) root: PathBuf,
    /// The folder relative to the root, with `/`; empty if it is the root.
    pub(crate) folder: String,
    /// `false` if the folder is in no repository.
    pub(crate) exists: bool,
    /// The default branch.
    pub(crate) branch: String,
    /// `true` if themes or posts are in submodules.
    pub(crate) has_submodules: bool,
}

impl Repository {
    /// Finds the repository that contains `folder`.
    pub(crate) fn find(folder: &Path) -> anyhow::Result<Self> {
        let folder = fs::canonicalize(folder)?;
        let found = folder
            .ancestors()
            .find(|folder| folder.join(".git").exists());
        let root = found.unwrap_or(&folder).to_owned();
        let relative = folder.strip_prefix(&root).unwrap_or(Path::new(""));
        let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
        Ok(Self {
            folder: parts.join("/"),
            exists: found.is_some(),
            branch: publishing_branch(&root),
            has_submodules: root.join(".gitmodules").is_file(),
            root,
        })
    }

    /// Returns the path of a workflow that deploys the site to GitHub Pages already, relative to the root.
    pub(crate) fn deploying_workflow(&self) -> Option<String> {
        let folder = ".github/workflows";
        let entries = fs::read_dir(self.root.join(folder)).ok()?;
        let mut names: Vec<String> = entries
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| name.ends_with(".yml") || name.ends_with(".yaml"))
            .collect();
        names.sort();
        let mut paths = names.into_iter().map(|name| format!("{folder}/{name}"));
        // The generated workflow may be there from an earlier run.
        paths.find(|path| path != GITHUB_FILE && self.contains(path, DEPLOYMENTS))
    }

    /// Returns the path of the GitLab pipeline, relative to the root, if there is one.
    pub(crate) fn gitlab_pipeline(&self) -> Option<String> {
        let is_file = self.root.join(GITLAB_FILE).is_file();
        // A pipeline that `init --ci` wrote is not one of the user's own.
        (is_file && !self.contains(GITLAB_FILE, &["syndicate-publish:"]))
            .then(|| GITLAB_FILE.to_owned())
    }

    fn contains(&self, path: &str, texts: &[&str]) -> bool {
        let file = fs::read_to_string(self.root.join(path)).unwrap_or_default();
        texts.iter().any(|text| file.contains(text))
    }
}

/// Returns the branch that `origin` has as its default, or else the current one.
fn publishing_branch(root: &Path) -> String {
    let file = root.join(FILE_NAME);
    default_branch(&file)
        .or_else(|| current_branch(&file))
        .unwrap_or_else(|| FALLBACK_BRANCH.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folder_outside_repository_is_root() {
        let folder = tempfile::tempdir().unwrap();
        let found = Repository::find(folder.path()).unwrap();
        assert!(!found.exists);
        assert_eq!((found.folder.as_str(), found.branch.as_str()), ("", "main"));
        assert_eq!(found.deploying_workflow(), None);
    }
}

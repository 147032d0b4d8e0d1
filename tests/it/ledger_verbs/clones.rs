//! A bare repository and the machines that clone it.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::build::pipeline;
use crate::support::git::git;
use crate::support::{Platform, Project};

/// The default ref of the ledger.
pub(super) const REF: &str = "refs/syndicate/ledger";

/// A bare repository.
pub(super) struct Origin {
    folder: tempfile::TempDir,
}

impl Origin {
    /// Creates an empty repository.
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let origin = Self { folder };
        std::fs::create_dir(origin.path()).unwrap();
        origin.git(&["init", "-q", "--bare", "-b", "main"]);
        origin
    }

    /// Returns the path of the repository.
    pub(super) fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("site.git")
    }

    /// Makes the repository unreachable, or reachable again.
    pub(super) fn set_reachable(&self, is_reachable: bool) {
        let away = self.folder.path().join("away.git");
        let (from, to) = match is_reachable {
            true => (away, self.path()),
            false => (self.path(), away),
        };
        std::fs::rename(from, to).unwrap();
    }

    /// Runs git in the repository and returns its output.
    pub(super) fn git(&self, arguments: &[&str]) -> String {
        run_git(&self.path(), arguments).unwrap_or_else(|said| panic!("git {arguments:?}: {said}"))
    }

    /// Returns the lines of the ledger in the ref `name`, sorted.
    pub(super) fn lines(&self, name: &str) -> Vec<String> {
        let text = self.git(&[
            "cat-file",
            "blob",
            &format!("{name}:syndicate.ledger.jsonl"),
        ]);
        sorted(&text)
    }

    /// Installs a hook with this shell script.
    pub(super) fn hook(&self, name: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt as _;

        let path = self.path().join("hooks").join(name);
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Creates the first machine: a project with one post, whose pipeline has the section `ledger`, pushed
    /// to this repository.
    pub(super) fn first(&self, platform: &Platform, ledger: &str) -> Project {
        let pipeline = pipeline(&platform.url).replace("token:", "thumbnail: skip, token:");
        let project = with_git(Project::with_pipeline(&format!("{pipeline}{ledger}")))
            .file(".gitignore", ".home\n")
            .post("posts/one.md", "title: One\ndate: 2026-11-20");
        git(&project, &["init", "-q"]);
        git(
            &project,
            &["remote", "add", "origin", self.path().to_str().unwrap()],
        );
        self.publish(&project);
        git(
            &project,
            &["branch", "-q", "--set-upstream-to", "origin/main"],
        );
        project
    }

    /// Commits and pushes every file of `project`.
    pub(super) fn publish(&self, project: &Project) {
        git(project, &["add", "-A"]);
        git(project, &["commit", "-qm", "publish", "--allow-empty"]);
        git(project, &["push", "-q", "origin", "HEAD:main"]);
    }

    /// Returns a machine with a new clone and no journal.
    pub(super) fn clone(&self) -> Project {
        let project = with_git(Project::new());
        git(
            &project,
            &["clone", "-q", self.path().to_str().unwrap(), "."],
        );
        project
    }
}

fn with_git(project: Project) -> Project {
    project.env("PATH", &std::env::var("PATH").unwrap())
}

fn run_git(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("git")
        .args(arguments)
        .current_dir(folder)
        .env("HOME", folder)
        .output()
        .unwrap();
    match output.status.success() {
        true => Ok(String::from_utf8(output.stdout).unwrap()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}

/// Returns the lines of `text`, sorted.
pub(super) fn sorted(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines.sort_unstable();
    lines
}

/// Returns the states of the deliveries that `status` lists.
pub(super) fn states(project: &Project, arguments: &str) -> Vec<String> {
    let status = project
        .run(&format!("status --json {arguments}"))
        .exits(0)
        .json();
    let items = status["items"].as_array().unwrap().iter();
    items
        .flat_map(|item| item["deliveries"].as_array().unwrap())
        .map(|delivery: &Value| delivery["state"].as_str().unwrap().to_owned())
        .collect()
}

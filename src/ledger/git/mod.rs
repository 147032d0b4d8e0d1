//! Runs the user's own `git` in the repository of a folder. It never prompts, and every call has a time
//! limit.
//!
//! Outside a work tree no process is started.

mod credential;
mod process;
mod redact;
mod remote;
mod ssh;

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

pub(super) use process::GitOutput;
pub(super) use remote::{Remote, default_remote};

/// Time limit of a local query.
const LOCAL_TIMEOUT: Duration = Duration::from_secs(10);

/// Time limit of a query that contacts a remote.
pub(super) const REMOTE_TIMEOUT: Duration = Duration::from_secs(60);

/// Variables that name a repository. They are removed for child processes, because a git hook sets them
/// for its own repository, which may not be the ledger's. The list is the output of `git rev-parse
/// --local-env-vars` without the variables of the user's configuration.
const REPOSITORY_VARIABLES: [&str; 14] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_QUARANTINE_PATH",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
];

/// The user's `git` in one folder.
#[derive(Clone, Debug)]
pub(super) struct Git {
    folder: PathBuf,
}

impl Git {
    /// Returns the `git` of the work tree that contains `folder`, or `None` outside a work tree.
    pub(super) fn around(folder: &Path) -> Option<Self> {
        let real = fs::canonicalize(folder).ok()?;
        let is_root = |folder: &Path| folder.join(".git").exists();
        real.ancestors().any(is_root).then(|| Self {
            folder: folder.to_owned(),
        })
    }

    /// Runs a local `git` command. Access to remotes is disabled, because a partial clone would fetch missing
    /// objects.
    pub(super) fn run<S: AsRef<OsStr>>(&self, arguments: &[S], input: &[u8]) -> GitOutput {
        self.run_with([], arguments, input)
    }

    /// Runs a local `git` command with further environment variables.
    pub(super) fn run_with<S: AsRef<OsStr>>(
        &self,
        variables: impl IntoIterator<Item = (String, String)>,
        arguments: &[S],
        input: &[u8],
    ) -> GitOutput {
        let mut command = self.command();
        command
            .envs(variables)
            .env("GIT_ALLOW_PROTOCOL", "none")
            .env("GIT_NO_LAZY_FETCH", "1")
            .args(arguments);
        process::run(&mut command, input, LOCAL_TIMEOUT)
    }

    /// Returns the output of a local `git` query, or `None` if it fails.
    pub(super) fn ask<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Option<Vec<u8>> {
        self.run(arguments, b"").into_stdout().ok()
    }

    /// Returns the first line of the output of a local `git` query.
    pub(super) fn ask_line<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Option<String> {
        let text = String::from_utf8(self.ask(arguments)?).ok()?;
        let line = text.lines().next()?.trim();
        (!line.is_empty()).then(|| line.to_owned())
    }

    /// Returns a command of the user's `git` in this folder, without hooks and prompts.
    fn command(&self) -> Command {
        let mut command = Command::new("git");
        for name in REPOSITORY_VARIABLES {
            command.env_remove(name);
        }
        command
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_ASKPASS", "")
            .env("GIT_OPTIONAL_LOCKS", "0")
            // Messages are matched and shown; the answers of `--porcelain` do not depend on it.
            .env("LC_ALL", "C")
            .arg("-C")
            .arg(&self.folder)
            .args(["-c", "core.hooksPath=/dev/null"]);
        command
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_of_a_hook_are_not_inherited() {
        let git = Git {
            folder: PathBuf::from("."),
        };
        let command = git.command();
        let variables: Vec<_> = command.get_envs().collect();
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
            assert!(variables.contains(&(OsStr::new(name), None)), "{name}");
        }
        let prompt = (OsStr::new("GIT_TERMINAL_PROMPT"), Some(OsStr::new("0")));
        assert!(variables.contains(&prompt));
    }

    #[test]
    fn git_is_asked_only_in_a_work_tree() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("a/b");
        fs::create_dir_all(&inner).unwrap();
        let is_asked = || Git::around(&inner).is_some();
        assert!(!is_asked());
        // In a linked work tree or a submodule, `.git` is a file.
        fs::write(folder.path().join(".git"), "gitdir: x\n").unwrap();
        assert!(is_asked());
        fs::remove_file(folder.path().join(".git")).unwrap();
        fs::create_dir(folder.path().join("a/.git")).unwrap();
        assert!(is_asked());
    }
}

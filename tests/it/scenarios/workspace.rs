//! The environment of a row: folders (clones or worktrees), machines with a separate state folder each, and
//! the programs that run there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::platform::FakePlatform;
use crate::support::NOW;

const PIPELINE: &str = include_str!("pipeline.yaml");

/// The folders and machines of one row.
pub(super) struct Workspace {
    root: tempfile::TempDir,
    /// The current folder of the steps, relative to `root`.
    folder: String,
    machine: String,
    env: BTreeMap<String, String>,
    pub(super) platform: FakePlatform,
}

impl Workspace {
    /// Creates a blog without posts on one machine.
    pub(super) fn new() -> Result<Self, String> {
        let root = tempfile::tempdir().map_err(said)?;
        let workspace = Self {
            root,
            folder: "blog".to_owned(),
            machine: "laptop".to_owned(),
            env: BTreeMap::from([("SYNDICATE_NOW".to_owned(), NOW.to_owned())]),
            platform: FakePlatform::start(),
        };
        std::fs::create_dir_all(workspace.path("posts")).map_err(said)?;
        workspace.write("pipeline.yaml", PIPELINE)?;
        Ok(workspace)
    }

    /// Returns a path in the current folder.
    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(&self.folder).join(path)
    }

    /// Switches to another folder beside the first one.
    pub(super) fn enter(&mut self, folder: &str) -> Result<(), String> {
        self.folder = folder.to_owned();
        let there = self.path("").is_dir();
        there
            .then_some(())
            .ok_or_else(|| format!("no folder `{folder}`"))
    }

    /// Switches to another machine.
    pub(super) fn switch_machine(&mut self, machine: &str) {
        self.machine = machine.to_owned();
    }

    /// Sets an environment variable of the programs.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        let value = value.replace("{root}", &self.root.path().display().to_string());
        self.env.insert(name.to_owned(), value);
    }

    pub(super) fn write(&self, path: &str, text: &str) -> Result<(), String> {
        let path = self.path(path);
        folder_of(&path)?;
        std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
    }

    pub(super) fn read(&self, path: &str) -> Result<String, String> {
        std::fs::read_to_string(self.path(path)).map_err(|error| format!("{path}: {error}"))
    }

    pub(super) fn rename(&self, from: &str, to: &str) -> Result<(), String> {
        folder_of(&self.path(to))?;
        std::fs::rename(self.path(from), self.path(to))
            .map_err(|error| format!("{from} → {to}: {error}"))
    }

    /// Copies a file. If `to` is a link, writes to the link's target.
    pub(super) fn copy(&self, from: &str, to: &str) -> Result<(), String> {
        folder_of(&self.path(to))?;
        let copied = std::fs::copy(self.path(from), self.path(to));
        copied
            .map(|_| ())
            .map_err(|error| format!("{from} → {to}: {error}"))
    }

    pub(super) fn delete(&self, path: &str) -> Result<(), String> {
        let path = self.path(path);
        let deleted = if path.is_dir() {
            std::fs::remove_dir_all(&path)
        } else {
            std::fs::remove_file(&path)
        };
        deleted.map_err(|error| format!("{}: {error}", path.display()))
    }

    pub(super) fn link(&self, to: &str, name: &str) -> Result<(), String> {
        std::os::unix::fs::symlink(to, self.path(name)).map_err(said)
    }

    /// Returns a command that runs `syndicate` with these arguments on the current machine.
    pub(super) fn program(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_syndicate"));
        command
            .args(arguments)
            .current_dir(self.path(""))
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.root.path().join("home").join(&self.machine))
            .env("TZ", "UTC")
            .env("ENDPOINT", &self.platform.url)
            .envs(&self.env)
            .stdin(Stdio::null());
        command
    }

    /// Runs git. Returns an error if git fails.
    pub(super) fn git(&self, arguments: &[&str]) -> Result<(), String> {
        let settings = [
            "user.name=A",
            "user.email=a@example.org",
            "init.defaultBranch=main",
            "commit.gpgsign=false",
            "core.precomposeunicode=false",
            "pull.rebase=false",
        ];
        let mut command = Command::new("git");
        for setting in settings {
            command.args(["-c", setting]);
        }
        let output = command
            .args(arguments)
            .current_dir(self.path(""))
            .env("HOME", self.root.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .stdin(Stdio::null())
            .output()
            .map_err(|error| format!("cannot run git, which these tests need: {error}"))?;
        if output.status.success() {
            return Ok(());
        }
        Err(format!("git {arguments:?}: {}", combined_output(&output)))
    }
}

/// Returns the output of a program on both streams.
pub(super) fn combined_output(output: &Output) -> String {
    let text = |bytes: &[u8]| truncate_lines(&String::from_utf8_lossy(bytes));
    format!(
        "exit code {:?}\n--- stdout\n{}--- stderr\n{}",
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr)
    )
}

/// Returns the text with long lines truncated, because payloads are long.
pub(super) fn truncate_lines(text: &str) -> String {
    const TIMEOUT: usize = 800;
    let cut = |line: &str| line.chars().take(TIMEOUT).chain(['\n']).collect::<String>();
    text.lines().map(cut).collect()
}

fn folder_of(path: &Path) -> Result<(), String> {
    let folder = path.parent().expect("a folder");
    std::fs::create_dir_all(folder).map_err(said)
}

fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}

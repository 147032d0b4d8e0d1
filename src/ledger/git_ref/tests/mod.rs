//! Tests of the store in a git ref, with the real git and bare repositories.

mod clones;
mod races;
mod reading;
#[cfg(unix)]
mod refusals;
mod token;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use jiff::Timestamp;
use syndicate_api::{Clock, CodedError as _, Env};
use tempfile::TempDir;

use super::{GitLedger, GitRef, GitRefContext};
use crate::ledger::tests::{attempt, created, event, intent, sent};
use crate::ledger::{Event, LedgerError, LedgerSession, LedgerStore};

const NAME: &str = "refs/syndicate/ledger";

/// Runs git and returns its output; panics if it fails.
fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
        .args(["-c", "init.defaultBranch=main"])
        .args(["-c", "commit.gpgsign=false"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn context() -> GitRefContext {
    GitRefContext {
        env: Env::empty(),
        clock: Clock::fixed(Timestamp::from_second(1_800_000_000).unwrap()),
        is_offline: false,
        random: || 0,
        timeout: Duration::from_secs(60),
    }
}

fn open(folder: &Path) -> GitRef {
    open_with(folder, &GitLedger::default())
}

fn open_with(folder: &Path, options: &GitLedger) -> GitRef {
    GitRef::open(options, folder, context()).unwrap()
}

/// A bare repository with a branch `main`, and its clones.
struct Repository {
    temp: TempDir,
}

impl Repository {
    fn new() -> Self {
        Self::with("")
    }

    /// Creates the repositories with a further argument for `git init`.
    fn with(argument: &str) -> Self {
        let repository = Self {
            temp: tempfile::tempdir().unwrap(),
        };
        let temp = repository.temp.path();
        let argument: Vec<&str> = argument.split_whitespace().collect();
        git(
            temp,
            &[&["init", "-q", "--bare", "remote.git"], &*argument].concat(),
        );
        let remote = repository.remote();
        git(&remote, &["config", "uploadpack.allowFilter", "true"]);
        git(
            &remote,
            &["config", "uploadpack.allowAnySHA1InWant", "true"],
        );
        git(temp, &[&["init", "-q", "seed"], &*argument].concat());
        let seed = repository.path("seed");
        for (file, text) in [
            ("a.txt", "a"),
            ("blog/b.txt", "b"),
            ("blog/deep/c.txt", "c"),
        ] {
            std::fs::create_dir_all(seed.join(file).parent().unwrap()).unwrap();
            std::fs::write(seed.join(file), text).unwrap();
            git(&seed, &["add", "-A"]);
            git(&seed, &["commit", "-q", "-m", file]);
        }
        git(
            &seed,
            &["push", "-q", &repository.url(), "HEAD:refs/heads/main"],
        );
        repository
    }

    fn path(&self, name: &str) -> PathBuf {
        self.temp.path().join(name)
    }

    fn remote(&self) -> PathBuf {
        self.path("remote.git")
    }

    fn url(&self) -> String {
        format!("file://{}", self.remote().display())
    }

    /// Clones the repository with further arguments.
    fn clone(&self, name: &str, arguments: &str) -> PathBuf {
        let url = self.url();
        let mut all = vec!["clone", "-q"];
        all.extend(arguments.split_whitespace());
        all.extend([url.as_str(), name]);
        git(self.temp.path(), &all);
        self.path(name)
    }

    /// Clones the repository and creates the ledger in it.
    async fn clone_with_ledger(&self, name: &str) -> PathBuf {
        let clone = self.clone(name, "");
        open(&clone).create(event(1, created())).await.unwrap();
        clone
    }

    /// Returns the ids of the events in the ledger of the remote.
    fn ids(&self, name: &str, file: &str) -> Vec<String> {
        let text = git(
            &self.remote(),
            &["cat-file", "blob", &format!("{name}:{file}")],
        );
        let id = |line: &str| -> String {
            let event: serde_json::Value = serde_json::from_str(line).unwrap();
            event["id"].as_str().unwrap().to_owned()
        };
        text.lines().map(id).collect()
    }

    fn ledger_ids(&self) -> Vec<String> {
        self.ids(NAME, "syndicate.ledger.jsonl")
    }

    /// Installs a hook in the bare repository.
    #[cfg(unix)]
    fn hook(&self, name: &str, script: &str) {
        write_script(&self.remote().join("hooks").join(name), script);
    }
}

#[cfg(unix)]
fn write_script(path: &Path, script: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::write(path, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

async fn lock(store: &GitRef) -> Box<dyn LedgerSession> {
    store.lock(Duration::ZERO).await.unwrap()
}

fn intent_of(second: i64) -> Event {
    event(
        second,
        intent(attempt(&format!("a{second}"), &["https://a.org/x"], "s")),
    )
}

fn sent_of(second: i64) -> Event {
    event(
        second,
        sent(attempt(&format!("a{second}"), &["https://a.org/x"], "s")),
    )
}

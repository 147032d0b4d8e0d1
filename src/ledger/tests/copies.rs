//! Tests of other copies of a ledger, with the real git.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::*;
use crate::ledger::other_copies;
use crate::ledger::wire::line;

pub(super) const LEDGER: &str = "syndicate.ledger.jsonl";

/// Runs git in `folder` with its own configuration, and returns its output.
pub(super) fn git(folder: &Path, arguments: &str) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
        .args([
            "-c",
            "init.defaultBranch=main",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", folder.join("no-such-file"))
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

pub(super) fn has_git() -> bool {
    Command::new("git").arg("--version").output().is_ok()
}

/// A bare repository `remote`, and its clone `here` with a committed and pushed ledger.
pub(super) struct Cloned {
    folder: tempfile::TempDir,
}

impl Cloned {
    pub(super) fn new() -> Self {
        let cloned = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        git(cloned.path(), "init -q --bare remote");
        git(
            &cloned.folder("remote"),
            "config uploadpack.allowFilter true",
        );
        git(cloned.path(), "clone -q remote here");
        cloned.push("here", &[about(1, "created-here")]);
        cloned
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn folder(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    pub(super) fn ledger(&self, clone: &str) -> PathBuf {
        self.folder(clone).join(LEDGER)
    }

    /// Returns the URL of the remote. With a `file:` URL a local clone behaves like one over the network.
    pub(super) fn url(&self) -> String {
        format!("file://{}", self.folder("remote").display())
    }

    /// Commits and pushes a ledger with these events in the clone.
    pub(super) fn push(&self, clone: &str, events: &[Event]) {
        write(&self.ledger(clone), events);
        let folder = self.folder(clone);
        git(&folder, "add -A");
        git(&folder, "commit -q -m ledger");
        git(&folder, "push -q origin HEAD:main");
    }

    /// Pushes two events from another clone.
    fn push_elsewhere(&self) {
        git(self.path(), "clone -q remote elsewhere");
        self.push("elsewhere", &[about(1, "created-here"), about(2, "there")]);
    }
}

pub(super) fn write(ledger: &Path, events: &[Event]) {
    fs::write(ledger, events.iter().map(line).collect::<String>()).unwrap();
}

/// Returns an event about the item `id`.
pub(super) fn about(second: i64, id: &str) -> Event {
    let mut event = event(second, intent(attempt(id, &["k"], "s")));
    event.id = id.to_owned();
    event
}

/// Returns the names of the other copies of `ledger`, each with the ids of its events.
fn copies(ledger: &Path) -> Vec<(String, Vec<String>)> {
    let ids = |events: Vec<Event>| events.into_iter().map(|event| event.id).collect();
    let copies = other_copies(ledger).into_iter();
    copies.map(|copy| (copy.name, ids(copy.events))).collect()
}

fn expected(name: &str, ids: &[&str]) -> Vec<(String, Vec<String>)> {
    vec![(name.to_owned(), keys(ids))]
}

#[test]
fn upstream_copy_is_read_as_last_fetched() {
    if !has_git() {
        return;
    }
    let cloned = Cloned::new();
    let ledger = cloned.ledger("here");
    assert_eq!(copies(&ledger), [], "it is the same");
    cloned.push_elsewhere();
    assert_eq!(copies(&ledger), [], "it is not fetched");
    git(&cloned.folder("here"), "fetch -q");
    let known = expected("origin/main", &["created-here", "there"]);
    assert_eq!(copies(&ledger), known);
    git(&cloned.folder("here"), "merge -q --ff-only");
    assert_eq!(copies(&ledger), [], "it is pulled");
}

#[test]
fn upstream_copy_is_found_in_any_work_tree() {
    if !has_git() {
        return;
    }
    let cloned = Cloned::new();
    let here = cloned.folder("here");
    fs::create_dir_all(here.join("site/blog")).unwrap();
    write(&here.join("site/blog/l.jsonl"), &[about(1, "in-folder")]);
    git(&here, "checkout -q -b topic");
    git(&here, "add -A");
    git(&here, "commit -q -m folder");
    git(&here, "push -q -u origin topic");
    write(&here.join("site/blog/l.jsonl"), &[]);
    let known = expected("origin/topic", &["in-folder"]);
    assert_eq!(copies(&here.join("site/blog/l.jsonl")), known, "sub folder");

    git(&here, "checkout -q -f main");
    git(&here, "worktree add -q ../tree topic");
    write(&cloned.ledger("tree"), &[]);
    let known = expected("origin/topic", &["created-here"]);
    assert_eq!(copies(&cloned.ledger("tree")), known, "work tree");

    let url = cloned.url();
    git(cloned.path(), &format!("clone -q --depth 1 {url} shallow"));
    write(&cloned.ledger("shallow"), &[]);
    let known = expected("origin/main", &["created-here"]);
    assert_eq!(copies(&cloned.ledger("shallow")), known, "shallow clone");
}

#[cfg(unix)]
#[test]
fn linked_ledger_is_looked_up_at_its_target() {
    use std::os::unix::fs::symlink;
    if !has_git() {
        return;
    }
    let cloned = Cloned::new();
    cloned.push_elsewhere();
    git(&cloned.folder("here"), "fetch -q");
    let link = cloned.folder("linked.jsonl");
    symlink(cloned.ledger("here"), &link).unwrap();
    let linked_folder = cloned.folder("link");
    symlink(cloned.folder("here"), &linked_folder).unwrap();
    let known = expected("origin/main", &["created-here", "there"]);
    assert_eq!(copies(&link), known);
    assert_eq!(copies(&linked_folder.join(LEDGER)), known);
}

#[test]
fn missing_upstream_copy_is_ignored() {
    if !has_git() {
        return;
    }
    let cloned = Cloned::new();
    let here = cloned.folder("here");
    write(&cloned.ledger("here"), &[about(5, "changed")]);
    let is_quiet = |case: &str, ledger: &Path| assert_eq!(copies(ledger), [], "{case}");
    assert_eq!(copies(&cloned.ledger("here")).len(), 1, "before");

    git(&here, "checkout -q -b alone");
    is_quiet("branch without upstream", &cloned.ledger("here"));
    git(&here, "checkout -q --detach");
    is_quiet("detached", &cloned.ledger("here"));
    git(&here, "checkout -q main");
    write(&here.join("new.jsonl"), &[about(1, "new")]);
    is_quiet("file that upstream lacks", &here.join("new.jsonl"));
    git(&here, "update-ref -d refs/remotes/origin/main");
    is_quiet("upstream that is gone", &cloned.ledger("here"));

    write(&cloned.ledger("remote"), &[about(1, "bare")]);
    is_quiet("bare repository", &cloned.ledger("remote"));
    git(cloned.path(), "init -q empty");
    write(&cloned.ledger("empty"), &[about(1, "empty")]);
    is_quiet("no commit", &cloned.ledger("empty"));
    fs::create_dir_all(cloned.folder("broken/.git")).unwrap();
    write(&cloned.ledger("broken"), &[about(1, "broken")]);
    is_quiet("broken repository", &cloned.ledger("broken"));
    let plain = tempfile::tempdir().unwrap();
    write(&plain.path().join(LEDGER), &[about(1, "plain")]);
    is_quiet("no repository", &plain.path().join(LEDGER));
    is_quiet("no folder", &plain.path().join("no").join(LEDGER));
}

#[test]
fn upstream_copy_is_never_fetched() {
    if !has_git() {
        return;
    }
    let cloned = Cloned::new();
    let url = cloned.url();
    git(
        cloned.path(),
        &format!("clone -q --filter=blob:none {url} partial"),
    );
    cloned.push_elsewhere();
    let partial = cloned.folder("partial");
    git(&partial, "fetch -q");
    assert_eq!(copies(&cloned.ledger("partial")), []);
    let missing = git(&partial, "rev-list --objects --missing=print --all");
    assert!(
        missing.contains("\n?"),
        "the copy is still missing:\n{missing}"
    );
}

#[test]
fn conflict_copies_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join(LEDGER);
    write(&ledger, &[about(1, "own")]);
    let conflict = |remark: &str| {
        folder
            .path()
            .join(format!("syndicate.ledger{remark}.jsonl"))
    };
    write(
        &conflict(" (Jane's conflicted copy 2026-05-01)"),
        &[about(2, "jane")],
    );
    write(
        &conflict(" (conflicted copy 2026-05-01)"),
        &[about(1, "own")],
    );
    let (a, b) = (line(&about(3, "a")), line(&about(4, "b")));
    let torn = format!("\u{feff}{a}no json\n\n{{\"v\":99}}\r\n{b}{}", &a[..20]);
    fs::write(conflict(".sync-conflict-20260501-101010-ABCDEFG"), torn).unwrap();
    fs::write(conflict("_conflict-20260501-101010"), b"\xff\xfe\0no text").unwrap();
    fs::create_dir(conflict(" (conflicted copy 2026-05-02)")).unwrap();

    let expected = [
        (
            "syndicate.ledger (Jane's conflicted copy 2026-05-01).jsonl",
            vec!["jane"],
        ),
        (
            "syndicate.ledger.sync-conflict-20260501-101010-ABCDEFG.jsonl",
            vec!["a", "b"],
        ),
    ];
    let expected = expected.map(|(name, ids)| (name.to_owned(), keys(&ids)));
    assert_eq!(copies(&ledger), expected);
    fs::remove_file(&ledger).unwrap();
    assert_eq!(copies(&ledger).len(), 3, "also of a ledger that is gone");
}

//! Tests of ledgers that were moved to a ref of the remote, with the real git.

use super::copies::{Cloned, LEDGER, about, git, has_git, write};
use super::*;
use syndicate_api::Env;

use crate::ledger::moved_to_ref;

/// Pushes an orphan commit with the ledger that `created` begins, as `name`.
fn push_ref(cloned: &Cloned, remote: &str, name: &str, created: &str) {
    let folder = cloned.folder(&format!("of-{created}"));
    git(cloned.path(), &format!("init -q of-{created}"));
    let begun = Event {
        id: created.to_owned(),
        ..super::file::created()
    };
    write(&folder.join(LEDGER), &[begun, about(2, "sent-there")]);
    git(&folder, "add -A");
    git(&folder, "commit -q -m moved");
    let remote = cloned.folder(remote);
    git(
        &folder,
        &format!("push -q {} HEAD:{name}", remote.display()),
    );
}

fn moved(cloned: &Cloned, clone: &str, ids: &[&str]) -> Option<String> {
    moved_to_ref(&cloned.ledger(clone), &keys(ids), &Env::empty())
}

#[test]
fn ref_with_the_same_id_is_found() {
    if !has_git() {
        return;
    }
    let cloned = Cloned::new();
    assert_eq!(moved(&cloned, "here", &["one"]), None, "no ref");
    push_ref(&cloned, "remote", "refs/syndicate/ledger", "one");
    push_ref(&cloned, "remote", "refs/syndicate/ledger-blog", "two");
    push_ref(&cloned, "remote", "refs/other/ledger", "three");
    let root = Some("refs/syndicate/ledger".to_owned());
    assert_eq!(moved(&cloned, "here", &["one"]), root);
    assert_eq!(moved(&cloned, "here", &["zero", "one"]), root);
    let blog = Some("refs/syndicate/ledger-blog".to_owned());
    assert_eq!(moved(&cloned, "here", &["two"]), blog);
    for id in ["three", "sent-there", "created-here"] {
        assert_eq!(moved(&cloned, "here", &[id]), None, "{id}");
    }
    assert_eq!(moved(&cloned, "here", &[]), None);
}

#[test]
fn looking_changes_no_ref() {
    if !has_git() {
        return;
    }
    let cloned = Cloned::new();
    push_ref(&cloned, "remote", "refs/syndicate/ledger", "one");
    let here = cloned.folder("here");
    let before = git(&here, "for-each-ref");
    assert!(moved(&cloned, "here", &["one"]).is_some());
    assert_eq!(git(&here, "for-each-ref"), before);
    assert_eq!(git(&here, "status --porcelain"), "");
    assert!(!here.join(".git/FETCH_HEAD").exists());
    assert!(!here.join(".git/shallow").exists());
}

#[test]
fn ref_is_found_from_any_clone() {
    if !has_git() {
        return;
    }
    let cloned = Cloned::new();
    push_ref(&cloned, "remote", "refs/syndicate/ledger", "one");
    let url = cloned.url();
    for (name, options) in [
        ("shallow", "--depth 1"),
        ("partial", "--filter=blob:none"),
        ("treeless", "--filter=tree:0"),
    ] {
        git(cloned.path(), &format!("clone -q {options} {url} {name}"));
        assert!(moved(&cloned, name, &["one"]).is_some(), "{name}");
    }
    git(&cloned.folder("shallow"), "checkout -q --detach");
    assert!(moved(&cloned, "shallow", &["one"]).is_some(), "detached");
}

#[test]
fn remote_of_the_upstream_is_asked() {
    if !has_git() {
        return;
    }
    let cloned = Cloned::new();
    let here = cloned.folder("here");
    git(cloned.path(), "init -q --bare other");
    push_ref(&cloned, "other", "refs/syndicate/ledger", "one");
    assert_eq!(moved(&cloned, "here", &["one"]), None);
    git(&here, "remote add else/where ../other");
    git(&here, "checkout -q -b topic");
    assert_eq!(
        moved(&cloned, "here", &["one"]),
        None,
        "no upstream: origin"
    );
    git(&here, "push -q -u else/where topic");
    assert!(moved(&cloned, "here", &["one"]).is_some());
    git(&here, "branch -q --set-upstream-to=main topic");
    assert_eq!(
        moved(&cloned, "here", &["one"]),
        None,
        "local upstream: origin"
    );
}

#[test]
fn remote_that_cannot_be_asked_has_no_ref() {
    if !has_git() {
        return;
    }
    let cloned = Cloned::new();
    push_ref(&cloned, "remote", "refs/syndicate/ledger", "one");
    git(&cloned.folder("here"), "remote set-url origin ../gone");
    assert_eq!(moved(&cloned, "here", &["one"]), None);
    git(&cloned.folder("here"), "remote remove origin");
    assert_eq!(moved(&cloned, "here", &["one"]), None);
    let plain = tempfile::tempdir().unwrap();
    write(&plain.path().join(LEDGER), &[about(1, "one")]);
    assert_eq!(
        moved_to_ref(&plain.path().join(LEDGER), &keys(&["one"]), &Env::empty()),
        None
    );
}

//! Ledgers behind symbolic links, and ledgers with more than one name.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::PathBuf;

use super::file::{Place, about_a, created};
use super::*;
use crate::ledger::wire::line;
use crate::ledger::{JsonLines, LedgerError, LedgerStore};

fn later() -> Timestamp {
    Timestamp::from_second(1_900_000_000).unwrap()
}

/// Creates a ledger `l.jsonl` that is a symbolic link to `target`, relative to its folder.
fn linked(target: &str) -> (Place, PathBuf) {
    let place = Place::new();
    fs::create_dir(place.folder.path().join("data")).unwrap();
    symlink(target, place.ledger.path()).unwrap();
    let target = place.folder.path().join(target);
    (place, target)
}

fn long() -> String {
    [created(), about_a(2, intent), about_a(3, sent)]
        .iter()
        .map(line)
        .collect()
}

fn short() -> String {
    [created(), about_a(3, sent)].iter().map(line).collect()
}

#[tokio::test]
async fn compact_replaces_the_target() {
    for absolute in [false, true] {
        let (place, target) = linked("data/target.jsonl");
        if absolute {
            fs::remove_file(place.ledger.path()).unwrap();
            symlink(&target, place.ledger.path()).unwrap();
        }
        fs::write(&target, long()).unwrap();
        fs::set_permissions(&target, fs::Permissions::from_mode(0o600)).unwrap();
        let counts = place.ledger.compact(later(), LOCK_TIMEOUT).await.unwrap();
        assert_eq!(counts, (3, 2));
        assert!(place.ledger.path().is_symlink());
        assert!(!target.is_symlink());
        assert_eq!(fs::read_to_string(&target).unwrap(), short());
        let mode = fs::metadata(&target).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let left = fs::read_dir(place.folder.path().join("data")).unwrap();
        assert_eq!(left.count(), 1);
    }
}

#[tokio::test]
async fn compact_follows_a_chain_of_links() {
    let (place, _) = linked("data/between.jsonl");
    let folder = place.folder.path();
    symlink("../target.jsonl", folder.join("data/between.jsonl")).unwrap();
    fs::write(folder.join("target.jsonl"), long()).unwrap();
    place.ledger.compact(later(), LOCK_TIMEOUT).await.unwrap();
    assert!(place.ledger.path().is_symlink());
    assert!(folder.join("data/between.jsonl").is_symlink());
    let target = fs::read_to_string(folder.join("target.jsonl")).unwrap();
    assert_eq!(target, short());
}

#[tokio::test]
async fn link_without_target_is_missing() {
    let (place, target) = linked("data/target.jsonl");
    let error = place
        .ledger
        .compact(later(), LOCK_TIMEOUT)
        .await
        .unwrap_err();
    assert!(matches!(error, LedgerError::Missing { .. }), "{error}");
    assert!(place.ledger.path().is_symlink());
    assert!(!target.exists());
    assert!(!place.ledger.exists().await.unwrap());
}

#[tokio::test]
async fn create_makes_the_target() {
    let (place, target) = linked("data/target.jsonl");
    place.ledger.create(created()).await.unwrap();
    assert!(place.ledger.path().is_symlink());
    assert_eq!(fs::read_to_string(&target).unwrap(), line(&created()));
    let refused = place.ledger.create(created()).await.unwrap_err();
    assert!(matches!(refused, LedgerError::Exists { .. }), "{refused}");

    let (place, _) = linked("nowhere/target.jsonl");
    let error = place.ledger.create(created()).await.unwrap_err();
    let message = error.to_string();
    assert!(message.starts_with("cannot create the ledger"), "{message}");
    assert!(place.ledger.path().is_symlink());
}

#[tokio::test(start_paused = true)]
async fn replaced_target_gets_own_lines_again() {
    let (place, target) = linked("data/target.jsonl");
    place.ledger.create(created()).await.unwrap();
    let mut session = place.ledger.lock(LOCK_TIMEOUT).await.unwrap();
    session.append(about_a(2, intent)).await.unwrap();
    let new = place.folder.path().join("data/new");
    fs::write(&new, line(&created())).unwrap();
    fs::rename(&new, &target).unwrap();
    session.append(about_a(3, sent)).await.unwrap();
    assert_eq!(fs::read_to_string(&target).unwrap(), long());
    assert!(session.take_overwritten());
}

#[tokio::test]
async fn hard_link_keeps_the_longer_text() {
    let place = Place::holding(&long());
    let other = place.folder.path().join("other.jsonl");
    fs::hard_link(place.ledger.path(), &other).unwrap();
    place.ledger.compact(later(), LOCK_TIMEOUT).await.unwrap();
    assert_eq!(place.text(), short());
    assert_eq!(fs::read_to_string(&other).unwrap(), long());
    let (a, b) = (
        place.ledger.read().await,
        JsonLines::new(&other).read().await,
    );
    let (a, b) = (a.unwrap(), b.unwrap());
    let known = keys(&["k"]);
    assert_eq!(a.state(&known, "s"), b.state(&known, "s"));
}

//! Tests of the content that a process remembers of the ledger's file.

use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::ledger::wire::line;
use crate::ledger::{JsonLines, LedgerState, LedgerStore};

struct Place {
    _folder: tempfile::TempDir,
    path: PathBuf,
    store: JsonLines,
}

/// Returns a ledger to which this process has appended two events.
async fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.jsonl");
    let store = JsonLines::new(&path);
    store.create(event(0, created())).await.unwrap();
    let mut session = store.lock(LOCK_TIMEOUT).await.unwrap();
    for second in [1, 2] {
        let id = format!("a{second}");
        let event = event(second, sent(attempt(&id, &[&id], "s")));
        session.append(event).await.unwrap();
    }
    Place {
        _folder: folder,
        path,
        store,
    }
}

async fn read(store: &JsonLines) -> LedgerState {
    store.read().await.unwrap()
}

/// Returns the state of the file without what `store` remembers.
async fn read_again(path: &Path) -> Option<LedgerState> {
    JsonLines::new(path).read().await.ok()
}

#[tokio::test]
async fn own_append_is_not_parsed_again() {
    let place = place().await;
    let first = read(&place.store).await;
    assert_eq!(first.event_count(), 3);
    let again = place.store.clone();
    assert_eq!(read(&again).await.version(), first.version());
    let session = again.lock(LOCK_TIMEOUT).await.unwrap();
    assert_eq!(session.ledger_state().version(), first.version());
    assert!(place.store.exists().await.unwrap());
}

#[tokio::test]
async fn change_by_another_program_is_read() {
    type Change = fn(&Path, &str);
    let changes: [(&str, Change); 7] = [
        ("appended", |path, text| {
            let more = line(&event(3, adopted(&["k"], None)));
            fs::write(path, format!("{text}{more}")).unwrap();
        }),
        ("truncated", |path, text| {
            let lines: Vec<&str> = text.split_inclusive('\n').collect();
            fs::write(path, lines[..2].concat()).unwrap();
        }),
        ("replaced", |path, text| {
            let new = path.with_extension("new");
            fs::write(&new, text.replace("a1", "b1")).unwrap();
            fs::rename(new, path).unwrap();
        }),
        ("edited at the end", |path, text| {
            fs::write(path, text.replace("a2", "b2")).unwrap();
        }),
        ("torn", |path, text| {
            fs::write(path, format!("{text}{{\"v\":1,")).unwrap();
        }),
        ("emptied", |path, _| fs::write(path, "").unwrap()),
        ("removed", |path, _| fs::remove_file(path).unwrap()),
    ];
    for (name, change) in changes {
        let place = place().await;
        read(&place.store).await;
        let text = fs::read_to_string(&place.path).unwrap();
        change(&place.path, &text);
        let expected = read_again(&place.path).await;
        let found = place.store.read().await.ok();
        assert_eq!(
            found.as_ref().map(LedgerState::events),
            expected.as_ref().map(LedgerState::events),
            "{name}"
        );
        assert_eq!(
            place.store.exists().await.unwrap(),
            found.is_some(),
            "{name}"
        );
        let Ok(session) = place.store.lock(LOCK_TIMEOUT).await else {
            assert!(expected.is_none(), "{name}");
            continue;
        };
        let expected = expected.unwrap_or_default();
        assert_eq!(session.ledger_state().events(), expected.events(), "{name}");
    }
}

#[tokio::test]
async fn reader_keeps_its_state_while_another_appends() {
    let place = place().await;
    let before = read(&place.store).await;
    let mut session = place.store.lock(LOCK_TIMEOUT).await.unwrap();
    session
        .append(event(4, adopted(&["k"], None)))
        .await
        .unwrap();
    assert_eq!(before.event_count(), 3);
    let after = read(&place.store).await;
    assert_eq!(after.event_count(), 4);
    assert_eq!(after.previous_version(), before.version());
    drop(session);
    assert_eq!(read(&place.store).await.version(), after.version());
}

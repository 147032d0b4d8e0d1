//! Tests of files that are missing, empty, truncated or replaced during a run.

use std::fs;
use std::time::Duration;

use super::*;
use crate::ledger::wire::line;
use crate::ledger::{DeliveryState, JsonLines, LedgerError, LedgerStore};

pub(super) struct Place {
    pub(super) folder: tempfile::TempDir,
    pub(super) ledger: JsonLines,
}

impl Place {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ledger = JsonLines::new(folder.path().join("l.jsonl"));
        Self { folder, ledger }
    }

    pub(super) fn holding(text: &str) -> Self {
        let place = Self::new();
        fs::write(place.ledger.path(), text).unwrap();
        place
    }

    pub(super) fn text(&self) -> String {
        fs::read_to_string(self.ledger.path()).unwrap()
    }
}

pub(super) fn created() -> Event {
    event(1, super::created())
}

pub(super) fn about_a(second: i64, kind: fn(Attempt) -> EventKind) -> Event {
    event(second, kind(attempt("a", &["k"], "s")))
}

#[tokio::test]
async fn ledger_without_event_is_missing() {
    let half = &line(&created())[..20];
    for place in [
        Place::new(),
        Place::holding(""),
        Place::holding("\n"),
        Place::holding(half),
    ] {
        let ledger = &place.ledger;
        assert!(!ledger.exists().await.unwrap());
        let read = ledger.read().await.unwrap_err();
        assert!(matches!(read, LedgerError::Missing { .. }), "{read}");
        let locked = ledger.lock(LOCK_TIMEOUT).await.err().unwrap();
        assert!(matches!(locked, LedgerError::Missing { .. }), "{locked}");

        ledger.create(created()).await.unwrap();
        assert!(ledger.exists().await.unwrap());
        assert_eq!(place.text(), line(&created()));
    }
}

#[tokio::test]
async fn ledger_needs_any_event() {
    let place = Place::holding(&line(&about_a(3, sent)));
    assert!(place.ledger.exists().await.unwrap());
    assert_eq!(place.ledger.read().await.unwrap().events().len(), 1);
}

#[tokio::test]
async fn damaged_ledger_exists_and_is_unchanged() {
    let text = format!("nonsense\n{}", line(&created()));
    let place = Place::holding(&text);
    assert!(place.ledger.exists().await.unwrap());
    let refused = place.ledger.create(created()).await.unwrap_err();
    assert!(matches!(refused, LedgerError::Exists { .. }), "{refused}");
    for error in [
        place.ledger.read().await.err().unwrap(),
        place.ledger.lock(LOCK_TIMEOUT).await.err().unwrap(),
    ] {
        assert!(
            matches!(error, LedgerError::Damaged { line: 1, .. }),
            "{error}"
        );
    }
    assert_eq!(place.text(), text);
}

#[tokio::test]
async fn missing_folder_is_io_error() {
    let place = Place::new();
    let ledger = JsonLines::new(place.folder.path().join("no/l.jsonl"));
    let error = ledger.create(created()).await.unwrap_err();
    assert!(
        error.to_string().starts_with("cannot create the ledger"),
        "{error}"
    );
}

#[tokio::test]
async fn truncated_last_line_is_removed_by_writers() {
    let whole = line(&created()) + &line(&about_a(2, intent));
    let outcome = line(&about_a(3, sent));
    for length in [1, outcome.len() / 2, outcome.len() - 2] {
        let torn = whole.clone() + &outcome[..length];
        let place = Place::holding(&torn);
        let ledger_state = place.ledger.read().await.unwrap();
        assert!(matches!(
            ledger_state.state(&keys(&["k"]), "s"),
            DeliveryState::Unknown { .. }
        ));
        assert_eq!(place.text(), torn, "reading changes nothing");

        let mut session = place.ledger.lock(LOCK_TIMEOUT).await.unwrap();
        let [note] = session.notes() else {
            panic!("one note, not {:?}", session.notes());
        };
        assert!(note.contains("was incomplete and is removed"), "{note}");
        assert!(note.contains(&outcome[..length]), "{note}");
        session.append(about_a(3, sent)).await.unwrap();
        assert_eq!(place.text(), whole.clone() + &outcome);
    }
}

#[tokio::test]
async fn last_line_without_feed_is_completed() {
    let text = line(&created()) + &line(&about_a(2, intent));
    let place = Place::holding(text.trim_end());
    let mut session = place.ledger.lock(LOCK_TIMEOUT).await.unwrap();
    assert_eq!(place.text(), text);
    assert_eq!(session.notes(), [""; 0]);
    session.append(about_a(3, sent)).await.unwrap();
    assert_eq!(place.text(), text + &line(&about_a(3, sent)));
}

#[cfg(unix)]
#[tokio::test]
async fn replaced_file_gets_sent_event_again() {
    let place = Place::holding(&line(&created()));
    let mut session = place.ledger.lock(LOCK_TIMEOUT).await.unwrap();
    session.append(about_a(2, intent)).await.unwrap();

    let theirs = event(4, sent(attempt("b", &["other"], "s")));
    let pulled = place.folder.path().join("pulled");
    fs::write(&pulled, line(&created()) + &line(&theirs)).unwrap();
    fs::rename(&pulled, place.ledger.path()).unwrap();

    session.append(about_a(5, sent)).await.unwrap();
    let expected = [created(), theirs, about_a(2, intent), about_a(5, sent)];
    assert_eq!(place.text(), expected.iter().map(line).collect::<String>());
    assert_eq!(session.ledger_state().events().len(), 4);
    let other = place.ledger.lock(Duration::ZERO).await.err().unwrap();
    assert!(
        matches!(other, LedgerError::Locked { .. }),
        "the new file is held, too"
    );
}

#[cfg(unix)]
#[tokio::test(start_paused = true)]
async fn deleted_ledger_is_not_recreated() {
    let place = Place::holding(&line(&created()));
    let mut session = place.ledger.lock(LOCK_TIMEOUT).await.unwrap();
    fs::remove_file(place.ledger.path()).unwrap();
    let error = session.append(about_a(2, intent)).await.unwrap_err();
    assert!(matches!(error, LedgerError::Missing { .. }), "{error}");
    assert!(!place.ledger.path().exists());
}

#[tokio::test]
async fn lock_ends_with_its_session() {
    let place = Place::holding(&line(&created()));
    let session = place.ledger.lock(LOCK_TIMEOUT).await.unwrap();
    let error = place
        .ledger
        .lock(Duration::from_millis(1))
        .await
        .err()
        .unwrap();
    assert!(
        error
            .to_string()
            .starts_with("another run still holds the ledger"),
        "{error}"
    );
    drop(session);
    assert!(place.ledger.lock(LOCK_TIMEOUT).await.is_ok());
}

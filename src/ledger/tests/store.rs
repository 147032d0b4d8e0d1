//! Tests of the store contract, run for every store.

use std::time::Duration;

use super::*;
use crate::ledger::{DeliveryState, InMemory, JsonLines, LedgerError, LedgerStore};

/// Returns the stores, each with one event, and the folder of the file.
async fn stores() -> (tempfile::TempDir, Vec<Box<dyn LedgerStore>>) {
    let folder = tempfile::tempdir().unwrap();
    let file = JsonLines::new(folder.path().join("l.jsonl"));
    file.create(event(0, created())).await.unwrap();
    (folder, vec![Box::new(file), Box::new(InMemory::default())])
}

fn is_known(state: &DeliveryState) -> bool {
    matches!(state, DeliveryState::Sent { .. })
}

#[tokio::test]
async fn appended_event_is_read_by_all() {
    let (_folder, stores) = stores().await;
    for store in stores {
        let mut session = store.lock(LOCK_TIMEOUT).await.unwrap();
        let before = session.ledger_state().events().len();
        let event = event(1, sent(attempt("a", &["k"], "s")));
        session.append(event).await.unwrap();
        assert!(is_known(&session.ledger_state().state(&keys(&["k"]), "s")));
        assert_eq!(session.notes(), [""; 0]);
        let ledger_state = store.read().await.unwrap();
        assert_eq!(
            ledger_state.events().len(),
            before + 1,
            "read while it is locked"
        );
        assert!(is_known(&ledger_state.state(&keys(&["k"]), "s")));
    }
}

#[tokio::test]
async fn lock_excludes_second_session() {
    let (_folder, stores) = stores().await;
    for store in stores {
        let session = store.lock(LOCK_TIMEOUT).await.unwrap();
        let refused = store.lock(Duration::ZERO).await.err().unwrap();
        assert!(matches!(refused, LedgerError::Locked { .. }), "{refused}");
        drop(session);
        store.lock(LOCK_TIMEOUT).await.unwrap();
    }
}

#[tokio::test]
async fn waiting_session_sees_other_events() {
    let (_folder, stores) = stores().await;
    for store in stores {
        let mut first = store.lock(LOCK_TIMEOUT).await.unwrap();
        let writing = async {
            // Lets the other task fail to take the lock before it is released.
            tokio::task::yield_now().await;
            let event = event(1, sent(attempt("a", &["k"], "s")));
            first.append(event).await.unwrap();
            drop(first);
        };
        let (second, ()) = tokio::join!(store.lock(Duration::from_secs(60)), writing);
        assert!(is_known(
            &second.unwrap().ledger_state().state(&keys(&["k"]), "s")
        ));
    }
}

#[tokio::test]
async fn create_keeps_existing_ledger() {
    let (_folder, stores) = stores().await;
    for store in stores {
        assert!(store.exists().await.unwrap());
        let before = store.read().await.unwrap().events().len();
        let refused = store.create(event(5, created())).await.unwrap_err();
        assert!(matches!(refused, LedgerError::Exists { .. }), "{refused}");
        assert_eq!(store.read().await.unwrap().events().len(), before);
    }
}

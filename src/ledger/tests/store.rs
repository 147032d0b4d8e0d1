//! What every store promises, asked of each.

use std::time::Duration;

use super::*;
use crate::ledger::{DeliveryState, InMemory, JsonLines, LedgerError, LedgerStore};

/// The stores, each with one event in it, and the folder that the file lies in.
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
async fn what_is_appended_is_read_by_everybody() {
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
async fn only_one_session_at_a_time_may_write() {
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
async fn who_waits_gets_the_lock_and_sees_what_the_other_wrote() {
    let (_folder, stores) = stores().await;
    for store in stores {
        let mut first = store.lock(LOCK_TIMEOUT).await.unwrap();
        let writing = async {
            // Lets the other one ask in vain before it is given way.
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
async fn a_ledger_that_is_there_is_never_made_anew() {
    let (_folder, stores) = stores().await;
    for store in stores {
        assert!(store.exists().await.unwrap());
        let before = store.read().await.unwrap().events().len();
        let refused = store.create(event(5, created())).await.unwrap_err();
        assert!(matches!(refused, LedgerError::Exists { .. }), "{refused}");
        assert_eq!(store.read().await.unwrap().events().len(), before);
    }
}

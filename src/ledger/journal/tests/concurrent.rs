//! Tests of reading the ledger while another run appends to it.

use std::sync::Mutex;

use async_trait::async_trait;

use super::*;
use crate::ledger::LedgerState;

/// A ledger file whose first read returns an earlier state.
struct EarlierFirst {
    store: JsonLines,
    earlier: Mutex<Option<LedgerState>>,
}

#[async_trait]
impl LedgerStore for EarlierFirst {
    async fn exists(&self) -> Result<bool, LedgerError> {
        self.store.exists().await
    }

    async fn create(&self, first: Event) -> Result<(), LedgerError> {
        self.store.create(first).await
    }

    async fn read(&self) -> Result<LedgerState, LedgerError> {
        let earlier = self.earlier.lock().unwrap().take();
        match earlier {
            Some(earlier) => Ok(earlier),
            None => self.store.read().await,
        }
    }

    async fn lock(&self, timeout: Duration) -> Result<Box<dyn LedgerSession>, LedgerError> {
        self.store.lock(timeout).await
    }
}

#[tokio::test]
async fn event_of_another_run_passes_check() {
    let place = Place::new().await;
    let file = place.folder.path().join("l.jsonl");
    let earlier = place.ledger.read().await.unwrap();
    let old = place.text();
    place
        .append(vec![event(2, intent("a")), event(3, sent("a"))])
        .await;
    let view = async || {
        let earlier = Mutex::new(Some(earlier.clone()));
        let store = JsonLines::new(&file);
        let journals = Arc::new(Journals::new(Some(place.folder.path().join("state"))));
        let store = EarlierFirst { store, earlier };
        let ledger = JournaledStore::new(store, journals, &file);
        ledger.view().await.unwrap()
    };
    let during = view().await;
    assert!(during.trouble.is_none(), "{:?}", during.trouble);
    let mut events = during.ledger_state.events().into_iter();
    assert!(events.any(|event| matches!(event.kind, EventKind::Sent { .. })));
    place.write(&old);
    let trouble = view().await.trouble;
    assert!(
        matches!(trouble, Some(LedgerError::Rewound { .. })),
        "{trouble:?}"
    );
}

//! Tests of a ledger that cannot be written because the disk is full.

use super::*;

#[tokio::test]
async fn unwritten_outcome_is_recorded_next_run() {
    let place = Place::new().await;
    place.append(vec![event(2, intent("a"))]).await;
    let journals = Arc::new(Journals::new(Some(place.folder.path().join("state"))));
    let file = place.folder.path().join("l.jsonl");
    let ledger = JournaledStore::new(Full(JsonLines::new(&file)), journals, &file);
    let mut session = ledger.lock(LOCK_TIMEOUT).await.unwrap();
    assert!(session.append(event(3, sent("a"))).await.is_err());
    assert!(session.append(event(4, intent("b"))).await.is_err());
    drop(session);
    let view = place.again().view().await.unwrap();
    assert!(
        view.trouble.is_none(),
        "what was never in it was not lost from it"
    );
    let session = place.again().lock(LOCK_TIMEOUT).await.unwrap();
    let state = session.ledger_state().state(&attempt("a").keys, "s");
    assert!(matches!(state, DeliveryState::Sent { .. }), "{state:?}");
    assert_eq!(
        session.ledger_state().state(&attempt("b").keys, "s"),
        DeliveryState::New
    );
    assert!(session.notes()[0].contains("recorded an event that an earlier run could not write"));
    assert!(place.text().contains("post-a"));
}

/// A ledger on a full disk.
pub(super) struct Full(pub(super) JsonLines);

#[async_trait::async_trait]
impl LedgerStore for Full {
    async fn exists(&self) -> Result<bool, LedgerError> {
        self.0.exists().await
    }

    async fn create(&self, first: Event) -> Result<(), LedgerError> {
        self.0.create(first).await
    }

    async fn read(&self) -> Result<crate::ledger::LedgerState, LedgerError> {
        self.0.read().await
    }

    async fn lock(&self, timeout: Duration) -> Result<Box<dyn LedgerSession>, LedgerError> {
        Ok(Box::new(FullSession(self.0.lock(timeout).await?)))
    }
}

struct FullSession(Box<dyn LedgerSession>);

#[async_trait::async_trait]
impl LedgerSession for FullSession {
    fn ledger_state(&self) -> &crate::ledger::LedgerState {
        self.0.ledger_state()
    }

    fn set_live(&mut self, live: LiveRuns) {
        self.0.set_live(live);
    }

    fn notes(&self) -> &[String] {
        self.0.notes()
    }

    async fn append_all(&mut self, _: Vec<Event>) -> Result<(), LedgerError> {
        Err(LedgerError::Io {
            ledger: "l".to_owned(),
            doing: "write",
            source: std::io::Error::other("full"),
        })
    }
}

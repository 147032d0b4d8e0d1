//! Tests of the journal: detection of rollbacks, and restoring a ledger.

mod beside;
mod concurrent;
mod full_disk;
mod rollbacks;

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Map;
use syndicate_api::{CodedError as _, Receipt};
use tempfile::TempDir;

use super::{JournaledStore, Journals};
use crate::ledger::tests::LOCK_TIMEOUT;
use crate::ledger::{
    Attempt, Claim, DeliveryState, Event, EventKind, JsonLines, LedgerError, LedgerSession,
    LedgerStore, LiveRuns, PipelineNames,
};

struct Place {
    folder: TempDir,
    ledger: JournaledStore<JsonLines>,
}

fn event(second: i64, kind: EventKind) -> Event {
    Event {
        id: format!("{second:04}-{}", kind.name()),
        at: Timestamp::from_second(1_800_000_000 + second).unwrap(),
        kind,
        rest: Map::new(),
    }
}

fn attempt(id: &str) -> Attempt {
    Attempt {
        id: id.to_owned(),
        item: format!("https://a.org/{id}"),
        keys: vec![format!("https://a.org/{id}")],
        sink: "s".to_owned(),
        ..Attempt::default()
    }
}

fn intent(id: &str) -> EventKind {
    EventKind::Intent {
        attempt: attempt(id).into(),
        slots: std::collections::BTreeMap::new(),
        claim: Claim::new("run-1", Timestamp::from_second(1_800_000_000).unwrap()),
        repeat: None,
        follow_ups: Vec::new(),
    }
}

fn sent(id: &str) -> EventKind {
    let remote = Receipt::new(format!("post-{id}"));
    EventKind::Sent {
        attempt: attempt(id).into(),
        remote,
        follow_ups: Vec::new(),
    }
}

fn failed(id: &str) -> EventKind {
    EventKind::Failed {
        attempt: attempt(id).into(),
        code: "unavailable".to_owned(),
        message: "no route".to_owned(),
        until: None,
        existing: None,
    }
}

impl Place {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ledger = open(&folder);
        let pipeline_names = PipelineNames::default();
        ledger
            .create(event(1, EventKind::Created { pipeline_names }))
            .await
            .unwrap();
        Self { folder, ledger }
    }

    /// Opens the store as the next process would.
    fn again(&self) -> JournaledStore<JsonLines> {
        open(&self.folder)
    }

    async fn append(&self, events: Vec<Event>) {
        let mut session = self.lock().await;
        session.append_all(events).await.unwrap();
    }

    async fn lock(&self) -> Box<dyn LedgerSession> {
        self.ledger.lock(LOCK_TIMEOUT).await.unwrap()
    }

    fn text(&self) -> String {
        fs::read_to_string(self.folder.path().join("l.jsonl")).unwrap()
    }

    fn write(&self, text: &str) {
        fs::write(self.folder.path().join("l.jsonl"), text).unwrap();
    }

    async fn trouble(&self) -> Option<LedgerError> {
        self.again().view().await.unwrap().trouble
    }
}

fn open(folder: &TempDir) -> JournaledStore<JsonLines> {
    let journals = Arc::new(Journals::new(Some(folder.path().join("state"))));
    let file = folder.path().join("l.jsonl");
    JournaledStore::new(JsonLines::new(&file), journals, &file)
}

#[tokio::test]
async fn rollback_of_a_sent_post_is_rewound() {
    for kind in [sent("a"), intent("a")] {
        let place = Place::new().await;
        let old = place.text();
        place
            .append(vec![event(2, intent("a")), event(3, kind)])
            .await;
        assert!(place.trouble().await.is_none());
        place.write(&old);
        let trouble = place.trouble().await;
        assert!(
            matches!(trouble, Some(LedgerError::Rewound { .. })),
            "{trouble:?}"
        );
        let session = place.again().lock(LOCK_TIMEOUT).await.unwrap();
        assert!(session.verify().is_err());
    }
}

#[tokio::test]
async fn rollback_of_an_outcome_is_rewound() {
    let place = Place::new().await;
    place.append(vec![event(2, intent("a"))]).await;
    let old = place.text();
    place.append(vec![event(3, sent("a"))]).await;
    place.write(&old);
    assert!(matches!(
        place.trouble().await,
        Some(LedgerError::Rewound { .. })
    ));
}

#[tokio::test]
async fn failure_and_compaction_pass_check() {
    let place = Place::new().await;
    let old = place.text();
    place.append(vec![event(2, failed("a"))]).await;
    place.write(&old);
    assert!(
        place.trouble().await.is_none(),
        "a failure holds nothing back"
    );
    place
        .append(vec![event(3, intent("b")), event(4, sent("b"))])
        .await;
    let now = Timestamp::from_second(1_900_000_000).unwrap();
    place
        .ledger
        .store()
        .compact(now, LOCK_TIMEOUT)
        .await
        .unwrap();
    assert!(!place.text().contains("intent"));
    assert!(place.trouble().await.is_none());
}

#[tokio::test]
async fn rollback_of_foreign_post_is_rewound() {
    let place = Place::new().await;
    let old = place.text();
    let theirs = crate::ledger::wire::line(&event(2, sent("a")));
    place.write(&format!("{old}{theirs}"));
    drop(place.lock().await);
    place.write(&old);
    assert!(matches!(
        place.trouble().await,
        Some(LedgerError::Rewound { .. })
    ));
}

#[tokio::test]
async fn restore_appends_what_is_missing() {
    let place = Place::new().await;
    let old = place.text();
    place
        .append(vec![event(2, intent("a")), event(3, sent("a"))])
        .await;
    place.write(&old);
    let now = Timestamp::from_second(1_800_000_100).unwrap();
    let restored = place.again().restore(now, LOCK_TIMEOUT).await.unwrap();
    assert_eq!((restored.events, restored.is_new), (2, false));
    assert!(place.trouble().await.is_none());
    let ledger_state = place.again().read().await.unwrap();
    let state = ledger_state.state(&attempt("a").keys, "s");
    assert!(matches!(state, DeliveryState::Sent { .. }));
}

#[tokio::test]
async fn restore_writes_a_missing_ledger() {
    let place = Place::new().await;
    place
        .append(vec![event(2, intent("a")), event(3, sent("a"))])
        .await;
    fs::remove_file(place.folder.path().join("l.jsonl")).unwrap();
    let missing = place.again().read().await.unwrap_err();
    assert!(missing.hint().unwrap().contains("--restore"), "{missing:?}");
    let seen = place.again().view().await.unwrap();
    assert!(matches!(seen.trouble, Some(LedgerError::Missing { .. })));
    assert!(
        seen.ledger_state
            .state(&attempt("a").keys, "s")
            .is_on_record()
    );
    let now = Timestamp::from_second(1_800_000_100).unwrap();
    let restored = place.again().restore(now, LOCK_TIMEOUT).await.unwrap();
    assert!(restored.is_new);
    let ledger_state = place.again().read().await.unwrap();
    assert!(matches!(
        ledger_state.state(&attempt("a").keys, "s"),
        DeliveryState::Sent { .. }
    ));
    assert_eq!(ledger_state.ledger_ids(), ["0001-created"]);
}

#[tokio::test]
async fn forget_accepts_current_ledger() {
    let place = Place::new().await;
    let old = place.text();
    place.append(vec![event(2, sent("a"))]).await;
    place.write(&old);
    let forgotten = place.again().forget(LOCK_TIMEOUT).await.unwrap();
    assert_eq!(forgotten, 1);
    assert!(place.trouble().await.is_none());
    assert!(
        place
            .again()
            .lock(LOCK_TIMEOUT)
            .await
            .unwrap()
            .verify()
            .is_ok()
    );
}

#[tokio::test]
async fn clones_share_one_journal_lock() {
    let place = Place::new().await;
    let clone = tempfile::tempdir().unwrap();
    let copy = clone.path().join("l.jsonl");
    fs::write(&copy, place.text()).unwrap();
    let journals = Arc::new(Journals::new(Some(place.folder.path().join("state"))));
    let other = JournaledStore::new(JsonLines::new(&copy), journals, &copy);
    let held = place.lock().await;
    let refused = other.lock(Duration::ZERO).await;
    assert!(matches!(refused.err(), Some(LedgerError::Locked { .. })));
    drop(held);
    place.append(vec![event(2, sent("a"))]).await;
    let session = other.lock(LOCK_TIMEOUT).await.unwrap();
    assert!(matches!(session.verify(), Err(LedgerError::Rewound { .. })));
}

#[tokio::test]
async fn journal_ignores_truncated_line() {
    let place = Place::new().await;
    let old = place.text();
    place.append(vec![event(2, sent("a"))]).await;
    let journal = place.folder.path().join("state/0001-created.jsonl");
    let text = fs::read_to_string(&journal).unwrap();
    fs::write(&journal, format!("{text}{{\"v\":1,\"id\":")).unwrap();
    place.write(&old);
    assert!(matches!(
        place.trouble().await,
        Some(LedgerError::Rewound { .. })
    ));
}

#[tokio::test]
async fn journal_without_folder_stays_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("l.jsonl");
    let ledger = JournaledStore::new(JsonLines::new(&file), Arc::new(Journals::new(None)), &file);
    let pipeline_names = PipelineNames::default();
    ledger
        .create(event(1, EventKind::Created { pipeline_names }))
        .await
        .unwrap();
    let old = fs::read(&file).unwrap();
    let mut session = ledger.lock(LOCK_TIMEOUT).await.unwrap();
    assert!(
        session.notes()[0].contains("journal_unavailable"),
        "{:?}",
        session.notes()
    );
    session.append(event(2, sent("a"))).await.unwrap();
    drop(session);
    fs::write(&file, old).unwrap();
    let trouble = ledger.view().await.unwrap().trouble;
    assert!(matches!(trouble, Some(LedgerError::Rewound { .. })));
}

#[tokio::test]
async fn only_foreign_open_intent_is_claimed() {
    let place = Place::new().await;
    place.append(vec![event(2, intent("a"))]).await;
    let session = place.again().lock(LOCK_TIMEOUT).await.unwrap();
    let now = Timestamp::from_second(1_800_000_060).unwrap();
    let claimed = |live: &LiveRuns, run: &str| {
        let claim = Claim::new(run, Timestamp::from_second(1_800_000_000).unwrap());
        live.claimed_until(&claim, now).is_some()
    };
    let live = session.ledger_state().live();
    assert!(!claimed(live, "run-1"), "its process has ended");
    assert!(claimed(live, "run-2"));
    let seen = place.again().view().await.unwrap().ledger_state;
    assert!(
        claimed(seen.live(), "run-1"),
        "a run of this machine holds the lock now"
    );
}

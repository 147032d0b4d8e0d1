//! Tests of rollbacks that leave an attempt in the ledger, and of restoring the rest.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::full_disk::Full;
use super::{Place, attempt, event, failed, intent, sent};
use crate::ledger::journal::{JournaledStore, Journals};
use crate::ledger::tests::LOCK_TIMEOUT;
use crate::ledger::{
    DeliveryState, EventKind, JsonLines, LedgerError, LedgerState, LedgerStore as _, Settlement,
};

fn unknown() -> EventKind {
    EventKind::Unknown {
        attempt: attempt("a").into(),
        code: "outcome_unknown".to_owned(),
        message: "no answer".to_owned(),
    }
}

fn duplicate() -> EventKind {
    EventKind::Failed {
        attempt: attempt("a").into(),
        code: "duplicate".to_owned(),
        message: "equal".to_owned(),
        until: None,
        existing: None,
    }
}

fn not_sent() -> EventKind {
    EventKind::Settled {
        attempt: attempt("a").into(),
        settlement: Settlement::NotSent,
    }
}

#[tokio::test]
async fn rollback_of_retraction_is_rewound() {
    for open in [intent("a"), unknown(), duplicate()] {
        let place = Place::new().await;
        place.append(vec![event(2, open)]).await;
        let open = place.text();
        place.append(vec![event(3, sent("a"))]).await;
        let sent = place.text();
        let attempt = attempt("a").into();
        let retracted = event(4, EventKind::Retracted { attempt });
        place.append(vec![retracted]).await;
        place.write(&sent);
        assert!(place.trouble().await.is_none(), "what is sent stays so");
        place.write(&open);
        let trouble = place.trouble().await;
        assert!(
            matches!(trouble, Some(LedgerError::Rewound { .. })),
            "{trouble:?}"
        );
    }
}

#[tokio::test]
async fn restore_adds_intent_of_pending_outcome() {
    for outcome in [failed("a"), not_sent(), sent("a")] {
        let is_sent = matches!(outcome, EventKind::Sent { .. });
        let place = Place::new().await;
        let old = place.text();
        place.append(vec![event(2, intent("a"))]).await;
        let journals = Arc::new(Journals::new(Some(place.folder.path().join("state"))));
        let file = place.folder.path().join("l.jsonl");
        let full = JournaledStore::new(Full(JsonLines::new(&file)), journals, &file);
        let mut session = full.lock(LOCK_TIMEOUT).await.unwrap();
        assert!(session.append(event(3, outcome)).await.is_err());
        drop(session);
        place.write(&old);
        let trouble = place.trouble().await;
        assert!(matches!(trouble, Some(LedgerError::Rewound { .. })));
        let now = Timestamp::from_second(1_800_000_100).unwrap();
        let restored = place.again().restore(now, LOCK_TIMEOUT).await.unwrap();
        assert_eq!(restored.events, 2);
        assert!(place.trouble().await.is_none());
        let ledger_state = place.again().read().await.unwrap();
        let state = ledger_state.state(&attempt("a").keys, "s");
        assert_eq!(
            matches!(state, DeliveryState::Sent { .. }),
            is_sent,
            "{state:?}"
        );
    }
}

/// A copy of the ledger from before a repetition is not a rollback, since the attempt is open in it. The
/// pending refusal of the repetition must not settle the first request in that copy.
#[tokio::test]
async fn pending_refusal_keeps_doubt_in_older_copy() {
    let is_unknown =
        |state: DeliveryState| assert!(matches!(state, DeliveryState::Unknown { .. }), "{state:?}");
    let state = |ledger_state: &LedgerState| ledger_state.state(&attempt("a").keys, "s");
    let place = Place::new().await;
    place.append(vec![event(2, intent("a"))]).await;
    let old = place.text();
    place.append(vec![event(3, unknown())]).await;
    let journals = Arc::new(Journals::new(Some(place.folder.path().join("state"))));
    let file = place.folder.path().join("l.jsonl");
    let full = JournaledStore::new(Full(JsonLines::new(&file)), journals, &file);
    let mut session = full.lock(LOCK_TIMEOUT).await.unwrap();
    assert!(session.append(event(4, failed("a"))).await.is_err());
    drop(session);

    place.write(&old);
    is_unknown(state(&place.again().view().await.unwrap().ledger_state));
    let now = Timestamp::from_second(1_800_000_100).unwrap();
    place.again().restore(now, LOCK_TIMEOUT).await.unwrap();
    is_unknown(state(&place.again().read().await.unwrap()));

    place.write(&old);
    is_unknown(state(place.lock().await.ledger_state()));
    is_unknown(state(&place.again().read().await.unwrap()));
}

#[tokio::test]
async fn restore_waits_for_the_clone_that_sends() {
    let place = Place::new().await;
    place
        .append(vec![event(2, intent("a")), event(3, sent("a"))])
        .await;
    // A clone has another file and the same journal.
    let clone = place.folder.path().join("clone.jsonl");
    fs::write(&clone, place.text()).unwrap();
    let journals = || Arc::new(Journals::new(Some(place.folder.path().join("state"))));
    let of_clone = JournaledStore::new(JsonLines::new(&clone), journals(), &clone);
    let sending = of_clone.lock(LOCK_TIMEOUT).await.unwrap();
    let now = Timestamp::from_second(1_900_000_000).unwrap();
    let ledger = place.folder.path().join("l.jsonl");
    let text = place.text();
    let first = text.lines().next().unwrap().to_owned() + "\n";
    for is_there in [true, false] {
        match is_there {
            true => place.write(&first),
            false => fs::remove_file(&ledger).unwrap(),
        }
        let waited = place.again().restore(now, Duration::ZERO).await;
        assert!(
            matches!(waited, Err(LedgerError::Locked { .. })),
            "{waited:?}"
        );
        assert_eq!(ledger.exists(), is_there);
    }
    drop(sending);
    let restored = place.again().restore(now, LOCK_TIMEOUT).await.unwrap();
    assert!(restored.is_new);
}

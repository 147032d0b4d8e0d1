//! Tests of files that another program changes during a session.

use std::fs;
use std::time::Duration;

use tokio::time::sleep;

use super::file::{Place, about_a, created};
use super::*;
use crate::ledger::wire::line;
use crate::ledger::{DeliveryState, LedgerError, LedgerSession, LedgerStore};

/// Returns a session that has appended the intent of the attempt `a`.
async fn with_intent() -> (Place, Box<dyn LedgerSession>) {
    let place = Place::holding(&line(&created()));
    let mut session = place.ledger.lock(LOCK_TIMEOUT).await.unwrap();
    session.append(about_a(2, intent)).await.unwrap();
    (place, session)
}

fn text(events: &[Event]) -> String {
    events.iter().map(line).collect()
}

fn about_b(second: i64) -> Event {
    event(second, intent(attempt("b", &["l"], "s")))
}

fn is_sent(session: &dyn LedgerSession) -> bool {
    matches!(
        session.ledger_state().state(&keys(&["k"]), "s"),
        DeliveryState::Sent { .. }
    )
}

#[tokio::test(start_paused = true)]
async fn overwritten_file_gets_own_lines_again() {
    let others: Vec<Event> = (10..90).map(about_b).collect();
    let (own, outcome) = (about_a(2, intent), about_a(3, sent));
    let start = line(&created());
    for (case, content, expected) in [
        (
            "old copy",
            start.clone(),
            text(&[created(), own.clone(), outcome.clone()]),
        ),
        (
            "same length",
            start.clone() + &line(&about_b(2)),
            text(&[created(), about_b(2), own.clone(), outcome.clone()]),
        ),
        (
            "longer than the compared end",
            start.clone() + &text(&others),
            start.clone() + &text(&others) + &text(&[own.clone(), outcome.clone()]),
        ),
        (
            "with the intent",
            text(&[created(), about_b(2), own.clone()]),
            text(&[created(), about_b(2), own.clone(), outcome.clone()]),
        ),
        (
            "without its last line feed",
            start.trim_end().to_owned(),
            text(&[created(), own.clone(), outcome.clone()]),
        ),
        (
            "over the beginning of the intent",
            start.clone() + &line(&own)[20..],
            text(&[created(), own.clone(), outcome.clone()]),
        ),
        (
            "cut in the intent",
            start.clone() + &line(&own)[..30],
            text(&[created(), own.clone(), outcome.clone()]),
        ),
    ] {
        let (place, mut session) = with_intent().await;
        fs::write(place.ledger.path(), content).unwrap();
        session.append(outcome.clone()).await.unwrap();
        assert_eq!(place.text(), expected, "{case}");
        assert!(is_sent(session.as_ref()), "{case}");
        let count = expected.lines().count();
        assert_eq!(session.ledger_state().events().len(), count, "{case}");
        assert!(session.take_overwritten(), "{case}");
        assert!(!session.take_overwritten(), "{case}: once");
        session.append(about_b(4)).await.unwrap();
        assert!(
            !session.take_overwritten(),
            "{case}: nothing happened since"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn unchanged_file_is_not_overwritten() {
    let (place, mut session) = with_intent().await;
    // An editor saves the same text again.
    fs::write(place.ledger.path(), place.text()).unwrap();
    session.append(about_a(3, sent)).await.unwrap();
    session.finish().await.unwrap();
    assert!(!session.take_overwritten());
    assert_eq!(session.notes(), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn finish_writes_lost_lines_again() {
    let (place, mut session) = with_intent().await;
    session.append(about_a(3, sent)).await.unwrap();
    for content in [text(&[created()]), text(&[created(), about_a(3, sent)])] {
        fs::write(place.ledger.path(), content).unwrap();
        session.finish().await.unwrap();
        assert!(session.take_overwritten());
        let ledger_state = place.ledger.read().await.unwrap();
        assert_eq!(ledger_state.events().len(), 3);
    }
    let notes = session.notes().join("\n");
    for says in [
        "2 lines of this run were lost",
        "1 line of this run was lost",
    ] {
        assert!(notes.contains(says), "{notes}");
    }
}

#[tokio::test(start_paused = true)]
async fn finish_without_own_lines_changes_nothing() {
    let place = Place::holding(&line(&created()));
    let mut session = place.ledger.lock(LOCK_TIMEOUT).await.unwrap();
    session.finish().await.unwrap();
    assert!(!session.take_overwritten());
    let other = text(&[created(), about_b(2)]);
    fs::write(place.ledger.path(), &other).unwrap();
    session.finish().await.unwrap();
    assert!(session.take_overwritten());
    assert_eq!(place.text(), other);
    assert_eq!(session.ledger_state().events().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn damaged_copy_refuses_appends() {
    let (place, mut session) = with_intent().await;
    let damaged = format!("<<<<<<< HEAD\n{}", place.text());
    fs::write(place.ledger.path(), &damaged).unwrap();
    for _ in 0..2 {
        let error = session.append(about_a(3, sent)).await.unwrap_err();
        assert!(
            matches!(error, LedgerError::Damaged { line: 1, .. }),
            "{error}"
        );
        assert!(session.take_overwritten());
    }
    assert_eq!(place.text(), damaged);
    // After the repair, the earlier events are in the ledger again.
    fs::write(place.ledger.path(), line(&created())).unwrap();
    session.append(about_a(3, sent)).await.unwrap();
    assert_eq!(
        place.text(),
        text(&[created(), about_a(2, intent), about_a(3, sent)])
    );
}

#[tokio::test(start_paused = true)]
async fn emptied_ledger_is_missing() {
    let (place, mut session) = with_intent().await;
    fs::write(place.ledger.path(), "").unwrap();
    let error = session.append(about_a(3, sent)).await.unwrap_err();
    assert!(matches!(error, LedgerError::Missing { .. }), "{error}");
    assert_eq!(place.text(), "", "no ledger begins with an outcome");
}

#[tokio::test(start_paused = true)]
async fn half_written_copy_is_waited_for() {
    let (place, mut session) = with_intent().await;
    let copy = text(&[created(), about_b(2)]);
    let (first, second) = copy.split_at(copy.len() - 40);
    fs::write(place.ledger.path(), first).unwrap();
    let copying = async {
        sleep(Duration::from_millis(300)).await;
        fs::write(place.ledger.path(), first.to_owned() + second).unwrap();
    };
    let (appended, ()) = tokio::join!(session.append(about_a(3, sent)), copying);
    appended.unwrap();
    let expected = [created(), about_b(2), about_a(2, intent), about_a(3, sent)];
    assert_eq!(place.text(), text(&expected));
}

#[cfg(unix)]
#[tokio::test(start_paused = true)]
async fn successor_that_comes_late_is_waited_for() {
    let (place, mut session) = with_intent().await;
    fs::remove_file(place.ledger.path()).unwrap();
    let checkout = async {
        sleep(Duration::from_millis(300)).await;
        fs::write(place.ledger.path(), line(&created())).unwrap();
    };
    let (appended, ()) = tokio::join!(session.append(about_a(3, sent)), checkout);
    appended.unwrap();
    assert_eq!(
        place.text(),
        text(&[created(), about_a(2, intent), about_a(3, sent)])
    );
    assert!(session.take_overwritten());
}

#[tokio::test]
async fn constant_overwriting_loses_no_line() {
    let place = Place::holding(&line(&created()));
    let mut session = place.ledger.lock(LOCK_TIMEOUT).await.unwrap();
    let copy = text(&(10..20).map(about_b).collect::<Vec<_>>());
    let path = place.ledger.path().to_owned();
    let overwriting = std::thread::spawn(move || {
        for _ in 0..20 {
            std::thread::sleep(Duration::from_millis(7));
            fs::write(&path, line(&created()) + &copy).unwrap();
        }
    });
    let own: Vec<Event> = (100..104).map(|second| about_a(second, intent)).collect();
    for event in &own {
        loop {
            // A copy that is half written for too long is an error. The writer must have ended if it lasts.
            let has_ended = overwriting.is_finished();
            match session.append(event.clone()).await {
                Ok(()) => break,
                Err(error) => assert!(!has_ended, "{error}"),
            }
        }
    }
    overwriting.join().unwrap();
    session.finish().await.unwrap();
    let ledger_state = place.ledger.read().await.unwrap();
    for event in &own {
        assert!(ledger_state.events().contains(&event), "{}", event.id);
    }
}

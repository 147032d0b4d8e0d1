//! Random histories move from a file into a database and back without a change of any line.

use std::cell::Cell;
use std::time::Duration;

use postgres_fixture::Route;
use proptest::prelude::*;
use syndicate_api::testkit::trials;

use super::{first, lines, new_database, open, run};
use crate::ledger::tests::merge::any_events;
use crate::ledger::{Event, JsonLines, LedgerStore, ledger_line};

/// Returns all lines of `events`, sorted, each once.
fn sorted(events: &[Event]) -> Vec<String> {
    let mut lines: Vec<String> = events.iter().map(ledger_line).collect();
    lines.sort();
    lines.dedup();
    lines
}

/// Copies the ledger in `from` to `to`, in which `count` events are written when it is created.
async fn copy(from: &dyn LedgerStore, to: &dyn LedgerStore, count: usize) {
    let state = from.read().await.unwrap();
    let events: Vec<Event> = state.events().into_iter().cloned().collect();
    let (head, rest) = events.split_at(count.clamp(1, events.len()));
    to.create_all(head.to_vec()).await.unwrap();
    let mut session = to.lock(Duration::from_secs(10)).await.unwrap();
    if !rest.is_empty() {
        session.append_all(rest.to_vec()).await.unwrap();
    }
    session.finish().await.unwrap();
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn random_history_returns_unchanged() {
    let database = new_database();
    let count_of_cases = Cell::new(0);
    let config = ProptestConfig::with_cases(trials(40));
    proptest!(config, |(events in any_events(), count in 1..15_usize, is_pooled: bool)| {
        let number = count_of_cases.get();
        count_of_cases.set(number + 1);
        let route = if is_pooled { Route::Pooled } else { Route::Direct };
        let folder = tempfile::tempdir().unwrap();
        let [before, after] = ["before.jsonl", "after.jsonl"].map(|name| folder.path().join(name));
        let all: Vec<Event> = [first()].into_iter().chain(events).collect();
        run(async {
            let file = JsonLines::new(before);
            file.create_all(all.clone()).await.unwrap();
            let store = open(&database, route, &format!("trip-{number}"));
            copy(&file, &store, count).await;
            let other = open(&database, route, &format!("trip-{number}"));
            assert_eq!(lines(&other.read().await.unwrap()), lines(&file.read().await.unwrap()));
            let again = JsonLines::new(&after);
            copy(&other, &again, count).await;
            let text = std::fs::read_to_string(&after).unwrap();
            let mut back: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
            back.sort();
            assert_eq!(back, sorted(&all));
        });
    });
}

//! Tests of the store in a database, with the real servers, straight and through a pooler.

mod model;
mod round_trip;
mod worker;

use std::time::Duration;

use jiff::Timestamp;
use postgres_fixture::{Database, Route, Server};
use syndicate_api::{Clock, Env};

use self::worker::Worker;
use super::{Postgres, PostgresContext, PostgresLedger};
use crate::ledger::tests::{created, event};
use crate::ledger::{Event, LedgerState, LedgerStore as _};

/// Returns the store of the ledger `name`.
fn open(database: &Database<'_>, route: Route, name: &str) -> Postgres {
    let options = PostgresLedger {
        name: Some(name.to_owned()),
        ..PostgresLedger::at(database.url(route))
    };
    let clock = Clock::fixed(Timestamp::from_second(1_800_000_000).unwrap());
    let context = PostgresContext {
        patience: Duration::from_secs(60),
        ..PostgresContext::new(Env::empty(), clock, false)
    };
    Postgres::open(&options, context)
}

/// Ends all other connections.
const CUT: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
    WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()";

fn new_database() -> Database<'static> {
    Database::create(Server::shared())
}

/// Runs `test` to its end.
fn run<T>(test: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(test)
}

/// Returns the first event of a ledger, earlier than the server's time.
fn first() -> Event {
    event(-200_000_000, created())
}

fn lines(ledger_state: &LedgerState) -> Vec<String> {
    let events = ledger_state.events().into_iter();
    events.map(crate::ledger::ledger_line).collect()
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn ledger_is_created_once() {
    let database = new_database();
    run(async {
        for route in Route::ALL {
            let store = open(&database, route, &format!("{route:?}"));
            assert!(!store.exists().await.unwrap());
            let missing = store.read().await.unwrap_err();
            assert!(matches!(
                missing,
                crate::ledger::LedgerError::Missing { .. }
            ));
            store.create(first()).await.unwrap();
            let exists = store.create(first()).await.unwrap_err();
            assert!(matches!(exists, crate::ledger::LedgerError::Exists { .. }));
            assert_eq!(lines(&store.read().await.unwrap()).len(), 1);
            let aside = store.start_over(first()).await.unwrap();
            assert_eq!(aside, Some(format!("{route:?}.old1")));
            assert_eq!(store.has_pooler().await.unwrap(), route == Route::Pooled);
        }
    });
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn two_sessions_get_one_order_and_the_times_of_the_server() {
    let database = new_database();
    run(async {
        let store = open(&database, Route::Pooled, "order");
        store.create(first()).await.unwrap();
        let mut sessions = [
            store.lock(Duration::ZERO).await.unwrap(),
            store.lock(Duration::ZERO).await.unwrap(),
        ];
        let mut stored = Vec::new();
        for second in 1..5 {
            let session = &mut sessions[usize::try_from(second % 2).unwrap()];
            let kind = crate::ledger::tests::adopted(&["k"], None);
            stored.extend(session.append_now(vec![event(second, kind)]).await.unwrap());
        }
        let times: Vec<Timestamp> = stored.iter().map(|event| event.at).collect();
        assert!(times.is_sorted_by(|a, b| a < b), "{times:?}");
        // The events were made at fixed times in the future.
        assert!(times.iter().all(|at| at.as_second() < 1_800_000_000));
        assert_eq!(store.read().await.unwrap().event_count(), 5);
    });
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn claims_are_released_after_a_cut() {
    let database = new_database();
    // With one thread for everything, a session notices the cut only when it uses the connection.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        for route in Route::ALL {
            let store = open(&database, route, &format!("{route:?}"));
            store.create(first()).await.unwrap();
            let mut other = Worker::start(&store, "other".to_owned()).await;
            for number in 0..20 {
                let mut worker = Worker::start(&store, format!("run-{number}")).await;
                assert_eq!(worker.claim(1).await, Some(0));
                database.query(CUT);
                if number % 2 == 0 {
                    worker.session.release().await;
                } else {
                    let ended = [worker.run.clone()];
                    other.session.release_runs(&ended).await.unwrap();
                }
                assert_eq!(other.claim(1).await, Some(0), "{route:?}, {number}");
                other.session.release().await;
            }
        }
    });
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn failed_refresh_keeps_events() {
    let database = new_database();
    run(async {
        let store = open(&database, Route::Direct, "kept");
        store.create(first()).await.unwrap();
        let mut session = store.lock(Duration::ZERO).await.unwrap();
        database.query("REVOKE SELECT ON syndicate.ledger FROM CURRENT_USER");
        session.refresh().await.unwrap_err();
        assert_eq!(session.ledger_state().event_count(), 1);
        database.query("GRANT SELECT ON syndicate.ledger TO CURRENT_USER");
        session.refresh().await.unwrap();
        assert_eq!(session.ledger_state().event_count(), 1);
    });
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn ledger_without_events_is_created_again() {
    let database = new_database();
    run(async {
        let store = open(&database, Route::Direct, "empty");
        store.create(first()).await.unwrap();
        database.query("DELETE FROM syndicate.event");
        assert!(!store.exists().await.unwrap());
        let created = event(-100_000_000, created());
        store.create(created.clone()).await.unwrap();
        let line = crate::ledger::ledger_line(&created);
        assert_eq!(lines(&store.read().await.unwrap()), [line]);
        let exists = store.create(first()).await.unwrap_err();
        assert!(matches!(exists, crate::ledger::LedgerError::Exists { .. }));
    });
}

//! Connections to the database that are cut at any byte, in a statement or in its answer.

use postgres_fixture::{CuttingProxy, Route};
use syndicate_api::testkit::trials;

use super::team::{Team, post_titles, server, write_posts};
use crate::crash::titles;
use crate::support::{Chance, Platform};

/// Number of events of a ledger that is read with several statements.
const MANY_EVENTS: usize = 4000;

/// Number of cuts for each way to the server: the default and the maximum.
const CUTS: (u32, u32) = (40, 1000);

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn connection_cut_at_any_byte_repeats_nothing() {
    let cuts = trials(CUTS.0).min(CUTS.1) as usize;
    for route in Route::ALL {
        let platform = Platform::start();
        let team = Team::new(server(), &platform.url);
        let proxy = CuttingProxy::before(team.server.port(route));
        let worker = team.worker_at(&team.database.url_at(proxy.port()));
        worker.run("build --baseline").exits(0);
        write_posts(&worker, 0, 1);
        let before = proxy.relayed();
        worker.run("build").exits(0).says(&["1 sent"]);
        let mut bytes = proxy.relayed() - before;
        let mut chance = Chance(7);
        for post in 1..=cuts {
            write_posts(&worker, post, 1);
            // Every part of the exchange is cut once before chance repeats one.
            let part = bytes / cuts as u64;
            let at = part * (post as u64 - 1) + chance.below(part.max(1));
            let before = proxy.relayed();
            proxy.cut_next_after(at);
            let run = worker.run("build --json").exits(0);
            let sent = &run.json()["summary"]["sent"];
            assert_eq!(
                *sent, 1,
                "{route:?}, cut after {at} of {bytes} bytes: {run}"
            );
            assert_eq!(proxy.cuts(), post, "{route:?}, after {at} of {bytes} bytes");
            // The ledger grows, and so does what a build reads of it. A build that was cut has exchanged more.
            bytes = bytes.max((proxy.relayed() - before).saturating_sub(at));
        }
        assert_eq!(titles(&platform), post_titles(cuts + 1));
        assert_eq!(platform.requests("POST /rest/posts"), cuts + 1);
        assert_eq!(team.open_attempts(), 0);
    }
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn ledger_larger_than_connections_live_is_read() {
    for route in Route::ALL {
        let team = Team::new(server(), "http://127.0.0.1:1");
        let proxy = CuttingProxy::before(team.server.port(route));
        let worker = team.worker_at(&team.database.url_at(proxy.port()));
        write_posts(&worker, 0, MANY_EVENTS);
        worker.run("build --baseline").exits(0);
        let before = proxy.relayed();
        let whole = worker.run("ledger export").exits(0).stdout;
        let bytes = proxy.relayed() - before;
        assert!(whole.lines().count() > MANY_EVENTS);
        // No connection lives for the whole ledger.
        proxy.cut_at_random(7, bytes / 4 * 3);
        let read = worker.run("ledger export").exits(0).stdout;
        assert!(proxy.cuts() > 0, "{route:?}");
        assert_eq!(read, whole, "{route:?}");
    }
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn server_that_restarts_is_waited_for() {
    let server = postgres_fixture::Server::with_clock();
    for route in Route::ALL {
        let (platform, gate) = Platform::gated(
            "POST",
            "/rest/posts",
            crate::support::GateAction::HoldResponse,
        );
        let team = Team::new(&server, &platform.url);
        let worker = team.worker(route);
        worker.run("build --baseline").exits(0);
        write_posts(&worker, 0, 3);
        let mut build = worker.start("build");
        gate.wait();
        server.crash();
        gate.open();
        server.resume();
        assert_eq!(build.wait().unwrap().code(), Some(0), "{route:?}");
        assert_eq!(titles(&platform), post_titles(3));
        assert_eq!(platform.requests("POST /rest/posts"), 3);
        assert_eq!(team.open_attempts(), 0);
    }
}

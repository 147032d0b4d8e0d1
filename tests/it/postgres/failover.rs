//! A standby that takes over, with and without the last transactions.

use postgres_fixture::{Database, Route, Server};

use super::team::{LEDGER, Team, write_posts};
use crate::crash::titles;
use crate::support::{Platform, Project};

/// Waits until the standby has the last event.
fn wait_for_event(standby: &Database<'_>, events: usize) {
    let start = std::time::Instant::now();
    while standby.query("SELECT count(*) FROM syndicate.event") != events.to_string() {
        assert!(
            start.elapsed() < std::time::Duration::from_secs(60),
            "nothing is replicated"
        );
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}

/// Returns a worker that has sent the posts 0 and 1.
fn sender(team: &Team<'_>, platform: &Platform, before_last: impl FnOnce()) -> Project {
    let worker = team.worker(Route::Direct);
    worker.run("build --baseline").exits(0);
    write_posts(&worker, 0, 1);
    worker.run("build").exits(0).says(&["1 sent"]);
    before_last();
    write_posts(&worker, 1, 1);
    worker.run("build").exits(0).says(&["1 sent"]);
    assert_eq!(titles(platform), ["Post 0", "Post 1"]);
    worker
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn failover_holds_everything_until_restored() {
    for route in Route::ALL {
        let server = Server::with_clock();
        let platform = Platform::start();
        let team = Team::new(&server, &platform.url);
        let standby = server.standby();
        let copy = team.database.on(&standby);
        // The standby lacks the last post, of which only the first worker knows.
        let mut first = sender(&team, &platform, || {
            wait_for_event(&copy, team.lines().len());
            standby.crash();
        });
        let complete = team.lines();
        server.crash();
        standby.resume();
        standby.promote();
        let team = team.on(&standby);
        let second = team.worker(route);
        write_posts(&second, 0, 3);
        write_posts(&first, 2, 1);
        first.set_env("DATABASE_URL", &team.database.url(route));
        for worker in [&first, &second] {
            worker
                .run("build")
                .exits(1)
                .says(&["[ledger_rewound]", "status --restore"]);
            worker.run("status").exits(0).says(&["[ledger_rewound]"]);
            worker.run("preview").exits(0).says(&["[ledger_rewound]"]);
        }
        assert_eq!(platform.requests("POST /rest/posts"), 2);
        first.run("status --restore").exits(0);
        let restored = team.lines();
        let is_kept = |line: &&String| line.contains("\"kind\":\"sent\"");
        for line in complete.iter().filter(is_kept) {
            assert!(restored.contains(line), "{line}");
        }
        first.run("build").exits(0).says(&["1 sent"]);
        second.run("build").exits(0).says(&["3 already_sent"]);
        assert_eq!(titles(&platform), ["Post 0", "Post 1", "Post 2"]);
        assert_eq!(platform.requests("POST /rest/posts"), 3);
    }
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn failover_to_synchronous_standby_goes_on() {
    let server = Server::with_clock();
    let platform = Platform::start();
    let team = Team::new(&server, &platform.url);
    let standby = server.standby();
    let copy = team.database.on(&standby);
    let mut worker = sender(&team, &platform, || {});
    wait_for_event(&copy, team.lines().len());
    server.crash();
    standby.promote();
    worker.set_env("DATABASE_URL", &copy.url(Route::Direct));
    write_posts(&worker, 2, 1);
    worker.run("build").exits(1).says(&["[ledger_rewound]"]);
    let pipeline = worker.read("pipeline.yaml");
    let synchronous = "ledger: {postgres: {url: \"${DATABASE_URL}\", failover: synchronous}}\n";
    worker.write("pipeline.yaml", pipeline.replace(LEDGER, synchronous));
    worker.run("build").exits(0).says(&["1 sent"]);
    assert_eq!(titles(&platform), ["Post 0", "Post 1", "Post 2"]);
}

//! The servers.

use std::process::Command;

use crate::{Database, Durability, Route, Server, program};

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn both_routes_answer() {
    let database = Database::create(Server::shared());
    assert_eq!(database.query("SELECT current_user, 1 + 1"), "writer|2");
    for route in Route::ALL {
        assert_eq!(select_one(&database.url(route)), "1", "{route:?}");
        let tls = format!("{}?sslmode=require", database.url(route));
        assert_eq!(select_one(&tls), "1", "{route:?}");
    }
}

fn select_one(url: &str) -> String {
    let output = Command::new(program("psql"))
        .args(["--tuples-only", "--no-align", "--command=SELECT 1", url])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn server_keeps_commits_over_crash() {
    let server = Server::start(Durability::Fast);
    let database = Database::create(&server);
    database.query("CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)");
    server.crash();
    server.resume();
    assert_eq!(database.query("SELECT n FROM kept"), "1");
    assert_eq!(select_one(&database.url(Route::Pooled)), "1");
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn standby_gets_new_timeline() {
    const TIMELINE: &str = "SELECT timeline_id FROM pg_control_checkpoint()";
    let server = Server::start(Durability::Fast);
    let database = Database::create(&server);
    let standby = server.standby();
    let copy = database.on(&standby);
    assert_eq!(copy.query("SELECT pg_is_in_recovery()"), "t");
    server.crash();
    standby.promote();
    assert_eq!(copy.query("SELECT pg_is_in_recovery()"), "f");
    standby.admin("CHECKPOINT");
    assert_eq!(copy.query(TIMELINE), "2");
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn clock_jumps() {
    let server = Server::with_clock();
    let database = Database::create(&server);
    let hours = || {
        let now = "SELECT round(extract(epoch FROM clock_timestamp()) / 3600)";
        database.query(now).parse::<i64>().unwrap()
    };
    let start = hours();
    for (ahead, elapsed) in [(48, 48), (0, 0), (-7, -7)] {
        server.set_clock(ahead * 3600);
        assert!((hours() - start - elapsed).abs() <= 1, "{ahead}");
    }
    // Tests share a server.
    std::thread::scope(|tests| {
        for _ in 0..8 {
            tests.spawn(|| (0..100).for_each(|_| server.set_clock(3600)));
        }
    });
    assert!((hours() - start - 1).abs() <= 1);
    server.crash();
    server.set_clock(24 * 3600);
    server.resume();
    assert!((hours() - start - 24).abs() <= 1);
}

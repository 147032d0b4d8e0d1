//! Clocks that jump, and workers that sleep.

use jiff::SignedDuration;
use postgres_fixture::{Route, Server};

use super::team::{Team, post_titles, write_posts};
use crate::crash::titles;
use crate::support::{GateAction, Platform, Project};

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn worker_that_sleeps_before_intent_sends_nothing() {
    let server = Server::with_clock();
    for route in Route::ALL {
        // The picture is uploaded after the claim and before the intent.
        let (platform, gate) = Platform::gated("POST", "/rest/images", GateAction::HoldResponse);
        let team = Team::new(&server, &platform.url);
        let pipeline = |worker: &Project| {
            let pipeline = worker.read("pipeline.yaml");
            pipeline.replace("thumbnail: skip, ", "")
        };
        let [first, mut second] =
            [route, Route::Direct].map(|route| team.worker(route).picture("posts/a.png", 600, 314));
        first.run("build --baseline").exits(0);
        for worker in [&first, &second] {
            worker.write("pipeline.yaml", pipeline(worker));
            let front = "title: Post 0\ndate: 2026-11-20\nimage: a.png";
            worker.write(
                "posts/0.md",
                format!("---\n{front}\n---\n\nA body that says something.\n"),
            );
        }
        let mut build = first.start("build");
        gate.wait();
        // While the lease lasts, the delivery is taken.
        let plan = second.run("build --json").exits(0).json();
        assert_eq!(plan["summary"]["sent"], 0, "{plan:#}");
        team.clock.advance(&server, SignedDuration::from_hours(1));
        team.clock.apply(&mut second);
        gate.open();
        let plan = second.run("build --json").exits(0).json();
        let first_exit = build.wait().unwrap().code();
        assert_eq!(titles(&platform), ["Post 0"], "{first_exit:?}: {plan:#}");
        assert_eq!(platform.requests("POST /rest/posts"), 1);
        assert_eq!(team.open_attempts(), 0);
    }
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn clock_that_jumps_repeats_nothing() {
    let server = Server::with_clock();
    let platform = Platform::start();
    let team = Team::new(&server, &platform.url).with_policy("max_per_run: 100");
    let mut workers = Route::ALL.map(|route| team.worker(route));
    workers[0].run("build --baseline").exits(0);
    let mut posts = 0;
    for hours in [3, -5, 26, -26, 1, -1] {
        for worker in &mut workers {
            write_posts(worker, 0, posts + 2);
        }
        posts += 2;
        // The clock of the server jumps, and those of the workers follow later.
        team.clock
            .advance(&server, SignedDuration::from_hours(hours));
        for worker in &workers {
            worker.run("build").exits(0);
        }
        for worker in &mut workers {
            team.clock.apply(worker);
            worker.run("build").exits(0);
        }
        assert_eq!(titles(&platform), post_titles(posts), "{hours}");
        assert_eq!(platform.requests("POST /rest/posts"), posts, "{hours}");
    }
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn clock_set_back_during_request_repeats_nothing() {
    let server = Server::with_clock();
    for hours in [-5, 5] {
        let (platform, gate) = Platform::gated("POST", "/rest/posts", GateAction::HoldResponse);
        let team = Team::new(&server, &platform.url);
        let workers = Route::ALL.map(|route| team.worker(route));
        workers[0].run("build --baseline").exits(0);
        for worker in &workers {
            write_posts(worker, 0, 1);
        }
        let mut build = workers[0].start("build");
        gate.wait();
        team.clock
            .advance(&server, SignedDuration::from_hours(hours));
        gate.open();
        assert_eq!(build.wait().unwrap().code(), Some(0), "{hours}");
        for worker in &workers {
            worker.run("build").exits(0).says(&["already_sent"]);
        }
        assert_eq!(platform.requests("POST /rest/posts"), 1, "{hours}");
    }
}

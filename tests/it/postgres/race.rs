//! Workers that plan the same posts at the same time.

use std::process::{Child, Stdio};

use postgres_fixture::Route;
use serde_json::Value;

use super::team::{Team, post_titles, server, write_posts};
use crate::crash::titles;
use crate::support::{GateAction, Platform, Project, Run};

const WORKERS: usize = 8;

/// Starts a build whose output is read by [`finished`].
fn start(worker: &Project) -> Child {
    let mut command = worker.command(&["build", "--json"]);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command.spawn().unwrap()
}

fn finished(build: Child) -> Value {
    let output = build.wait_with_output().unwrap();
    let run = Run::of(&["build", "--json"], output);
    let plan = run.json();
    assert_eq!(run.code, Some(0), "{}", plan["summary"]);
    plan
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn claim_of_other_worker_waits() {
    for route in Route::ALL {
        let (platform, gate) = Platform::gated("POST", "/rest/posts", GateAction::HoldRequest);
        let team = Team::new(server(), &platform.url);
        let (first, second) = (team.worker(route), team.worker(Route::Direct));
        first.run("build --baseline").exits(0);
        write_posts(&first, 0, 1);
        write_posts(&second, 0, 1);
        let build = start(&first);
        gate.wait();
        for verb in ["build --json", "preview --json"] {
            let plan = second.run(verb).exits(0).json();
            assert_eq!(
                plan["plan"][0]["action"], "wait",
                "{route:?} {verb}: {plan:#}"
            );
            assert_eq!(plan["plan"][0]["code"], "claimed", "{route:?} {verb}");
        }
        second.run("settle posts/0.md --not-sent").exits(1);
        gate.open();
        assert_eq!(finished(build)["summary"]["sent"], 1);
        second.run("build").exits(0).says(&["already_sent"]);
        assert_eq!(platform.requests("POST /rest/posts"), 1);
    }
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn workers_share_posts() {
    const POSTS: usize = 48;
    let platform = Platform::slow(std::time::Duration::from_millis(40));
    let team = Team::new(server(), &platform.url);
    let workers: Vec<Project> = (0..WORKERS)
        .map(|worker| team.worker(Route::ALL[worker % 2]))
        .collect();
    workers[0].run("build --baseline").exits(0);
    for worker in &workers {
        write_posts(worker, 0, POSTS);
    }
    let builds: Vec<Child> = workers.iter().map(start).collect();
    let plans: Vec<Value> = builds.into_iter().map(finished).collect();
    let sent = |plan: &Value| plan["summary"]["sent"].as_u64().unwrap();
    let sent: Vec<u64> = plans.iter().map(sent).collect();
    assert_eq!(sent.iter().sum::<u64>(), POSTS as u64, "{sent:?}");
    let busy = sent.iter().filter(|sent| **sent > 0).count();
    assert!(busy >= WORKERS / 2, "the work is shared: {sent:?}");
    assert_eq!(titles(&platform), post_titles(POSTS));
    assert_eq!(platform.requests("POST /rest/posts"), POSTS);
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn cap_and_spacing_hold_over_workers() {
    for (policy, sent) in [("max_per_run: 4", 4), ("max_per_run: 100, spacing: 1h", 1)] {
        let platform = Platform::start();
        let team = Team::new(server(), &platform.url).with_policy(policy);
        let workers: Vec<Project> = (0..WORKERS)
            .map(|worker| team.worker(Route::ALL[worker % 2]))
            .collect();
        workers[0].run("build --baseline").exits(0);
        for worker in &workers {
            write_posts(worker, 0, 12);
        }
        let builds: Vec<Child> = workers.iter().map(start).collect();
        for build in builds {
            finished(build);
        }
        assert_eq!(titles(&platform).len(), sent, "{policy}");
        // The cap counts over 24 hours, not for each run.
        workers[0].run("build").exits(0);
        assert_eq!(platform.requests("POST /rest/posts"), sent, "{policy}");
    }
}

//! CI runners: each run has a fresh clone and no journal, and a runner may vanish after any push.

use std::fs;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::remote::{CLONES, Machine, Remote};
use crate::crash::titles;
use crate::support::Platform;

/// Makes each push to the ledger wait after it was accepted, until the file `go`, or that of this push (`go1`, `go2`, …),
/// exists. Counts the pushes in the file `pushes`.
const WAIT_AFTER_PUSH: &str = "echo push >> pushes; number=$(grep -c push pushes); \
    while [ ! -e go ] && [ ! -e go$number ]; do sleep 0.01; done";

fn runner(remote: &Remote, number: usize) -> Machine {
    let machine = Machine::clone(remote, CLONES[number % CLONES.len()]);
    machine.write_posts(0, 2);
    machine
}

#[test]
fn runner_deleted_after_any_push_leaves_rest() {
    // A run of two posts pushes two intents and two outcomes.
    for deleted_after in 1..=4 {
        let platform = Platform::start();
        let remote = Remote::new(&platform, "git: true");
        let first = Machine::clone(&remote, CLONES[0]);
        first.project.run("build --baseline").exits(0);
        remote.hook("post-receive", WAIT_AFTER_PUSH);
        let doomed = runner(&remote, deleted_after);
        let mut build = doomed.start_build();
        let count = || {
            let pushes = fs::read_to_string(remote.path().join("pushes"));
            pushes.unwrap_or_default().lines().count()
        };
        for number in 1..deleted_after {
            wait_for(|| count() == number);
            fs::write(remote.path().join(format!("go{number}")), "").unwrap();
        }
        wait_for(|| count() == deleted_after);
        build.kill().unwrap();
        build.wait().unwrap();
        drop(doomed);
        fs::write(remote.path().join("go"), "").unwrap();

        // The push was accepted, although its answer never arrived.
        let open = deleted_after % 2;
        assert_eq!(remote.open_attempts(), open, "{deleted_after} pushes");
        let mut next = runner(&remote, deleted_after + 1);
        next.set_minutes(16);
        let exit = if open == 0 { 0 } else { 4 };
        let run = next.project.run("build").exits(exit);
        if open > 0 {
            run.says(&["outcome_unknown", "settle"]);
        }
        assert_eq!(platform.feed().len(), 2 - open, "{deleted_after} pushes");
        // It stays red until it is settled.
        next.project.run("build").exits(exit);
        let open = next.project.run("settle --json").exits(0).json();
        for open in open["open"].as_array().unwrap() {
            let item = open["item"].as_str().unwrap();
            let settle = format!("settle {item} --not-sent");
            next.project.run(&settle).exits(0);
        }
        next.project.run("build").exits(0);
        assert_eq!(titles(&platform), ["Post 0", "Post 1"]);
    }
}

fn wait_for(is_done: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_done() {
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "it waits forever"
        );
        sleep(Duration::from_millis(2));
    }
}

#[test]
fn rerun_of_old_checkout_sends_nothing() {
    let platform = Platform::start();
    let remote = Remote::new(&platform, "git: true");
    let first = Machine::clone(&remote, CLONES[0]);
    first.project.run("build --baseline").exits(0);
    runner(&remote, 1).project.run("build").exits(0);
    // "Re-run jobs" checks out the same commit on a new runner.
    for number in 0..CLONES.len() {
        let rerun = runner(&remote, number);
        let plan = rerun.project.run("build --json").exits(0).json();
        assert_eq!(plan["summary"]["codes"]["already_sent"], 2);
    }
    assert_eq!(titles(&platform), ["Post 0", "Post 1"]);
    assert_eq!(platform.requests("POST /rest/posts"), 2);
}

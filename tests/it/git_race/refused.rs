//! Pushes that a hook refuses, and pushes that succeed but whose answer is lost.

use super::remote::{CLONES, Machine, Remote};
use crate::crash::titles;
use crate::support::Platform;

fn with_ledger(platform: &Platform, options: &str) -> (Remote, Machine) {
    let remote = Remote::new(platform, options);
    let machine = Machine::clone(&remote, CLONES[0]);
    machine.project.run("build --baseline").exits(0);
    machine.write_posts(0, 2);
    (remote, machine)
}

#[test]
fn refused_push_sends_nothing() {
    let platform = Platform::start();
    let (remote, machine) = with_ledger(&platform, "git: true");
    remote.hook("pre-receive", "echo 'no pushes today' >&2; exit 1");
    let run = machine.project.run("build");
    assert!(matches!(run.code, Some(1 | 3)), "{run}");
    run.says(&["ledger_push_refused", "no pushes today"]);
    assert_eq!(platform.requests("POST /rest/posts"), 0);
    remote.hook("pre-receive", "exit 0");
    machine.project.run("build").exits(0);
    assert_eq!(titles(&platform), ["Post 0", "Post 1"]);
}

#[test]
fn protected_main_does_not_matter() {
    let platform = Platform::start();
    let (remote, machine) = with_ledger(&platform, "git: true");
    let protect = "[ \"$1\" != refs/heads/main ] || { echo 'protected branch' >&2; exit 1; }";
    remote.hook("update", protect);
    machine.project.run("build").exits(0);
    assert_eq!(titles(&platform), ["Post 0", "Post 1"]);
}

#[test]
fn protected_main_refuses_committed_ledger() {
    let platform = Platform::start();
    let (remote, machine) = with_ledger(&platform, "git: {commit: main}");
    let protect = "[ \"$1\" != refs/heads/main ] || { echo 'protected branch' >&2; exit 1; }";
    remote.hook("update", protect);
    let run = machine.project.run("build");
    assert!(matches!(run.code, Some(1 | 3)), "{run}");
    run.says(&["ledger_push_refused", "protected branch"]);
    assert_eq!(platform.requests("POST /rest/posts"), 0);
}

#[test]
fn lost_answer_of_push_repeats_nothing() {
    let platform = Platform::start();
    let (remote, machine) = with_ledger(&platform, "git: true");
    // git runs this hook after the ref has its new value and before the client gets an answer.
    let kill_server = "[ \"$1\" != committed ] || kill -9 $PPID";
    remote.hook("reference-transaction", kill_server);
    machine.project.run("build").exits(0);
    assert_eq!(titles(&platform), ["Post 0", "Post 1"]);
    assert!(machine.rejected_pushes() >= 4, "no answer arrived");
    assert_eq!(remote.open_attempts(), 0);
    machine.project.run("build").exits(0);
    assert_eq!(platform.requests("POST /rest/posts"), 2);
}

//! Two clones of a site on one machine: only one sends at a time, and each reads what the other sent.

use std::process::Stdio;

use super::{CREATE, LEDGER, project};
use crate::support::{GateAction, Platform, Project};

/// Returns a project and its clone, which share the state folder of one machine.
fn clones(platform: &Platform) -> (Project, Project) {
    let first = project(platform).with_ledger();
    let second = project(platform).with_ledger();
    let state = first.path(".state");
    let state = state.to_str().unwrap();
    let second = second.env("XDG_STATE_HOME", state);
    (first.env("XDG_STATE_HOME", state), second)
}

/// Starts `build` in a project and leaves it running.
fn start(project: &Project) -> std::process::Child {
    let mut build = project.command(&["build"]);
    let build = build.stdout(Stdio::null()).stderr(Stdio::piped());
    build.spawn().unwrap()
}

#[test]
fn second_clone_waits_and_is_rewound() {
    let (platform, gate) = Platform::gated("POST", "/rest/posts", GateAction::HoldRequest);
    let (first, second) = clones(&platform);
    let mut running = start(&first);
    gate.wait();
    second
        .run("build --lock-timeout 0")
        .exits(1)
        .says(&["[ledger_locked]", "--lock-timeout"]);
    let waiting = start(&second);
    gate.open();
    assert_eq!(running.wait().unwrap().code(), Some(0));
    let waiting = waiting.wait_with_output().unwrap();
    let said = String::from_utf8(waiting.stderr).unwrap();
    assert_eq!(waiting.status.code(), Some(1), "{said}");
    assert!(said.contains("[ledger_rewound]"), "{said}");
    assert_eq!(platform.requests(CREATE), 1);

    // The second clone pulls.
    second.write(LEDGER, first.read(LEDGER));
    let plan = second.run("build --json").exits(0).json();
    assert_eq!(plan["plan"][0]["code"], "already_sent", "{plan}");
    assert_eq!(platform.requests(CREATE), 1);
}

#[test]
fn clone_reports_claim_of_other() {
    let (platform, gate) = Platform::gated("POST", "/rest/posts", GateAction::HoldRequest);
    let (first, second) = clones(&platform);
    let mut running = start(&first);
    gate.wait();
    let run = second.run("preview").exits(0);
    run.says(&["[claimed]", "1 waiting"]);
    gate.open();
    assert_eq!(running.wait().unwrap().code(), Some(0));
}

#[test]
fn clone_restores_posts_of_other() {
    let platform = Platform::start();
    let (first, second) = clones(&platform);
    first.run("build").exits(0);
    second.run("build").exits(1).says(&["[ledger_rewound]"]);
    let plan = second.run("preview --json").exits(0).json();
    assert_eq!(plan["plan"][0]["code"], "already_sent", "{plan}");
    second
        .run("status --restore")
        .exits(0)
        .says(&["restored: 2 events", "sent "]);
    let plan = second.run("build --json").exits(0).json();
    assert_eq!(plan["plan"][0]["code"], "already_sent", "{plan}");
    assert_eq!(platform.requests(CREATE), 1);
}

#[test]
fn clone_on_other_machine_is_separate() {
    let platform = Platform::start();
    let (first, second) = clones(&platform);
    first.run("build").exits(0);
    let state = second.path(".other");
    let second = second.env("XDG_STATE_HOME", state.to_str().unwrap());
    // The platform itself refuses an equal post.
    second.run("build").exits(3).says(&["[duplicate]"]);
    assert_eq!(platform.feed().len(), 1);
}

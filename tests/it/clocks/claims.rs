//! An attempt that another run has started belongs to that run while it may still be in progress.

use serde_json::{Value, json};

use super::{CREATE, LEDGER};
use crate::build::pipeline;
use crate::support::{GateAction, Platform, Project};

/// Returns a project whose post needs no picture.
fn project(platform: &Platform) -> Project {
    Project::with_pipeline(&pipeline(&platform.url).replace("token:", "thumbnail: skip, token:"))
        .with_ledger()
        .post("posts/one.md", "title: One\ndate: 2026-11-20")
}

/// Returns the ledger line of an attempt that another machine started at 11:58.
fn intent(claim: &Value) -> String {
    let mut line = json!({
        "v": 1, "id": "00000000-0000-7000-8000-000000000001", "at": "2026-11-22T11:58:00Z",
        "kind": "intent", "sink": "linkedin", "item": "https://blog.example.org/one",
        "keys": ["https://blog.example.org/one", "blog:posts/one.md"],
        "attempt": "a", "hash": "sha256:00", "slots": {},
    });
    let claim = claim.as_object().unwrap().clone();
    line.as_object_mut().unwrap().extend(claim);
    format!("{line}\n")
}

/// Returns a project in whose ledger another machine has just started an attempt.
fn claimed(platform: &Platform) -> Project {
    let project = project(platform);
    let claim = json!({"run": "of-another-machine", "deadline": "2026-11-22T12:08:00Z"});
    let ledger = project.read(LEDGER) + &intent(&claim);
    project.write(LEDGER, ledger);
    project
}

#[test]
fn claim_of_another_machine_waits() {
    let platform = Platform::start();
    let project = claimed(&platform);
    for verb in [
        "build --json",
        "build --json --only posts/one.md",
        "preview --json",
    ] {
        let plan = project.run(verb).exits(0).json();
        let entry = &plan["plan"][0];
        assert_eq!(entry["action"], "wait", "{verb}: {plan}");
        assert_eq!(entry["code"], "claimed", "{verb}");
        assert_eq!(entry["until"], "2026-11-22T12:13:00Z", "{verb}");
    }
    project.run("build --failed").exits(0);
    project.run("build --fail-on wait").exits(3);
    project.run("build").exits(0).says(&[
        "wait ",
        "[claimed]",
        "2026-11-22 11:58 UTC, until 2026-11-22 12:13 UTC",
    ]);
    assert_eq!(platform.requests(CREATE), 0);
}

#[test]
fn claim_is_not_listed_as_unknown() {
    let platform = Platform::start();
    let project = claimed(&platform);
    let until = "another run is sending it, until 2026-11-22 12:13 UTC";
    let run = project.run("status").exits(0).says(&["claimed ", until]);
    assert!(!run.stderr.contains("unknown outcome"), "{run}");
    let run = project.run("settle").exits(0);
    run.says(&["claimed ", until, "0 open"]);
    project.run("check").exits(0).says(&["no open attempt"]);
    let status = project.run("status --json").exits(0).json();
    let delivery = &status["items"][0]["deliveries"][0];
    assert_eq!(delivery["state"], "claimed", "{status}");
    assert_eq!(delivery["until"], "2026-11-22T12:13:00Z", "{status}");
    let open = project.run("settle --json").exits(0).json();
    assert_eq!(open["open"][0]["claimed_until"], "2026-11-22T12:13:00Z");

    let over = project.env("SYNDICATE_NOW", "2026-11-22T12:13:00Z");
    over.run("status")
        .exits(0)
        .says(&["unknown ", "1 of unknown outcome"]);
    over.run("settle").exits(0).says(&["unknown ", "1 open"]);
    over.run("check").exits(0).says(&["1 delivery waits"]);
    let status = over.run("status --json").exits(0).json();
    let delivery = &status["items"][0]["deliveries"][0];
    assert_eq!(delivery["state"], "unknown", "{status}");
    assert_eq!(delivery["until"], Value::Null, "{status}");
}

#[test]
fn claim_ends_after_deadline() {
    for (now, action, exit) in [
        ("2026-11-22T12:12:59Z", "wait", 0),
        ("2026-11-22T12:13:00Z", "ask", 4),
        ("2026-11-23T12:00:00Z", "ask", 4),
        // The clock of this machine was set back.
        ("2026-11-22T11:00:00Z", "wait", 0),
    ] {
        let platform = Platform::start();
        let project = claimed(&platform).env("SYNDICATE_NOW", now);
        let plan = project.run("build --json").exits(exit).json();
        assert_eq!(plan["plan"][0]["action"], action, "{now}: {plan}");
        if exit == 4 {
            assert_eq!(plan["plan"][0]["code"], "outcome_unknown", "{now}");
            project.run("build --only posts/one.md").exits(4);
        }
        assert_eq!(platform.requests(CREATE), 0, "{now}");
    }
}

#[test]
fn intent_of_old_ledger_is_unknown_at_once() {
    let platform = Platform::start();
    let project = project(&platform);
    let ledger = project.read(LEDGER) + &intent(&json!({}));
    project.write(LEDGER, ledger);
    let plan = project.run("build --json").exits(4).json();
    assert_eq!(plan["plan"][0]["code"], "outcome_unknown", "{plan}");
    assert_eq!(plan["plan"][0]["action"], "ask");
    project.run("settle").exits(0).says(&["1 open"]);
    project.run("settle posts/one.md --not-sent").exits(0);
    project.run("build").exits(0).says(&["sent "]);
    assert_eq!(platform.requests(CREATE), 1);
}

#[test]
fn claim_cannot_be_settled_not_sent() {
    let platform = Platform::start();
    let project = claimed(&platform);
    let before = project.read(LEDGER);
    for answer in ["--not-sent", "--probe"] {
        project
            .run(&format!("settle posts/one.md {answer}"))
            .exits(1)
            .says(&["another run", "2026-11-22 12:13"]);
        assert_eq!(project.read(LEDGER), before, "{answer}");
    }
    project
        .run("settle posts/one.md --sent urn:li:share:7")
        .exits(0);
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["plan"][0]["code"], "already_sent", "{plan}");

    let over = claimed(&platform).env("SYNDICATE_NOW", "2026-11-22T12:13:00Z");
    over.run("settle posts/one.md --not-sent").exits(0);
    over.run("build").exits(0).says(&["sent "]);
    assert_eq!(platform.requests(CREATE), 1);
}

#[test]
fn claimed_post_leaves_others_free() {
    let platform = Platform::start();
    let project = claimed(&platform).post("posts/two.md", "title: Two\ndate: 2026-11-21");
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["summary"]["sent"], 1, "{plan}");
    assert_eq!(plan["summary"]["wait"], 1, "{plan}");
    assert_eq!(platform.requests(CREATE), 1);
}

#[cfg(target_os = "linux")]
#[test]
fn intent_of_dead_run_is_unknown() {
    use crate::support::fault;
    // The process died after it wrote the intent to the ledger and before it wrote the journal.
    for what in ["write:1:after", "fdatasync:1:before", "fdatasync:1:after"] {
        let platform = Platform::start();
        let project = project(&platform);
        let mut build = project.command(&["build"]);
        fault::inject_fault(&mut build, what);
        assert_eq!(project.finished(build, &["build"]).code, None, "{what}");
        let plan = project.run("build --json").exits(4).json();
        assert_eq!(plan["plan"][0]["code"], "outcome_unknown", "{what}: {plan}");
        project.run("settle posts/one.md --not-sent").exits(0);
        project.run("build").exits(0).says(&["sent "]);
        assert_eq!(platform.requests(CREATE), 1, "{what}");
    }
}

#[test]
fn preview_during_build_reports_claim() {
    let (platform, gate) = Platform::gated("POST", "/rest/posts", GateAction::HoldRequest);
    let project = project(&platform);
    let mut build = project.start("build");
    gate.wait();
    for verb in ["preview --json", "build --dry-run --json"] {
        let plan = project.run(verb).exits(0).json();
        assert_eq!(plan["plan"][0]["code"], "claimed", "{verb}: {plan}");
        assert_eq!(plan["plan"][0]["action"], "wait", "{verb}");
    }
    project.run("preview").exits(0).says(&["[claimed]"]);
    for verb in ["build", "retract posts/one.md"] {
        project
            .run(&format!("{verb} --lock-timeout 0"))
            .exits(1)
            .says(&["[ledger_locked]"]);
    }
    gate.open();
    assert_eq!(build.wait().unwrap().code(), Some(0));
    let plan = project.run("preview --json").exits(0).json();
    assert_eq!(plan["plan"][0]["code"], "already_sent", "{plan}");
    assert_eq!(platform.requests(CREATE), 1);
}

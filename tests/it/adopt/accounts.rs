//! A post that another account created is not updated, retracted or sent again by this account.

use super::{CREATE, LEDGER, events, project};
use crate::support::{GateAction, Platform, Project};

/// Switches the project to another account of the platform.
fn other_account(project: &Project, option: &str) {
    let pipeline = project.read("pipeline.yaml");
    project.write(
        "pipeline.yaml",
        pipeline.replace("token: rehearsal", option),
    );
}

/// Sink options that post as an account other than the demo member.
const OTHERS: [&str; 3] = [
    "token: member-k1mS4ndb0x",
    "token: rehearsal, author: \"urn:li:organization:7\"",
    "token: rehearsal, author: \"urn:li:organization:1001\"",
];

#[test]
fn update_by_another_account_is_refused() {
    for other in OTHERS {
        let platform = Platform::start();
        let project = project(&platform);
        project.run("build").exits(0);
        other_account(&project, other);
        let post = project.read("posts/one.md");
        project.write("posts/one.md", post.replace("says", "said"));
        let before = project.read(LEDGER);
        let refused = project.run("update posts/one.md").exits(3).says(&[
            "[other_account]",
            "is not the account that created the post",
            "sign in to the account that created it",
        ]);
        assert!(!refused.stdout.contains("build --failed"), "{refused}");
        assert_eq!(project.read(LEDGER), before, "{other}");
        other_account_back(&project, other);
        project
            .run("update posts/one.md")
            .exits(0)
            .says(&["updated "]);
    }
}

/// Switches the project back to its first account.
fn other_account_back(project: &Project, option: &str) {
    let pipeline = project.read("pipeline.yaml");
    project.write(
        "pipeline.yaml",
        pipeline.replace(option, "token: rehearsal"),
    );
}

#[test]
fn retract_by_another_account_is_refused() {
    for other in OTHERS {
        let platform = Platform::start();
        let project = project(&platform);
        project.run("build").exits(0);
        other_account(&project, other);
        project.run("retract posts/one.md").exits(3).says(&[
            "[other_account]",
            "is not the account that created the post",
            "sign in to the account that created it",
        ]);
        assert_eq!(platform.feed().len(), 1, "{other}");
        assert!(events(&project, "retracted").is_empty(), "{other}");
        other_account_back(&project, other);
        project.run("retract posts/one.md").exits(0);
        assert_eq!(platform.feed().len(), 0, "{other}");
    }
}

#[test]
fn probe_by_another_account_is_refused() {
    // The payload of `author: me` is the same for every member.
    let (platform, _gate) = Platform::gated("POST", "/rest/posts", GateAction::LoseResponse);
    let project = project(&platform);
    project.run("build").exits(4);
    other_account(&project, OTHERS[0]);
    let project = project.env("SYNDICATE_NOW", "2026-11-22T12:01:00Z");
    let refused = project.run("settle posts/one.md --probe").exits(1);
    let refused = refused.says(&["is not the account that created the post", "hint: "]);
    assert!(refused.stderr.contains("[other_account]"), "{refused}");
    assert_eq!(platform.requests(CREATE), 1);
    other_account_back(&project, OTHERS[0]);
    project.run("settle posts/one.md --probe").exits(0);
    assert_eq!(platform.feed().len(), 1);
}

/// Writes a post with a unique text, because the platform refuses equal texts.
fn write_post(project: &Project, name: &str) {
    let text = format!("---\ntitle: {name}\ndate: 2026-11-21\n---\n\nA body about {name}.\n");
    project.write(&format!("posts/{name}.md"), text);
}

#[test]
fn build_by_another_account_warns_once() {
    for other in OTHERS {
        let platform = Platform::start();
        let project = project(&platform);
        project.run("build").exits(0);
        other_account(&project, other);
        for name in ["two", "three"] {
            write_post(&project, name);
        }
        let built = project.run("build").exits(0);
        let warnings = built.stderr.matches("a different account").count();
        assert_eq!(warnings, 1, "{built}");
        assert_eq!(platform.requests(CREATE), 3, "{built}");
        write_post(&project, "four");
        let built = project.run("build").exits(0);
        assert!(!built.stderr.contains("a different account"), "{built}");
        assert_eq!(platform.requests(CREATE), 4, "{built}");
    }
}

#[test]
fn ledger_line_without_account_matches() {
    let platform = Platform::start();
    let project = project(&platform);
    project.run("build").exits(0);
    let ledger: Vec<String> = project
        .read(LEDGER)
        .lines()
        .map(|line| {
            let mut event: serde_json::Value = serde_json::from_str(line).unwrap();
            event.as_object_mut().unwrap().remove("account");
            format!("{event}\n")
        })
        .collect();
    project.write(LEDGER, ledger.concat());
    let elsewhere = super::elsewhere(project, "other");
    other_account(&elsewhere, OTHERS[2]);
    // The sandbox lets the demo token act for any member.
    elsewhere.run("retract posts/one.md").exits(0);
    assert_eq!(platform.feed().len(), 0);
}

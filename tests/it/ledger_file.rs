//! Other programs change the ledger's file: it is overwritten during a delivery, or a link.

use std::process::Stdio;

use crate::crash::{project, titles};
use crate::support::{GateAction, Platform, Project, Run};

const LEDGER: &str = "syndicate.ledger.jsonl";

/// Runs `build` and calls `meddle` after the first post was sent and before its outcome is recorded.
fn build_meddled(posts: usize, meddle: impl FnOnce(&Project)) -> (Platform, Project, Run) {
    let (platform, gate) = Platform::gated("POST", "/rest/posts", GateAction::HoldResponse);
    let project = project(&platform, posts);
    let child = project
        .command(&["build", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    gate.wait();
    meddle(&project);
    gate.open();
    let run = Run::of(&["build", "--json"], child.wait_with_output().unwrap());
    (platform, project, run)
}

fn kinds(project: &Project) -> Vec<String> {
    let text = project.read(LEDGER);
    let kind = |line: &str| {
        let event: serde_json::Value = serde_json::from_str(line).unwrap();
        event["kind"].as_str().unwrap().to_owned()
    };
    text.lines().map(kind).collect()
}

fn first_line(project: &Project) -> String {
    let text = project.read(LEDGER);
    format!("{}\n", text.lines().next().unwrap())
}

#[test]
fn overwritten_ledger_keeps_the_outcome() {
    let padding = r#"{"v":1,"id":"n","at":"2026-01-01T00:00:00Z","kind":"note","text":""#;
    let longer = format!("{padding}{}\"}}\n", "x".repeat(9000));
    for (case, expected, meddle) in [
        (
            "old copy in place",
            &["created", "known", "intent", "sent"][..],
            {
                let meddle: Box<dyn Fn(&Project)> =
                    Box::new(|project| project.write(LEDGER, first_line(project)));
                meddle
            },
        ),
        (
            "longer copy in place",
            &["created", "note", "known", "intent", "sent"],
            { Box::new(|project| project.write(LEDGER, first_line(project) + &longer)) },
        ),
        (
            "cut short in the last line",
            &["created", "known", "intent", "sent"],
            {
                Box::new(|project| {
                    let text = project.read(LEDGER);
                    project.write(LEDGER, &text[..text.len() - 20]);
                })
            },
        ),
        (
            "replaced by another file",
            &["created", "known", "intent", "sent"],
            {
                Box::new(|project| {
                    project.write("old", first_line(project));
                    std::fs::rename(project.path("old"), project.path(LEDGER)).unwrap();
                })
            },
        ),
    ] {
        let (platform, project, run) = build_meddled(1, meddle);
        let said = run.exits(0).json();
        assert_eq!(said["plan"][0]["outcome"], "sent", "{case}");
        assert_eq!(kinds(&project), expected, "{case}");
        let again = project.run("build --json").exits(0).json();
        assert_eq!(again["plan"][0]["code"], "already_sent", "{case}");
        assert_eq!(platform.feed().len(), 1, "{case}");
    }
}

#[test]
fn damaged_copy_stops_the_run() {
    let (platform, project, run) = build_meddled(2, |project| {
        project.write(LEDGER, format!("no json\n{}", project.read(LEDGER)));
    });
    let said = run.exits(4).json();
    assert_eq!(said["plan"][0]["outcome"], "unknown");
    let error = said["plan"][0]["error"].as_str().unwrap();
    assert!(error.contains("urn:li:share:"), "{error}");
    assert_eq!(titles(&platform).len(), 1, "nothing is sent after it");
    assert!(
        project.read(LEDGER).starts_with("no json\n"),
        "it is left alone"
    );
    project.run("build").exits(1).says(&["[ledger_damaged]"]);
}

#[test]
fn vanished_ledger_stops_the_run() {
    let (platform, project, run) = build_meddled(2, |project| {
        std::fs::remove_file(project.path(LEDGER)).unwrap();
    });
    assert_eq!(run.exits(4).json()["plan"][0]["outcome"], "unknown");
    assert_eq!(titles(&platform).len(), 1, "nothing is sent after it");
    assert!(!project.path(LEDGER).exists(), "no new ledger is begun");
}

#[cfg(unix)]
#[test]
fn compact_keeps_linked_ledger() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let platform = Platform::start();
    let project = project(&platform, 2);
    std::fs::create_dir(project.path("data")).unwrap();
    std::fs::rename(project.path(LEDGER), project.path("data/kept.jsonl")).unwrap();
    symlink("data/kept.jsonl", project.path(LEDGER)).unwrap();
    let mode = std::fs::Permissions::from_mode(0o640);
    std::fs::set_permissions(project.path("data/kept.jsonl"), mode).unwrap();
    project.run("build").exits(0);
    project
        .run("status --compact")
        .exits(0)
        .says(&["6 lines and has 4"]);

    let link = std::fs::read_link(project.path(LEDGER)).unwrap();
    assert_eq!(link.to_str(), Some("data/kept.jsonl"));
    let target = std::fs::metadata(project.path("data/kept.jsonl")).unwrap();
    assert_eq!(target.permissions().mode() & 0o777, 0o640);
    assert_eq!(kinds(&project), ["created", "known", "sent", "sent"]);
    let files = std::fs::read_dir(project.path("data")).unwrap();
    assert_eq!(files.count(), 1, "nothing is left over");
    project.run("build").exits(0);
    assert_eq!(titles(&platform).len(), 2);
}

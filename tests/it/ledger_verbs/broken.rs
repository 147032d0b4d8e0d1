//! Commands that only need the ledger work with a broken pipeline.yaml, but never with another store than
//! the one that it names.

use super::clones::{Origin, states};
use super::{LEDGER, sent};
use crate::build::pipeline;
use crate::support::git::git;
use crate::support::{Platform, Project};

#[test]
fn broken_pipeline_keeps_existing_file() {
    let platform = Platform::start();
    let project = sent(&platform);
    for broken in [
        "sources: [\n",
        "sources: {}\nlegder: {}\n",
        "ledger: {ci: 7}\n",
    ] {
        project.write("pipeline.yaml", broken);
        let status = project.run("status --json").exits(0).json();
        assert_eq!(
            status["items"][0]["deliveries"][0]["state"], "sent",
            "{broken}"
        );
        project.run("settle").exits(0).says(&["0 open"]);
        project
            .run("ledger export")
            .exits(0)
            .says(&["\"kind\":\"sent\""]);
    }
}

#[test]
fn unreadable_pipeline_without_file_is_reported() {
    for (broken, line) in [
        ("sources: [\n", "pipeline.yaml:"),
        ("sources: {}\nledger: {cj: true}\n", "pipeline.yaml:2:"),
    ] {
        let project = Project::with_pipeline(broken);
        for verb in ["status", "settle", "ledger export"] {
            let run = project.run(verb).exits(1).says(&[line]);
            assert!(!run.stderr.contains("ledger_missing"), "{verb}: {run}");
        }
        let run = project.run("status --json").exits(1).json();
        assert_eq!(run["diagnostics"][0]["code"], "invalid_config");
        assert!(!project.path(LEDGER).exists());
    }
    // The section can be read, so the store is known.
    let project = Project::with_pipeline("sources: {}\nsinks: {x: {type: no}}\n");
    project.run("status").exits(1).says(&["ledger_missing"]);
}

#[test]
fn git_ledger_without_remote_is_explained() {
    let pipeline = pipeline("http://127.0.0.1:9").replace("token:", "thumbnail: skip, token:");
    let project = Project::with_pipeline(&format!("{pipeline}ledger: {{git: true}}\n"))
        .post("posts/one.md", "title: One\ndate: 2026-11-20");
    for (reason, remedy) in [
        ("pipeline.yaml is not in a git repository", "`git init`"),
        ("the repository has no remote", "`git remote add"),
    ] {
        project.run("preview").exits(0).says(&[
            "posts/one.md",
            "`build` would send nothing",
            "[ledger_unreachable]",
            reason,
            remedy,
        ]);
        let parts = ["[ledger_unreachable]", reason, remedy];
        project.run("status").exits(1).says(&parts);
        project.run("build").exits(1).says(&parts);
        let check = project.run("check").exits(1).says(&[reason, remedy]);
        check.lacks(&["check that the file is readable", LEDGER]);
        project.run("ledger move file").exits(1).says(&[
            "[ledger_unreachable]",
            reason,
            "remove the section `ledger`",
        ]);
        assert!(!project.path(LEDGER).exists());
        git(&project, &["init", "-q"]);
    }
}

#[test]
fn folder_without_pipeline_is_reported() {
    let platform = Platform::start();
    let project = Project::new();
    for verb in [
        "status",
        "status --compact",
        "settle",
        "settle posts/one.md --not-sent",
        "approve posts/one.md",
        "retract posts/one.md",
        "ledger export",
        "ledger move git",
        "export links",
    ] {
        let run = project.run(verb).exits(1);
        let run = run.says(&["pipeline.yaml: the file does not exist", "syndicate init"]);
        run.lacks(&["ledger_missing", "--baseline"]);
    }
    // A ledger without its pipeline is still shown.
    let sent = sent(&platform);
    std::fs::remove_file(sent.path("pipeline.yaml")).unwrap();
    sent.run("status").exits(0).says(&["sent"]);
    sent.run("settle").exits(0).says(&["0 open"]);
}

#[test]
fn broken_pipeline_keeps_ref() {
    let (platform, origin) = (Platform::start(), Origin::new());
    let first = origin.first(&platform, "ledger: {git: true}\n");
    first.run("build --backfill").exits(0);
    first.write(
        "pipeline.yaml",
        "sources: {x: {type: no}}\nledger: {git: true}\n",
    );
    assert_eq!(states(&first, ""), ["sent"]);
    first.run("settle").exits(0).says(&["0 open"]);
    first.run("build").exits(1).says(&["pipeline.yaml:1"]);
    // No other store may take its place.
    first.write("pipeline.yaml", "sources: [\nledger: {git: true}\n");
    first.run("status").exits(1).says(&["pipeline.yaml:"]);
    assert!(!first.path(LEDGER).exists());
    // A file that was closed by a move still shows what it has, and takes nothing.
    first.write(
        "pipeline.yaml",
        "sources: {x: {type: no}}\nledger: {git: true}\n",
    );
    first.run("ledger move file").exits(0);
    first.run("ledger move git").exits(0);
    first.write("pipeline.yaml", "sources: [\n");
    first
        .run("status")
        .exits(0)
        .says(&["sent", "[ledger_moved]"]);
    first
        .run("settle posts/one.md --not-sent")
        .exits(1)
        .says(&["[ledger_moved]"]);
}

//! Commands that only need the ledger work with a broken pipeline.yaml, but never with another store than
//! the one that it names.

use super::{LEDGER, sent};
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

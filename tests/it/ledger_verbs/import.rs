//! `ledger export` and `ledger import`.

use std::process::Stdio;

use serde_json::Value;

use super::{LEDGER, sent};
use crate::support::project::Run;
use crate::support::{Platform, Project};

/// Runs `ledger import` with `lines` on standard input.
fn import(project: &Project, lines: &str) -> Run {
    use std::io::Write as _;

    let arguments = ["ledger", "import"];
    let mut command = project.command(&arguments);
    command.stdin(Stdio::piped());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(lines.as_bytes())
        .unwrap();
    Run::of(&arguments, child.wait_with_output().unwrap())
}

/// Returns the ledger's line of this kind.
fn line(text: &str, kind: &str) -> String {
    let is_of = |line: &&str| {
        let event: Value = serde_json::from_str(line).unwrap();
        event["kind"] == kind
    };
    text.lines().find(is_of).unwrap().to_owned()
}

/// Returns the sorted lines of `text`.
fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}

#[test]
fn export_has_every_line() {
    let platform = Platform::start();
    let project = sent(&platform);
    let ledger = project.read(LEDGER);
    let export = project.run("ledger export").exits(0);
    assert_eq!(sorted(&export.stdout), sorted(&ledger));
    let json = project.run("ledger export --json").exits(0).json();
    assert_eq!(
        json["events"].as_array().unwrap().len(),
        ledger.lines().count()
    );
    project.run("ledger export --output copy.jsonl").exits(0);
    assert_eq!(sorted(&project.read("copy.jsonl")), sorted(&ledger));
    project.run("ledger export --output no/copy.jsonl").exits(1);
}

#[test]
fn export_escapes_names_as_json() {
    let platform = Platform::start();
    let names = ["a\u{200f}b", "##[error]c"];
    let front = "title: One\ndate: 2026-11-20";
    let project = names.iter().fold(sent(&platform), |project, name| {
        project.post(&format!("posts/{name}.md"), front)
    });
    project.run("build --only posts/a\u{200f}b.md").exits(0);
    project.run("build --only posts/##[error]c.md").exits(0);
    let ledger = project.read(LEDGER);
    let export = project.run("ledger export").exits(0).stdout;
    assert!(!export.contains(names[0]) && !export.contains(names[1]));
    std::fs::remove_file(project.path(LEDGER)).unwrap();
    import(&project, &export).exits(0);
    assert_eq!(sorted(&project.read(LEDGER)), sorted(&ledger));
    let links = project.run("export links").exits(0).json();
    for name in names {
        assert!(
            links["posts"][format!("posts/{name}.md")].is_array(),
            "{links}"
        );
    }
}

#[test]
fn import_appends_lost_outcome_once() {
    let platform = Platform::start();
    let project = sent(&platform);
    let whole = project.read(LEDGER);
    let sent_line = line(&whole, "sent");
    let without: String = whole
        .lines()
        .filter(|line| *line != sent_line)
        .map(|line| format!("{line}\n"))
        .collect();
    project.write(LEDGER, &without);
    // Another machine, whose journal does not know the outcome.
    std::fs::remove_dir_all(project.path(".home")).unwrap();
    project.run("status").exits(0).says(&["claimed"]);
    import(&project, &format!("\n{sent_line}\r\n"))
        .exits(0)
        .says(&["imported 1 event"]);
    assert_eq!(project.read(LEDGER), format!("{without}{sent_line}\n"));
    import(&project, &sent_line)
        .exits(0)
        .says(&["imported 0 events", "1 already"]);
    assert_eq!(project.read(LEDGER), format!("{without}{sent_line}\n"));
    project.run("build").exits(0);
    assert_eq!(platform.requests("POST /rest/posts"), 1);
}

#[test]
fn import_writes_missing_ledger_from_export() {
    let platform = Platform::start();
    let project = sent(&platform);
    let whole = project.run("ledger export").exits(0).stdout;
    std::fs::remove_file(project.path(LEDGER)).unwrap();
    let other = whole.replace(&line(&whole, "created"), &new_created());
    import(&project, &other)
        .exits(1)
        .says(&["status --restore", "[ledger_foreign]"]);
    assert!(!project.path(LEDGER).exists());
    import(&project, &whole).exits(0);
    assert_eq!(sorted(&project.read(LEDGER)), sorted(&whole));
    project.run("build").exits(0);
    assert_eq!(platform.requests("POST /rest/posts"), 1);
}

fn new_created() -> String {
    r#"{"v":1,"id":"other","at":"2026-01-01T00:00:00Z","kind":"created"}"#.to_owned()
}

#[test]
fn import_refuses_foreign_and_invalid_lines() {
    let platform = Platform::start();
    let project = sent(&platform);
    let whole = project.read(LEDGER);
    let sent_line = line(&whole, "sent");
    let mut failed: Value = serde_json::from_str(&sent_line).unwrap();
    failed["kind"] = "failed".into();
    failed["id"] = "x".into();
    failed["attempt"] = "of another ledger".into();
    failed["code"] = "rejected".into();
    failed["message"] = "no".into();
    let adopted =
        r#"{"v":1,"id":"a","at":"2026-01-01T00:00:00Z","kind":"adopted","item":"x","keys":["x"]}"#;
    for (lines, parts) in [
        (new_created(), vec!["standard input:1", "[ledger_foreign]"]),
        (
            failed.to_string(),
            vec!["does not have the attempt", "[ledger_foreign]"],
        ),
        (adopted.to_owned(), vec!["`adopted`", "`created`"]),
        (
            format!("{sent_line}\n{{\"v\":1"),
            vec!["standard input:2", "[ledger_damaged]"],
        ),
        (sent_line.replace("\"v\":1", "\"v\":2"), vec!["version `2`"]),
        (
            sent_line.replace("urn:li:share", "urn:li:other"),
            vec!["another line with the id"],
        ),
        (" \n".to_owned(), vec!["has no lines"]),
    ] {
        import(&project, &lines).exits(1).says(&parts);
        assert_eq!(project.read(LEDGER), whole, "{lines}");
    }
    project
        .run("ledger import no.jsonl")
        .exits(1)
        .says(&["no.jsonl"]);
}

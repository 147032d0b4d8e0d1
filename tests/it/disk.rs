//! Disk failures, and crashes during writes: an attempt that cannot be recorded first is not sent, and the
//! message gives the reason.

use crate::crash::{finish, project, titles};
use crate::support::{Platform, Project, RawServer, Run, fault};

/// Runs the program with the fault `what` at one of its writes.
fn run(project: &Project, arguments: &[&str], what: &str) -> Run {
    let mut command = project.command(arguments);
    fault::inject_fault(&mut command, what);
    project.finished(command, arguments)
}

#[test]
fn crash_at_each_write_repeats_nothing() {
    // The ledger gets an intent and an outcome for each post; each is written and then synced.
    for (step, phases) in [
        ("write", &["before", "half", "after"][..]),
        ("fdatasync", &["before", "after"]),
        ("flock", &["before", "after"]),
        ("open", &["before", "after"]),
    ] {
        let times = if matches!(step, "flock" | "open") {
            1
        } else {
            4
        };
        for nth in 1..=times {
            for phase in phases {
                let platform = Platform::start();
                let project = project(&platform, 2);
                let fault = format!("{step}:{nth}:{phase}");
                let died = run(&project, &["build"], &fault);
                assert_eq!(died.code, None, "{fault}: it was killed\n{died}");
                let again = project.run("build --json");
                let plan = again.json();
                // With an intent in the ledger the outcome is unknown. Before the request the intent may be missing.
                let asks = plan["summary"]["ask"].as_u64().unwrap();
                assert!(asks <= 1, "{fault}: {plan}");
                again.exits(if asks == 1 { 4 } else { 0 });
                finish(&project, &platform, 2);
            }
        }
    }
}

#[test]
fn crash_during_settle_loses_nothing() {
    let server = RawServer::answering(b"");
    for fault in [
        "write:1:before",
        "write:1:half",
        "write:1:after",
        "fdatasync:1:before",
    ] {
        let project = crate::unknown::project(&server);
        project.run("build").exits(4);
        let settle = ["settle", "posts/one.md", "--sent", "urn:li:share:9"];
        assert_eq!(run(&project, &settle, fault).code, None, "{fault}");
        // The attempt is still open or settled, and never free to be sent.
        let plan = project.run("build --json").json();
        let code = plan["plan"][0]["code"].as_str().unwrap();
        assert!(
            matches!(code, "outcome_unknown" | "already_sent"),
            "{fault}: {code}"
        );
    }
    for fault in [
        "write:1:before",
        "write:1:half",
        "fsync:1:before",
        "fsync:1:after",
        "rename:1:before",
        "rename:1:after",
    ] {
        let platform = Platform::start();
        let project = project(&platform, 2);
        project.run("build").exits(0);
        let died = run(&project, &["status", "--compact"], fault);
        assert_eq!(died.code, None, "{fault}\n{died}");
        let plan = project.run("build --json").exits(0).json();
        assert_eq!(plan["summary"]["codes"]["already_sent"], 2, "{fault}");
        project.run("status --compact").exits(0);
        let left: Vec<_> = std::fs::read_dir(project.folder())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.ends_with(".new"))
            .collect();
        assert!(left.is_empty(), "{fault}: {left:?}");
        finish(&project, &platform, 2);
    }
}

#[test]
fn unrecorded_intent_is_not_sent() {
    const ENOSPC: i32 = 28;
    const EROFS: i32 = 30;
    const EIO: i32 = 5;
    const ENOLCK: i32 = 37;
    const EOPNOTSUPP: i32 = 95;
    for (fault, says) in [
        (format!("write:0:{ENOSPC}"), "No space left"),
        (format!("fdatasync:0:{EIO}"), "Input/output error"),
        (format!("open:0:{EROFS}"), "Read-only file system"),
        (format!("flock:0:{ENOLCK}"), "has locks"),
        (format!("flock:0:{EOPNOTSUPP}"), "has locks"),
    ] {
        let platform = Platform::start();
        let project = project(&platform, 2);
        let ledger = project.read("syndicate.ledger.jsonl");
        run(&project, &["build"], &fault)
            .exits(1)
            .says(&["ledger_unwritable", says]);
        assert_eq!(platform.feed().len(), 0, "{fault}");
        assert_eq!(project.read("syndicate.ledger.jsonl"), ledger, "{fault}");
        run(&project, &["status"], &fault).exits(0);
        project.run("build").exits(0);
        assert_eq!(titles(&platform).len(), 2, "{fault}");
    }
}

#[test]
fn unrecorded_outcome_stays_unknown() {
    // The disk fills up after the intent was written and before the outcome is.
    let platform = Platform::start();
    let project = project(&platform, 2);
    let ran = run(&project, &["build", "--json"], "write:2:28").exits(4);
    let said = ran.json();
    let line = said["unrecorded"][0].as_str().unwrap();
    assert!(line.contains("\"kind\":\"sent\""), "{line}");
    ran.says(&["syndicate ledger import <<'EOF'\n{"]);
    assert_eq!(said["plan"][0]["outcome"], "unknown");
    let error = said["plan"][0]["error"].as_str().unwrap();
    assert!(
        error.contains("syndicate settle") && error.contains("urn:li:share:"),
        "{error}"
    );
    assert_eq!(platform.feed().len(), 1, "nothing more is sent");
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(
        plan["plan"][0]["code"], "already_sent",
        "the journal knows it"
    );
    assert!(
        plan["notes"]
            .to_string()
            .contains("recorded an event that an earlier run could not write")
    );
    finish(&project, &platform, 2);
}

#[cfg(target_os = "linux")]
#[test]
fn full_output_does_not_fail_delivery() {
    let full = || {
        let mut options = std::fs::OpenOptions::new();
        options.write(true).open("/dev/full").unwrap()
    };
    for arguments in [&["build"][..], &["build", "--json"]] {
        let platform = Platform::start();
        let project = project(&platform, 2);
        let mut command = project.command(arguments);
        command.stdout(full());
        let run = project.finished(command, arguments).exits(0);
        run.says(&["warning: cannot write to standard output: No space left"]);
        let mut command = project.command(arguments);
        command.stdout(full()).stderr(full());
        project.finished(command, arguments).exits(0);
        assert_eq!(titles(&platform).len(), 2);
    }
    // Here the output is the result.
    let platform = Platform::start();
    let project = project(&platform, 2);
    for arguments in [
        &["preview"][..],
        &["build", "--dry-run"],
        &["items", "--json"],
    ] {
        let mut command = project.command(arguments);
        command.stdout(full());
        let run = project.finished(command, arguments).exits(1);
        run.says(&[
            "error: cannot write to standard output: No space left",
            "hint: free",
        ]);
    }
    // The events that the ledger lacks are printed all the same.
    let arguments = ["build", "--json"];
    let mut command = project.command(&arguments);
    fault::inject_fault(&mut command, "write:2:28");
    command.stdout(full());
    let run = project.finished(command, &arguments).exits(4);
    run.says(&["syndicate ledger import <<'EOF'\n{"]);
}

#[test]
fn failed_fresh_start_keeps_ledger() {
    let platform = Platform::start();
    let project = project(&platform, 2);
    project.run("build").exits(0);
    let ledger = project.read("syndicate.ledger.jsonl");
    for fault in ["write:0:28", "fdatasync:0:28", "open:0:28"] {
        let run = run(&project, &["init", "--fresh"], fault).exits(1);
        run.says(&["No space left"]);
        assert_eq!(project.read("syndicate.ledger.jsonl"), ledger, "{fault}");
        assert!(
            !project.path("syndicate.ledger.jsonl.old1").exists(),
            "{fault}"
        );
    }
    project.run("build").exits(0).says(&["already_sent"]);
    project.run("init --fresh").exits(0);
    assert_eq!(project.read("syndicate.ledger.jsonl.old1"), ledger);
}

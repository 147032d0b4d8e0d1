//! Ledgers that are missing while the journal has their events, and ledgers that are started again.

use super::{CREATE, JOURNALS, LEDGER, files, project, write_second};
use crate::support::Platform;

#[test]
fn lost_ledger_is_restored_from_journal() {
    let platform = Platform::start();
    let project = project(&platform);
    write_second(&project);
    project.run("build --backfill").exits(0);
    project.run("adopt posts/one.md urn:li:share:7").exits(1);
    let before = files(&project.path(JOURNALS));
    std::fs::remove_file(project.path(LEDGER)).unwrap();
    for verb in [
        "build",
        "status",
        "check",
        "adopt posts/one.md urn:li:share:7",
    ] {
        project
            .run(verb)
            .exits(1)
            .says(&["missing ledger", "`syndicate status --restore`"]);
    }
    let said = project.run("build --json").exits(1).json();
    assert_eq!(said["code"], "ledger_missing");
    assert!(said["hint"].as_str().unwrap().contains("--restore"));
    project
        .run("preview")
        .exits(0)
        .says(&["[ledger_missing]", "`syndicate status --restore`"]);
    assert_eq!(files(&project.path(JOURNALS)), before);

    project
        .run("status --restore")
        .exits(0)
        .says(&["wrote the ledger", "2 posts recorded"]);
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["summary"]["codes"]["already_sent"], 2, "{plan}");
    project
        .run("status --restore")
        .exits(0)
        .says(&["restored: 0 events"]);
    assert_eq!(platform.requests(CREATE), 2);
}

#[test]
fn restored_attempt_stays_open() {
    let server = crate::support::RawServer::answering(b"");
    let project = crate::unknown::project(&server);
    project.run("build").exits(4);
    std::fs::remove_file(project.path(LEDGER)).unwrap();
    project.run("status --restore").exits(0).says(&["unknown "]);
    project.run("build").exits(4);
    assert_eq!(server.requests(), 1);
}

#[test]
fn emptied_ledger_counts_as_lost() {
    let platform = Platform::start();
    let project = project(&platform);
    project.run("build --backfill").exits(0);
    project.write(LEDGER, "");
    project
        .run("build")
        .exits(1)
        .says(&["[ledger_missing]", "`syndicate status --restore`"]);
    project.run("status --restore").exits(0);
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["plan"][0]["code"], "already_sent");
    assert_eq!(platform.requests(CREATE), 1);
}

#[test]
fn other_site_gets_no_hint() {
    let platform = Platform::start();
    let project = project(&platform);
    project.run("build --backfill").exits(0);
    std::fs::remove_file(project.path(LEDGER)).unwrap();
    let pipeline = project.read("pipeline.yaml");
    let other = pipeline.replace("blog.example.org", "other.example.net");
    project.write("pipeline.yaml", other);
    for verb in ["build", "preview"] {
        let run = project.run(verb).says(&["[ledger_missing]", "--baseline"]);
        assert!(!run.stderr.contains("--restore"), "{run}");
    }
    // The same site with another spelling of its address is the same site.
    let www = pipeline.replace(
        "https://blog.example.org",
        "http://www.blog.example.org:8080",
    );
    project.write("pipeline.yaml", www);
    project.run("build").exits(1).says(&["--restore"]);
    assert_eq!(platform.requests(CREATE), 1);
}

#[test]
fn nothing_to_restore_is_an_error() {
    let platform = Platform::start();
    let project = project(&platform);
    for verb in ["status --restore", "status --forget"] {
        let run = project.run(verb).exits(1);
        run.says(&["missing ledger", "[ledger_missing]"]);
        assert!(!project.path(LEDGER).exists(), "{verb}");
    }
}

#[test]
fn forget_accepts_current_ledger() {
    let platform = Platform::start();
    let project = project(&platform);
    project.run("build --backfill").exits(0);
    let ledger = project.read(LEDGER);
    let first = format!("{}\n", ledger.lines().next().unwrap());
    project.write(LEDGER, &first);
    project.run("build").exits(1).says(&["[ledger_rewound]"]);
    let run = project.run("status --forget").exits(0);
    assert!(run.stderr.contains("forgot 2 events"), "{run}");
    assert!(!run.stderr.contains("ledger_rewound"), "{run}");
    assert_eq!(project.read(LEDGER), first);
    let plan = project.run("preview --json").exits(0).json();
    assert_eq!(plan["plan"][0]["action"], "send", "{plan}");
    project
        .run("status --forget")
        .exits(0)
        .says(&["forgot 0 events"]);
}

#[test]
fn init_reports_earlier_ledger() {
    let platform = Platform::start();
    let project = project(&platform);
    project.run("build --backfill").exits(0);
    std::fs::remove_file(project.path(LEDGER)).unwrap();
    let run = project.run("init --fresh").exits(0);
    let run = run.says(&[
        "wrote: syndicate.ledger.jsonl",
        "warning: this machine has sent posts with another ledger",
        "`syndicate status --restore`",
    ]);
    assert!(!run.stdout.contains("kept"), "{run}");
    // The step that the warning recommends.
    std::fs::remove_file(project.path(LEDGER)).unwrap();
    project.run("status --restore").exits(0);
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["plan"][0]["code"], "already_sent");
    assert_eq!(platform.requests(CREATE), 1);
}

#[test]
fn init_fresh_backs_up_copied_ledger() {
    let platform = Platform::start();
    let project = project(&platform);
    project.run("build --backfill").exits(0);
    let copied = project.read(LEDGER);
    let pipeline = project.read("pipeline.yaml");
    let other = pipeline.replace("blog.example.org", "other.example.net");
    project.write("pipeline.yaml", &other);
    project
        .run("build")
        .exits(1)
        .says(&["[ledger_foreign]", "`syndicate init --fresh`"]);
    for number in 1..3 {
        let aside = format!("{LEDGER}.old{number}");
        let before = project.read(LEDGER);
        let run = project.run("init --fresh").exits(0);
        let run = run.says(&[
            &format!("kept the former ledger as: {aside}"),
            "wrote: syndicate.ledger.jsonl",
        ]);
        assert_eq!(project.read(&aside), before, "{run}");
        assert!(project.read(LEDGER).contains("other.example.net"), "{run}");
    }
    assert_eq!(project.read(&format!("{LEDGER}.old1")), copied);
    assert_eq!(project.read("pipeline.yaml"), other);
    let plan = project.run("preview --json").exits(0).json();
    assert_eq!(plan["plan"][0]["action"], "send", "{plan}");
    // Without `--fresh`, an existing pipeline is left unchanged.
    project.run("init").exits(1).says(&["`pipeline.yaml`"]);
    assert_eq!(platform.requests(CREATE), 1);
}

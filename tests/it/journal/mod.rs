//! The journal of this machine: its use when the ledger is lost or rolled back, and the cases in which it
//! stays unchanged.

mod clones;
mod missing;

use std::collections::BTreeMap;
use std::path::Path;

use crate::build::pipeline;
use crate::secrets::search;
use crate::support::project::TOKEN;
use crate::support::{GateAction, Platform, Project};

const LEDGER: &str = "syndicate.ledger.jsonl";
const CREATE: &str = "POST /rest/posts";

/// Path of the journals in a project's home folder.
const JOURNALS: &str = ".home/.local/state/syndicate/journals";

/// Returns a project whose first `build --backfill` starts the ledger.
fn project(platform: &Platform) -> Project {
    let pipeline = pipeline(&platform.url).replace("token:", "thumbnail: skip, token:");
    Project::with_pipeline(&pipeline).post("posts/one.md", "title: One\ndate: 2026-11-20")
}

/// Writes a second post whose text the platform does not treat as a duplicate.
fn write_second(project: &Project) {
    let text = "---\ntitle: Two\ndate: 2026-11-21\n---\n\nA text of its own.\n";
    project.write("posts/two.md", text);
}

/// Returns the files of a folder with their contents. Returns an empty map if the folder does not exist.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return BTreeMap::new();
    };
    let read = |entry: std::io::Result<std::fs::DirEntry>| {
        let path = entry.unwrap().path();
        (path.display().to_string(), std::fs::read(path).unwrap())
    };
    entries.map(read).collect()
}

/// Returns the file of the only journal.
fn journal(project: &Project) -> std::path::PathBuf {
    let files = files(&project.path(JOURNALS));
    let is_journal = |path: &&String| path.ends_with(".jsonl");
    files.keys().find(is_journal).unwrap().into()
}

#[test]
fn journal_unavailable_is_noted_once() {
    for place in ["file", "file/deeper", "taken", "/proc/x"] {
        let platform = Platform::start();
        let project = project(&platform)
            .file("file", "not a folder")
            .file("taken/syndicate/journals", "not a folder either");
        let state = project.path(place);
        let project = project.env("XDG_STATE_HOME", state.to_str().unwrap());
        write_second(&project);
        let run = project.run("build --backfill").exits(0);
        let notes = run.stderr.matches("[journal_unavailable]").count();
        assert_eq!(notes, 1, "{place}: {run}");
        assert!(run.stderr.contains("`XDG_STATE_HOME`"), "{place}: {run}");
        assert_eq!(platform.requests(CREATE), 2, "{place}: {run}");
        let plan = project.run("build --json").exits(0).json();
        assert_eq!(plan["summary"]["codes"]["already_sent"], 2, "{place}");
        let notes = plan["notes"].to_string();
        assert_eq!(notes.matches("[journal_unavailable]").count(), 1, "{place}");
        for verb in ["status", "preview", "check"] {
            let run = project.run(verb).exits(0);
            assert!(!run.stderr.contains("journal"), "{place}: {run}");
        }
        assert_eq!(platform.requests(CREATE), 2, "{place}");
    }
}

#[test]
fn reading_verbs_leave_journal_unchanged() {
    let platform = Platform::start();
    let project = project(&platform);
    let verbs = [
        "status",
        "status --all",
        "preview",
        "preview --all",
        "items",
        "check",
        "settle",
        "build --dry-run",
    ];
    for verb in verbs {
        project.run(verb);
        assert!(!project.path(JOURNALS).exists(), "{verb}");
    }
    project.run("build --backfill").exits(0);
    let whole = files(&project.path(JOURNALS));
    assert!(!whole.is_empty());
    let ledger = project.read(LEDGER);
    let rewound = format!("{}\n", ledger.lines().next().unwrap());
    for ledger in [ledger, rewound] {
        project.write(LEDGER, ledger);
        for verb in verbs {
            project.run(verb);
            assert_eq!(files(&project.path(JOURNALS)), whole, "{verb}");
        }
    }
}

#[test]
fn sandbox_leaves_journal_unchanged() {
    let platform = Platform::start();
    let project = project(&platform);
    project.run("build --sandbox").exits(0).says(&["1 sent"]);
    assert!(!project.path(JOURNALS).exists());
    project.run("build --backfill").exits(0);
    write_second(&project);
    let whole = files(&project.path(JOURNALS));
    project.run("build --sandbox").exits(0).says(&["2 sent"]);
    assert_eq!(files(&project.path(JOURNALS)), whole);
    // A sandbox build must not look like a sent post.
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["summary"]["sent"], 1, "{plan}");
}

#[test]
fn torn_journal_line_is_skipped() {
    let platform = Platform::start();
    let project = project(&platform);
    project.run("build --backfill").exits(0);
    let journal = journal(&project);
    let whole = std::fs::read(&journal).unwrap();
    let torn = |end: &[u8]| [&whole[..], end].concat();
    for (case, bytes) in [
        ("half a line", torn(b"{\"v\":1,\"id\":\"x\",\"at\":\"2026")),
        ("zeros", torn(&[0; 512])),
        ("bytes that are not UTF-8", torn(b"\xff\xfe\n")),
        ("a line of another program", torn(b"{\"hello\": 1}\n[]\n")),
        ("cut in its last line", whole[..whole.len() - 9].to_vec()),
        ("empty", Vec::new()),
    ] {
        std::fs::write(&journal, bytes).unwrap();
        let plan = project.run("build --json").exits(0).json();
        assert_eq!(plan["plan"][0]["code"], "already_sent", "{case}: {plan}");
        // Lines after the damaged one are read.
        let ledger = project.read(LEDGER);
        project.write(LEDGER, format!("{}\n", ledger.lines().next().unwrap()));
        let run = project.run("build");
        assert_eq!(run.code, Some(1), "{case}: {run}");
        run.says(&["[ledger_rewound]"]);
        project.write(LEDGER, ledger);
    }
    assert_eq!(platform.requests(CREATE), 1);
}

#[test]
fn line_after_torn_line_is_kept() {
    for end in ["{\"v\":1,\"id\":\"x\",\"at\":\"2026", "{", "\0\0\0\0"] {
        let platform = Platform::start();
        let project = project(&platform);
        project.run("build --backfill").exits(0);
        write_second(&project);
        let before = project.read(LEDGER);
        let journal = journal(&project);
        let mut torn = std::fs::read(&journal).unwrap();
        torn.extend(end.as_bytes());
        std::fs::write(&journal, torn).unwrap();
        project.run("adopt posts/two.md urn:li:share:7").exits(0);
        project.write(LEDGER, before);
        let run = project.run("build").exits(1);
        run.says(&["[ledger_rewound]", "blog.example.org/two"]);
        assert_eq!(platform.requests(CREATE), 1, "{end}");
    }
}

#[test]
fn check_reports_rewound_ledger_once() {
    let platform = Platform::start();
    let project = project(&platform);
    project.run("build --backfill").exits(0);
    let ledger = project.read(LEDGER);
    project.write(LEDGER, format!("{}\n", ledger.lines().next().unwrap()));
    let checked = project.run("check --json").exits(1).json();
    let findings = checked["findings"].as_array().unwrap().iter();
    let findings = findings.filter(|finding| finding["about"] == LEDGER);
    let codes: Vec<_> = findings
        .map(|finding| (&finding["level"], &finding["code"]))
        .collect();
    assert_eq!(codes, [(&"error".into(), &"ledger_rewound".into())]);
}

#[test]
fn restore_and_forget_hide_token() {
    let (platform, _gate) = Platform::gated("POST", "/rest/posts", GateAction::LoseResponse);
    let pipeline = pipeline(&platform.url).replace(", token: rehearsal", ", thumbnail: skip");
    let project = Project::with_pipeline(&pipeline)
        .env("LINKEDIN_ACCESS_TOKEN", TOKEN)
        .post("posts/one.md", "title: One\ndate: 2026-11-20");
    project.run("build --backfill").exits(4);
    write_second(&project);
    for verb in [
        "settle posts/one.md --probe",
        "settle posts/one.md --sent urn:li:share:7",
        "adopt posts/two.md urn:li:share:8 --json",
        "adopt posts/two.md foo",
        "retract posts/two.md",
        "status --compact",
        "status --restore",
        "status --forget",
        "init --fresh",
        "build --json",
        "settle --json",
        "status --json --all",
    ] {
        let run = project.run(verb);
        let text = format!("{}{}", run.stdout, run.stderr);
        assert!(!text.contains(TOKEN), "{run}");
        search(project.folder(), &[TOKEN], None);
    }
    assert!(!files(&project.path(JOURNALS)).is_empty());
}

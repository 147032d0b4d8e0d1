//! Sources that are other programs.

use super::{PYTHON, with_program};
use crate::support::Project;

const PIPELINE: &str = "\
sources:
  notes: {type: exec, command: [./notes.py, notes], timeout: 20s}
sinks:
  out: {type: file, endpoint: out, thumbnail: skip}
policy: {since: 2026-01-01, live_check: false}
";

fn with_source(script: &str) -> Project {
    let project = Project::with_pipeline(PIPELINE);
    with_program(project, "notes.py", &format!("{PYTHON}{script}"))
}

#[test]
fn source_reads_items_and_faults() {
    let project = with_source(
        r#"
hello("source")
for id, request in requests():
    say({"id": id, "item": {"path": "notes/a.md", "url": "https://example.org/a/", "title": "A",
        "published": "2026-11-20", "description": "First.", "tags": ["x"], "authors": ["Jane"],
        "body": "Text", "front": {"syndicate": {"id": "first"}}}})
    print("half way")
    say({"id": id, "fault": {"path": "notes/b.md", "line": 3, "message": "no title", "hint": "set one"}})
    say({"id": id, "item": {"id": "c", "url": "https://example.org/c", "title": "C", "draft": True,
        "published": "2026-11-21T09:00:00+01:00"}})
    say({"id": id, "ok": {"items": 2, "faults": 1}})
"#,
    );
    let run = project.run("items --json").exits(3);
    let lines = run.json_lines();
    assert_eq!(lines.len(), 3, "{run}");
    let keys = ["https://example.org/a", "notes:notes/a.md", "id:first"];
    assert_eq!(lines[0]["keys"], serde_json::json!(keys));
    assert_eq!(lines[0]["origin"]["title"], "plugin of `notes`");
    assert_eq!(lines[0]["published"], "2026-11-20T00:00:00+00:00");
    let keys = ["https://example.org/c", "notes:c"];
    assert_eq!(lines[1]["keys"], serde_json::json!(keys));
    assert_eq!(lines[1]["draft"], true);
    project
        .run("items")
        .exits(3)
        .says(&["notes/b.md:3", "no title", "set one"]);
    project
        .run("build --backfill")
        .exits(3)
        .says(&["1 sent", "[draft]"]);
    let run = project.run("build").exits(3);
    assert!(!run.stdout.contains("1 sent"), "{run}");
}

#[test]
fn scan_without_right_count_is_none() {
    for end in [
        r#"say({"id": id, "ok": {"items": 2, "faults": 0}})"#,
        r#"say({"id": id, "ok": {}})"#,
        r#"say({"id": id, "ok": {"same": True}})"#,
        r#"say({"id": id, "error": {"message": "the disk is gone"}})"#,
        "sys.exit(0)",
        r#"sys.stdout.write('{"id":2,"ok":{"items":1,"fau'); sys.exit(1)"#,
    ] {
        let project = with_source(&format!(
            r#"
hello("source")
for id, request in requests():
    say({{"id": id, "item": {{"url": "https://example.org/a", "title": "A", "published": "2026-11-20"}}}})
    {end}
"#
        ));
        let run = project.run("items --json").exits(3);
        let lines = run.json_lines();
        assert_eq!(lines.len(), 1, "{end}\n{run}");
        assert!(run.stdout.contains("source `notes` was not read"), "{run}");
        let run = project.run("build --backfill").exits(3);
        assert!(!run.stdout.contains("sent"), "{run}");
    }
}

#[test]
fn failed_source_leaves_others_alone() {
    let pipeline = PIPELINE.replace(
        "sinks:",
        "  blog: {type: site, path: ., content: posts, url: https://example.org}\nsinks:",
    );
    let project =
        Project::with_pipeline(&pipeline).post("posts/a.md", "title: A\ndate: 2026-11-20");
    let script = "#!/bin/sh\nread -r hello\necho 'cannot open the vault' >&2\nexit 7\n";
    let project = with_program(project, "notes.py", script);
    project.run("preview").exits(3).says(&[
        "pipeline.yaml:2",
        "source `notes` was not read: plugin `./notes.py notes`: it ended (exit status: 7)",
        "its last output: cannot open the vault",
    ]);
    let script = format!(
        "{PYTHON}\nhello('source')\nfor id, request in requests():\n    raise ValueError('no vault')\n"
    );
    let project = with_program(project, "notes.py", &script);
    project.run("build --backfill").exits(3).says(&[
        "source `notes` was not read: plugin `./notes.py notes`: it ended (exit status: 1)",
        "ValueError: no vault",
        "1 sent",
    ]);
}

#[test]
fn invalid_item_is_fault_of_its_file() {
    let project = with_source(
        r#"
hello("source")
items = [
    {"path": "a.md", "title": 3},
    {"path": "../b.md", "title": "B"},
    {"title": "C"},
    ["c"],
    {"url": "example.org/d", "title": "D"},
    {"url": "https://example.org/e", "title": "E", "published": "next week"},
    {"url": "https://example.org/f", "title": "F", "image": {"file": "/etc/passwd"}},
    {"url": "https://example.org/g", "title": "G", "syndicate": {"skip": 7}},
    {"url": "https://example.org/h", "title": "H", "syndicate": {"document": "a.pdf"}},
    {"url": "https://example.org/i", "title": "I"},
    {"url": "https://example.org/i/", "title": "I again"},
    {"url": "https://example.org/j", "title": "J"},
]
for id, request in requests():
    for item in items:
        say({"id": id, "item": item})
    say({"id": id, "ok": {"items": len(items), "faults": 0}})
"#,
    );
    let run = project.run("items --json").exits(3);
    let lines = run.json_lines();
    let titles: Vec<_> = lines
        .iter()
        .filter_map(|line| line["title"].as_str())
        .collect();
    assert_eq!(titles, ["J"], "{run}");
    assert_eq!(lines.len(), 12);
    run.says(&[
        "`title` must be text, not `3`",
        "invalid path `../b.md`",
        "an item has no `url`, no `path` and no `id`",
        "it is not an object",
        "invalid address `example.org/d`",
        "invalid date `next week` in `published`",
        "the picture `/etc/passwd` is neither below the folder of pipeline.yaml",
        "`syndicate.skip` is not",
        "`syndicate.document` is not supported",
        "it has the same key `https://example.org/i`",
    ]);
}

#[test]
fn front_matter_keeps_post_from_sending() {
    let project = with_source(
        r#"
hello("source")
for id, request in requests():
    say({"id": id, "item": {"url": "https://example.org/a", "title": "A", "published": "2026-11-20",
        "front": {"syndicate": False}}})
    say({"id": id, "ok": {"items": 1, "faults": 0}})
"#,
    );
    project
        .run("build --backfill")
        .exits(0)
        .says(&["[opted_out]"]);
}

#[test]
fn picture_behind_link_needs_grant() {
    let script = r#"
hello("source")
for id, request in requests():
    say({"id": id, "item": {"url": "https://example.org/a", "title": "A", "image": {"file": "notes/a.png"}}})
    say({"id": id, "ok": {"items": 1, "faults": 0}})
"#;
    let elsewhere = Project::new().picture("a.png", 1200, 627);
    let project = with_source(script);
    std::fs::create_dir_all(project.path("notes")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path("a.png"), project.path("notes/a.png")).unwrap();
    project
        .run("items")
        .exits(3)
        .says(&["the picture `notes/a.png` is a link to a file outside the folder"]);
    std::fs::remove_dir_all(project.path("notes")).unwrap();
    std::os::unix::fs::symlink(elsewhere.folder(), project.path("notes")).unwrap();
    let granted = project
        .read("pipeline.yaml")
        .replace("timeout:", "grant: {read: [notes]}, timeout:");
    project.write("pipeline.yaml", granted);
    let items = project.run("items --json").exits(0).json_lines();
    assert_eq!(items[0]["image"]["file"], "notes/a.png");
}

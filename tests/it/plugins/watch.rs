//! Plugins in `watch`.

use super::{PYTHON, with_python};
use crate::support::{Project, Watcher};

const PIPELINE: &str = "\
sources:
  notes: {type: exec, command: [python3, notes.py], timeout: 30s, grant: {read: [notes], write: [.]}}
sinks:
  out: {type: file, endpoint: out, thumbnail: skip}
policy: {since: 2026-01-01, live_check: false, grace: 0s}
";

/// A source that reads a folder of texts and says which folder that is.
const NOTES: &str = r#"
import pathlib
sys.stdin.readline()
say({"hello": {"protocol": 1, "kind": "source", "name": "notes", "version": "1"}})
for line in sys.stdin:
    request = json.loads(line)
    if request["do"] == "open":
        say({"id": request["id"], "ok": {"watch": ["notes/*.txt"]}})
        continue
    files = sorted(pathlib.Path("notes").glob("*.txt"))
    state = ",".join(file.name + file.read_text() for file in files)
    if request.get("state") == state:
        say({"id": request["id"], "ok": {"same": True}})
        continue
    for file in files:
        say({"id": request["id"], "item": {"path": str(file), "url": "https://example.org/" + file.stem,
            "title": "Note", "published": "2026-11-20", "draft": file.read_text() == "draft"}})
    say({"id": request["id"], "ok": {"items": len(files), "faults": 0, "state": state}})
"#;

fn project(script: &str) -> Project {
    Project::with_pipeline(PIPELINE)
        .file("notes/a.txt", "draft")
        .file("notes.py", format!("{PYTHON}{script}"))
        .with_ledger()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
}

#[test]
fn changed_files_of_source_are_read() {
    let project = project(NOTES);
    let watcher = Watcher::start(&project);
    watcher.until_code("notes/a.txt", "draft");
    project.write("notes/b.txt", "draft");
    watcher.until_code("notes/b.txt", "draft");
    project.write("notes/a.txt", "done");
    watcher.until_code("notes/a.txt", "already_sent");
    assert_eq!(watcher.stop(), Some(0));
}

#[test]
fn state_is_returned_with_next_scan() {
    let script = format!("import os\n{NOTES}").replace(
        "    if request.get(\"state\") == state:\n",
        "    with open(\"scans.log\", \"a\") as log:\n        \
         print(os.getpid(), request.get(\"state\"), file=log)\n    if request.get(\"state\") == state:\n",
    );
    let project = project(&script);
    let watcher = Watcher::start(&project);
    watcher.until_code("notes/a.txt", "draft");
    project.write("notes/b.txt", "draft");
    watcher.until_code("notes/b.txt", "draft");
    assert_eq!(watcher.stop(), Some(0));
    let log = project.read("scans.log");
    let scans: Vec<(&str, &str)> = log
        .lines()
        .map(|line| line.split_once(' ').unwrap())
        .collect();
    assert_eq!(scans[0].1, "None", "{log}");
    assert!(scans.len() > 1, "{log}");
    assert!(scans.iter().all(|scan| scan.0 == scans[0].0), "{log}");
    assert!(scans[1].1.starts_with("a.txtdraft"), "{log}");
}

#[test]
fn changed_plugin_is_started_again() {
    let project = project(NOTES);
    let watcher = Watcher::start(&project);
    watcher.until_code("notes/a.txt", "draft");
    let script = NOTES.replace(
        r#""draft": file.read_text() == "draft""#,
        r#""draft": False"#,
    );
    project.write("notes.py", format!("{PYTHON}{script}"));
    watcher.until_code("notes/a.txt", "already_sent");
    assert_eq!(watcher.stop(), Some(0));
}

#[test]
fn failed_transform_is_started_again() {
    let pipeline =
        super::writing_pipeline().replace("live_check: false", "live_check: false, grace: 0s");
    let script = r#"
import os
hello("transform", needs=["title"])
for id, request in requests():
    # It is asked again at once, so it fails twice.
    for name in ("fail", "fail-again"):
        if os.path.exists(name):
            os.remove(name)
            sys.exit("failed")
    say({"id": id, "ok": {}})
"#;
    let project = Project::with_pipeline(&pipeline)
        .file("fail", "")
        .file("fail-again", "")
        .post("posts/a.md", "title: A\ndate: 2026-11-20")
        .with_ledger();
    let project = with_python(project, script);
    let watcher = Watcher::start(&project);
    watcher.until_code("posts/a.md", "transform_failed");
    project.write(
        "posts/a.md",
        "---\ntitle: B\ndate: 2026-11-20\n---\nText.\n",
    );
    watcher.until_code("posts/a.md", "already_sent");
    assert_eq!(watcher.stop(), Some(0));
}

#[test]
fn broken_plugin_keeps_pipeline_running() {
    let project = project(NOTES);
    let watcher = Watcher::start(&project);
    watcher.until_code("notes/a.txt", "draft");
    project.write("notes.py", "import no_such_module\n");
    watcher.until("the error", |event| {
        event.to_string().contains("no_such_module")
    });
    project.write("notes.py", format!("{PYTHON}{NOTES}"));
    project.write("notes/a.txt", "done");
    watcher.until_code("notes/a.txt", "already_sent");
    assert_eq!(watcher.stop(), Some(0));
}

//! Plugins that follow the transcripts of earlier versions of the protocol still work.

use super::{PIPELINE, with_program};
use crate::support::Project;

const SOURCE: &str = include_str!("../../../crates/plugin-protocol/transcripts/v1/source.jsonl");
const TRANSFORM: &str =
    include_str!("../../../crates/plugin-protocol/transcripts/v1/transform.jsonl");

/// A plugin that says the plugin's part of a transcript, and expects the host's tasks in it.
const REPLAY: &str = r#"#!/usr/bin/env python3
import json, sys

def task(line):
    message = json.loads(line)
    return (message.get("id"), message.get("do"), "hello" in message)

for line in open("transcript.jsonl", encoding="utf-8"):
    side, text = line[:2], line[2:]
    if side == "< ":
        sys.stdout.write(text)
        sys.stdout.flush()
        continue
    request = sys.stdin.readline()
    if not request:
        sys.exit(0)
    if task(request) != task(text):
        sys.exit("expected " + text + " and got " + request)
sys.stdin.read()
"#;

#[test]
fn source_of_version_1_is_read() {
    let pipeline = "\
sources:
  blog: {type: exec, command: ./replay.py, folder: notes, grant: {read: [notes, transcript.jsonl]}}
sinks:
  out: {type: file, endpoint: out, thumbnail: skip}
";
    let project = Project::with_pipeline(pipeline)
        .file("transcript.jsonl", SOURCE)
        .file("notes/a.md", "");
    let project = with_program(project, "replay.py", REPLAY);
    let run = project.run("items --json").exits(3);
    let lines = run.json_lines();
    assert_eq!(lines.len(), 2, "{run}");
    assert_eq!(lines[0]["title"], "A");
    assert_eq!(lines[0]["published"], "2026-11-28T00:00:00+01:00");
    run.says(&["notes/b.md", "no title"]);
}

#[test]
fn transform_of_version_1_is_used() {
    let pipeline = PIPELINE.replace("20s", "20s, grant: {read: [transcript.jsonl]}");
    let mut project = Project::with_pipeline(&pipeline).file("transcript.jsonl", TRANSFORM);
    for name in ["a", "b", "c", "d"] {
        project = project.post(
            &format!("posts/{name}.md"),
            &format!("title: Post {name}\ndate: 2026-11-20"),
        );
    }
    let project = with_program(project, "plugins/syndicate-plugin-test", REPLAY);
    let run = project.run("preview --all").exits(3);
    run.says(&[
        "`series`: it has the tag `note`",
        "`series`: it has no title; set a title",
        "short",
    ]);
}

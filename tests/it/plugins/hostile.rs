//! Plugins that do not follow the protocol. The run goes on, and the message names the plugin and its last words.

use std::time::{Duration, Instant};

use super::{PIPELINE, project, with_plugin, with_python, writing_pipeline};
use crate::support::{Project, Run};

/// The pipeline with a second sink whose posts pass no transform.
fn two_routes() -> String {
    PIPELINE
        .replace(
            "out: {type: file, endpoint: out, thumbnail: skip}",
            "out: {type: file, endpoint: out, thumbnail: skip, inputs: [series]}\n  plain: {type: file, endpoint: plain, thumbnail: skip, inputs: [blog]}",
        )
        .replace("timeout: 20s", "inputs: [blog], timeout: 20s")
}

/// Publishes with a transform that fails: its route has a fault, the other one sends.
#[track_caller]
fn run_contained(script: &str) -> Run {
    run_with(&two_routes(), script)
}

#[track_caller]
fn run_with(pipeline: &str, script: &str) -> Run {
    let project = with_python(project(pipeline), script);
    let run = project.run("build --backfill").exits(3);
    run.says(&["[transform_failed]", "1 sent", "plugin `test`"])
}

#[test]
fn hanging_transform_is_ended() {
    let start = Instant::now();
    let run = run_with(
        &two_routes().replace("20s", "5s"),
        r#"
import time
hello("transform")
for id, request in requests():
    sys.stderr.write("waiting for a lock\n"); sys.stderr.flush()
    time.sleep(600)
"#,
    );
    run.says(&[
        "it did not answer within 5 seconds",
        "its last output: waiting for a lock",
    ]);
    assert!(start.elapsed() < Duration::from_secs(60));
}

#[test]
fn hanging_handshake_is_ended() {
    let pipeline = PIPELINE.replace("20s", "1s");
    let project = with_plugin(project(&pipeline), "#!/bin/sh\nsleep 600\n");
    project.run("check").exits(1).says(&[
        "pipeline.yaml:4",
        "plugin `test`: it did not answer within 1 second",
        "set a longer `timeout`",
    ]);
    project
        .run("check --json")
        .exits(1)
        .says(&["plugin_failed"]);
}

#[test]
fn flood_is_ended() {
    let flood = |text: &str| {
        format!(
            r#"
hello("transform")
for id, request in requests():
    while True:
        sys.stdout.write({text})
"#
        )
    };
    run_contained(&flood(r#""noise " * 1000 + "\n""#))
        .says(&["it wrote more than 16 MiB that are not part of an answer"]);
    run_contained(&flood(r#""x" * 100000"#)).says(&["it wrote a line of more than 16 MiB"]);
    run_contained(&flood(r#"json.dumps({"id": 999, "ok": {}}) + "\n""#))
        .says(&["more than 100 answers to requests that are not open"]);
}

#[test]
fn flood_on_standard_error_is_harmless() {
    let script = r#"
hello("transform")
for id, request in requests():
    for _ in range(2000):
        sys.stderr.write("noise " * 1000 + "\n")
    say({"id": id, "ok": {}})
"#;
    let project = with_python(project(PIPELINE), script);
    let run = project.run("build --backfill").exits(0).says(&["1 sent"]);
    assert!(!run.stderr.contains("noise"), "{run}");
}

#[test]
fn death_in_answer_is_contained() {
    let run = run_contained(
        r#"
import os
hello("transform")
for id, request in requests():
    sys.stderr.write("out of memory\n")
    sys.stdout.write('{"id":%d,"ok":{"pat' % id); sys.stdout.flush()
    os.kill(os.getpid(), 9)
"#,
    );
    run.says(&["it ended (signal: 9 (SIGKILL))", "out of memory"]);
}

#[test]
fn items_answered_before_death_count() {
    let script = r#"
hello("transform", needs=["path"])
for id, request in requests():
    if request["item"]["path"].endswith("b.md"):
        sys.exit("cannot read b")
    say({"id": id, "ok": {}})
"#;
    let project =
        with_python(project(PIPELINE), script).post("posts/b.md", "title: B\ndate: 2026-11-21");
    let run = project.run("build --backfill").exits(3);
    run.says(&["1 sent", "[transform_failed]", "cannot read b"]);
}

#[test]
fn wrong_answers_are_refused() {
    let answer = |answer: &str| {
        format!("hello(\"transform\")\nfor id, request in requests():\n    say({answer})\n")
    };
    for (script, error) in [
        (
            r#"{"id": str(id), "ok": {}}"#,
            "the `id` of an answer is the number of its request",
        ),
        (r#"{"id": id}"#, "has none of `item`"),
        (r#"{"id": id, "item": {}}"#, "a transform answers with `ok`"),
        (
            r#"{"id": id, "ok": {}, "error": {"message": ""}}"#,
            "has several of `item`",
        ),
    ] {
        run_contained(&answer(script)).says(&["it broke the protocol", error]);
    }
}

#[test]
fn answer_of_wrong_form_fails_its_item() {
    let answer = |answer: &str| {
        format!("hello(\"transform\")\nfor id, request in requests():\n    say({answer})\n")
    };
    for (script, error) in [
        (
            r#"{"id": id, "ok": {"skip": 3}}"#,
            "`skip` must be text, not `3`",
        ),
        (
            r#"{"id": id, "ok": {"title": "B"}}"#,
            "the plugin's answer has `title` beside `patch`",
        ),
        (
            r#"{"id": id, "ok": {"patch": {"tags": "rust"}}}"#,
            "`tags`: the value must be a list, not `rust`",
        ),
    ] {
        let project = with_python(project(&two_routes()), &answer(script));
        let run = project.run("build --backfill").exits(3);
        run.says(&["[transform_failed]", error, "1 sent"]);
    }
}

#[test]
fn line_that_is_not_json_is_error_at_once() {
    let run = run_contained(
        r#"
hello("transform")
for id, request in requests():
    print({"id": id, "ok": {}}, flush=True)
"#,
    );
    run.says(&["a line is not valid JSON", "{'id': 2, 'ok': {}}"]);
}

#[test]
fn print_on_standard_output_is_log() {
    let script = r#"
hello("transform")
print("debug: started")
print({"not": "json"})
print(json.dumps({"level": "info", "message": "structured"}))
for id, request in requests():
    print("[1, 2]"); print("{"); print('{"identifier":'); print(""); print("\x1b[31mred")
    say({"id": id, "ok": {}})
"#;
    let project = with_python(project(PIPELINE), script);
    let run = project
        .run("build --backfill -v")
        .exits(0)
        .says(&["1 sent"]);
    assert!(run.stderr.contains("debug: started"), "{run}");
    assert!(run.stderr.contains("structured"), "{run}");
    assert!(!run.stderr.contains('\u{1b}'), "{run}");
    let run = project.run("build").exits(0);
    assert!(!run.stderr.contains("debug"), "{run}");
}

#[test]
fn wrong_handshake_fails_its_route_alone() {
    let with_hello = |hello: &str| format!("#!/bin/sh\nread -r hello\necho '{hello}'\ncat >&2\n");
    for (script, error) in [
        (
            with_hello(r#"{"hello":{"protocol":2,"kind":{"new":1}}}"#),
            "it speaks version 2 of the protocol, which is not supported",
        ),
        (
            with_hello(r#"{"hello":{"protocol":1,"kind":"sink","name":"x","version":"1"}}"#),
            "plugin `x` is a sink, not a transform",
        ),
        (
            with_hello(r#"{"hello":{"protocol":1,"kind":"transform"}}"#),
            "missing key `name`",
        ),
        (
            with_hello(r#"{"id":1,"ok":{}}"#),
            "its first message is not `hello`",
        ),
        (
            with_hello(
                r#"{"hello":{"protocol":1,"kind":"transform","name":"x","version":"1","needs":["titel"]}}"#,
            ),
            "it needs the field `titel`, which items do not have; did you mean `title`?",
        ),
        (
            "#!/bin/sh\necho 'module not found' >&2\nexit 3\n".to_owned(),
            "its last output: module not found",
        ),
        (
            "#!/no/such/interpreter\n".to_owned(),
            "it ended (exit status: 127)",
        ),
    ] {
        let project = with_plugin(project(&two_routes()), &script);
        project
            .run("check")
            .exits(1)
            .says(&["pipeline.yaml:4", error]);
        let listed = project.run("plugin list").exits(3);
        listed.says(&["pipeline.yaml:4", error, "1 plugin of the pipeline"]);
        let run = project.run("build --backfill").exits(3);
        run.says(&["[transform_failed]", error, "1 sent"]);
    }
}

#[test]
fn failure_after_handshake_fails_its_route_alone() {
    let script = r#"
hello("transform")
sys.stdin.readline()
sys.exit("no disk")
"#;
    let project = with_python(project(&two_routes()), script);
    let error = "its last output: no disk";
    project
        .run("check")
        .exits(1)
        .says(&["transform `series`", error]);
    let run = project.run("build --backfill").exits(3);
    run.says(&["[transform_failed]", error, "1 sent"]);
}

#[test]
fn item_that_ends_plugin_fails_alone() {
    let script = r#"
hello("transform", needs=["path"])
for id, request in requests():
    if request["item"]["path"] == "posts/3.md":
        sys.exit("cannot read 3")
    say({"id": id, "ok": {}})
"#;
    let mut project = with_python(Project::with_pipeline(PIPELINE), script);
    for number in 0..9 {
        let post = format!("title: T{number}\ndate: 2026-11-20");
        project = project.post(&format!("posts/{number}.md"), &post);
    }
    let run = project.run("build --backfill").exits(3);
    run.says(&["8 sent", "posts/3.md", "cannot read 3"]);
}

#[test]
fn failed_plugin_is_not_started_for_each_batch() {
    let script = r#"
import os
with open("starts", "a") as file:
    file.write("x")
hello("transform")
for id, request in requests():
    sys.exit(1)
"#;
    let mut project = with_python(Project::with_pipeline(&writing_pipeline()), script);
    for number in 0..1000 {
        let post = format!("title: T{number}\ndate: 2026-11-20");
        project = project.post(&format!("posts/{number}.md"), &post);
    }
    project.run("preview").exits(3);
    assert_eq!(project.read("starts"), "xxx");
}

//! Transforms that are other programs.

use super::{PIPELINE, project, with_plugin, with_program, with_python};
use crate::support::Project;

/// A transform in ten lines of shell: it marks posts about Rust.
const SHELL: &str = r#"#!/bin/sh
read -r hello
echo '{"hello":{"protocol":1,"kind":"transform","name":"rust","version":"1.0.0","needs":["tags"]}}'
while read -r line; do
  id=${line#*\"id\":} id=${id%%,*}
  case $line in
    *'"do":"open"'*) echo "{\"id\":$id,\"ok\":{}}" ;;
    *'"rust"'*) echo "{\"id\":$id,\"ok\":{\"patch\":{\"title\":\"About Rust\"}}}" ;;
    *) echo "{\"id\":$id,\"ok\":{\"skip\":\"it is not about Rust\"}}" ;;
  esac
done
"#;

/// Returns the entries of a plan as `item code reason`.
fn plan(project: &Project) -> Vec<String> {
    let run = project.run("preview --all --json").exits(0);
    let entries = run.json()["plan"].as_array().unwrap().clone();
    let text = |entry: &serde_json::Value, key: &str| entry[key].as_str().unwrap().to_owned();
    entries
        .iter()
        .map(|entry| {
            let parts = ["item", "code", "reason"].map(|key| text(entry, key));
            parts.join(" ")
        })
        .collect()
}

#[test]
fn transform_in_shell_changes_and_skips() {
    let project = with_plugin(project(PIPELINE), SHELL)
        .post("posts/b.md", "title: B\ndate: 2026-11-21\ntags: [go]");
    let run = project.run("preview --all").exits(0);
    run.says(&["About Rust", "`series`: it is not about Rust", "[filtered]"]);
    project.run("build --backfill").exits(0).says(&["1 sent"]);
    project.run("build").exits(0);
}

#[test]
fn transform_gets_only_needed_fields() {
    let script = r#"
hello("transform", needs=["title", "tags", "path"])
for id, request in requests():
    names = ",".join(sorted(request["item"]))
    say({"id": id, "ok": {"skip": names + " of " + request["item"]["id"]}})
"#;
    let project = with_python(project(PIPELINE), script);
    let expected =
        "https://example.org/a filtered `series`: id,path,tags,title of https://example.org/a";
    assert_eq!(plan(&project), [expected]);
}

#[test]
fn answers_out_of_order_are_sorted() {
    let script = r#"
import random
hello("transform", needs=["path"])
waiting = []
for id, request in requests():
    waiting.append((id, request))
    if len(waiting) == 4:
        random.Random(1).shuffle(waiting)
        for id, request in waiting:
            say({"id": id, "ok": {"skip": "it is " + request["item"]["path"]}})
        waiting = []
"#;
    let mut project = with_python(Project::with_pipeline(PIPELINE), script);
    for number in 0..300 {
        let post = format!("title: T{number}\ndate: 2026-11-20");
        project = project.post(&format!("posts/{number}.md"), &post);
    }
    let plan = plan(&project);
    assert_eq!(plan.len(), 300);
    for entry in plan {
        let (item, rest) = entry.split_once(' ').unwrap();
        let number = item.rsplit('/').next().unwrap();
        assert_eq!(rest, format!("filtered `series`: it is posts/{number}.md"));
    }
}

#[test]
fn several_transforms_run_side_by_side() {
    let pipeline = PIPELINE.replace(
        "  series: {type: test, timeout: 20s}\n",
        "  one: {type: exec, command: [./mark.sh, '1']}\n  two: {type: exec, command: ./mark.sh 2}\n",
    );
    let script = r#"#!/bin/sh
read -r hello
echo '{"hello":{"protocol":1,"kind":"transform","name":"mark","version":"1","needs":["title"]}}'
while read -r line; do
  id=${line#*\"id\":} id=${id%%,*}
  title=${line#*\"title\":\"} title=${title%%\"*}
  echo "{\"id\":$id,\"ok\":{\"patch\":{\"title\":\"$title $1\"}}}"
done
"#;
    // The answer to `open` has a patch, which is ignored as an unknown field.
    let project = with_program(project(&pipeline), "mark.sh", script);
    project.run("preview").exits(0).says(&["A 1 2"]);
}

#[test]
fn read_only_field_fails_its_item() {
    let script = r#"
hello("transform", needs=["path"])
for id, request in requests():
    if request["item"]["path"].endswith("a.md"):
        say({"id": id, "ok": {"patch": {"url": "https://evil.example/"}}})
    else:
        say({"id": id, "ok": {}})
"#;
    let project =
        with_python(project(PIPELINE), script).post("posts/b.md", "title: B\ndate: 2026-11-21");
    project.run("build --backfill").exits(3).says(&[
        "[transform_failed]",
        "plugin `test`: invalid patch: `url`: a transform cannot change it",
        "1 sent",
    ]);
}

#[test]
fn refused_item_fails_alone() {
    let script = r#"
hello("transform")
for id, request in requests():
    if request["item"]["id"].endswith("/a"):
        say({"id": id, "error": {"message": "no series", "hint": "set `series`"}})
    else:
        say({"id": id, "ok": {}})
"#;
    let project =
        with_python(project(PIPELINE), script).post("posts/b.md", "title: B\ndate: 2026-11-21");
    let run = project.run("build --backfill").exits(3);
    run.says(&["`series`: no series; set `series`", "1 sent"]);
}

#[test]
fn shared_error_is_printed_once() {
    let mut project = project(PIPELINE);
    for name in ["b", "c"] {
        project = project.post(
            &format!("posts/{name}.md"),
            &format!("title: {name}\ndate: 2026-11-20"),
        );
    }
    let project = with_plugin(project, "#!/bin/sh\nexit 7\n");
    let run = project.run("build --backfill").exits(3);
    assert_eq!(run.stdout.matches("exit status: 7").count(), 1, "{run}");
    assert_eq!(run.stdout.matches("the same error").count(), 2, "{run}");
    run.says(&["next: 3 posts → out: fix the error, then `syndicate preview`"]);
}

//! `syndicate plugin test`: plugins that follow the protocol pass, and each fault fails the check that is for it.

use super::{PYTHON, with_program};
use crate::support::{Project, Run};

const TRANSFORM: &str = r#"
hello("transform", needs=["title", "tags"])
for id, request in requests():
    if request["do"] == "transform":
        say({"id": id, "ok": {"patch": {"vars": {"length": len(request["item"].get("title", ""))}}}})
    else:
        say({"id": id, "error": {"message": "unknown request"}})
"#;

const SOURCE: &str = r#"
hello("source")
for id, request in requests():
    if request["do"] == "scan":
        say({"id": id, "item": {"url": "https://example.org/a/"}})
        say({"id": id, "ok": {"items": 1, "faults": 0}})
    else:
        say({"id": id, "error": {"message": "unknown request"}})
"#;

fn test(script: &str) -> Run {
    let project = with_program(Project::new(), "plugin.py", &format!("{PYTHON}{script}"));
    let project = project.env("SECRET_TOKEN", "the-value-of-a-secret");
    project.run("plugin test ./plugin.py --timeout 20")
}

/// Checks that a plugin with `bad` in place of `good` fails with `error`.
#[track_caller]
fn fails(script: &str, good: &str, bad: &str, error: &str) {
    assert!(script.contains(good), "{good}");
    let run = test(&script.replace(good, bad)).exits(3);
    let failed: Vec<&str> = run
        .stdout
        .lines()
        .filter(|line| line.starts_with("failed"))
        .collect();
    assert_eq!(failed.len(), 1, "{run}");
    assert!(failed[0].contains(error), "{run}");
    assert!(!run.stdout.contains("the-value-of-a-secret"), "{run}");
}

#[test]
fn good_plugins_pass() {
    test(TRANSFORM).exits(0).says(&[
        "ok      handshake: transform test 1.0.0",
        "ok      answers: 63 items",
        "ok      same answers in another process and order",
        "ok      end of input",
    ]);
    test(SOURCE)
        .exits(0)
        .says(&["ok      answers: 1 item and 0 faults"]);
}

#[test]
fn new_plugins_pass() {
    for (kind, options) in [
        ("source", r#"{"folder":"notes"}"#),
        ("transform", r#"{"tag":"rust"}"#),
    ] {
        for language in ["python", "shell"] {
            let project = Project::new().file("notes/first.txt", "A title\nA text.\n");
            project
                .run(&format!("plugin new --lang {language} --kind {kind} mine"))
                .exits(0);
            let run = project.run(&format!(
                "plugin test plugins/syndicate-plugin-mine --json --options {options}"
            ));
            let report = run.exits(0).json();
            assert_eq!(report["ok"], true, "{report}");
            assert_eq!(report["plugin"]["kind"], kind);
        }
    }
}

#[test]
fn missing_option_is_named() {
    let project = Project::new();
    project
        .run("plugin new --lang shell --kind transform mine")
        .exits(0);
    project
        .run("plugin test plugins/syndicate-plugin-mine")
        .exits(3)
        .says(&[
            "failed  options: ",
            "`tag`",
            "`--options`",
            "1 check failed",
        ]);
}

#[test]
fn each_fault_fails_its_check() {
    let hello = "hello(\"transform\", needs=[\"title\", \"tags\"])";
    for (good, bad, error) in [
        (
            hello,
            "sys.stdin.readline(); say({\"hello\": {\"protocol\": 9}})",
            "handshake: it speaks version 9",
        ),
        (
            hello,
            "sys.exit(\"no module\")",
            "handshake: it ended (exit status: 1); its last output: no module",
        ),
        (
            hello,
            "hello(\"transform\", needs=[\"titel\"])",
            "did you mean `title`?",
        ),
        (
            "say({\"id\": id, \"error\": {\"message\": \"unknown request\"}})",
            "sys.exit(1)",
            "unknown requests and fields: after an unknown request",
        ),
        (
            "{\"length\": len(",
            "{\"x\": id, \"length\": len(",
            "same answers in another process and order: the answer",
        ),
        (
            "{\"vars\":",
            "{\"url\": \"https://example.org/\", \"vars\":",
            "changes `url`, which it may not",
        ),
        (
            "for id, request in requests():\n",
            "import time\nfor id, request in iter(lambda g=requests(): next(g, None) or time.sleep(600), 0):\n",
            "end of input: the process does not end",
        ),
        (
            "request[\"item\"].get(\"title\", \"\")",
            "request[\"item\"][\"title\"]",
            "answers: ",
        ),
    ] {
        fails(TRANSFORM, good, bad, error);
    }
    fails(
        SOURCE,
        "\"items\": 1",
        "\"items\": 2",
        "answers: the scan has 1 item and 0 faults",
    );
    fails(
        SOURCE,
        "\"url\": \"https://example.org/a/\"",
        "\"title\": \"A\"",
        "has no `url`, `path` or `id`",
    );
}

#[test]
fn secret_in_answer_fails() {
    let leak = "hello(\"source\", wants={\"env\": [\"SECRET_TOKEN\"]})\nimport os";
    let script = SOURCE.replace("hello(\"source\")", leak);
    fails(
        &script,
        "{\"url\":",
        "{\"title\": os.environ[\"SECRET_TOKEN\"], \"url\":",
        "secrets: an answer contains the value of `SECRET_TOKEN`",
    );
}

#[test]
fn undeclared_permission_fails() {
    fails(
        SOURCE,
        "        say({\"id\": id, \"item\"",
        "        open(\"plugin.py\").close()\n        open(\"pipeline.yaml\", \"w\")\n        say({\"id\": id, \"item\"",
        "Permission denied",
    );
}

//! `syndicate plugin new`: each plugin that it writes passes its test and works in a pipeline.

use std::process::Command;

use jiff::Timestamp;
use platform_fakes::{Answer, Fake, Platform, Request};
use serde_json::json;

use crate::support::Project;
use crate::support::project::NOW;

/// Writes a plugin, runs its test, and uses it as the lines that were printed say.
fn new_plugin(language: &str, kind: &str) {
    let project = Project::new()
        .file("notes/first.txt", "A \"title\"\nIts text.\n")
        .post("posts/a.md", "title: A\ndate: 2026-11-20\ntags: [web]");
    let run = project.run(&format!(
        "plugin new --lang {language} --kind {kind} my-plugin"
    ));
    let run = run
        .exits(0)
        .says(&["plugins/syndicate-plugin-my-plugin", "runs its test"]);
    let (_, command) = run.stderr.split_once('`').unwrap();
    let (command, lines) = command.split_once('`').unwrap();
    let test = Command::new("sh")
        .args(["-c", command])
        .current_dir(project.folder())
        .output()
        .unwrap();
    assert!(test.status.success(), "{test:?}");
    let (_, lines) = lines.split_once("pipeline.yaml:\n  ").unwrap();
    let lines = lines.replace("\n  ", "\n");
    let pipeline = match kind {
        "source" => lines,
        _ => format!(
            "sources:\n  blog: {{type: site, path: ., content: posts, url: https://example.org}}\n{lines}"
        ),
    };
    project.write(
        "pipeline.yaml",
        format!("{pipeline}\nsinks:\n  out: {{type: file, endpoint: out, thumbnail: skip}}\n"),
    );
    match kind {
        "source" => {
            let items = project.run("items --json").exits(0).json_lines();
            assert_eq!(items.len(), 1);
            assert_eq!(items[0]["title"], "A \"title\"");
            assert_eq!(items[0]["url"], "https://example.org/first/");
        }
        _ => {
            let run = project.run("preview --all").exits(0);
            run.says(&["`my-plugin`: it has no tag rust"]);
        }
    }
}

/// A server that takes posts as the new sinks send them.
struct Server;

impl Platform for Server {
    fn answer(&mut self, request: &Request, _: &str, _: Timestamp) -> Answer {
        if request.header("authorization") != Some("Bearer my-Token-4711") {
            return Answer::json(401, &json!({"error": "no token"}));
        }
        assert_eq!(
            (request.method.as_str(), &*request.path),
            ("POST", "/api/posts")
        );
        let expected = json!({"text": "A \"title\"\n\nhttps://example.org/a/"});
        assert_eq!(request.json(), expected);
        Answer::json(201, &json!({"id": "7", "url": "https://example.org/p/7"}))
    }
}

/// Writes a sink, runs its test and the conformance kit, and sends a post with it.
fn new_sink(language: &str) {
    let server = Fake::start(Server, || NOW.parse().unwrap());
    let project = Project::new()
        .env("MY_PLUGIN_TOKEN", "my-Token-4711")
        .post("posts/a.md", "title: 'A \"title\"'\ndate: 2026-11-20");
    let arguments = format!("plugin new --lang {language} --kind sink my-plugin");
    let run = project.run(&arguments).exits(0);
    let (_, command) = run.stderr.split_once('`').unwrap();
    let (command, lines) = command.split_once('`').unwrap();
    let test = Command::new("sh")
        .args(["-c", command])
        .current_dir(project.folder())
        .output()
        .unwrap();
    assert!(test.status.success(), "{test:?}");
    let program = "plugins/syndicate-plugin-my-plugin";
    let options = r#"{"site":"https://example.org"}"#;
    let arguments = ["plugin", "test", "--options", options, program];
    let tested = project.finished(project.command(&arguments), &arguments);
    tested
        .exits(0)
        .says(&["ok      answers: 22 items", "ok      secrets"]);
    let (_, lines) = lines.split_once("pipeline.yaml:\n  ").unwrap();
    let lines = lines
        .replace("\n  ", "\n")
        .replace("https://example.org", server.url());
    let pipeline = format!(
        "sources:\n  blog: {{type: site, path: ., content: posts, url: https://example.org, permalink: '/:slug/'}}\n\
         {lines}\npolicy: {{since: 2026-01-01, live_check: false}}\n"
    );
    project.write("pipeline.yaml", pipeline);
    project.run("preview").exits(0).says(&["A \"title\""]);
    let run = project.run("build --backfill").exits(0);
    run.says(&["1 sent", "https://example.org/p/7"]);
    project.run("build").exits(0).says(&["already_sent"]);
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn python_plugins_work() {
    new_plugin("python", "source");
    new_plugin("python", "transform");
    new_sink("python");
}

#[test]
fn shell_plugins_work() {
    new_plugin("shell", "source");
    new_plugin("shell", "transform");
    new_sink("shell");
}

#[test]
#[ignore = "needs Node.js: tests/run requires it"]
fn node_plugins_work() {
    new_plugin("node", "source");
    new_plugin("node", "transform");
    new_sink("node");
}

#[test]
fn existing_files_stay() {
    let project = Project::new();
    let command = "plugin new --lang shell --kind source notes";
    project.run(command).exits(0);
    project.write("plugins/syndicate-plugin-notes", "mine");
    project.run(command).exits(1).says(&["exists already"]);
    assert_eq!(project.read("plugins/syndicate-plugin-notes"), "mine");
}

#[test]
fn wrong_names_and_kinds_are_refused() {
    let project = Project::new();
    for (arguments, message) in [
        (
            "--lang shell --kind source ../notes",
            "invalid name `../notes`",
        ),
        (
            "--lang shell --kind transform filter",
            "the type `filter` is built in",
        ),
        (
            "--lang shell --kind source exec",
            "the type `exec` is built in",
        ),
        (
            "--lang shell --kind sink mastodon",
            "the type `mastodon` is built in",
        ),
    ] {
        project
            .run(&format!("plugin new {arguments}"))
            .exits(2)
            .says(&[message]);
    }
    assert!(!project.path("plugins").exists());
}

#[test]
fn new_plugin_is_written_beside_pipeline() {
    let project = Project::new().file("pipeline.yaml", "").file("posts/x", "");
    let arguments = [
        "plugin", "new", "--lang", "shell", "--kind", "source", "notes",
    ];
    let mut command = project.command(&arguments);
    command.current_dir(project.path("posts"));
    let run = project.finished(command, &arguments).exits(0);
    assert!(
        project.path("plugins/syndicate-plugin-notes").exists(),
        "{run}"
    );
}

#[test]
fn javascript_is_the_language_of_node() {
    let project = Project::new();
    project
        .run("plugin new --lang javascript --kind sink mine")
        .exits(0)
        .says(&["plugins/mine_test.js"]);
}

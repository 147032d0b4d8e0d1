//! The example `plugins/examples/matrix-sink` with a real homeserver.

use serde_json::Value;

use super::super::with_program;
use super::journal::build;
use crate::support::Project;
use crate::support::servers::Synapse;

const SCRIPT: &str = include_str!("../../../../plugins/examples/matrix-sink/matrix.mjs");

fn project(server: &Synapse) -> Project {
    let pipeline = format!(
        "sources:\n  blog: {{type: site, path: ., content: posts, url: \"https://blog.example.org\", permalink: \"/:slug/\"}}\n\
         sinks:\n  room: {{type: exec, command: ./matrix.mjs, homeserver: \"{}\", room: \"{}\", token: \"${{MATRIX_TOKEN}}\"}}\n\
         policy: {{since: 2026-11-01, live_check: false}}\n",
        server.url, server.room
    );
    let project = Project::with_pipeline(&pipeline)
        .with_ledger()
        .env("MATRIX_TOKEN", &server.token);
    let project = with_program(project, "matrix.mjs", SCRIPT);
    project.post(
        "posts/one.md",
        "title: One & all\ndate: 2026-11-20\ntags: [rust]",
    )
}

/// Returns the texts of the messages, oldest first.
fn texts(server: &Synapse) -> Vec<String> {
    let messages = server.messages();
    let text = |event: &Value| event["content"]["body"].as_str().map(str::to_owned);
    messages.iter().rev().filter_map(text).collect()
}

#[test]
#[ignore = "needs Synapse: tests/run installs it"]
fn message_is_sent_changed_and_retracted() {
    let server = Synapse::start();
    let project = project(&server);
    let check = project.run("check --online");
    check.says(&["found `token`", "posts as `@ann:localhost`"]);
    let preview = project.run("preview --json").exits(0).json();
    let entry = build(&project, 0);
    assert_eq!(entry["hash"], preview["plan"][0]["hash"]);
    let text = "One & all\n\nA body that says something.\n\nhttps://blog.example.org/one/";
    assert_eq!(texts(&server), [text]);
    let event = &server.messages()[0];
    assert_eq!(entry["receipt"]["id"], event["event_id"]);
    let html = event["content"]["formatted_body"].as_str().unwrap();
    assert!(html.starts_with("One &amp; all<br><br>A body"), "{html}");
    assert_eq!(build(&project, 0)["code"], "already_sent");
    project.write(
        "posts/one.md",
        "---\ntitle: Two\ndate: 2026-11-20\n---\n\nAnother body.\n",
    );
    project.run("update posts/one.md").exits(0);
    assert!(
        texts(&server)[1].starts_with("* Two\n"),
        "{:?}",
        texts(&server)
    );
    project.run("retract posts/one.md").exits(0);
    project.run("retract posts/one.md");
    let original = server.messages().pop().unwrap();
    assert_eq!(original["content"], serde_json::json!({}), "{original}");
}

#[test]
#[ignore = "needs Synapse: tests/run installs it"]
fn repeated_transaction_is_one_message() {
    let server = Synapse::start();
    build(&project(&server), 0);
    let first = server.messages().remove(0);
    let key = first["unsigned"]["transaction_id"].as_str().unwrap();
    assert_eq!(server.repeat(key, &first["content"]), first["event_id"]);
    assert_eq!(server.messages().len(), 1);
}

#[test]
#[ignore = "needs Synapse: tests/run installs it"]
fn post_is_adopted_and_refusals_are_read() {
    let server = Synapse::start();
    let mut first = project(&server);
    let id = build(&first, 0)["receipt"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let second = project(&server);
    let address = format!("https://matrix.to/#/{}/{id}", server.room);
    second
        .run_args(&["adopt", "posts/one.md", &address])
        .exits(0);
    assert_eq!(build(&second, 0)["code"], "already_sent");
    assert_eq!(texts(&server).len(), 1);
    first.set_env("MATRIX_TOKEN", "syt_no_such_token");
    let first = first.post("posts/two.md", "title: Two\ndate: 2026-11-21");
    let entry = build(&first, 3);
    assert_eq!(texts(&server).len(), 1, "{entry}");
}

//! The example and the messages of the sections about sinks in docs/plugin-protocol.md work as printed.

use platform_fakes::{Answer, Fault};
use plugin_protocol::{CallAnswers, Manifest, PluginLine, Request, parse_hello, parse_line};
use serde_json::{Value, json};

use super::super::page::between;
use super::super::with_program;
use super::journal::{PLUGIN, Server, TOKEN, build};

#[test]
fn example_sends_post() {
    let server = Server::start();
    let script = between("```js\n", "```");
    let sinks = between("```\n\n```yaml\nsinks:", "```");
    let site = format!("\"{}\"", server.fake.url());
    let sinks = sinks.replace("\"https://blog.example\"", &site);
    let project = server.project(PLUGIN).env("BLOG_TOKEN", TOKEN);
    let project = with_program(project, "myblog.js", script);
    let pipeline = project.read("pipeline.yaml");
    let (before, after) = pipeline.split_once("sinks:").unwrap();
    let (_, after) = after.split_once("policy:").unwrap();
    project.write(
        "pipeline.yaml",
        format!("{before}sinks:{sinks}policy:{after}"),
    );
    let refusal = Answer::json(401, &json!({"error": "bad token"}));
    server
        .fake
        .inject(Fault::answer("POST", "/api/posts", refusal));
    project.run("build").exits(3).says(&["bad token"]);
    let created = Answer::json(201, &json!({"id": "1", "url": "https://blog.example/1"}));
    server
        .fake
        .inject(Fault::answer("POST", "/api/posts", created));
    let entry = build_failed(&project);
    assert_eq!(entry["receipt"]["url"], "https://blog.example/1", "{entry}");
    let sent = server.fake.requests().pop().unwrap();
    let expected = json!({"title": "One", "html": "<p>A body that says something.</p>\n"});
    assert_eq!(sent.json(), expected);
    assert_eq!(build(&project, 0)["code"], "already_sent");
}

#[test]
fn example_passes_conformance_checks() {
    let script = between("```js\n", "```");
    let project = with_program(crate::support::Project::new(), "myblog.js", script);
    let options = r#"{"site":"https://blog.example"}"#;
    let run = project.run(&format!("plugin test myblog.js --options {options}"));
    run.exits(0)
        .says(&["ok      handshake: sink myblog 1.0.0", "ok      secrets"]);
    let faulty = script.replace("needs: [\"html\"]", "needs: [\"htm\"]");
    assert_ne!(faulty, script);
    let project = with_program(crate::support::Project::new(), "myblog.js", &faulty);
    let run = project.run(&format!("plugin test myblog.js --options {options}"));
    run.exits(3)
        .says(&["failed  handshake: a sink cannot need `htm`; it can need `html`"]);
}

fn build_failed(project: &crate::support::Project) -> Value {
    project.run("build --failed --json").exits(0).json()["plan"][0].clone()
}

#[test]
fn messages_are_those_of_protocol() {
    let section = between("## Sinks\n", "## When something is wrong");
    let mut count = 0;
    for line in section.lines() {
        if let Some(text) = line.strip_prefix("> ") {
            let value: Value = serde_json::from_str(text).unwrap_or_else(|_| panic!("{text}"));
            let again = match value.get("answers") {
                Some(_) => json!(serde_json::from_value::<CallAnswers>(value.clone()).unwrap()),
                None => json!(serde_json::from_value::<Request>(value.clone()).unwrap()),
            };
            assert_eq!(again, value);
        } else if let Some(text) = line.strip_prefix("< ") {
            let manifest: Option<Manifest> = match parse_line(text.as_bytes()) {
                PluginLine::Hello(hello) => Some(parse_hello(hello).unwrap()),
                PluginLine::Answer(answer) => {
                    assert_eq!(json!(answer), serde_json::from_str::<Value>(text).unwrap());
                    None
                }
                other => panic!("{other:?}: {text}"),
            };
            assert!(manifest.is_none_or(|manifest| !manifest.sink.auth.is_empty()));
        } else {
            continue;
        }
        count += 1;
    }
    assert!(count >= 9, "{count}");
}

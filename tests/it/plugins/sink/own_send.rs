//! Sinks that send by themselves, over a protocol that the host does not speak, and sign what they send.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use serde_json::Value;

use super::super::with_python;
use super::journal::build;
use crate::support::Project;

/// The key that signs messages.
const KEY: &str = "signing-Key-4711";

/// A plugin for a server that takes one JSON object on a line and answers with a line.
const PLUGIN: &str = r#"
import hashlib, hmac, os, socket, time

hello("sink", platform="Relay", options={"required": ["relay"], "properties": {"relay": {"type": "integer"}}},
    wants={"network": True, "secrets": {"key": []}, "seal_secrets": ["key"]}, capabilities={"seals": True})

def exchange(content):
    with socket.create_connection(("127.0.0.1", RELAY)) as relay:
        relay.sendall(json.dumps(content).encode() + b"\n")
        return json.loads(relay.makefile().readline())

def answer(request):
    do = request["do"]
    if do == "limits":
        return {"ok": {"text": [{"count": "graphemes", "limit": 300}]}}
    if do == "compose":
        content = {"text": request["post"]["text"], "at": {"$slot": "now"}, "signature": {"$slot": "signature"}}
        return {"ok": {"steps": [{"name": "event", "role": "create",
            "request": {"message": {"protocol": "relay", "content": content}}}]}}
    if do == "seal":
        key = request["secrets"]["key"]
        digest = hmac.new(key.encode(), request["now"].encode(), hashlib.sha256).hexdigest()
        return {"ok": {"slots": {"signature": digest}}}
    if do == "send":
        [step] = request["prepared"]["steps"]
        assert step["name"] == request["step"]
        reply = exchange(step["request"]["message"]["content"])
        return {"ok": {"receipt": {"id": reply["id"], "url": "https://relay.example/" + reply["id"]}}}
    return {"ok": {}}

for id, request in requests():
    if "cancel" not in request:
        say({"id": id, **answer(request)})
"#;

const PIPELINE: &str = "\
sources:
  blog: {type: site, path: ., content: posts, url: \"https://blog.example.org\", permalink: \"/:slug/\"}
sinks:
  relay: {type: test, relay: 1, key: \"${RELAY_KEY}\", timeout: 20s, grant: {network: true, seal_secrets: [key]}}
policy: {since: 2026-11-01, live_check: false}
";

/// A server that answers each line with the identifier of a post.
struct Relay {
    port: u16,
    taken: Arc<Mutex<Vec<Value>>>,
}

impl Relay {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let taken = Arc::<Mutex<Vec<Value>>>::default();
        let messages = Arc::clone(&taken);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let mut line = String::new();
                BufReader::new(&stream).read_line(&mut line).unwrap();
                let mut messages = messages.lock().unwrap();
                messages.push(serde_json::from_str(&line).unwrap());
                let answer = format!("{{\"id\":\"e{}\"}}\n", messages.len());
                // A client that was ended reads nothing.
                (&stream).write_all(answer.as_bytes()).ok();
            }
        });
        Self { port, taken }
    }

    fn taken(&self) -> Vec<Value> {
        self.taken.lock().unwrap().clone()
    }

    /// Returns a project whose plugin has `to` in place of `from`.
    #[track_caller]
    fn project(&self, from: &str, to: &str) -> Project {
        assert!(PLUGIN.contains(from), "{from}");
        let script = PLUGIN.replace(from, to);
        let script = script.replace("RELAY", &self.port.to_string());
        let project = Project::with_pipeline(PIPELINE)
            .with_ledger()
            .env("RELAY_KEY", KEY)
            .post("posts/one.md", "title: One\ndate: 2026-11-20");
        with_python(project, &script)
    }
}

/// The statement that sends the message.
const EXCHANGE: &str = r#"reply = exchange(step["request"]["message"]["content"])"#;

#[test]
fn message_is_sent_once_and_signed() {
    let relay = Relay::start();
    let project = relay.project("", "");
    let preview = project.run("preview --json").exits(0).json();
    assert!(relay.taken().is_empty());
    let entry = build(&project, 0);
    assert_eq!(entry["outcome"], "sent", "{entry}");
    assert_eq!(entry["hash"], preview["plan"][0]["hash"]);
    assert_eq!(entry["receipt"]["url"], "https://relay.example/e1");
    let [message] = &relay.taken()[..] else {
        panic!("one message was sent");
    };
    assert!(message["text"].as_str().unwrap().starts_with("One"));
    // The plugin signs with the key, which stays out of all that is stored or shown.
    let signature = message["signature"].as_str().unwrap();
    assert_eq!(signature.len(), 64);
    let ledger = project.read("syndicate.ledger.jsonl");
    assert!(
        ledger.contains(signature) && !ledger.contains(KEY),
        "{ledger}"
    );
    project.run("build").exits(0);
    assert_eq!(relay.taken().len(), 1);
}

#[test]
fn unclear_ends_are_unknown_and_not_repeated() {
    for (end, sent) in [
        ("; os._exit(3)", 1),
        ("; reply = {}; raise SystemExit", 1),
        ("; time.sleep(60)", 1),
        (
            r#"; return {"error": {"message": "the connection was lost"}}"#,
            1,
        ),
        (
            r#"; return {"error": {"is": "unknown", "message": "the connection was lost"}}"#,
            1,
        ),
        (r#"; return {"ok": {"receipt": {"id": 7}}}"#, 1),
        (r#"; return {"ok": []}"#, 1),
        (
            r#"; return {"call": [{"method": "GET", "path": ["x"]}]}"#,
            1,
        ),
    ] {
        let relay = Relay::start();
        let project = relay.project(EXCHANGE, &format!("{EXCHANGE}{end}"));
        let pipeline = project.read("pipeline.yaml").replace("20s", "2s");
        let project = project.file("pipeline.yaml", &pipeline);
        let entry = build(&project, 4);
        assert_eq!(entry["code"], "outcome_unknown", "{end}: {entry}");
        project.run("build").exits(4);
        assert_eq!(relay.taken().len(), sent, "{end}");
    }
}

#[test]
fn refusals_of_plugin_are_believed() {
    for (error, code, exit) in [
        (
            r#"{"is": "rejected", "message": "too long"}"#,
            "rejected",
            3,
        ),
        (
            r#"{"is": "throttled", "until": "2026-11-22T13:00:00Z", "message": "slow down"}"#,
            "throttled",
            0,
        ),
        (
            r#"{"is": "unauthorized", "message": "no such key"}"#,
            "unauthorized",
            3,
        ),
    ] {
        let relay = Relay::start();
        let refusal = format!(r#"return {{"error": {error}}}"#);
        let entry = build(&relay.project(EXCHANGE, &refusal), exit);
        assert_eq!(entry["code"], code, "{entry}");
        assert!(relay.taken().is_empty());
    }
}

#[test]
fn secrets_do_not_reach_slots() {
    let relay = Relay::start();
    let project = relay.project(r#"{"signature": digest}"#, r#"{"signature": "x" + key}"#);
    let run = project.run("build").exits(3);
    let run = run.says(&["a slot of `seal` contains a secret"]);
    assert!(!run.stdout.contains(KEY) && !run.stderr.contains(KEY));
    assert!(relay.taken().is_empty());
}

#[test]
fn network_and_secrets_need_grants() {
    let relay = Relay::start();
    let project = relay.project("", "");
    let pipeline = project.read("pipeline.yaml");
    let bare = pipeline.replace(", grant: {network: true, seal_secrets: [key]}", "");
    let project = project.file("pipeline.yaml", &bare);
    project.run("preview").exits(1).says(&[
        "plugin `test` asks to use the network, to read the secret `key`",
        "if it may, write `grant: {seal_secrets: [key], network: true}`",
    ]);
    let useless = pipeline.replace("relay: 1", "relay: 1, endpoint: \"https://a.example\"");
    let project = project.file("pipeline.yaml", &useless);
    project
        .run("preview")
        .exits(1)
        .says(&["connects to its servers itself"]);
}

#[test]
fn preview_needs_no_signing_key() {
    let relay = Relay::start();
    let project = relay.project("", "").without_env("RELAY_KEY");
    project.run("preview").exits(0).says(&["One"]);
    project.run("build").exits(3).says(&["RELAY_KEY"]);
    assert!(relay.taken().is_empty());
}

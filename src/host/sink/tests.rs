//! A sink that is another program keeps the contract of sinks.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::json;
use syndicate_api::testkit::{TestPlatform, check_delivery, wiremock};
use syndicate_api::{BuildSink as _, ComponentContext, Env, Post, Secret, Sink};
use tempfile::TempDir;
use wiremock::matchers::{method, path};
use wiremock::{Mock, ResponseTemplate};

use super::{ConfiguredSink, SinkKeys};
use crate::host::component::PluginComponent;
use crate::host::launcher::Launcher;
use crate::host::plugin_host::ProgramSpec;
use crate::host::plugin_pool::PluginPool;

/// A plugin with a step of each role.
const PLUGIN: &str = r#"
import json, sys

def say(message):
    print(json.dumps(message), flush=True)

def refuse(**success):
    return [{"status": [200, 201, 204], "is": "sent", **success},
        {"status": 401, "at": "/error/code", "is": "unauthorized", "say": "/error/message"},
        {"status": 429, "at": "/error/code", "is": "throttled", "say": "/error/message"},
        {"status": [400, 403, 404, 409, 410, 413, 422], "at": "/error/code", "is": "rejected", "say": "/error/message"}]

def step(name, role, answers, **request):
    return {"name": name, "role": role, "answers": answers, "request": {"path": [name], **request}}

sys.stdin.readline()
say({"hello": {"protocol": 1, "kind": "sink", "name": "test", "version": "1.0.0", "endpoint": "https://test.example",
    "wants": {"secrets": {"token": []}}, "auth": [{"kind": "bearer", "secret": "token"}],
    "capabilities": {"discovers": True, "prepares": True}}})
for line in sys.stdin:
    request = json.loads(line)
    id, do = request["id"], request.get("do")
    if do == "limits":
        say({"id": id, "ok": {"text": [{"count": "graphemes", "limit": 200000}]}})
    elif do == "compose":
        steps = [
            step("topic", "before", refuse(), method="PUT", json={"key": "t"}),
            step("posts", "create", refuse(receipt={"id": "/id", "url": "/url"}), method="POST",
                json={"text": request["post"]["text"], "author": {"$slot": "author"}, "key": {"$slot": "key"}}),
            step("tags", "follow_up", refuse(), method="PUT", json={"post": {"$slot": "receipt:/id"}})]
        steps[1]["repeat"] = REPEAT
        say({"id": id, "ok": {"steps": steps}})
    elif do == "prepare":
        say({"id": id, "call": [{"method": "GET", "path": ["me"]}]})
    elif "answers" in request:
        [answer] = request["answers"]
        if answer["status"] == 200 and "id" in answer.get("json", {}):
            say({"id": id, "ok": {"slots": {"author": answer["json"]["id"]}}})
        elif answer["status"] == 401 and "error" in answer.get("json", {}):
            say({"id": id, "error": {"is": "unauthorized", "message": "sign in again"}})
        else:
            say({"id": id, "error": {"is": "unavailable", "message": "the account is not known"}})
    else:
        say({"id": id, "ok": {}})
"#;

const TOKEN: &str = "example-token-4711";

/// The plugin in a folder.
struct TestPlugin {
    folder: TempDir,
    pool: PluginPool,
}

impl TestPlugin {
    /// Returns the plugin whose creating request has the rule `repeat`.
    fn new(repeat: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let script = folder.path().join("plugin.py");
        std::fs::write(&script, PLUGIN.replace("REPEAT", repeat)).unwrap();
        let pool = PluginPool::new(Launcher::direct(), Env::empty(), None);
        Self { folder, pool }
    }

    fn component(&self, name: &str) -> Arc<PluginComponent> {
        let script = self.folder.path().join("plugin.py");
        let spec = ProgramSpec {
            file: "/usr/bin/env".into(),
            arguments: vec!["python3".to_owned(), script.display().to_string()],
            ..ProgramSpec::for_tests(self.folder.path())
        };
        let started = self.pool.start(spec);
        let started = started.unwrap_or_else(|failure| panic!("{failure:?}"));
        started.configure(name, serde_json::Map::new())
    }

    fn sink(&self, name: &str, endpoint: &str) -> Box<dyn Sink> {
        let keys = SinkKeys {
            endpoint: Some(endpoint.to_owned()),
            secrets: BTreeMap::from([("token".to_owned(), Secret::new(TOKEN))]),
            ..SinkKeys::default()
        };
        let sink = ConfiguredSink::new(self.component(name), keys).unwrap();
        let context = ComponentContext {
            name: name.to_owned(),
            base: self.folder.path().to_owned(),
        };
        sink.build(&context).unwrap()
    }
}

/// Checks the delivery of a plugin whose creating request has this rule for repeats.
async fn check(repeat: &str) {
    let plugin = TestPlugin::new(repeat);
    // The pool keeps its process as long as this one is used.
    let _kept = plugin.component("test");
    let build = |endpoint: &str| plugin.sink("test", endpoint);
    let me = || {
        let account = ResponseTemplate::new(200).set_body_json(json!({"id": "u1"}));
        Mock::given(method("GET"))
            .and(path("/me"))
            .respond_with(account)
    };
    let platform = TestPlatform {
        sink: &build,
        post: &Post::text("Hello https://example.org/a/"),
        secret: TOKEN,
        prepare: &|_| vec![me()],
        creates: ("POST", "/posts"),
        created: ResponseTemplate::new(201).set_body_json(json!({"id": "1"})),
        refusal: &|status, message| {
            json!({"error": {"code": status, "message": message}}).to_string()
        },
        odd: &[
            (302, r#"{"error":{"code":1,"message":"moved"}}"#, "unknown"),
            (
                409,
                r#"{"error":{"code":1,"message":"it exists"}}"#,
                "rejected",
            ),
        ],
    };
    check_delivery(&platform).await;
}

#[tokio::test]
async fn sink_without_repeats_keeps_contract() {
    check(r#""never""#).await;
}

#[tokio::test]
async fn keyed_sink_keeps_contract() {
    check(r#"{"keyed": {"from": 5, "until": 3600}}"#).await;
}

#[test]
fn server_differs_for_each_sink() {
    let plugin = TestPlugin::new(r#""never""#);
    let server = |name: &str| plugin.sink(name, "https://test.example").server();
    assert_eq!(server("jane"), server("jane"));
    assert_ne!(server("jane"), server("company"));
}

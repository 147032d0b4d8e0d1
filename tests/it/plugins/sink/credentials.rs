//! The credentials that the host adds to the requests of a sink, by the kind of its rule.

use std::process::Command;

use jiff::Timestamp;
use platform_fakes::{Answer, Fake, Platform, Request};
use serde_json::{Value, json};

use super::super::with_python;
use super::journal::build;
use crate::support::Project;
use crate::support::project::NOW;

const SECRET: &str = "credential-4711";

/// A plugin with one rule, `RULE`.
const PLUGIN: &str = r#"
hello("sink", ENDPOINT options={"properties": {"site": {"type": "string"}, "user": {"type": "string"}}},
    wants={"secrets": {"key": ["{site}"]}}, auth=[RULE])

for id, request in requests():
    do = request.get("do")
    if do == "limits":
        say({"id": id, "ok": {"text": [{"count": "graphemes", "limit": 300}]}})
    elif do == "compose":
        say({"id": id, "ok": {"steps": [{"name": "post", "role": "create",
            "request": {"method": "POST", "path": PATH, "headers": [["webhook-id", {"$slot": "key"}]],
                "json": {"text": request["post"]["text"]}},
            "answers": [{"status": 201, "is": "sent", "receipt": {"id": "/id"}}]}]}})
    elif "cancel" not in request:
        say({"id": id, "ok": {}})
"#;

/// A server that takes every post.
struct Anything;

impl Platform for Anything {
    fn answer(&mut self, _: &Request, _: &str, _: Timestamp) -> Answer {
        Answer::json(201, &json!({"id": "1"}))
    }
}

/// Returns a project with a post and a plugin with this rule. `secret` is the value of the secret.
fn project(server: &Fake<Anything>, rule: &str, secret: &str) -> Project {
    let is_whole_url = secret.starts_with("http");
    let (endpoint, path) = match is_whole_url {
        true => ("", "[]"),
        false => (r#"endpoint="{site}","#, r#"["posts"]"#),
    };
    let script = PLUGIN.replace("RULE", rule).replace("ENDPOINT", endpoint);
    let pipeline = format!(
        "sources:\n  blog: {{type: site, path: ., content: posts, url: \"https://blog.example.org\"}}\nsinks:\n  \
         out: {{type: test, site: \"{}\", user: ann, key: \"${{KEY}}\", timeout: 20s}}\n\
         policy: {{since: 2026-11-01, live_check: false}}\n",
        server.url()
    );
    let project = Project::with_pipeline(&pipeline)
        .with_ledger()
        .env("KEY", secret)
        .post("posts/one.md", "title: One\ndate: 2026-11-20");
    with_python(project, &script.replace("PATH", path))
}

/// Sends a post by a plugin with this rule and returns the request. `secret` becomes the value of the secret.
fn request_with(rule: &str, secret: impl Fn(&str) -> String) -> Request {
    let server = Fake::start(Anything, || NOW.parse().unwrap());
    let secret = secret(server.url());
    let project = project(&server, rule, &secret);
    let entry = build(&project, 0);
    assert_eq!(entry["outcome"], "sent", "{rule}: {entry}");
    let ledger = project.read("syndicate.ledger.jsonl");
    assert!(!ledger.contains(&secret), "{rule}: {ledger}");
    let mut requests = server.requests();
    assert_eq!(requests.len(), 1, "{rule}");
    requests.remove(0)
}

fn request(rule: &str) -> Request {
    request_with(rule, |_| SECRET.to_owned())
}

#[test]
fn empty_secret_is_not_sent() {
    let server = Fake::start(Anything, || NOW.parse().unwrap());
    let project = project(&server, r#"{"kind": "bearer", "secret": "key"}"#, "");
    project
        .run("check")
        .exits(1)
        .says(&["the secret `key` is empty", "set the variable in `${KEY}`"]);
    let entry = build(&project, 3);
    assert_eq!(entry["code"], "unauthorized");
    let next = "correct the credential, then `syndicate build --failed`";
    assert_eq!(entry["next"], next);
    assert!(server.requests().is_empty());
}

#[test]
fn header_credentials() {
    // Base64 of `ann:credential-4711`.
    let basic = request(r#"{"kind": "basic", "user": "{user}", "secret": "key"}"#);
    let expected = "Basic YW5uOmNyZWRlbnRpYWwtNDcxMQ==";
    assert_eq!(basic.header("authorization"), Some(expected));
    let bearer = request(r#"{"kind": "bearer", "secret": "key"}"#);
    assert_eq!(
        bearer.header("authorization"),
        Some("Bearer credential-4711")
    );
    let header =
        request(r#"{"kind": "header", "name": "X-Key", "prefix": "Key ", "secret": "key"}"#);
    assert_eq!(header.header("x-key"), Some("Key credential-4711"));
    assert_eq!(header.header("authorization"), None);
}

#[test]
fn credentials_in_url() {
    let query = request(r#"{"kind": "query", "name": "api_key", "secret": "key"}"#);
    assert_eq!(query.query_value("api_key").as_deref(), Some(SECRET));
    let base = request(r#"{"kind": "base", "path": "bot{secret}", "secret": "key"}"#);
    assert_eq!(base.path, "/botcredential-4711/posts");
    let rule = r#"{"kind": "base", "secret": "key"}"#;
    let whole = request_with(rule, |site| format!("{site}/hooks/T1/{SECRET}"));
    assert_eq!(whole.path, "/hooks/T1/credential-4711");
}

#[test]
fn signed_credentials() {
    let jwt = request(
        r#"{"kind": "jwt", "secret": "key", "claims": {"aud": "/x/"}, "prefix": "Ghost "}"#,
    );
    let token = jwt.header("authorization").unwrap().strip_prefix("Ghost ");
    assert_eq!(token.unwrap().split('.').count(), 3);
    let rule = r#"{"kind": "hmac", "secret": "key"}"#;
    // Base64 of `a key of thirty-two bytes, or so`.
    let key = "YSBrZXkgb2YgdGhpcnR5LXR3byBieXRlcywgb3Igc28=";
    let hmac = request_with(rule, |_| format!("whsec_{key}"));
    let (id, time) = (hmac.header("webhook-id"), hmac.header("webhook-timestamp"));
    let (id, time) = (id.unwrap(), time.unwrap());
    let body: Value = serde_json::from_slice(&hmac.body).unwrap();
    assert!(body["text"].is_string() && !id.is_empty());
    let signature = hmac.header("webhook-signature").unwrap();
    let signed = format!("{id}.{time}.{}", String::from_utf8_lossy(&hmac.body));
    assert_eq!(signature, format!("v1,{}", hmac_of(key, &signed)));
}

/// Returns the signature of `text` by Python, in Base64.
fn hmac_of(key: &str, text: &str) -> String {
    let script = "import base64, hmac, sys; key, text = sys.argv[1:]; \
                  print(base64.b64encode(hmac.digest(base64.b64decode(key), text.encode(), 'sha256')).decode())";
    let output = Command::new("python3")
        .args(["-c", script, key, text])
        .output();
    let output = output.expect("Python is installed, as plugins need it");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

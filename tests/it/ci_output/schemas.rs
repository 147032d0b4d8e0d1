//! Every exchange with the fake of GitHub's API is valid by GitHub's own OpenAPI description, which the npm
//! package `@octokit/openapi` contains.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::comment::pull_request;
use super::github_api::{Fault, GithubApi};
use crate::support::tools;

/// Checks exchanges with the description. Returns their number and the errors.
fn check(exchanges: &[Value]) -> Value {
    let script = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/clients/github_schemas.mjs"
    );
    let mut node = Command::new("node")
        .arg(script)
        .arg(tools("github"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Node is installed, as this test needs it");
    let text = Value::from(exchanges.to_vec()).to_string();
    node.stdin
        .take()
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
    let output = node.wait_with_output().unwrap();
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
#[ignore = "needs GitHub's OpenAPI description from npm: tests/run installs it"]
fn comment_exchanges_match_openapi() {
    let mut exchanges = Vec::new();
    for login in [None, Some("ann")] {
        let api = GithubApi::start();
        let api = match login {
            Some(login) => api.with_login(login),
            None => api,
        };
        api.comment("mallory", "User", "<!-- syndicate-preview -->\nx");
        api.fail("POST", Fault::Limited);
        let project = pull_request(&api);
        project.run("preview --markdown --comment").exits(0);
        project.run("preview --markdown --comment").exits(0);
        project.write(
            "posts/two.md",
            "---\ntitle: Two\ndate: 2026-11-21\nimage: a.png\n---\n\nx\n",
        );
        project.run("preview --markdown --comment").exits(0);
        exchanges.extend(api.exchanges());
    }
    assert!(exchanges.len() >= 12, "{}", exchanges.len());
    assert_eq!(
        check(&exchanges),
        json!({"exchanges": exchanges.len(), "errors": []})
    );
}

#[test]
#[ignore = "needs GitHub's OpenAPI description from npm: tests/run installs it"]
fn invalid_exchange_is_found() {
    let exchange = json!({
        "method": "PATCH", "path": "/repos/{owner}/{repo}/issues/comments/{comment_id}",
        "request": {"text": "x"}, "status": 200, "response": {"id": "1"},
    });
    let found = check(&[exchange]);
    assert_eq!(found["errors"].as_array().unwrap().len(), 2, "{found}");
}

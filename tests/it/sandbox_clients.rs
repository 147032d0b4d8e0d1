//! Third-party API clients against the sandbox: calls that work with LinkedIn must work here. `tests/run`
//! installs the clients.

use std::process::Command;

use serde_json::{Value, json};

use crate::sandbox::Running;
use crate::support::{Project, tools};

/// Runs a script of `tests/clients` with the sandbox's address and the folder of the packages. Returns the
/// script's JSON output.
fn script(name: &str, sandbox: &str, arguments: &[&str]) -> Value {
    let script = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/clients")
        .join(name);
    let output = Command::new("node")
        .arg(script)
        .arg(sandbox)
        .arg(tools("clients"))
        .args(arguments)
        .output()
        .expect("Node is installed, as these tests need it");
    let said = String::from_utf8_lossy(&output.stdout);
    let trouble = String::from_utf8_lossy(&output.stderr);
    serde_json::from_str(&said).unwrap_or_else(|_| panic!("{name}: {said}{trouble}"))
}

#[test]
#[ignore = "needs clients from npm: tests/run installs them"]
fn official_client_posts_edits_deletes() {
    let project = Project::new();
    let sandbox = Running::with(&project, &["--consent", "auto"]);
    let mut output = script("official.cjs", &sandbox.url, &[]);
    for (name, prefix) in [("image", "urn:li:image:"), ("id", "urn:li:share:")] {
        let urn = output[name].take();
        assert!(urn.as_str().unwrap().starts_with(prefix), "{urn}");
    }
    assert_eq!(
        output,
        json!({
            "state": "st4te",
            "scope": "openid,profile,w_member_social",
            "active": true,
            "sub": "s4ndb0xQ",
            "image": null,
            "id": null,
            "edited": 204,
            "text": "edited by the official client",
            "refused": "Not enough permissions to access: \
                        partnerApiPostsExternal.FINDER-author.20260901",
            "deleted": 204,
            "left": 0,
        })
    );
}

#[test]
#[ignore = "needs clients from npm: tests/run installs them"]
fn crosspost_sends_texts_and_pictures() {
    let project = Project::new().picture("a.png", 60, 31);
    let sandbox = Running::with(&project, &[]);
    let picture = project.path("a.png");
    let arguments = [picture.to_str().unwrap()];
    let output = script("crosspost.mjs", &sandbox.url, &arguments);
    for name in ["text", "pictured", "several"] {
        let urn = output[name].as_str().unwrap();
        assert!(urn.starts_with("urn:li:share:"), "{output}");
    }
    let again = output["again"].as_str().unwrap();
    assert!(
        again.contains("422") && again.contains("duplicate of"),
        "{again}"
    );
}
